"""Text read back out of tagged PDFs: order, words put together again, faces and places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from book.markdown.plain import Words
from book.output.pdf.hyphens import soften_hyphens
from book.output.pdf.pieces import mend_links
from book.output.pdf.structure import elements
from book.output.pdf.tagger import own_tags
from book.readback.pdf_text import StructuredText, TaggedPdf, joined, words
from book.system.checkout import CHECKOUT

Change = Callable[[pikepdf.Pdf], None]
FONT = CHECKOUT / "assets/fonts/lora/Lora_400Regular.ttf"
STYLE = """
@font-face { font-family: Lora; src: url(%s) }
@page { size: 100mm 80mm; margin: 10mm }
html { font: 10pt/12pt Lora; hyphens: auto; hyphenate-character: "\\2010" }
body, p { margin: 0 }
.narrow { width: 22mm }
a { overflow-wrap: anywhere; hyphens: none }
.footnote { float: footnote }
thead { display: table-header-group }
""" % FONT.as_uri()  # noqa: UP031, the style sheet is full of braces


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[StructuredText]]:
    """Set HTML, change the PDF if told to, and read it back."""

    def set_and_read(body: str, change: Change | None = None) -> list[StructuredText]:
        path = write(tmp_path / "prova.pdf", body, change)
        with TaggedPdf(path) as pdf:
            return pdf.reading_order()

    return set_and_read


def write(path: Path, body: str, change: Change | None = None) -> Path:
    html = f'<html lang="it"><title>x</title><style>{STYLE}</style><body><section>{body}</section>'
    document = HTML(string=html).render(pdf_variant="pdf/ua-1")
    mend_links(document.pages)
    with own_tags("prova"):
        document.write_pdf(path, pdf_variant="pdf/ua-1")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        soften_hyphens(pdf)
        if change:
            change(pdf)
        pdf.save(path)
    return path


def paragraphs(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == pikepdf.Name.P]


Read = Callable[..., list[StructuredText]]


def test_the_order_is_that_of_the_structure_tree(read: Read) -> None:
    body = "<p>Uno due.</p><p>Tre quattro.</p>"

    def swap(pdf: pikepdf.Pdf) -> None:
        first, second = paragraphs(pdf)
        first.K, second.K = second.K, first.K

    assert words(read(body)).main == ("Uno", "due", "Tre", "quattro")
    assert words(read(body, swap)).main == ("Tre", "quattro", "Uno", "due")


def test_what_the_tree_leaves_out_is_not_read(read: Read) -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        paragraphs(pdf)[0].K = pikepdf.Array()

    assert words(read("<p>Uno.</p><p>Due.</p>", forget)).main == ("Due",)


def test_divided_words_come_together_and_real_hyphens_stay(read: Read) -> None:
    text = "coprogettazione e co-progettazione straordinariamente, co-programmazione"
    pieces = read(f'<p class="narrow">{text}</p>')
    assert any(piece.text.endswith("\u00ad") for piece in pieces)
    assert any(piece.text.endswith("co-") for piece in pieces)
    assert joined(pieces).replace("co- ", "co-") == text


def test_a_word_divided_between_pages_comes_together(read: Read) -> None:
    text = " ".join(["straordinariamente", "precipitevolissimevolmente"] * 12)
    pieces = read(f'<p class="narrow" style="orphans: 1; widows: 1">{text}</p>')
    assert {piece.page for piece in pieces} > {0}
    last = [piece for piece in pieces if piece.page == 0][-1]
    assert last.text.endswith("\u00ad")
    assert words(pieces).main == tuple(text.split())


def test_parts_of_a_word_in_other_faces_are_one_word(read: Read) -> None:
    pieces = read("<p>una par<em>ola</em>, m<sup>2</sup> e <code>x</code></p>")
    assert joined(pieces) == "una parola, m2 e x"


def test_cells_are_apart(read: Read) -> None:
    table = "<table style='border-spacing: 0'><tr><td style='padding: 0'>uno<td>due</table>"
    assert joined(read(table)) == "uno\ndue"


def test_an_address_is_put_together_and_its_neighbours_are_not(read: Read) -> None:
    address = "https://www.esempio.it/documenti/lineeguidacoprogettazione"
    pieces = read(f'<p class="narrow">Si veda <a href="{address}">{address} e oltre</a></p>')
    assert sum(piece.link == address for piece in pieces) > 2
    assert joined(pieces).split() == ["Si", "veda", address, "e", "oltre"]


def test_notes_are_apart(read: Read) -> None:
    pieces = read('<p>Prima<span class="footnote" id="n">In fondo.</span> dopo.</p><p>Fine.</p>')
    assert words(pieces) == Words(("Prima1", "dopo", "Fine"), ("1", "In", "fondo"))


def test_labels_of_items_and_lettering_of_figures_are_no_words(read: Read) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="9">no</text>'
    image = f"<img alt='Sigla' src='data:image/svg+xml,{svg}</svg>'>".replace("#", "%23")
    pieces = read(f"<ol><li>uno</li></ol><p>{image.replace('<svg', '%3Csvg')}</p>")
    assert [piece.text for piece in pieces] == ["1. ", "uno", "no"]
    assert words(pieces).main == ("uno",)


def test_terms_are_words_and_figures_have_captions(read: Read) -> None:
    assert words(read("<dl><dt>Uno<dd>due</dl>")).main == ("Uno", "due")
    image = "<img alt='x' src='data:image/svg+xml,%3Csvg xmlns=\"http://www.w3.org/2000/svg\"/%3E'>"
    figure = f"<figure>{image}<figcaption>Didascalia</figcaption></figure>"
    assert words(read(figure)).main == ("Didascalia",)


def test_heads_are_read_once_where_a_table_goes_on(read: Read) -> None:
    rows = "".join(f"<tr><td>riga {n}</td></tr>" for n in range(30))
    table = f"<table><thead><tr><th>Testa</th></tr></thead><tbody>{rows}</tbody></table>"
    pieces = read(table)
    assert pieces[-1].page > 0
    assert words(pieces).main.count("Testa") == 1
    assert words(read(f"{table}<p>Poi</p>{table}")).main.count("Testa") == 2


def test_replacement_text_stands_for_what_is_drawn(read: Read) -> None:
    def replace(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        new = content.replace(b"<</MCID 0>>", b"<</MCID 0 /ActualText (altro testo)>>")
        assert new != content
        page.Contents = pdf.make_stream(new)

    assert joined(read("<p>Testo</p>", replace)) == "altro testo"


def test_a_run_tells_face_size_colour_and_place(tmp_path: Path) -> None:
    style = "position: absolute; left: 20mm; top: 30mm; font-size: 9pt; color: #039; line-height: 0"
    path = write(tmp_path / "prova.pdf", f'<p style="{style}">Unione europea</p>')
    with TaggedPdf(path) as pdf:
        (run,) = pdf.runs(0)
    assert (run.page, run.text, run.font) == (0, "Unione europea", "Lora")
    assert run.size == pytest.approx(9, abs=0.01)
    assert run.colour == pytest.approx((0, 0.2, 0.6), abs=1e-5)
    assert run.x == pytest.approx(30 * 72 / 25.4, abs=0.1)
    assert run.y == pytest.approx(40 * 72 / 25.4, abs=4)
    assert 50 < run.width < 75
    assert run.slant == 0
    assert not run.artefact


def test_a_drawing_tells_its_box_and_colours(tmp_path: Path) -> None:
    svg = (
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 20'%3E"
        "%3Crect width='30' height='20' fill='%23003399'/%3E"
        "%3Ccircle cx='15' cy='10' r='5' fill='%23ffcc00'/%3E%3C/svg%3E"
    )
    image = f'<img alt="Emblema" src="data:image/svg+xml,{svg}" style="width: 30mm">'
    path = write(tmp_path / "prova.pdf", f"<p>{image}</p>")
    with TaggedPdf(path) as pdf:
        (drawn,) = (image for image in pdf.images(0) if not image.artefact)
    left, bottom, right, top = (value / 72 * 25.4 for value in drawn.box)
    assert (left, right, top) == pytest.approx((10, 40, 70), abs=0.1)
    assert top - bottom == pytest.approx(20, abs=0.1)
    assert [[round(c, 2) for c in colour] for colour in drawn.colours] == [
        [0, 0.2, 0.6],
        [1, 0.8, 0],
    ]


def test_backgrounds_are_artefacts(tmp_path: Path) -> None:
    path = write(tmp_path / "prova.pdf", '<p style="background: #eee">Testo</p>')
    with TaggedPdf(path) as pdf:
        assert any(drawn.artefact for drawn in pdf.images(0))
        assert not any(run.artefact for run in pdf.runs(0))


def test_a_pdf_without_structure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "senza.pdf"
    HTML(string="<p>x</p>").write_pdf(path)
    with pytest.raises(ValueError, match="no structure tree"):
        TaggedPdf(path)
