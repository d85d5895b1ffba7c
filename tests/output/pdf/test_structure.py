"""The structure tree of small documents: one element for what is one, named by what it means."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint.pdf
from lxml import etree, html

from book.compose.documents import BOTH, Document, Kind, Matter
from book.markdown.tree import Tree
from book.output.pdf.page_html import page_html
from book.output.pdf.part import PartSource, lay_out
from book.output.pdf.tagger import own_tags
from book.readback.pdf.document import TaggedPdf
from tests.support.pdf_tree import structure_tree

Tag = Callable[..., Any]  # XPath gives what it is asked for
STYLE = """
@page { size: 100mm 60mm; margin: 10mm }
html { font-size: 10pt; line-height: 12pt; hyphens: none }
p { margin: 0; orphans: 1; widows: 1 }
thead { display: table-header-group }
tfoot { display: table-footer-group }
.footnote { float: footnote }
.footnote::footnote-call { vertical-align: 3pt }
.footnote [class^="footnote-"] { display: block }
.footnote .footnote-li { display: list-item }
.toc-leader::before { content: "....." }
.capitals { text-transform: uppercase }
hr::before { content: "* * *" }
sup { vertical-align: 4pt }
"""
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
LINES = " ".join(["parola"] * 200)


def laid_out(body: str) -> bytes:
    html = (
        f'<!DOCTYPE html><html lang="it"><title>Titolo</title><style>{STYLE}</style>'
        f"<body><section>{body}</section></body></html>"
    )
    part = lay_out(PartSource("prova", html, "right", ()))
    assert part.warnings == ()
    return part.pdf


@pytest.fixture
def tag(tmp_path: Path) -> Tag:
    """Lay a body out and give the structure tree of its section."""

    def tagged(body: str) -> Any:
        path = tmp_path / "prova.pdf"
        path.write_bytes(laid_out(body))
        with TaggedPdf(path) as pdf:
            return structure_tree(pdf)

    return tagged


def types(element: Any) -> list[str]:
    return [str(child.tag) for child in element]


def test_the_section_has_the_documents_title(tag: Tag) -> None:
    root = tag("<p>Uno</p>")
    assert (root.tag, root.get("T")) == ("Sect", "Titolo")


def test_a_paragraph_over_three_pages_is_one(tag: Tag) -> None:
    (paragraph,) = tag(f"<p>{LINES} <em>{LINES}</em></p>").xpath("//P")
    assert len(str(paragraph.get("pages")).split()) > 1
    assert types(paragraph) == ["Em"]
    assert "".join(paragraph.itertext()).count("parola") == 400


def test_items_quotations_and_cells_over_a_page_are_one(tag: Tag) -> None:
    root = tag(f"<ul><li>{LINES}</li></ul><blockquote><p>{LINES}</p></blockquote>")
    assert types(root) == ["L", "BlockQuote"]
    assert len(root.xpath("//LI")) == len(root.xpath("//LI/LBody")) == 1
    assert len(root.xpath("//BlockQuote/P")) == 1
    row = f"<tr><td>{LINES}</td><td>b</td></tr>"
    assert len(tag(f"<table>{row}</table>").xpath("//TR/TD")) == 2


def test_a_table_over_pages_has_one_head_and_one_foot(tag: Tag) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>x</td></tr>" for n in range(40))
    head = "<thead><tr><th>Testa</th><th>Due</th></tr></thead>"
    foot = "<tfoot><tr><td>Piede</td><td>y</td></tr></tfoot>"
    root = tag(f"<table><caption>Tavola</caption>{head}{foot}<tbody>{rows}</tbody></table>")
    (table,) = root.xpath("//Table")
    assert types(table) == ["Caption", "THead", "TFoot", "TBody"]
    assert [len(table.xpath(path)) for path in ("THead/TR", "TBody/TR", "TFoot/TR")] == [1, 40, 1]
    assert table.xpath("string(THead/TR/TH[1])") == "Testa"
    assert table.xpath("string(TFoot/TR/TD[1])") == "Piede"
    assert table.get("BBox") is None
    content = _content(laid_out(f"<table>{head}<tbody>{rows}</tbody></table>"), 1)
    assert b"/Artifact <</Type /Pagination>>" in content.replace(b"\n", b" ")


def test_cells_know_their_headers(tag: Tag) -> None:
    root = tag(
        '<table><thead><tr><th rowspan="2">Voce</th><th colspan="2">Anni</th></tr>'
        "<tr><th>Uno</th><th>Due</th></tr></thead>"
        '<tbody><tr><th scope="row">A</th><td>1</td><td></td></tr></tbody></table>'
    )
    headers = {th.get("ID"): "".join(th.itertext()) for th in root.xpath("//TH")}
    assert set(root.xpath("//THead//TH/@Scope")) == {"Column"}
    assert root.xpath("//TBody//TH/@Scope") == ["Row"]
    assert root.xpath("//TH/@ColSpan") == ["2"]
    assert root.xpath("//TH/@RowSpan") == ["2"]
    cells = [[headers[id] for id in str(td.get("Headers")).split()] for td in root.xpath("//TD")]
    assert cells == [["Anni", "Uno", "A"], ["Anni", "Due", "A"]]
    assert root.xpath("//Table/@BBox")


def test_a_note_follows_the_block_that_calls_it(tag: Tag) -> None:
    note = '<span class="footnote" id="p.fn1" data-call="p.fnref1">Nota{}</span>'
    root = tag(f"<p>Prima{note.format('')} <em>dopo</em>.</p><p>Poi</p>")
    assert types(root) == ["P", "Note", "P"]
    assert types(root[0]) == ["Reference", "Em"]
    (call,) = root.xpath("P/Reference/Link")
    assert (call.text or call[0].tail) == "1"
    assert call.get("BaselineShift") == "3"
    assert call.xpath("annotation/@target") == [root.xpath("string(Note/@ID)")] == ["p.fn1"]
    assert root.xpath("Note/Lbl/Link/annotation/@target") == ["p.fnref1"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<ul><li>uno{}<ul><li>due</li></ul></li></ul>", "L/LI/LBody[L]/Note[1]"),
        ("<table><tr><td>uno{}</td></tr></table>", "Table/TBody/TR/TD/Note"),
        ("<table><caption>uno{}</caption><tr><td>x</td></tr></table>", "Table/following::Note"),
        ("<h2>uno{}</h2>", "H2/following-sibling::*[1][self::Note]"),
        ("<dl><dt>uno</dt><dd>due{}</dd></dl>", "L/LI/LBody/Note"),
        ("<div>uno{}</div>", "P/following-sibling::Note"),
    ],
)
def test_a_note_stays_near_its_call_wherever_that_is(tag: Tag, body: str, path: str) -> None:
    root = tag(body.format('<span class="footnote" id="n" data-call="c">Nota</span>'))
    assert len(root.xpath("//Note")) == 1
    assert len(root.xpath(path)) == 1, etree.tostring(root)


def test_a_note_without_a_call_is_not_lost(tag: Tag) -> None:
    style = "<style>.footnote::footnote-call { content: none }</style>"
    note = '<span class="footnote" id="n" data-call="c">Nota</span>'
    assert types(tag(f"{style}<p>Uno {note}due</p><p>Tre</p>")) == ["P", "Note", "P"]
    assert types(tag(f"{style}<p>Uno <em>due{note}</em></p>")) == ["P", "Note"]


def test_what_means_nothing_in_a_note_is_in_the_note(tag: Tag) -> None:
    note = '<span class="footnote" id="n" data-call="c"><b>Nota</b> <i>bene</i></span>'
    root = tag(f"<p>Uno{note}</p><p>Due</p>")
    assert types(root) == ["P", "Note", "P"]
    assert types(root[1]) == ["Lbl"]


def test_a_note_of_a_repeated_foot_is_not_lost(tag: Tag) -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(40))
    note = '<span class="footnote" id="n" data-call="c">Nota</span>'
    foot = f"<tfoot><tr><td>Piede{note}</td></tr></tfoot>"
    assert len(tag(f"<table>{foot}<tbody>{rows}</tbody></table>").xpath("//TFoot//Note")) == 1


def test_the_blocks_of_a_note_are_what_they_were(tag: Tag) -> None:
    items = '<span class="footnote-li">a</span><span class="footnote-li">b</span>'
    inside = f'Nota<span class="footnote-ul">{items}</span><span class="footnote-p">Fine</span>'
    root = tag(f'<p>x<span class="footnote" id="n" data-call="c">{inside}</span></p>')
    (note,) = root.xpath("//Note")
    assert types(note) == ["Lbl", "L", "P"]
    assert note.xpath("L/LI/LBody/text()") == ["a", "b"]


def test_a_long_note_is_one(tag: Tag) -> None:
    root = tag(f'<p>x<span class="footnote" id="n" data-call="c">{LINES}</span></p>')
    assert len(root.xpath("//Note")) == 1
    assert "".join(root.xpath("//Note")[0].itertext()).count("parola") == 200


def test_lists_say_how_they_are_numbered(tag: Tag) -> None:
    root = tag(
        "<ul><li>a</li></ul><ol><li>a<ol style='list-style: lower-alpha'><li>b</li></ol></li></ol>"
        "<ul style='list-style: none'><li>c</li></ul>"
        "<dl><dt>t</dt><dd>d</dd><dd>e</dd><dt>u</dt><dd>f</dd></dl>"
    )
    assert root.xpath("//L/@ListNumbering") == ["Disc", "Decimal", "LowerAlpha", "None", "None"]
    assert [types(item) for item in root.xpath("L[last()]/LI")] == [
        ["Lbl", "LBody", "LBody"],
        ["Lbl", "LBody"],
    ]


def _as_laid_out(body: str) -> str:
    """A body as the layout gets it: what HTML says of lists said by styles."""
    xhtml = f'<section xmlns="http://www.w3.org/1999/xhtml" id="one">{body}</section>'
    document = Document(
        "one",
        Kind.CHAPTER,
        Matter.BODY,
        "One",
        "One",
        "it",
        Tree(xhtml),
        frozenset(),
        BOTH,
        "one.md",
    )
    laid: Any = html.document_fromstring(page_html(document, "", {}))
    return "".join(html.tostring(child, encoding="unicode") for child in laid.find(".//section"))


def test_a_list_goes_on_counting_where_it_says(tag: Tag) -> None:
    root = tag(_as_laid_out('<ol start="4"><li>d</li><li>e</li></ol><ol type="a"><li>a</li></ol>'))
    labels = ["".join(label.itertext()).strip() for label in root.xpath("//Lbl")]
    assert labels == ["4.", "5.", "a."]
    assert root.xpath("//L/@ListNumbering") == ["Decimal", "LowerAlpha"]


def test_contents_are_contents_and_leaders_artefacts(tag: Tag) -> None:
    line = (
        '<p class="toc-line"><a href="#x">Uno</a><span class="toc-leader"></span>'
        '<span class="toc-page">12</span></p>'
    )
    root = tag(
        f'<div role="doc-toc"><h1 id="x">Indice</h1><ol style="list-style: none">'
        f'<li><span class="toc-label">Parte</span>{line}<ol style="list-style: none">'
        f"<li>{line}</li></ol></li></ol></div>"
    )
    assert types(root) == ["H1", "TOC"]
    assert [types(entry) for entry in root.xpath("//TOCI")] == [
        ["Lbl", "Reference", "TOC"],
        ["Reference"],
    ]
    assert "".join(
        root.xpath("//TOC/TOC//Reference | //TOC/TOCI/TOC//Reference")[0].itertext()
    ) == ("Uno12")
    assert "." not in "".join(root.itertext())


def test_a_figure_holds_picture_and_caption(tag: Tag) -> None:
    image = f'<img src="{PICTURE}" alt="Un disegno">'
    root = tag(f"<figure>{image}<figcaption>Figura <em>1</em></figcaption></figure>")
    (figure,) = root.xpath("//Figure")
    assert figure.get("Alt") == "Un disegno"
    assert len(str(figure.get("BBox")).split()) == 4
    assert types(figure) == ["Caption"]
    pair = tag(f"<figure>{image}{image}<figcaption>Due</figcaption></figure>")
    assert types(pair[0]) == ["P", "Caption"]
    assert pair.xpath("//P/Figure/@Alt") == ["Un disegno", "Un disegno"]


def test_what_says_nothing_is_an_artefact(tag: Tag) -> None:
    root = tag(f'<p>Uno <img src="{PICTURE}" alt="" role="presentation"></p><hr><p>Due</p>')
    assert types(root) == ["P", "P"]
    assert not root.xpath("//Figure")
    assert "".join(root.itertext()).split() == ["Uno", "Due"]


def test_a_picture_that_nobody_described_is_a_figure_without_words(tag: Tag) -> None:
    root = tag(f'<figure><img src="{PICTURE}" alt=""></figure>')
    assert root.xpath("//Figure[@BBox and not(@Alt)]")


def test_passages_in_another_language_say_so(tag: Tag) -> None:
    root = tag(
        '<p>Uno <span lang="en">two</span> <span lang="it">tre</span></p>'
        '<div lang="fr"><p>Quatre</p><p lang="de">Fünf</p></div>'
    )
    assert root.xpath("//P/Span/@Lang") == ["en"]
    assert root.xpath("Div/@Lang") == ["fr"]
    assert root.xpath("Div/P/@Lang") == ["de"]


def test_inline_elements_mean_something(tag: Tag) -> None:
    root = tag(
        "<p><code>x</code> <q>y</q> <strong>z</strong> <del>d</del> <u>u</u> m<sup>2</sup> "
        '<abbr title="Ente del terzo settore">ETS</abbr> <b>b</b></p><pre><code>a\nb</code></pre>'
    )
    paragraph, code = root
    assert types(paragraph) == ["Code", "Quote", "Strong", "Span", "Span", "Span", "Span"]
    assert root.xpath("//@TextDecorationType") == ["LineThrough", "Underline"]
    assert root.xpath("//@BaselineShift") == ["4"]
    assert root.xpath("//@E") == ["Ente del terzo settore"]
    assert (code.tag, types(code)) == ("P", ["Code"])


def test_capitals_of_the_style_sheet_are_read_as_written(tag: Tag) -> None:
    root = tag('<p class="capitals">Parte prima</p><p>Un <span class="capitals">ente</span></p>')
    assert root.xpath("//P/@ActualText") == ["Parte prima"]
    assert root.xpath("//P/Span/@ActualText") == ["ente"]
    assert root.xpath("string(P[1])") == "PARTE PRIMA"


def test_letters_without_a_paragraph_get_one(tag: Tag) -> None:
    root = tag("<div>Uno <em>due</em><p>tre</p>quattro</div><div>cinque</div>")
    assert types(root) == ["P", "P", "P", "P"]
    assert types(root[0]) == ["Em"]


def test_a_link_has_one_place_a_line_and_its_words(tag: Tag) -> None:
    root = tag('<p>Si veda <a href="https://esempio.it/">la <em>guida</em></a>.</p>')
    (link,) = root.xpath("//Link")
    assert types(link) == ["annotation", "Em"]
    assert link.xpath("annotation/@contents") == ["la guida"]


def test_headings_have_titles_without_their_notes(tag: Tag) -> None:
    root = tag('<h2>Uno <em>due</em><span class="footnote" id="n">Nota</span></h2>')
    assert root.xpath("//H2/@T") == ["Uno due"]


def test_an_empty_document_has_an_element(tag: Tag) -> None:
    assert types(tag('<p style="display: none">Uno</p>')) == []


def test_letters_that_the_tree_cannot_reach_are_told_of() -> None:
    html = "<title>x</title><style>p { opacity: 0.5 }</style><section><p>Uno</p></section>"
    part = lay_out(PartSource("prova", f'<html lang="it">{html}', "right", ()))
    assert any("transparent" in warning for warning in part.warnings)


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint.pdf, "add_tags", lambda pdf, document: None)
    with pytest.raises(RuntimeError, match="WeasyPrint"), own_tags("prova"):
        pass


def _content(pdf: bytes, page: int) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return bytes(opened.pages[page].Contents.read_bytes())
