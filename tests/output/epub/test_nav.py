from __future__ import annotations

import dataclasses

from book.compose.documents import Book, TocEntry
from book.output.epub.write import epub_book
from tests.output.epub import fake
from tests.output.epub.reading import Epub

TOC = "//h:nav[@epub:type='toc']"


def test_the_contents_nest_parts_chapters_and_two_levels_of_sections(epub: Epub) -> None:
    levels = ["/h:ol/h:li/h:a" + "/../h:ol/h:li/h:a" * depth for depth in range(4)]
    assert [epub.ask("nav.xhtml", TOC + level) for level in levels] == [
        ["Parte prima. Gli incontri"],
        ["Il primo incontro", "Coprogettare"],
        ["Perché coprogrammare", "I passi"],
        ["Regole leggere"],
    ]


def test_every_entry_points_to_an_id_that_its_file_holds(epub: Epub) -> None:
    for href in epub.ask("nav.xhtml", f"{TOC}//h:a/@href"):
        file, _, anchor = href.partition("#")
        assert anchor in epub.ask(file, "//@id")


def test_an_entry_that_points_nowhere_is_found(book: Book) -> None:
    lost = dataclasses.replace(book, toc=(*book.toc, TocEntry("Perduto", "perduto")))
    _, findings = epub_book(lost, fake.cover())
    assert [(f.code.id, f.values["target"]) for f in findings] == [("U001", "perduto")]


def test_landmarks_are_hidden_and_in_the_order_of_the_spine(epub: Epub) -> None:
    landmarks = "//h:nav[@epub:type='landmarks'][@hidden]//h:a"
    assert epub.ask("nav.xhtml", f"{landmarks}/@epub:type") == [
        "cover",
        "titlepage",
        "colophon",
        "toc",
        "bodymatter",
    ]
    assert epub.ask("nav.xhtml", f"{landmarks}[@epub:type='bodymatter']/@href") == ["part-1.xhtml"]


def test_old_reading_systems_get_the_same_contents(epub: Epub) -> None:
    assert epub.package("//opf:spine/@toc") == epub.package("//opf:item[@href='toc.ncx']/@id")
    nav = epub.ask("nav.xhtml", f"{TOC}//h:a")
    assert epub.ask("toc.ncx", "//ncx:navPoint/ncx:navLabel/ncx:text/text()") == nav
    assert epub.ask("toc.ncx", "//ncx:meta[@name='dtb:uid']/@content") == epub.package(
        "//dc:identifier/text()"
    )
