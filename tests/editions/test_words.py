"""No text is lost or reordered on the way from the source to the EPUB and the PDF.

The source is what pandoc's plain writer makes of it; the EPUB and the PDF are read back from the
finished files, the PDF in the order of its structure tree.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from book.markdown.chapter import chapter_tree
from book.markdown.plain import Words, tree_words
from book.markdown.tree import Tree
from book.model.load import edition_names, load_edition
from book.model.loaded import WrittenEdition
from book.readback.pdf.document import TaggedPdf
from book.readback.pdf.reading import SOFT_HYPHEN, reading_order
from book.system.checkout import CHECKOUT
from tests.support import epub_text
from tests.support.editions import BuiltEdition
from tests.support.pdf_words import words_by_document
from tests.support.plain_words import plain_words
from tests.support.sequences import difference

EDITIONS = edition_names(CHECKOUT)


@cache
def loaded_edition(name: str) -> WrittenEdition:
    loaded, _ = load_edition(CHECKOUT, name)
    assert loaded is not None
    return loaded


@cache
def words_of_pdf(path: Path) -> dict[str, Words]:
    with TaggedPdf(path) as pdf:
        return words_by_document(pdf)


CHAPTERS = [
    pytest.param(name, chapter, id=f"{name}/{source.slug}")
    for name in EDITIONS
    for chapter, source in loaded_edition(name).chapters.items()
]


def assert_same(expected: Words, found: Words, *, capitals: bool = False) -> None:
    assert difference(expected.main, found.main, capitals=capitals) == ""
    assert difference(expected.notes, found.notes, capitals=capitals) == ""


@pytest.mark.parametrize(("edition", "chapter"), CHAPTERS)
def test_the_epub_has_the_words_of_the_source(
    edition: str, chapter: str, built: dict[str, BuiltEdition]
) -> None:
    loaded = loaded_edition(edition)
    source = loaded.chapters[chapter]
    written = plain_words(source.body)
    assert len(written.main) > 20
    tree, _ = chapter_tree(source, loaded.edition, loaded.folder)
    assert_same(written, tree_words(tree.body.root, generated=False))
    # In a transcript the EPUB shows a person's name where the source has an abbreviation.
    shown = tree_words(_with_names_as_shown(tree.body), generated=False)
    found = epub_text.words_by_chapter(built[edition].epub, generated=False)[source.slug]
    assert_same(shown, found)


def _with_names_as_shown(tree: Tree) -> etree._Element:
    root = tree.copy()
    for element in root.iter():
        element.attrib.pop("data-written", "")
    return root


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pdf_has_the_words_of_the_epub(edition: str, built: dict[str, BuiltEdition]) -> None:
    epub = epub_text.words_by_document(built[edition].epub, generated=True)
    pdf = words_of_pdf(built[edition].pdf)
    # The cover of the EPUB is a picture, its contents are the nav document.
    only_epub, only_pdf = {"cover", "nav"}, {"cover", "contents", "half-title"}
    assert epub.keys() - only_epub == pdf.keys() - only_pdf
    slugs = {source.slug for source in loaded_edition(edition).chapters.values()}
    assert slugs <= epub.keys()
    for id in epub.keys() - only_epub:
        assert difference(epub[id].main, pdf[id].main, capitals=True) == "", id
        assert difference(epub[id].notes, pdf[id].notes, capitals=True) == "", id


def test_notes_are_compared_and_words_were_divided(built: dict[str, BuiltEdition]) -> None:
    """What could make the comparison easy is there: notes, and words divided at line ends."""
    name = "dimostrativa"
    assert sum(len(words.notes) for words in words_of_pdf(built[name].pdf).values()) > 100
    with TaggedPdf(built[name].pdf) as pdf:
        pieces = reading_order(pdf)
    assert sum(piece.text.endswith(SOFT_HYPHEN) for piece in pieces) > 50
