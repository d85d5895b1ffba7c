"""The structure tree of every edition: reading order, notes, tables, contents, artefacts."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.markdown.dom import classes
from book.markdown.plain import tree_words, words_of
from book.markdown.tree import parse, q
from book.model.load import edition_names
from book.output.epub.page import SCREEN_ONLY
from book.readback.pdf.document import TaggedPdf
from book.readback.pdf.reading import reading_order
from book.system.checkout import CHECKOUT
from tests.support.editions import BuiltEdition
from tests.support.pdf_tree import structure_tree
from tests.support.pdf_words import words_in_order
from tests.support.sequences import difference

EDITIONS = edition_names(CHECKOUT)
TYPES = {
    *("Document", "Part", "Sect", "Aside", "Div", "BlockQuote", "TOC", "TOCI", "P"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Caption", "Figure"),
    *("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Note", "Reference", "Link"),
    *("Code", "Quote", "Span", "Em", "Strong"),
}


@cache
def tree(path: Path) -> Any:
    """The structure tree of a PDF; typed loosely, for XPath gives what it is asked for."""
    with TaggedPdf(path) as pdf:
        return structure_tree(pdf)


def documents(epub: Path) -> Iterator[etree._Element]:
    """The sections of an EPUB, without words that are for the screen alone."""
    with zipfile.ZipFile(epub) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                section = parse(archive.read(name).decode()).find(f".//{q('section')}")
                if section is None:
                    continue
                for element in section.iter(etree.Element):
                    if SCREEN_ONLY in classes(element):
                        element.text = None
                yield section


def letters(text: str) -> str:
    """What of a text stays the same however it is set."""
    return "".join(words_of(text)).casefold()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_type_means_something(edition: str, built: dict[str, BuiltEdition]) -> None:
    root = tree(built[edition].pdf)
    assert {element.tag for element in root.iter() if element.tag != "annotation"} <= TYPES
    sections = root.xpath("Sect | Part | Part/Sect")
    assert all(section.get("T") for section in sections)
    # Every opener of a part has the chapters of its part in it, and every chapter begins with H1.
    assert all(part.xpath("Sect") for part in root.xpath("Part"))
    levels = [int(heading.tag[1]) for heading in root.xpath("//H1|//H2|//H3|//H4|//H5|//H6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(heading.get("T") for heading in root.xpath("//H1|//H2|//H3|//H4|//H5|//H6"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_paragraph_is_divided(edition: str, built: dict[str, BuiltEdition]) -> None:
    """What is one block in the EPUB is one element in the PDF, however many pages it is on."""
    root = tree(built[edition].pdf)
    shown = [e for e in documents(built[edition].epub) if e.get("id") not in ("cover", "contents")]
    paragraphs = Counter(letters("".join(p.itertext())) for p in root.xpath("//P"))
    for section in shown:
        for paragraph in section.iter(q("p")):
            asides = paragraph.iterancestors(q("aside"))
            note = next((e for e in asides if "note" in classes(e)), None)
            text = letters("".join(str(text) for text in paragraph.itertext()))
            if note is None and text:
                assert paragraphs[text] > 0, text
                paragraphs[text] -= 1
    for name, kind in {"table": "Table", "tr": "TR", "th": "TH", "td": "TD", "li": "LI"}.items():
        expected = sum(len(list(section.iter(q(name)))) for section in shown)
        if kind == "LI":
            expected += sum(len(list(section.iter(q("dt")))) for section in shown)
        assert len(root.xpath(f"//{kind}[not(ancestor::Sect[@T='Copertina'])]")) == expected, name
    assert any(len(p.get("pages").split()) > 1 for p in root.xpath("//P[@pages]"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_reading_order_is_that_of_the_epub(edition: str, built: dict[str, BuiltEdition]) -> None:
    """Notes and all: in the EPUB a note pops up at its call, here it follows the call's block."""
    with TaggedPdf(built[edition].pdf) as pdf:
        starts = sorted((page, id) for id, page in pdf.first_pages().items())
        pieces = reading_order(pdf)
    ends = {id: page for (_, id), (page, _) in pairwise(starts)}
    seen = 0
    for section in documents(built[edition].epub):
        id = section.get("id", "")
        start = next((page for page, name in starts if name == id), None)
        if start is None or id in ("cover", "contents", "half-title"):
            continue
        here = [piece for piece in pieces if start <= piece.page < ends.get(id, 10**6)]
        seen += _notes_to_their_blocks(section)
        expected = tree_words(section, generated=True)
        assert expected.notes == (), id
        assert difference(expected.main, words_in_order(here), capitals=True) == "", id
    assert seen == len(tree(built[edition].pdf).xpath("//Note"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_notes_are_called_and_lead_back(edition: str, built: dict[str, BuiltEdition]) -> None:
    root = tree(built[edition].pdf)
    calls = root.xpath("//Reference/Link/annotation/@target")
    notes = root.xpath("//Note/@ID")
    assert len(root.xpath("//Note")) == len(notes)
    assert set(notes) <= set(calls)
    assert len(root.xpath("//Note/Lbl/Link/annotation")) == len(notes)
    backs = root.xpath("//Note/Lbl/Link/annotation/@contents")
    assert all(text[-1].isdigit() and len(text) > 5 for text in backs)


@pytest.mark.parametrize("edition", EDITIONS)
def test_tables_lists_figures_and_links(edition: str, built: dict[str, BuiltEdition]) -> None:
    root = tree(built[edition].pdf)
    assert root.xpath("//TH")
    assert not root.xpath("//TH[not(@Scope)]")
    ids = root.xpath("//@ID")
    assert len(ids) == len(set(ids))
    assert {id for cell in root.xpath("//@Headers") for id in cell.split()} <= set(ids)
    assert not root.xpath("//L[not(@ListNumbering)] | //L[LI/Lbl and @ListNumbering='None'][0]")
    assert not root.xpath("//Table[count(THead) > 1 or count(Caption) > 1]")
    assert not root.xpath("//Caption[not(parent::Table or parent::Figure or parent::Div)]")
    assert not root.xpath("//Figure[not(@Alt) or not(@BBox)]")
    assert not root.xpath("//annotation[not(parent::Link) or @contents = '' or @target = '']")
    assert not root.xpath("//annotation[@contents = @target][not(contains(@target, ':'))]")
    assert not root.xpath("//Lbl[not(parent::LI or parent::Note or parent::TOCI)]")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_contents_have_an_entry_for_each_line(
    edition: str, built: dict[str, BuiltEdition]
) -> None:
    root = tree(built[edition].pdf)
    with TaggedPdf(built[edition].pdf) as pdf, pdf.pdf.open_outline() as outline:
        first = list(outline.root)
        with_parts = bool(root.xpath("Part"))
        expected = []
        for item in first:
            expected.append(item.title.rpartition(" · ")[2])
            if not with_parts or " · " in item.title:
                expected += [child.title for child in item.children]
    links = root.xpath("//TOCI/Reference/Link")
    assert len(root.xpath("//TOCI")) == len(links)
    assert [letters("".join(e.itertext())) for e in links] == [letters(text) for text in expected]
    assert "..." not in root.xpath("string(//TOC)")


_NOTE_FOLLOWS = {q(tag) for tag in ("p", "figure", "table", "h1", "h2", "h3", "h4", "h5", "h6")}
_NOTE_ENDS = {q(tag) for tag in ("li", "td", "th", "dd", "dt")}


def _notes_to_their_blocks(section: etree._Element) -> int:
    """Move each note after the block that calls it; how many there are."""
    notes = {e.get("id"): e for e in section.iter(q("aside")) if "note" in classes(e)}
    last: dict[etree._Element, etree._Element] = {}
    for call in [e for e in section.iter(q("a")) if "note-call" in classes(e)]:
        note = notes[call.get("href", "").rpartition("#")[2]]
        block = call
        while block.tag not in _NOTE_FOLLOWS | _NOTE_ENDS:
            above = block.getparent()
            assert above is not None
            block = above
        caption = next((e for e in call.iterancestors(q("figcaption"), q("caption"))), None)
        if caption is not None:
            block = next(call.iterancestors(q("figure"), q("table")))
        if block.tag in _NOTE_ENDS:
            inner = [e for e in block if e.tag in (q("ul"), q("ol"))]
            (inner[0].addprevious if inner else block.append)(note)
        else:
            last.get(block, block).addnext(note)
            last[block] = note
    return len(notes)
