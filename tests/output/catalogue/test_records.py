"""What every record says of a small book, and of books that are harder."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from book.model.accessibility import Exemption
from book.model.licence import LICENCE_IDS
from book.model.person import MARC_RELATORS, Role
from book.model.programme import Programme
from book.output.catalogue import features
from book.output.catalogue.onix_description import ROLES
from book.output.epub.accessibility import Claims
from book.output.epub.claims import CLAIMS, CONFORMS_TO, EXEMPTION, FEATURE, HAZARD, MODE
from tests.output.catalogue.conftest import PDF, Make
from tests.output.epub import fake
from tests.support.catalogue import (
    ONIX,
    bib_fields,
    citations,
    code_list,
    feature_codes,
    issue_of_the_code_lists,
    onix_products,
    opds_publication,
    page,
    said,
)

URN = "urn:uuid:6a1e1f5c-2b1d-5c55-9a0e-0d6f4a3f1b10"
ISBNS = {"epub": "9780000000002", "pdf": "9780000000019", "print": "9780000000026"}
PROJECT = {
    "name": "Lab'Impact & altri",
    "code": "PROG-2463",
    "cup": "E89F18000510007",
    "url": "https://example.org/progetto?a=1&b=2",
}
FULL: dict[str, Any] = {
    "identifiers": ISBNS,
    "project": PROJECT,
    "url": "https://example.org/libri/prova?lang=it&v=1",
    "edition_statement": "Edizione di prova",
    "language": "it",
    "subjects": {"thema": ["1DST", "JKS", "JPR"], "keywords": ["a; b", "c, d", "È «così»"]},
    "accessibility": {
        "certified_by": "Ente di verifica",
        "report": "https://example.org/rapporto",
        "contact": "accessibilita@example.org",
    },
    "contributors": [
        {"name": "Ente & C.", "kind": "organisation", "role": "author"},
        {"name": "Anna De Rossi", "role": "author", "sort": "De Rossi, Anna"},
        *({"name": f"Persona {role.name.title()}", "role": role.value} for role in Role),
        {"name": "Partecipante 1, Comune", "role": "speaker"},
        {"name": "Plato", "role": "translator"},
    ],
}
OTHER = Programme(
    id="altro",
    name={"it": "Un «altro» programma & fondo", "en": "Another programme"},
    period="2021-2027",
    starts=2021,
    ends=2029,
    statement={"it": "Cofinanziato dall’Unione europea"},
    fund={"it": "Fondo"},
)
UNFUNDED = OTHER.model_copy(update={"id": "none", "statement": {}})
VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "everything": FULL,
    "English": {"language": "en", "description": "A book.\n\nOf two paragraphs."},
    "British": {"language": "en-GB"},
    "a language without a name here": {"language": "qaa"},
    "nobody": {"contributors": []},
    "little": {"subtitle": None, "series": None, "subjects": {}},
    "two programmes": {"programmes": (fake.PROGRAMME, OTHER), "project": PROJECT},
    "a project without a programme": {"programmes": (UNFUNDED,), "project": PROJECT},
    "a programme without a project": {"programmes": (OTHER,)},
    "no PDF": {"pdf": None},
    "exempt": {
        "accessibility": {
            "exemption": "eaa-microenterprise",
            "barriers": ["Le tavole <1-3> non sono descritte & basta."],
            "contact": "https://example.org/contatti",
        }
    },
    "hard": {
        "title": 'Un "titolo" & «caporali» {graffe} </script> 100% #1 $x_y ~ ^ \\fine',
        "subtitle": "Un sottotitolo\ncon <tag> & 'apici'",
        "description": "Prima riga.\r\n\r\n\tSeconda\u00a0riga & <em>altro</em>.",
        "publisher": "Editore {& figli} and sons",
        "series": "Collana %",
    },
    **{licence: {"licence": licence} for licence in LICENCE_IDS},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_record_is_valid_and_says_the_title(make: Make, variant: str) -> None:
    changes = VARIANTS[variant]
    records = make(**changes)
    title = changes.get("title", "Le reti di prova")
    forms = {"E101"} if "pdf" in changes else {"E101", "E107"}
    products = onix_products(records["onix.xml"])
    assert set(products) == forms
    for product in products.values():
        assert said(product, "DescriptiveDetail/TitleDetail/TitleElement/TitleText") == [title]
    assert json.loads(records["jsonld"])["name"] == title
    assert b"<" not in records["jsonld"]
    assert opds_publication(records["opds.json"])["metadata"]["title"] == title
    assert page(records["accessibilita.html"]).findtext(".//cite") == title
    for form in ("biblatex", "bibtex"):
        (citation,) = citations(records["bib"], form)
        assert citation["id"] == "prova"
        assert citation["title"].startswith(title)
    assert make(**changes) == records


def test_the_code_lists_are_those_that_the_table_was_written_from() -> None:
    assert issue_of_the_code_lists() >= 75
    accessibility = code_list(196)
    written = {code for feature in features.FEATURES.values() for code in feature.codes}
    written |= {code for code, _ in features.EXEMPTIONS.values()}
    written |= {
        *features.SUPPORTS.values(),
        features.READ_WITHOUT_SIGHT,
        "00",
        "90",
        "94",
        "96",
        "99",
    }
    standards = [f"EPUB Accessibility 1.1 - WCAG 2.{n} Level {'A' * n or 'A'}" for n in range(3)]
    for standard in (*standards, features.PDF_UA_1, features.PDF_UA_2):
        codes = features.conformance_codes(standard)
        assert codes
        written |= set(codes)
    assert written <= accessibility
    assert {code for code, _ in features.HAZARDS.values() if code} <= code_list(143)
    assert set(features.CONTENT_TYPES.values()) <= code_list(81)
    assert set(ROLES.values()) <= code_list(17)
    assert set(ROLES) == set(Role) == set(MARC_RELATORS)
    assert set(features.EXEMPTIONS) == {exemption.value for exemption in Exemption}


def test_every_claim_that_is_ever_made_is_in_the_table() -> None:
    made: dict[str, set[str]] = {}
    for claim in CLAIMS:
        made.setdefault(claim.property, set()).add(claim.value)
    assert made[FEATURE] <= set(features.FEATURES)
    assert made[HAZARD] <= set(features.HAZARDS)
    assert made[MODE] <= set(features.CONTENT_TYPES)
    assert made[EXEMPTION] == set(features.EXEMPTIONS)
    assert [c for c in made[CONFORMS_TO] if not features.conformance_codes(c)] == []


def test_conformance_is_three_codes() -> None:
    standard = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    assert features.conformance_codes(standard) == ("04", "81", "85")
    assert features.conformance_url(standard) == "https://www.w3.org/TR/epub-a11y-11#wcag-2.1-aa"
    assert features.conformance_codes(standard + "?") == ()


def test_a_claim_that_goes_leaves_every_record(make: Make, claims: Claims) -> None:
    assert "alternativeText" in claims.features
    without = dataclasses.replace(
        claims,
        features=tuple(f for f in claims.features if f != "alternativeText"),
        sufficient=(("textual", "visual"),),
    )
    pdf = dataclasses.replace(PDF, undescribed=1, features=("readingOrder", "taggedPDF"))
    full, less = make(language="en"), make(without, pdf, language="en")
    for form in ("E101", "E107"):
        before = feature_codes(onix_products(full["onix.xml"])[form], "09")
        after = feature_codes(onix_products(less["onix.xml"])[form], "09")
        assert {"14", "52"} <= set(before)
        assert {"14", "52"} & set(after) == set()
    for made in json.loads(less["jsonld"])["workExample"]:
        assert "alternativeText" not in made["accessibilityFeature"]
        assert made["accessModeSufficient"][0]["itemListElement"] == ["textual", "visual"]
    access = opds_publication(less["opds.json"])["metadata"]["accessibility"]
    assert "alternativeText" not in access["feature"]
    sentence = "alternative text"
    words = {name: page(made["accessibilita.html"]) for name, made in (("a", full), ("b", less))}
    assert sum(sentence in (li.text or "") for li in words["a"].iter("li")) == 2
    assert sum(sentence in (li.text or "") for li in words["b"].iter("li")) == 0
    assert sum("cannot see" in (li.text or "") for li in words["b"].iter("li")) == 2


def test_products_are_named_for_good(make: Make) -> None:
    bare, full = (onix_products(make(**given)["onix.xml"]) for given in ({}, FULL))
    for form, name in (("E101", "epub"), ("E107", "pdf")):
        for products in (bare, full):
            assert said(products[form], "RecordReference") == [f"{URN}#{name}"]
        assert said(bare[form], "ProductIdentifier/ProductIDType") == ["01"]
        assert said(bare[form], "ProductIdentifier/IDValue") == [f"{URN}#{name}"]
        assert said(full[form], "ProductIdentifier/ProductIDType") == ["15"]
        isbn = ISBNS[name].replace("-", "")
        assert said(full[form], "ProductIdentifier/IDValue") == [isbn]
        others = said(full[form], "RelatedMaterial/RelatedProduct/ProductIdentifier/IDValue")
        assert set(others) == {i.replace("-", "") for i in ISBNS.values()} - {isbn}


def test_pages_are_the_pdfs(make: Make, claims: Claims) -> None:
    """Only an EPUB with a page list counts pages and names its source."""
    paged = dataclasses.replace(
        claims, features=(*claims.features, "pageNavigation", "pageBreakMarkers")
    )
    for given, extents, relations in (
        (claims, ["22"], ["06"]),
        (paged, ["10", "22"], ["06", "13"]),
    ):
        products = onix_products(make(given)["onix.xml"])
        assert said(products["E101"], "DescriptiveDetail/Extent/ExtentType") == extents
        related = "RelatedMaterial/RelatedProduct/ProductRelationCode"
        assert said(products["E101"], related) == relations
        assert said(products["E107"], related) == ["06"]
        pdf = said(products["E107"], "DescriptiveDetail/Extent/ExtentValue")
        assert pdf == ["48", "30000"]
    codes = feature_codes(onix_products(make(paged)["onix.xml"])["E101"], "09")
    assert {"19", "41"} <= set(codes)


def test_who_pays(make: Make) -> None:
    products = onix_products(make(**VARIANTS["two programmes"])["onix.xml"])
    publishers = products["E101"].findall(f"{ONIX}PublishingDetail/{ONIX}Publisher")
    funded = {
        said(p, "PublisherName")[0]: said(p, "Funding/FundingIdentifier/IDValue")
        for p in publishers
    }
    codes = [PROJECT["cup"], PROJECT["code"]]
    assert funded == {
        "Editore di prova": [],
        "Fondo Asilo, Migrazione e Integrazione 2014-2020": codes,
        "Un «altro» programma & fondo": codes,
    }
    (alone,) = onix_products(make(**VARIANTS["a project without a programme"])["onix.xml"])[
        "E107"
    ].findall(f"{ONIX}PublishingDetail/{ONIX}Publisher")
    assert said(alone, "Funding/FundingIdentifier/IDValue") == codes
    (grant,) = json.loads(make(**VARIANTS["two programmes"])["jsonld"])["funding"]
    assert [i["value"] for i in grant["identifier"]] == codes
    assert len(grant["funder"]) == 2
    assert "funding" not in json.loads(make(programmes=())["jsonld"])


def test_people_in_every_record(make: Make) -> None:
    records = make(**FULL)
    names = [c["name"] for c in FULL["contributors"]]
    product = onix_products(records["onix.xml"])["E101"]
    people = product.findall(f"{ONIX}DescriptiveDetail/{ONIX}Contributor")
    assert [said(p, "PersonName") + said(p, "CorporateName") for p in people] == [
        [name] for name in names
    ]
    keys = {said(p, "PersonName")[0]: said(p, "KeyNames") for p in people[1:]}
    assert keys["Anna De Rossi"] == ["De Rossi"]
    assert keys["Partecipante 1, Comune"] == keys["Plato"] == []
    fields = bib_fields(records["bib"])
    assert fields["author"] == r"{Ente \& C.} and De Rossi, Anna and Author, Persona"
    assert fields["editoratype"] == "redactor"
    assert "{Partecipante 1, Comune}" in fields["editorb"]
    text = page(records["accessibilita.html"]).text_content()
    assert [name for name in names if name not in text] == []
    metadata = opds_publication(records["opds.json"])["metadata"]
    groups = (value for value in metadata.values() if _is_people(value))
    listed = [person["name"] for group in groups for person in group]
    assert sorted(listed) == sorted(names)


def _is_people(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and "sortAs" in value[0]


def test_subjects_have_their_schemes(make: Make) -> None:
    product = onix_products(make(**FULL)["onix.xml"])["E101"]
    subjects = [
        said(s, "SubjectSchemeIdentifier") + said(s, "SubjectCode") + said(s, "MainSubject")
        for s in product.iter(f"{ONIX}Subject")
    ]
    assert subjects == [["94", "1DST"], ["93", "JKS", ""], ["93", "JPR"], ["20"]]


def test_an_exemption_is_declared_everywhere(make: Make) -> None:
    records = make(**VARIANTS["exempt"], language="en")
    for product in onix_products(records["onix.xml"]).values():
        codes = feature_codes(product, "09")
        assert "75" in codes
        assert {"04", "85"} & set(codes) == set()
        websites = said(product, "PublishingDetail/Publisher/Website/WebsiteRole")
        assert websites == ["52"]
    access = opds_publication(records["opds.json"])["metadata"]["accessibility"]
    assert access["exemption"] == "eaa-microenterprise"
    text = page(records["accessibilita.html"]).text_content()
    assert "4(5)" in text
    assert "Le tavole <1-3> non sono descritte & basta." in text


def test_who_vouches_and_whom_to_write_to(make: Make) -> None:
    records = make(**FULL)
    codes = feature_codes(onix_products(records["onix.xml"])["E101"], "09")
    assert {"04", "81", "85", "22", "26"} <= set(codes)
    assert codes["90"] == "Ente di verifica"
    assert codes["94"] == "https://example.org/rapporto"
    assert codes["99"] == "accessibilita@example.org"
    links = {a.get("href") for a in page(records["accessibilita.html"]).iter("a")}
    assert "mailto:accessibilita@example.org" in links


def test_texts_have_their_language(make: Make) -> None:
    for language, code, country in (("it", "ita", []), ("en-GB", "eng", ["GB"])):
        product = onix_products(make(language=language)["onix.xml"])["E101"]
        for name in ("TitleText", "Subtitle", "Text", "EpubLicenseName", "EditionStatement"):
            texts = [*product.iter(f"{ONIX}{name}")]
            assert texts
            assert {text.get("language") for text in texts} == {code}
        assert said(product, "DescriptiveDetail/Language/LanguageCode")[0] == code
        assert said(product, "DescriptiveDetail/Language/CountryCode") == country
