"""The file for the printing house: boxes, marks, bleed, both covers."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from book.driver.run import Order, run
from tests.support.books import lay
from tests.support.once import use_cache

MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> bytes:
    folder: Path = tmp_path_factory.mktemp("print")
    root = lay("base", folder / "root")
    edition = root / "chapters" / "base" / "edition.yaml"
    fields = edition.read_text("utf-8").replace(
        "identifiers:\n  epub:", "url: https://example.org/libro\nidentifiers:\n  print:"
    )
    edition.write_text(fields, "utf-8")
    output = use_cache(folder / "out", run_cache)
    (facts,) = run(Order(root, output=output, formats=("print",), jobs=1), print, print)
    assert facts.made, facts.findings
    made = {path.name for path in (folder / "out" / "base").iterdir()}
    assert "base-print.pdf" in made
    assert "base.pdf" not in made
    return (folder / "out" / "base" / "base-print.pdf").read_bytes()


def picture(pdf: bytes, page: int, scale: float) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[page].render(scale=scale).to_pil().convert("RGB")
        return image
    finally:
        document.close()


@pytest.mark.slow
def test_every_page_has_its_boxes_and_marks(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        for page in pdf.pages:
            trim, bleed = ([float(n) for n in page.obj[k]] for k in ("/TrimBox", "/BleedBox"))
            assert trim == pytest.approx([0, 0, 170 * MM, 240 * MM], abs=0.01)
            assert bleed == pytest.approx([-3 * MM, -3 * MM, 173 * MM, 243 * MM], abs=0.01)
            media = [float(n) for n in page.obj.MediaBox]
            assert media[0] < bleed[0] and media[3] > bleed[3]
            marks = (
                page.Contents[-1].read_bytes()
                if isinstance(page.Contents, pikepdf.Array)
                else page.Contents.read_bytes()
            )
            lines = re.findall(rb"(\S+) (\S+) m (\S+) (\S+) l S", marks)
            assert len(lines) == 8
            for line in lines:
                x0, y0, x1, y1 = (float(n) for n in line)
                outside = max(
                    -max(x0, x1), min(x0, x1) - trim[2], -max(y0, y1), min(y0, y1) - trim[3]
                )
                assert outside > 3 * MM, "a mark stands in the bleed"


def test_nothing_in_it_is_for_a_screen(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert not any("/Annots" in page.obj for page in pdf.pages)
        assert not {"/Outlines", "/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(
            pdf.Root.keys()
        )
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>" not in packet
        assert "urn:isbn:9783161484100" in packet
        assert pdf.docinfo["/Trapped"] == pikepdf.Name("/False")


def test_the_ground_bleeds_and_leaves_the_slug_white(printed: bytes) -> None:
    cover = picture(printed, 0, 2)
    slug = 10 * MM * 2
    for x in (slug - 2 * MM * 2, cover.width - slug + 2 * MM * 2):
        assert cover.getpixel((round(x), cover.height // 5)) == (0x0E, 0x4A, 0x5A)
        assert cover.getpixel((round(x), round(cover.height - slug + 2))) == (255, 255, 255)
    assert cover.getpixel((round(slug - 3.6 * MM * 2), cover.height // 5)) == (255, 255, 255)


def test_the_back_cover_is_the_last_verso(printed: bytes) -> None:
    document = pypdfium2.PdfDocument(printed)
    try:
        assert len(document) % 2 == 0
        words = " ".join(document[len(document) - 1].get_textpage().get_text_range().split())
    finally:
        document.close()
    assert "Un libro piccolo e intero" in words
    assert "ISBN 978-3-16-148410-0" in words
    assert "https://example.org/libro" in words
    assert "Progetto co-finanziato dall’Unione Europea" in words


def test_a_book_without_number_and_page_has_no_codes(repository: Path) -> None:
    from book.compose.back_cover import back_cover_context
    from book.compose.typeset import typeset_edition
    from book.model.load import load_edition

    loaded, _ = load_edition(repository, "toolkit")
    assert loaded is not None
    back = back_cover_context(typeset_edition(loaded))["back"]
    assert (back["isbn"], back["bar_code"], back["qr_code"]) == ("", "", "")
    assert back["paragraphs"]
