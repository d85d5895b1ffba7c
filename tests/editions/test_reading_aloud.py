"""What a screen reader announces of every document of every edition.

The transcripts of two chapters are kept: read them after ``--refresh``. They leave page marks
out, which a listener may skip too, and which move whenever a page is laid out otherwise.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model.load import edition_names
from book.readback.epub_files import epub_files
from book.system.checkout import CHECKOUT
from book.validators.browser import chromium, offline_page
from tests.support.editions import BuiltEdition
from tests.support.reading.access_tree import AccessNode, access_tree
from tests.support.reading.announce import Announcement, Kind, Piece, announcements
from tests.support.reading.reading_faults import faults
from tests.support.reading_aloud import transcript

EXPECTED = Path(__file__).parent / "expected"
WITHOUT_HEADING = {"cover", "notice"}
"""A picture, and the notice as the law words it: both are named otherwise."""


@pytest.fixture(scope="session")
def trees(built: dict[str, BuiltEdition]) -> dict[str, dict[str, AccessNode]]:
    """The accessibility tree of every document, by edition and by the stem of its file's name."""
    found: dict[str, dict[str, AccessNode]] = {}
    with chromium() as running:
        for name, edition in built.items():
            packed = epub_files(edition.epub)
            with offline_page(running, packed.files) as opened:
                found[name] = {
                    Path(document).stem: access_tree(opened, document) for document in packed.spine
                }
            assert opened.refused == []
    return found


def heard(trees: dict[str, dict[str, AccessNode]], edition: str) -> dict[str, list[Announcement]]:
    return {name: announcements(tree) for name, tree in trees[edition].items()}


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_a_listener_stumbles_over_nothing(
    edition: str, trees: dict[str, dict[str, AccessNode]]
) -> None:
    documents = heard(trees, edition)
    assert len(documents) > 15
    assert {name: found for name, one in documents.items() if (found := faults(one))} == {}


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_every_document_has_one_title_and_a_place_to_jump_to(
    edition: str, trees: dict[str, dict[str, AccessNode]]
) -> None:
    for name, document in heard(trees, edition).items():
        first = [one for one in document if one.kind is Kind.HEADING and one.level == 1]
        assert len(first) == (0 if name in WITHOUT_HEADING else 1), name
        # A chapter's own header is no banner of the whole document.
        assert not any(one.role == "banner" for one in document), name
        if any(one.role == "doc-chapter" for one in document):
            assert [o.name for o in document if o.role == "doc-chapter"] == [first[0].words], name


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_pages_are_announced_in_order_and_can_be_skipped(
    edition: str, trees: dict[str, dict[str, AccessNode]]
) -> None:
    marks = 0
    for name, tree in trees[edition].items():
        whole, skipped = announcements(tree), announcements(tree, pages=False)
        pages = [s.words.strip() for one in whole for s in one.said if s.piece is Piece.PAGE]
        numbers = [int(page) for page in pages if page.isdecimal()]
        assert numbers == sorted(set(numbers)), name
        assert not any(s.piece is Piece.PAGE for one in skipped for s in one.said), name
        assert spoken(whole) == spoken(skipped), name
        marks += len(pages)
    assert marks > 30


def spoken(announced: list[Announcement]) -> str:
    """The words of a document, page marks apart."""
    return " ".join(
        "".join(s.words for s in one.said if s.piece is not Piece.PAGE).strip()
        for one in announced
        if one.kind is not Kind.PAGE
    )


@pytest.mark.parametrize("chapter", ["trascrizione-incontro", "casa-prima-dell-inverno"])
def test_the_transcript_is_the_kept_one(
    chapter: str, trees: dict[str, dict[str, AccessNode]], refresh: bool
) -> None:
    found = transcript(announcements(trees["dimostrativa"][chapter], pages=False))
    kept = EXPECTED / f"{chapter}.txt"
    if refresh:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, "utf-8")
    assert found == kept.read_text("utf-8")


def test_all_that_can_be_announced_is_in_the_editions(
    trees: dict[str, dict[str, AccessNode]],
) -> None:
    """What could make these tests easy is there: every kind of thing, and other languages."""
    documents = [one for edition in trees for one in heard(trees, edition).values()]
    assert {one.kind for document in documents for one in document} == set(Kind)
    pieces = {said.piece for document in documents for one in document for said in one.said}
    assert pieces == set(Piece)
    languages = {said.language for d in documents for one in d for said in one.said}
    assert {"it", "en", "fr", "de"} <= languages
