"""Reading the records of a catalogue back: ONIX, JSON-LD, BibTeX, OPDS, the statement."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree, html
from referencing import Registry, Resource

from book.markdown.pandoc import executable
from book.system.checkout import CHECKOUT

ONIX = "{http://ns.editeur.org/onix/3.0/reference}"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_SCHEMAS = Path(str(files("onixcheck"))) / "schema" / "xsd3.0"
_READIUM = CHECKOUT / "tests" / "output" / "catalogue" / "readium"
_ACQUISITION = "http://opds-spec.org/acquisition/open-access"


@cache
def _onix_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / "ONIX_BookProduct_3.0_reference.xsd"))


@cache
def _code_lists() -> etree._Element:
    return etree.parse(_SCHEMAS / "ONIX_BookProduct_CodeLists.xsd").getroot()


def code_list(number: int) -> set[str]:
    """The codes of a list of EDItEUR, of the issue that the schema comes with."""
    (found,) = _code_lists().iterfind(f"{_XSD}simpleType[@name='List{number}']")
    return {str(value.get("value")) for value in found.iter(f"{_XSD}enumeration")}


def issue_of_the_code_lists() -> int:
    text = (_SCHEMAS / "ONIX_BookProduct_CodeLists.xsd").read_text("utf-8")[:4000]
    match = re.search(r"ISSUE:\s*(\d+)", text)
    assert match
    return int(match[1])


def onix_products(content: bytes) -> dict[str, etree._Element]:
    """The products of a message by the form of their file: E101, E107. It must be valid."""
    root = etree.fromstring(content)
    assert _onix_schema().validate(root), _onix_schema().error_log
    products = root.findall(f"{ONIX}Product")
    return {said(made, "DescriptiveDetail/ProductFormDetail")[0]: made for made in products}


def said(element: etree._Element, path: str) -> list[str]:
    """The texts of what ``path`` (names with slashes) leads to."""
    found = element.findall("/".join(f"{ONIX}{name}" for name in path.split("/")))
    return [node.text or "" for node in found]


def feature_codes(product: etree._Element, kind: str) -> dict[str, str | None]:
    """Values of the product form features of a kind of list 79, with their descriptions."""
    codes = {}
    for feature in product.iter(f"{ONIX}ProductFormFeature"):
        if said(feature, "ProductFormFeatureType") == [kind]:
            (value,) = said(feature, "ProductFormFeatureValue")
            assert value not in codes, f"{value} twice"
            codes[value] = next(iter(said(feature, "ProductFormFeatureDescription")), None)
    return codes


@cache
def _readium() -> Registry[Any]:
    resources = []
    for file in _READIUM.rglob("*.json"):
        # Named groups as Python writes them.
        schema = json.loads(file.read_text("utf-8").replace("(?<", "(?P<"))
        resources.append((schema["$id"], Resource.from_contents(schema)))
    return Registry().with_resources(resources)


# OPDS Catalog 2.0, section 5.1 (at least one acquisition link) and 2.3 (images).
_OPDS = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["metadata", "links", "images"],
    "properties": {
        "metadata": {"$ref": "https://readium.org/webpub-manifest/schema/metadata.schema.json"},
        "links": {
            "type": "array",
            "items": {"$ref": "https://readium.org/webpub-manifest/schema/link.schema.json"},
            "contains": {"properties": {"rel": {"const": _ACQUISITION}}, "required": ["rel"]},
        },
        "images": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "https://readium.org/webpub-manifest/schema/link.schema.json"},
            "contains": {"properties": {"type": {"const": "image/jpeg"}}, "required": ["type"]},
        },
    },
}


def opds_publication(content: bytes) -> dict[str, Any]:
    """An OPDS 2.0 publication; it must be valid."""
    publication: dict[str, Any] = json.loads(content)
    jsonschema.Draft7Validator(
        _OPDS, registry=_readium(), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    ).validate(publication)
    assert [value for value in _values(publication) if value == ""] == []
    return publication


def _values(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [value for item in data.values() for value in _values(item)]
    if isinstance(data, list):
        return [value for item in data for value in _values(item)]
    return [data]


def citations(content: bytes, form: str = "biblatex") -> list[dict[str, Any]]:
    """The entries of a .bib file as pandoc reads them (CSL JSON)."""
    command = [executable(), f"--from={form}", "--to=csljson"]
    done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=3600)
    assert done.stderr == b""
    return [_plain(entry) for entry in json.loads(done.stdout)]


def _plain(data: Any) -> Any:
    """CSL's markup for words that keep their capitals taken away."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if not isinstance(data, str):
        return data
    return data.replace('<span class="nocase">', "").replace("</span>", "")


def bib_fields(content: bytes) -> dict[str, str]:
    """The fields of a .bib file with one entry, as they are written."""
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", content.decode(), re.MULTILINE))


def page(content: bytes) -> html.HtmlElement:
    """The statement as a browser reads it."""
    return html.document_fromstring(content.decode())
