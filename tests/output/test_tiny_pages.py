"""A book on pages of a few lines: a page ends at every kind of place, and the EPUB agrees."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from book.compose.documents import Book, Kind, Matter, TocEntry
from book.compose.stylesheet import page_style
from book.findings import Finding, Severity
from book.output.epub.write import epub_book
from book.output.pdf.part import LaidOutPart, PartSource, lay_out
from book.output.pdf.write import PdfBook, pdf_book
from tests.output.epub import fake
from tests.support import epub_text
from tests.support.pages import disagreements

pytestmark = pytest.mark.slow

SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
LONG = "Coprogettazione straordinariamente amministrativa, interistituzionale e sovracomunale. "
NOTE = """<a class="note-call" role="doc-noteref" epub:type="noteref" id="forme.fnref1"
 href="#forme.fn1">1</a>"""
ROWS = "".join(f"<tr><td>riga {n}</td><td>cella {n}</td></tr>" for n in range(1, 30))
FORMS = f"""<section {SPACES} id="forme" class="chapter" role="doc-chapter" epub:type="chapter"
 aria-labelledby="forme.title" lang="it" xml:lang="it">
<div class="opener"><h1 id="forme.title">Tutte le forme</h1></div>
<div class="chapter-body">
<p>{LONG * 5}</p>
<h2 id="forme.note">Un paragrafo con una nota</h2>
<p>{LONG * 2}Qui si chiama la nota{NOTE} e il testo va avanti. {LONG * 3}</p>
<blockquote><p>{LONG * 4}</p><p>{LONG}</p></blockquote>
<ul><li>{LONG}</li><li><p>{LONG}</p><p>{LONG}</p></li><li>uno</li><li>due</li></ul>
<ol><li>{LONG}</li><li>{LONG}</li></ol>
<dl><dt>Tavolo</dt><dd>{LONG}</dd><dt>Rete</dt><dd>{LONG}</dd></dl>
<table id="forme.tab"><caption>Tabella 1. Lunga</caption><thead><tr><th scope="col">Testa</th>
<th scope="col">Capo</th></tr></thead><tbody>{ROWS}</tbody></table>
<p>Prima della figura.</p>
<figure class="width-full" id="forme.fig"><img src="images/Rete è.png" alt="Tre nodi"/>
<figcaption>Figura 1. La rete.</figcaption></figure>
<p>Dopo <em>la figura</em>, <strong>{LONG}</strong> e <a href="https://example.org/una/strada/molto/lunga">
https://example.org/una/strada/molto/lunga/che/non/finisce/mai/e/poi/mai</a> con la fine.</p>
{"".join(f'<h3 id="forme.s{n}">Forma {n}</h3><p>Testo {n}.</p>' for n in range(1, 12))}
<pre><code>def prima(x):
    return x

def seconda(y):
    return y

def terza(z):
    return z
</code></pre>
<div class="line-block">Un verso<br/>e un altro<br/>{"<br/>".join(["e ancora uno"] * 9)}</div>
<p><span class="small-caps">straße</span> e <span class="small-caps">FAMI</span> fine.</p>
<section class="notes" role="doc-endnotes" epub:type="endnotes"><aside class="note"
 role="doc-footnote" epub:type="footnote" id="forme.fn1"><p><a class="note-back"
 role="doc-backlink" href="#forme.fnref1">1</a> {LONG * 4}</p></aside></section>
</div></section>"""
ENTRY = """<li class="toc-entry">{}<p class="toc-line"><a class="toc-text" href="#{}">{}</a><span
 class="toc-leader"></span><span class="toc-page"></span></p></li>"""
LABEL = '<span class="toc-label">Parte prima</span> '
LINES = [("part-1", "Gli incontri"), ("incontro", "Il primo incontro"), ("sondrio", "Coprogettare")]
LINES += [(f"forme.s{n}", f"Forma {n}") for n in range(1, 12)]
ENTRIES = "".join(ENTRY.format("" if n else LABEL, *line) for n, line in enumerate(LINES))
CONTENTS = f"""<section {SPACES} id="contents" class="contents"><h1>Sommario</h1><ol
 class="toc-level-1">{ENTRIES}</ol></section>"""
TINY = """
@page { size: 90mm 62mm; margin: 6mm } @page :left { margin: 6mm }
.title-page .imprint { position: static }
"""


def lay_out_all(sources: Sequence[PartSource]) -> list[LaidOutPart]:
    return [lay_out(source) for source in sources]


@pytest.fixture(scope="module")
def book(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    made = fake.book(repository, tmp_path_factory.mktemp("tiny") / "prova")
    forms = fake.document("forme", Kind.CHAPTER, Matter.BODY, "Tutte le forme", FORMS)
    contents = fake.document("contents", Kind.CONTENTS, Matter.FRONT, "Sommario", CONTENTS)
    documents = [contents if d.kind is Kind.CONTENTS else d for d in made.documents]
    toc = (*made.toc, *(TocEntry(text, anchor) for anchor, text in LINES[3:]))
    return dataclasses.replace(made, documents=(*documents, forms), toc=toc)


def on_tiny_pages(book: Book, repository: Path, css: str = "") -> tuple[PdfBook, list[Finding]]:
    assets = repository / "assets"
    style = page_style(book.loaded)
    style = dataclasses.replace(style, pages=style.pages + TINY + css)
    folders = (book.loaded.folder, assets)
    made, findings = pdf_book(book, style, lay_out_all, folders)
    return made, [finding for finding in findings if finding.code.id != "P001"]


@pytest.fixture(scope="module")
def pdf(book: Book, repository: Path) -> PdfBook:
    made, findings = on_tiny_pages(book, repository)
    assert findings == []
    return made


@pytest.mark.slow
def test_all_pages_agree(book: Book, pdf: PdfBook, tmp_path: Path) -> None:
    epub, _ = epub_book(book, fake.cover(), pdf.turns)
    (tmp_path / "b.pdf").write_bytes(pdf.pdf)
    (tmp_path / "b.epub").write_bytes(epub.epub)
    assert disagreements(tmp_path / "b.pdf", tmp_path / "b.epub") == {}
    assert len(epub_text.page_marks(tmp_path / "b.epub")) == pdf.pages > 40


def test_when_the_pages_do_not_show_the_text_no_pages_are_told(
    book: Book, repository: Path
) -> None:
    few = [d for d in book.documents if d.id in ("cover", "notice", "sondrio")]
    book = dataclasses.replace(
        book, documents=tuple(few), toc=(TocEntry("Coprogettare", "sondrio"),)
    )
    made, findings = on_tiny_pages(
        book, repository, "dd { continue: discard; max-lines: 1; width: 9mm }"
    )
    told = [(f.code.id, f.code.severity, f.values["document"]) for f in findings]
    assert ("P030", Severity.WARNING, "Coprogettare") in told
    assert made.turns == ()
