"""One edition, one set of facts: every record of it says the same, and what the EPUB says."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import dataclass
from typing import Any

import pikepdf
import pytest
from lxml import etree

from book.compose.wording import long_date
from book.model.identifiers import hyphenated
from book.model.licence import LICENCE_IDS, licence_of
from book.model.person import MARC_RELATORS
from book.output.catalogue.features import EXEMPTIONS, FEATURES, HAZARDS, conformance_codes
from book.output.catalogue.onix_common import bibliographic_code
from book.output.catalogue.onix_description import ROLES
from tests.output.epub.reading import Epub
from tests.support.catalogue import (
    ONIX,
    bib_fields,
    citations,
    feature_codes,
    onix_products,
    opds_publication,
    page,
    said,
)
from tests.support.editions import BuiltEdition

EDITIONS = ("co-programmazione", "dimostrativa", "reti-locali", "toolkit", "valutazione")
_MARC = {code: MARC_RELATORS[role] for role, code in ROLES.items()}
_PROPERTIES = {"author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill"}


def plain(text: str) -> str:
    """Words alone: no-break spaces and line breaks are each format's own affair."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Package:
    """The facts as the EPUB's package document states them."""

    title: str
    subtitle: str
    people: frozenset[tuple[str, str]]
    publisher: str
    date: str
    description: str
    identifier: str
    languages: tuple[str, ...]
    rights: str
    series: str
    claims: dict[str, list[str]]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.people)

    @property
    def licence(self) -> tuple[str, str]:
        """Name and address, as the table of licences has them in this language."""
        known = [licence_of(id, self.languages[0]) for id in LICENCE_IDS]
        (found,) = [a for a in known if self.rights in (a.name, f"{a.name}, {a.url}")]
        return found.name, found.url or ""


def package_of(epub: Epub) -> Package:
    def one(question: str) -> str:
        return plain(" ".join(epub.package(question)))

    people = set()
    for element in ("creator", "contributor"):
        for id in epub.package(f"//dc:{element}/@id"):
            (role,) = epub.meta("role", id)
            people.add((one(f"//dc:*[@id='{id}']/text()"), role))
    properties = set(epub.package("//opf:meta[not(@refines)]/@property"))
    named = {p for p in properties if p.startswith(("schema:access", "dcterms:conf", "a11y:"))}
    certified = epub.package("//opf:meta[@property='a11y:certifiedBy']/text()")
    return Package(
        title=one("//dc:title[@id='title-main']/text()"),
        subtitle=one("//dc:title[@id='title-subtitle']/text()"),
        people=frozenset(people),
        publisher=one("//dc:publisher/text()"),
        date=one("//dc:date/text()"),
        description=one("//dc:description/text()"),
        identifier=one("//dc:identifier/text()"),
        languages=tuple(epub.package("//dc:language/text()")),
        rights=one("//dc:rights/text()"),
        series=" ".join(epub.meta("belongs-to-collection")),
        claims={**{name: epub.meta(name) for name in named}, "a11y:certifiedBy": certified},
    )


@dataclass(frozen=True)
class Case:
    """An edition as built, with what its EPUB says."""

    edition: BuiltEdition
    package: Package
    epub: Epub

    def read(self, suffix: str) -> bytes:
        return (self.edition.folder / f"{self.edition.name}{suffix}").read_bytes()


@pytest.fixture(params=EDITIONS)
def case(request: pytest.FixtureRequest, built: dict[str, BuiltEdition]) -> Case:
    assert set(built) == set(EDITIONS)
    edition = built[request.param]
    epub = Epub(edition.epub.read_bytes())
    return Case(edition, package_of(epub), epub)


