"""Take one support away and the claims that stand on it go, and no others.

Every claim of the registry has a case: whoever adds one without fails here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from book.compose.documents import Book
from book.markdown.tree import EPUB_TYPE, q
from book.output.epub.accessibility import claims_of
from book.output.epub.claims import CLAIMS, CONFORMANCE, SUMMARY, Claim
from book.output.epub.facts import facts_of
from book.output.epub.layout import lay_out, shown_documents
from book.output.epub.nav import nav_page
from book.output.epub.page import Page, page_of
from book.output.epub.supports import Facts, Support
from book.output.epub.write import epub_book
from tests.output.epub import claim_cases, fake
from tests.output.epub.claim_cases import CONFORMITY, Case, feature
from tests.output.epub.reading import Epub

CASES = {**claim_cases.SUPPORTS, **claim_cases.CLAIMS}
PAGE_CLAIMS = feature("pageNavigation", "pageBreakMarkers")


def key(claim: Claim) -> str:
    return f"{claim.property} {claim.value}"


def said(book: Book) -> tuple[frozenset[str], list[str]]:
    """What the package document claims, the summary aside, and the codes of what is found."""
    made, findings = epub_book(book, fake.cover())
    epub = Epub(made.epub)
    names = {claim.property for claim in CLAIMS}
    claims = {
        f"{name} {value}"
        for name in names
        for value in epub.package(f"//opf:meta[@property='{name}']/text()")
        + epub.package(f"//opf:link[@rel='{name}']/@href")
    }
    return frozenset(claims), [finding.code.id for finding in findings]


@pytest.mark.parametrize("name", CASES)
def test_without_its_support_a_claim_goes_and_no_other(
    name: str, book: Book, tmp_path: Path
) -> None:
    case = CASES[name]
    given = case.given(book, tmp_path)
    before, codes = said(given)
    after, found = said(case.remove(given, tmp_path))
    assert case.lost, "a case takes something away"
    assert before - after == case.lost
    assert after - before == case.gained
    if case.code:
        assert case.code not in codes
        assert found.count(case.code) == 1


def test_page_claims_go_when_marks_and_list_disagree(book: Book) -> None:
    pages, nav = with_page_marks(book)
    both = facts(book, pages, nav)
    assert words(both) >= PAGE_CLAIMS | CONFORMITY
    listed = nav.root.findall(f".//{q('nav')}")[-1]
    last = listed[-1][-1]
    last.getparent().remove(last)  # type: ignore[union-attr]
    shorter = facts(book, pages, nav)
    assert words(both) - words(shorter) == PAGE_CLAIMS | CONFORMITY
    assert shorter.lacking == {Support.PAGE_LIST}
    listed.getparent().remove(listed)  # type: ignore[union-attr]
    assert words(both) - words(facts(book, pages, nav)) == PAGE_CLAIMS | CONFORMITY


def test_a_book_without_pages_claims_none_and_lacks_none(book: Book) -> None:
    plain, _ = said(book)
    assert plain & PAGE_CLAIMS == set()
    assert plain >= CONFORMITY


def test_every_claim_and_every_support_has_a_case() -> None:
    cases: dict[str, Case | None] = {**claim_cases.SUPPORTS, Support.PAGE_LIST: None}
    assert cases.keys() == {str(support) for support in Support}
    by_support: set[str] = set(PAGE_CLAIMS)
    for support, case in cases.items():
        lost = case.lost if case else PAGE_CLAIMS | CONFORMITY
        needing = [c for c in CLAIMS if Support(support) in c.needs and not c.said]
        # What needs a support goes with it, and what goes with it needs it.
        assert {key(c) for c in needing} == {c for c in lost if not c.startswith("a11y:")}
        by_support |= lost
    assert {key(c) for c in CLAIMS} - by_support == claim_cases.CLAIMS.keys() - by_support
    assert len({key(c) for c in CLAIMS}) == len(CLAIMS)


def test_the_case_of_a_claim_is_about_that_claim() -> None:
    for name, case in claim_cases.CLAIMS.items():
        assert any(lost.startswith(name) for lost in case.lost), name


def test_nothing_is_claimed_that_is_not_in_the_registry(book: Book) -> None:
    made, _ = epub_book(book, fake.cover())
    epub = Epub(made.epub)
    accessible = "starts-with(@property, 'schema:access') or starts-with(@property, 'a11y:')"
    used = set(epub.package(f"//opf:meta[{accessible}]/@property"))
    assert used <= {claim.property for claim in CLAIMS} | {SUMMARY}


def test_conformance_takes_the_exact_words() -> None:
    # EPUB Accessibility 1.1, section 2.3.2
    assert CONFORMANCE == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"


def test_a_finding_tells_what_is_lost_and_where(book: Book) -> None:
    changed = fake.with_document(book, "incontro", 'alt="Tre nodi collegati"', 'alt=""')
    (finding,) = epub_book(changed, fake.cover())[1]
    assert (finding.file, finding.line) == ("chapters/prova/incontro.md", 25)
    assert finding.values["count"] == 1
    assert finding.values["claims"] == (
        f"accessModeSufficient=textual, alternativeText, conformsTo={CONFORMANCE}"
    )


def test_the_summary_says_what_the_facts_say(book: Book) -> None:
    pages, nav = with_page_marks(book)
    summary = claims_of(facts(book, pages, nav), "en").summary
    assert summary == (
        "Editore di prova declares that it conforms to EPUB Accessibility 1.1, WCAG 2.1 level AA. "
        "The text can be enlarged and its typeface, margins and colours changed. "
        "The table of contents links to every chapter and its main sections. "
        "The pages are those of the PDF of the same edition, and can be gone to by number. "
        "All its pictures have an alternative text. Tables have marked header cells. "
        "Notes are linked to their calls and back. Nothing in it sounds, moves or flashes."
    )
    barrier = "Le tavole sono scritte a mano."
    declared = fake.edition(
        accessibility={"exemption": "eaa-microenterprise", "barriers": [barrier]}
    )
    loaded = dataclasses.replace(book.loaded, edition=declared)
    other = claims_of(facts(dataclasses.replace(book, loaded=loaded), pages, nav), "en").summary
    assert "conforms" not in other
    assert other.endswith(f"exempt under Directive (EU) 2019/882. {barrier}")


def with_page_marks(book: Book) -> tuple[list[Page], Page]:
    """The pages of the book with a page mark in each, and the nav document with their list."""
    layout = lay_out(book)
    pages = [page_of(document, layout)[0] for document in shown_documents(book)]
    nav, _ = nav_page(book, layout)
    body = nav.root.find(q("body"))
    assert body is not None
    listed = etree.SubElement(body, q("nav"))
    listed.set(EPUB_TYPE, "page-list")
    rows = etree.SubElement(listed, q("ol"))
    for number, page in enumerate(pages, start=1):
        section = page.root.find(f"{q('body')}/{q('section')}")
        assert section is not None
        mark = etree.Element(q("span"), {"role": "doc-pagebreak", "id": f"page-{number}"})
        mark.set("aria-label", str(number))
        section.insert(0, mark)
        row = etree.SubElement(rows, q("li"))
        link = etree.SubElement(row, q("a"), href=f"{page.file}#page-{number}")
        link.text = str(number)
    return pages, nav


def facts(book: Book, pages: Iterable[Page], nav: Page) -> Facts:
    sources = [document.source for document in shown_documents(book)]
    return facts_of(zip(pages, sources, strict=True), nav, "", {}, book.loaded)


def words(facts: Facts) -> frozenset[str]:
    return frozenset(f"{c.property} {c.words(facts)}" for c in CLAIMS if c.holds(facts))
