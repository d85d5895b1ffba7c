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
from book.readback.geometry import MM, around
from book.readback.pdf.document import FinishedPdf, TaggedPdf
from book.readback.pdf.reading import StructuredText, joined, reading_order
from book.readback.pdf.texts import NO_CHARACTER
from book.system.checkout import CHECKOUT
from tests.support.pdf_words import words

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
            return reading_order(pdf)

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


def test_replacement_text_may_be_in_utf_16(read: Read) -> None:
    def replace(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        actual = pikepdf.unparse_content_stream(
            [([pikepdf.Dictionary(ActualText="però ≠ 𝔘")], pikepdf.Operator("x"))]
        ).removesuffix(b" x")
        content = page.Contents.read_bytes()
        new = content.replace(b"<</MCID 0>>", actual[:-2] + b" /MCID 0>>")
        assert new != content
        page.Contents = pdf.make_stream(new)

    assert joined(read("<p>Testo</p>", replace)) == "però ≠ 𝔘"


def test_spaces_are_those_of_the_text_however_wide_the_gaps(read: Read) -> None:
    text = "a + b = c, e parole molto lunghe: precipitevolissimevolmente si corre"
    for style in ("", "text-align: justify", "letter-spacing: 0.5em", "word-spacing: 2em"):
        pieces = read(f'<p style="width: 31mm; hyphens: none; {style}">{text}</p>')
        assert len(pieces) > 2
        assert joined(pieces).split() == text.split(), style
    assert joined(read('<p style="letter-spacing: 1em">così</p>')) == "così"
    turned = "transform: rotate(90deg); width: 31mm; text-align: justify"
    assert joined(read(f'<p style="{turned}">a b c d e f, e parole</p>')).split()[:3] == list("abc")


def test_text_that_is_painted_twice_is_read_twice(read: Read) -> None:
    over = "position: absolute; left: 0; top: 0; margin: 0"
    pieces = read(f'<p style="{over}">Ombra</p><p style="{over}">Ombra</p>')
    assert words(pieces).main == ("Ombra", "Ombra")


def test_letters_come_in_the_order_of_reading_whatever_their_script(read: Read) -> None:
    text = "مرحبا بالعالم"
    pieces = read(f'<p style="font-family: Noto Sans Arabic, DejaVu Sans">{text}, 😀 e 𝔘</p>')
    said = "".join(piece.text for piece in pieces)
    assert text in said
    assert {"😀", "𝔘"} <= set(said)


def test_a_glyph_that_stands_for_no_character_is_told_of(read: Read) -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item.ToUnicode

    (piece,) = read("<p>Testo</p>", forget)
    assert piece.text == NO_CHARACTER * 5


def test_types_are_those_that_the_role_map_gives(read: Read) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Capoverso=pikepdf.Name.P)
        paragraphs(pdf)[0].S = pikepdf.Name.Capoverso

    (piece,) = read("<p>Testo</p>", rename)
    assert piece.element.kind == "P"


def test_a_sequence_without_a_page_is_refused(read: Read) -> None:
    def lose(pdf: pikepdf.Pdf) -> None:
        for element in elements(pdf.Root.StructTreeRoot.K[0]):
            if "/Pg" in element:
                del element.Pg

    with pytest.raises(ValueError, match="marked content 0 in P has no page"):
        read("<p>Testo</p>", lose)


def test_the_structure_of_a_page_is_what_stands_on_it(tmp_path: Path) -> None:
    body = '<section><p>Uno</p></section><p style="break-before: page">Due <em>tre</em></p>'
    with TaggedPdf(write(tmp_path / "prova.pdf", body)) as pdf:
        second = pdf.structure.on_page(1)
        assert [e.kind for e in second.elements()][-2:] == ["P", "Span"]
        assert {mark.page for mark in second.marks()} == {1}
        assert len(list(pdf.structure.marks())) == len(list(second.marks())) + 1
        assert not pdf.structure.on_page(2).kids


def test_a_run_tells_face_size_colour_and_place(tmp_path: Path) -> None:
    style = "position: absolute; left: 20mm; top: 30mm; font-size: 9pt; color: #039; line-height: 0"
    path = write(tmp_path / "prova.pdf", f'<p style="{style}">Unione europea</p>')
    with TaggedPdf(path) as pdf:
        (run,) = pdf.texts(0)
    assert (run.text, run.font[7:]) == ("Unione europea", "Lora")
    assert run.size == pytest.approx(9, abs=0.01)
    assert run.colour == "#003399"
    assert run.start[0] == pytest.approx(30, abs=0.04)
    assert run.start[1] == pytest.approx(40, abs=1.4)
    assert 50 < run.width / MM < 75
    assert run.slant == 0
    assert not run.context.artefact


def test_a_drawing_tells_its_box_and_colours(tmp_path: Path) -> None:
    svg = (
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 20'%3E"
        "%3Crect width='30' height='20' fill='%23003399'/%3E"
        "%3Ccircle cx='15' cy='10' r='5' fill='%23ffcc00'/%3E%3C/svg%3E"
    )
    image = f'<img alt="Emblema" src="data:image/svg+xml,{svg}" style="width: 30mm">'
    path = write(tmp_path / "prova.pdf", f"<p>{image}</p>")
    with TaggedPdf(path) as pdf:
        drawn = [one for one in pdf.paintings(0) if not one.context.artefact]
    box = around([one.box for one in drawn])
    assert (box.x, box.y, box.width) == pytest.approx((10, 10, 30), abs=0.1)
    assert box.height == pytest.approx(20, abs=0.1)
    assert [one.fill for one in drawn] == ["#003399", "#FFCC00"]
    assert len({one.context.mcid for one in drawn}) == 1


def test_backgrounds_are_artefacts(tmp_path: Path) -> None:
    path = write(tmp_path / "prova.pdf", '<p style="background: #eee">Testo</p>')
    with TaggedPdf(path) as pdf:
        assert any(drawn.context.artefact for drawn in pdf.paintings(0))
        assert not any(run.context.artefact for run in pdf.texts(0))


def test_a_pdf_without_structure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "senza.pdf"
    HTML(string="<p>x</p>").write_pdf(path)
    with pytest.raises(ValueError, match="no structure tree"):
        TaggedPdf(path)


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(pikepdf.PdfError):
        FinishedPdf(b"no PDF")
