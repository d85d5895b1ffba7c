"""Where the marks of pages stand in a document of the EPUB, and what an EPUB without them says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from book.compose.documents import Book
from book.markdown.plain import tree_words
from book.markdown.tree import parse, serialise
from book.output.epub.page_marks import PageMark, set_marks
from book.output.epub.write import epub_book
from book.output.main_text import items_of, main_text
from book.output.page_turn import PageTurn
from book.validators.epubcheck import check_epubs
from tests.output.epub import fake
from tests.output.epub.reading import Epub

SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
MARK = re.compile(r'<(span|div)[^>]* aria-label="(\d+)"/>')
CASES = {
    "in a paragraph": ("<p>A</p><p>uno due qui</p>", "<p>A</p><p>uno due [1]qui</p>"),
    "at a paragraph's beginning": ("<p>A</p><p>qui</p>", "<p>A</p><p>[1]qui</p>"),
    "after a word that is divided": ("<p>uno paroquila, due</p>", "<p>uno paroquila, [1]due</p>"),
    "after a word in two elements": (
        "<p>pa<em>roqui</em>la due</p>",
        "<p>pa<em>roqui</em>la [1]due</p>",
    ),
    "after an address": ("<p><a>https://qui/x</a> due</p>", "<p><a>https://qui/x</a> [1]due</p>"),
    "a divided word ends its block": ("<p>paroqui</p><p>due</p>", "<p>paroqui</p><p>[1]due</p>"),
    "outside what begins there": (
        "<p>uno <a><em>qui</em></a></p>",
        "<p>uno [1]<a><em>qui</em></a></p>",
    ),
    "within a link": ("<p>A <a>uno qui</a></p>", "<p>A <a>uno [1]qui</a></p>"),
    "after a note's call": (
        '<p>uno<a class="note-call">1</a> qui</p>',
        '<p>uno<a class="note-call">1</a> [1]qui</p>',
    ),
    "before a title": ("<p>A</p><h2>qui</h2>", "<p>A</p>{1}<h2>qui</h2>"),
    "before a section's time": (
        '<h2>A</h2><p class="section-time"><a>qui</a></p>',
        '<h2>A</h2>{1}<p class="section-time"><a>qui</a></p>',
    ),
    "before a figure": (
        '<p>A</p><figure><img src="x"/><figcaption>qui</figcaption></figure>',
        '<p>A</p>{1}<figure><img src="x"/><figcaption>qui</figcaption></figure>',
    ),
    "before a rule": ("<p>A</p><hr/><p>qui</p>", "<p>A</p>{1}<hr/><p>qui</p>"),
    "before a table": (
        "<p>A</p><table><caption>qui</caption><tr><td>x</td></tr></table>",
        "<p>A</p>{1}<table><caption>qui</caption><tr><td>x</td></tr></table>",
    ),
    "in the first cell of a row": (
        "<table><tr><td>A</td></tr><tr><th>qui</th></tr></table>",
        "<table><tr><td>A</td></tr><tr><th>[1]qui</th></tr></table>",
    ),
    "in an item": ("<ul><li>A</li><li>qui</li></ul>", "<ul><li>A</li><li>[1]qui</li></ul>"),
    "in a list's first item": ("<p>A</p><ul><li>qui</li></ul>", "<p>A</p><ul><li>[1]qui</li></ul>"),
    "in a term": (
        "<dl><dt>A</dt><dd>x</dd><dt>qui</dt></dl>",
        "<dl><dt>A</dt><dd>x</dd><dt>[1]qui</dt></dl>",
    ),
    "in a quotation": (
        "<blockquote><p>A</p><p>qui</p></blockquote>",
        "<blockquote><p>A</p><p>[1]qui</p></blockquote>",
    ),
    "in code, after its indent": (
        "<pre><code>A\n  qui\n</code></pre>",
        "<pre><code>A\n  [1]qui\n</code></pre>",
    ),
    "after a line's end": ("<div>A<br/>qui</div>", "<div>A<br/>[1]qui</div>"),
    "at the document's beginning": ("<div><h1>qui</h1></div>", "{1}<div><h1>qui</h1></div>"),
}  # fmt: skip


def section(body: str) -> etree._Element:
    return parse(f'<section {SPACES} id="s">{body}</section>')


def mark(number: int, offset: int, opening: str = "") -> PageMark:
    return PageMark(str(number), f"page-{number}", "s.xhtml", "s", offset, opening)


def with_marks(root: etree._Element, *marks: PageMark) -> str:
    """The section's content, spans shown as [1] and divs as {1}."""
    set_marks(root, marks)
    text = serialise(root).partition(">")[2].removesuffix("</section>")
    return MARK.sub(lambda found: "[{}]" if found[1] == "span" else "{{{}}}", text).format(
        *(found[2] for found in MARK.finditer(text))
    )


@pytest.mark.parametrize("case", CASES)
def test_a_mark_stands(case: str) -> None:
    body, expected = CASES[case]
    root = section(body)
    offset = items_of(main_text(root)).index("qui")
    # A figure and a rule come before the words that follow them.
    offset -= body.startswith(("<p>A</p><figure>", "<p>A</p><hr/>"))
    assert with_marks(root, mark(1, offset)) == expected


