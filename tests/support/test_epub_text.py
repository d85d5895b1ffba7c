"""Words read out of EPUBs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book.markdown.plain import Words
from tests.support.epub_text import words_by_chapter, words_by_document

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="libro/p.opf"
media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>
<item id="b" href="testi/b.xhtml"/><item id="a" href="testi/a.xhtml"/><item id="c" href="c.xhtml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{}</body></html>'
CHAPTER = """<section id="capitolo"><h1>Titolo</h1><div class="chapter-body"><p>Una
<strong>par</strong>ola<a class="note-call generated">1</a>
<span class="x generated">, ruolo</span> dopo.</p>
<section class="notes"><p><a class="generated">1</a> Nota.</p></section></div></section>"""


@pytest.fixture
def epub(tmp_path: Path) -> Path:
    path = tmp_path / "prova.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("libro/p.opf", PACKAGE)
        archive.writestr("libro/testi/b.xhtml", PAGE.format(CHAPTER))
        archive.writestr("libro/testi/a.xhtml", PAGE.format("<p>Prima</p>"))
        archive.writestr("libro/c.xhtml", PAGE.format("<p>Fuori</p>"))
    return path


def test_documents_come_in_the_order_of_the_spine_with_generated_words(epub: Path) -> None:
    found = words_by_document(epub, generated=True)
    assert list(found) == ["a", "capitolo"]
    assert found["a"] == Words(("Prima",), ())
    main = ("Titolo", "Una", "parola1", "ruolo", "dopo")
    assert found["capitolo"] == Words(main, ("1", "Nota"))


def test_a_chapters_own_words_stand_without_opener_and_generated_words(epub: Path) -> None:
    found = words_by_chapter(epub, generated=False)
    assert found == {"capitolo": Words(("Una", "parola", "dopo"), ("Nota",))}
