"""What the passes do to headings, lists, characters, pictures, links, tables and forms."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from book.findings import Finding
from tests.intake.documents.conftest import Import

USUAL = ("I111", "I114")
"""Title and kind are guessed in every one of these pages."""
Page = Callable[[str], tuple[str, list[Finding]]]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code.id for finding in findings if finding.code.id not in USUAL]


def picture(size: tuple[int, int], form: str = "PNG", **options: Any) -> str:
    target = io.BytesIO()
    Image.new("RGB", size, "navy").save(target, form, **options)
    data = base64.b64encode(target.getvalue()).decode()
    return f"data:image/{form.lower()};base64,{data}"


@pytest.mark.parametrize(
    ("bold", "is_heading"),
    [
        ("Il patto", True),
        ("E chi paga?", True),
        ("Questa è una frase che finisce.", False),
        ("Territorio:", False),
        ("2014", False),
        ("x" * 91, False),
    ],
)
def test_a_short_line_in_bold_without_a_full_stop_is_a_heading(
    import_page: Page, bold: str, is_heading: bool
) -> None:
    text, findings = import_page(f"<p>Prima.</p><p><b>{bold}</b></p><p>Dopo.</p>")
    assert (f"## {bold}" in text) is is_heading
    assert ("I130" in codes(findings)) is is_heading


def test_the_last_line_in_bold_heads_nothing(import_page: Page) -> None:
    text, _ = import_page("<p>Prima.</p><p><b>Una firma</b></p>")
    assert "**Una firma**" in text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1. Premessa", "Premessa"),
        ("2.3 Il patto", "Il patto"),
        ("IV. Il patto", "Il patto"),
        ("3) Il patto", "Il patto"),
        ("1.1. – Il patto", "Il patto"),
        ("2014 e dopo", "2014 e dopo"),
        ("10 domande", "10 domande"),
        ("I Comuni", "I Comuni"),
    ],
)
def test_numbers_written_by_hand_leave_headings(import_page: Page, written: str, kept: str) -> None:
    text, findings = import_page(f"<h2>{written}</h2><p>Testo.</p>")
    assert f"## {kept}\n" in text
    assert ("I131" in codes(findings)) is (written != kept)


def test_levels_start_at_two_and_leave_no_gap(import_page: Page) -> None:
    text, findings = import_page("<h2>A</h2><p>a</p><h5>B</h5><p>b</p><h3>C</h3><p>c</p>")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["## A", "### B", "### C"]
    assert "I132" in codes(findings)


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (["\uf0b7 uno", "\uf0b7 due"], "- uno\n- due"),
        (["• uno"], "- uno"),
        (["•uno", "•due"], "- uno\n- due"),
        (["- uno", "- due"], "- uno\n- due"),
        (["1) uno", "2) due"], "1)  uno\n2)  due"),
        (["a. uno", "b. due"], "a.  uno\nb.  due"),
    ],
)
def test_lists_made_by_hand_become_lists(import_page: Page, lines: list[str], made: str) -> None:
    for body in ("".join(f"<p>{line}</p>" for line in lines), f"<p>{'<br>'.join(lines)}</p>"):
        text, findings = import_page(f"<p>Prima:</p>{body}")
        assert made in text
        assert "I133" in codes(findings)


@pytest.mark.parametrize("lines", [["– Buongiorno."], ["1. uno"], ["1. uno", "3. tre"], ["o bene"]])
def test_what_is_no_list_stays_text(import_page: Page, lines: list[str]) -> None:
    _, findings = import_page("".join(f"<p>{line}</p>" for line in lines))
    assert "I133" not in codes(findings)


def test_characters_that_nobody_sees_go(import_page: Page) -> None:
    text, findings = import_page(
        "<p>Co\u00admu\u200bne\u00a0 di \u202efon\u202cdo e\u0300 qui \uf0e0 l\u00e0 \ue123.</p>"
        "<p> </p>"
    )
    assert text == "Comune di fondo è qui → là .\n"
    assert {"I134", "I152", "I135"} <= set(codes(findings))


def test_quotation_marks_are_paired_anew(import_page: Page) -> None:
    text, _ = import_page(
        '<p>\u201cUno\u201d e "due" e \u201etre\u201d, «quattro \u201ccinque\u201d» e '
        "\u2018sei\u2019 <i>\u201csette\u201d</i> l'ora...</p>"
    )
    assert text == "«Uno» e «due» e «tre», «quattro “cinque”» e «sei» *«sette»* l’ora…\n"


def test_an_english_text_keeps_its_own_marks(import_bytes: Import) -> None:
    page = '<html lang="en"><body><h1>Test</h1><p>They said “this is the way of the house”.</p>'
    chapter, findings = import_bytes(page.encode(), "test.html")
    assert chapter is not None
    assert "“this is the way of the house”" in chapter.text
    assert "# language: en\n" in chapter.text
    assert "I118" in codes(findings)


def test_a_small_picture_is_narrow_and_asks_for_its_text(import_page: Page) -> None:
    text, findings = import_page(f'<p>Testo <img src="{picture((640, 400))}"> e altro.</p>')
    assert text == 'Testo e altro.\n\n![](images/prova-1.png){alt="" width="66%"}\n'
    assert codes(findings) == ["I143", "I140"]


@pytest.mark.parametrize("alt", ["image1.png", "Picture 3", "Immagine 2", ""])
def test_a_name_is_no_alternative_text(import_page: Page, alt: str) -> None:
    text, findings = import_page(f'<p><img alt="{alt}" src="{picture((1000, 600))}"></p>')
    assert 'alt=""' in text
    assert codes(findings) == ["I140"]


def test_a_machine_s_alternative_text_is_left_out(import_page: Page) -> None:
    alt = "Immagine che contiene testo Descrizione generata automaticamente"
    text, findings = import_page(f'<p><img alt="{alt}" src="{picture((1000, 600))}"></p>')
    assert 'alt=""' in text
    assert codes(findings) == ["I141"]


def test_one_picture_twice_is_one_file(import_page: Page) -> None:
    image = f'<p><img alt="Un campo." src="{picture((1000, 600))}"></p>'
    text, _ = import_page(image + "<p>e di nuovo</p>" + image)
    assert text.count("images/prova-1.png") == 2
    assert "images/prova-2" not in text


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_formats_become_png(import_page: Page, form: str) -> None:
    text, findings = import_page(f'<p><img alt="Un campo." src="{picture((1000, 600), form)}"></p>')
    assert "images/prova-1.png" in text
    assert codes(findings) == ["I146"]


def test_a_photograph_loses_what_the_camera_wrote(import_bytes: Import) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Una persona che fotografa"
    exif[0x0112] = 6
    image = picture((1000, 600), "JPEG", exif=exif)
    page = f'<html lang="it"><body><h1>Prova</h1><p><img alt="Un campo." src="{image}"></p>'
    chapter, _ = import_bytes(page.encode(), "prova.html")
    assert chapter is not None
    content = chapter.pictures["images/prova-1.jpg"]
    assert b"fotografa" not in content
    with Image.open(io.BytesIO(content)) as upright:
        assert upright.size == (600, 1000)
        assert not upright.getexif()


def test_spacers_are_left_out(import_page: Page) -> None:
    text, findings = import_page(f'<p>Testo.</p><p><img src="{picture((1, 1))}"></p>')
    assert text == "Testo.\n"
    assert codes(findings) == ["I147"]


def test_links_lead_to_the_web_or_to_headings(import_page: Page) -> None:
    text, findings = import_page(
        '<p><a href="https://example.org/a">fuori</a>, <a href="#qui">dentro</a>, '
        '<a href="#altrove">perso</a>, <a href="javascript:alert(1)">pericolo</a>, '
        '<a href="file:///etc/passwd">file</a>.</p><h2 id="qui">Una sezione</h2><p>Testo.</p>'
    )
    assert "[fuori](https://example.org/a), [dentro](#una-sezione), perso, pericolo, file." in text
    assert "## Una sezione {#una-sezione}" in text
    assert codes(findings) == ["I150", "I151", "I151"]


def test_a_table_without_header_takes_its_first_row(import_page: Page) -> None:
    rows = "<tr><td><b>Chi</b></td><td><b>Quando</b></td></tr><tr><td>Noi</td><td>Sempre</td></tr>"
    text, findings = import_page(f"<p>Tabella 1: Chi fa</p><table>{rows}</table>")
    assert text.startswith("| Chi | Quando |\n|-----|--------|\n| Noi | Sempre |\n\n: Chi fa")
    assert codes(findings) == ["I137"]


def test_a_contents_table_goes(import_page: Page) -> None:
    toc = '<p>Indice</p><p><a href="#_Toc1">Una sezione 1</a></p>'
    text, findings = import_page(f"{toc}<h2>Una sezione</h2><p>Testo.</p>")
    assert text == "## Una sezione\n\nTesto.\n"
    assert codes(findings) == ["I123"]


def test_a_form_in_lines_fills_the_front_matter(import_bytes: Import) -> None:
    lines = (
        "<p><b>Territorio:</b> Una valle</p><p>Comuni: Uno, Due</p><p>Provincia: Una</p>"
        "<p><b>Criticità:</b> La neve</p><p>A cura di: Referente; Educatore</p>"
    )
    page = f'<html lang="it"><body><h1>Prova</h1>{lines}<p>Il testo della pratica.</p>'
    chapter, findings = import_bytes(page.encode(), "prova.html")
    assert chapter is not None
    assert chapter.kind == "contribution"
    for line in ("territory: Una valle", "  - Due", "province: Una", "difficulties: La neve"):
        assert f"{line}\n" in chapter.text
    assert "authors:\n  - Referente\n  - Educatore\n" in chapter.text
    assert chapter.text.endswith("---\n\nIl testo della pratica.\n")
    assert "I115" in codes(findings)


def test_two_labels_are_no_form(import_page: Page) -> None:
    text, findings = import_page("<p>Risultati: buoni.</p><p>Periodo: lungo.</p><p>E poi.</p>")
    assert "Risultati: buoni." in text
    assert "I115" not in codes(findings)