def test_pages_that_begin_together_keep_their_order() -> None:
    for body, expected in (
        ("<p>a b</p>", "<p>a [1][2][3]b</p>"),
        ("<p>a</p><h2>b</h2>", "<p>a</p>{1}{2}{3}<h2>b</h2>"),
        ("<p>a</p>", "<p>a</p>{1}{2}{3}"),
    ):
        assert with_marks(section(body), mark(1, 1), mark(2, 1), mark(3, 1)) == expected
    assert with_marks(section("<p>a</p>"), mark(1, 0), mark(2, 0)) == "{1}{2}<p>a</p>"


def test_a_page_of_notes_alone_is_marked_before_the_notes() -> None:
    body = '<div><p>a</p><section class="notes"><p>1</p></section></div>'
    expected = '<div><p>a</p>{1}<section class="notes"><p>1</p></section></div>'
    assert with_marks(section(body), mark(1, 1)) == expected


def test_another_text_than_the_pages_have_is_no_place_for_marks() -> None:
    with pytest.raises(RuntimeError, match="page 7 does not begin at its words"):
        set_marks(section("<p>uno due</p>"), [mark(7, 3, "tre")])


@given(st.data())
def test_marks_change_nothing_else(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([fake.MEETING, fake.PRACTICE, fake.COLOPHON, fake.PART]))
    root = parse(source)
    length = len(items_of(main_text(root)))
    offsets = sorted(data.draw(st.lists(st.integers(0, length), max_size=12)))
    set_marks(root, [mark(number, offset) for number, offset in enumerate(offsets)])
    assert tree_words(root, generated=True) == tree_words(parse(source), generated=True)
    marked = serialise(root)
    assert [int(found[2]) for found in MARK.finditer(marked)] == list(range(len(offsets)))
    assert MARK.sub("", marked) == serialise(parse(source))


def turns_at_every_word(book: Book) -> list[PageTurn]:
    turns = [PageTurn("Copertina", "cover", 0), PageTurn("i", "contents", 0)]
    for document in book.documents[1:]:
        if document.id == "contents":
            continue
        for stretch in main_text(document.tree.root):
            for number in range(len(stretch.items)):
                if not stretch.is_glued(number):
                    turns.append(PageTurn(str(len(turns)), document.id, stretch.start + number))
    return turns


@pytest.mark.slow
def test_a_mark_may_stand_before_any_word(book: Book, tmp_path: Path) -> None:
    turns = turns_at_every_word(book)
    made, findings = epub_book(book, fake.cover(), turns)
    assert findings == []
    path = tmp_path / "fitto.epub"
    path.write_bytes(made.epub)
    (verdict,) = check_epubs([path])
    assert verdict.messages == ()
    epub = Epub(made.epub)
    for list_of_pages in (
        epub.ask("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a"),
        epub.ask("toc.ncx", "//ncx:pageTarget/ncx:navLabel/ncx:text/text()"),
    ):
        assert sorted(list_of_pages) == sorted(turn.folio for turn in turns)
    assert len(turns) > 200


def test_without_the_pdf_nothing_speaks_of_pages(epub: Epub) -> None:
    for name in epub.names:
        content = epub.archive.read(name)
        for word in (b"pagebreak", b"page-list", b"pageList", b"pageBreak", b"pageNavigation"):
            assert word not in content, name


def test_the_pages_are_those_of_the_pdf_by_its_isbn(repository: Path, tmp_path: Path) -> None:
    isbns: dict[str, Any] = {"identifiers": {"pdf": "9788800000000"}}
    none: dict[str, Any] = {}
    urn = "urn:uuid:6a1e1f5c-2b1d-5c55-9a0e-0d6f4a3f1b10"
    for changes, source in (
        (isbns, "urn:isbn:9788800000000"),
        (none, f"Editore di prova, 2021-05-31, 1.0.0, PDF, {urn}"),
    ):
        book = fake.book(repository, tmp_path / "prova", **changes)
        made, _ = epub_book(book, fake.cover(), [PageTurn("1", "incontro", 0)])
        assert Epub(made.epub).meta("pageBreakSource") == [source]


def test_pages_that_the_epub_does_not_show_begin_where_the_next_one_does(book: Book) -> None:
    shown = book.documents[2]
    half_title = dataclasses.replace(shown, id="half-title", outputs=frozenset({"pdf"}))
    book = dataclasses.replace(book, documents=(half_title, *book.documents))
    turns = [PageTurn("i", "half-title", 0), PageTurn("ii", "notice", 0, "￼Progetto")]
    made, _ = epub_book(book, fake.cover(), turns)
    epub = Epub(made.epub)
    assert epub.ask("nav.xhtml", "//h:nav[@epub:type='page-list']//h:a/@href") == [
        "notice.xhtml#page-i",
        "notice.xhtml#page-ii",
    ]
    assert epub.ask("notice.xhtml", "//h:section/*[position()<3]/@aria-label") == ["i", "ii"]