def test_onix(case: Case) -> None:
    package = case.package
    products = onix_products(case.read(".onix.xml"))
    assert set(products) == {"E101", "E107"}
    for product in products.values():

        def one(path: str, product: etree._Element = product) -> str:
            return plain(" ".join(said(product, path)))

        title = "DescriptiveDetail/TitleDetail/TitleElement"
        assert one(f"{title}/TitleText") == package.title
        assert one(f"{title}/Subtitle") == package.subtitle
        assert one("DescriptiveDetail/Collection/TitleDetail/TitleElement/TitleText") == (
            package.series
        )
        people = product.findall(f"{ONIX}DescriptiveDetail/{ONIX}Contributor")
        assert package.people == {
            (plain((said(p, "PersonName") + said(p, "CorporateName"))[0]), _MARC[role])
            for p in people
            for role in said(p, "ContributorRole")
        }
        assert said(product, "PublishingDetail/Publisher/PublisherName")[0] == package.publisher
        assert one("PublishingDetail/Imprint/ImprintName") == package.publisher
        assert one("PublishingDetail/PublishingDate/Date") == package.date.replace("-", "")
        assert one("CollateralDetail/TextContent/Text") == package.description
        languages = [bibliographic_code(tag) for tag in package.languages]
        assert said(product, "DescriptiveDetail/Language/LanguageCode") == languages
        licence = "DescriptiveDetail/EpubLicense"
        link = one(f"{licence}/EpubLicenseExpression/EpubLicenseExpressionLink")
        assert (one(f"{licence}/EpubLicenseName"), link) == package.licence
        identifiers = said(product, "ProductIdentifier/IDValue")
        assert [i for i in identifiers if i.partition("#")[0] in package.identifier]
    codes = feature_codes(products["E101"], "09")
    assert set(codes) - {"22", "26", "99"} == expected_codes(package)
    assert plain(codes["00"] or "") == plain(package.claims["schema:accessibilitySummary"][0])
    hazards = [HAZARDS[h][0] for h in package.claims["schema:accessibilityHazard"]]
    assert [*feature_codes(products["E101"], "12")] == hazards
    assert "05" in feature_codes(products["E107"], "09")
    relations = said(products["E101"], "RelatedMaterial/RelatedProduct/ProductRelationCode")
    paged = "pageNavigation" in package.claims["schema:accessibilityFeature"]
    assert ("13" in relations) is paged


def expected_codes(package: Package) -> set[str]:
    """List 196 by the EPUB's own metadata."""
    claims = package.claims
    features = claims["schema:accessibilityFeature"]
    codes = {"00", *(code for feature in features for code in FEATURES[feature].codes)}
    for standard in claims.get("dcterms:conformsTo", []):
        codes |= set(conformance_codes(standard))
    codes |= {"90"} if claims.get("a11y:certifiedBy") else set()
    codes |= {EXEMPTIONS[value][0] for value in claims.get("a11y:exemption", [])}
    codes |= {"52"} if "textual" in claims["schema:accessModeSufficient"] else set()
    return codes


def test_json_ld(case: Case) -> None:
    package = case.package
    data = json.loads(case.read(".jsonld"))
    assert plain(data["name"]) == package.title
    assert plain(data.get("alternativeHeadline", "")) == package.subtitle
    assert data["publisher"]["name"] == package.publisher
    assert data["datePublished"] == package.date
    assert data["inLanguage"] == [*package.languages]
    assert (data["license"]["name"], data["license"].get("url", "")) == package.licence
    people = {
        (plain(person["name"]), role)
        for name, role in _PROPERTIES.items()
        for person in data.get(name, [])
    }
    others = {(plain(p["contributor"]["name"]), p["roleName"]) for p in data.get("contributor", [])}
    assert people | others == package.people
    epub, pdf = data["workExample"]
    assert epub["identifier"] == package.identifier
    assert pdf["identifier"] == pdf_identifier(case)
    claims = package.claims
    assert epub["accessMode"] == claims["schema:accessMode"]
    assert epub["accessibilityFeature"] == claims["schema:accessibilityFeature"]
    assert epub["accessibilityHazard"] == claims["schema:accessibilityHazard"]
    assert plain(epub["accessibilitySummary"]) == plain(claims["schema:accessibilitySummary"][0])
    assert epub.get("dcterms:conformsTo", []) == claims.get("dcterms:conformsTo", [])
    for made, file in ((epub, case.edition.epub), (pdf, case.edition.pdf)):
        assert made["encoding"]["contentUrl"] == file.name
        assert made["encoding"]["contentSize"] == f"{file.stat().st_size} B"


def test_opds(case: Case) -> None:
    package = case.package
    publication = opds_publication(case.read(".opds.json"))
    metadata: dict[str, Any] = publication["metadata"]
    assert plain(metadata["title"]) == package.title
    assert plain(metadata.get("subtitle", "")) == package.subtitle
    assert metadata["identifier"] == package.identifier
    assert metadata["language"] == [*package.languages]
    assert metadata["published"] == package.date
    assert metadata["publisher"] == package.publisher
    assert {
        (plain(person["name"]), person.get("role", _PROPERTIES.get(name)))
        for name in (*_PROPERTIES, "contributor")
        for person in metadata.get(name, [])
    } == package.people
    access, claims = metadata["accessibility"], package.claims
    assert access["feature"] == claims["schema:accessibilityFeature"]
    assert access["accessMode"] == claims["schema:accessMode"]
    assert access["hazard"] == claims["schema:accessibilityHazard"]
    assert bool(access.get("conformsTo")) is ("dcterms:conformsTo" in claims)
    sizes = {link["href"]: link["size"] for link in publication["links"] if "size" in link}
    files = (case.edition.epub, case.edition.pdf)
    assert sizes == {file.name: file.stat().st_size for file in files}
    for image in publication["images"]:
        assert (case.edition.folder / image["href"]).exists()


def test_bibtex(case: Case) -> None:
    package = case.package
    content = case.read(".bib")
    (citation,) = citations(content)
    titles = [part for part in (package.title, package.subtitle) if part]
    assert plain(citation["title"]) == ": ".join(titles)
    assert citation["publisher"] == package.publisher
    assert "-".join(f"{n:02}" for n in citation["issued"]["date-parts"][0]) == package.date
    curators = {name for name, role in package.people if role == "edt"}
    assert {p["literal"] for p in citation.get("editor", [])} == curators
    fields = bib_fields(content)
    listed = " ".join(fields.get(n, "") for n in ("author", "editor", "editora", "editorb"))
    assert [n for n in package.names if any(word not in listed for word in n.split())] == []
    assert fields["note"] in package.identifier or fields["isbn"]
    assert fields["copyright"].startswith(package.licence[0])


def test_statement_and_colophon(case: Case) -> None:
    package = case.package
    root = page((case.edition.folder / "accessibilita.html").read_bytes())
    colophon = plain(" ".join(case.epub.ask("colophon.xhtml", "//h:body")))
    statement = plain(root.text_content())
    language = package.languages[0]
    assert root.get("lang") == language
    isbn = package.identifier.removeprefix("urn:isbn:")
    identifier = package.identifier if isbn == package.identifier else hyphenated(isbn)
    (version,) = case.epub.meta("schema:version")
    shared = [package.title, package.subtitle, package.publisher, *package.names]
    shared += [*package.licence, version, identifier]
    for text in (statement, colophon):
        assert [said for said in shared if said not in text] == []
    day = long_date(date_of(package), language)
    assert day in statement
    assert day in colophon
    assert plain(package.claims["schema:accessibilitySummary"][0]) in statement
    for standard in package.claims.get("dcterms:conformsTo", []):
        assert standard in statement


def date_of(package: Package) -> datetime.date:
    return datetime.date.fromisoformat(package.date)


def test_pdf(case: Case) -> None:
    package = case.package
    with pikepdf.open(io.BytesIO(case.edition.pdf.read_bytes())) as pdf:
        with pdf.open_metadata() as xmp:
            assert plain(str(xmp["dc:title"])).startswith(package.title)
            assert str(xmp["dc:title"]) == str(pdf.docinfo["/Title"])
            assert xmp["dc:publisher"] == {package.publisher}
            assert xmp["dc:language"] == {package.languages[0]}
            assert str(xmp["xmp:CreateDate"]).startswith(package.date)
            assert plain(str(xmp["dc:rights"])) == " ".join(p for p in package.licence if p)
            assert plain(str(xmp["dc:description"])) == package.description
            leading = {name for name, role in package.people if role in ("aut", "edt")}
            assert set(xmp["dc:creator"]) == (leading or {package.publisher})
        for part in (package.title, package.subtitle):
            assert part in plain(str(pdf.docinfo["/Title"]))


def pdf_identifier(case: Case) -> str:
    with pikepdf.open(case.edition.pdf) as pdf, pdf.open_metadata() as xmp:
        return str(xmp["dc:identifier"])
