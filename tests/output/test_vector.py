"""A cover as SVG: the same picture as the PDF's, in a browser, without a font."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat

from book.output.vector import NotDrawable, page_svg
from book.validators.browser import chromium

SIZE = (400, 640)


@pytest.fixture(scope="module", params=["ancilab", "sobrio"])
def cover_pdf(request: pytest.FixtureRequest, repository: Path) -> bytes:
    from dataclasses import replace

    from weasyprint import HTML

    from book.compose.cover import cover_html
    from book.model.assets import Assets
    from book.model.load import load_edition

    loaded, _ = load_edition(repository, "reti-locali")
    assert loaded is not None
    assets = Assets(repository)
    brand, _ = assets.brand(request.param)
    assert brand is not None
    dressed = replace(loaded, brand=brand, brand_folder=assets.brand_folder(request.param))
    pdf: bytes = HTML(string=cover_html(dressed, 170, 272)).write_pdf()
    return pdf


@pytest.mark.filterwarnings("ignore:No fonts configured in FontConfig")
def test_a_browser_shows_what_the_page_shows(cover_pdf: bytes) -> None:
    svg = page_svg(cover_pdf, "Le reti locali", *SIZE)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.set_content(f"<style>body {{ margin: 0 }}</style>{svg}")
        shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.close()
    document = pypdfium2.PdfDocument(cover_pdf)
    drawn = document[0].render(scale=SIZE[0] / document[0].get_width()).to_pil().convert("RGB")
    document.close()
    difference = ImageChops.difference(shown, drawn.resize(SIZE))
    # Edges are smoothed in two ways; anything that lacked or moved would be a blot.
    assert max(ImageStat.Stat(difference).mean) < 3
    blot = difference.convert("L").resize((SIZE[0] // 10, SIZE[1] // 10), Image.Resampling.BOX)
    assert max(blot.tobytes()) < 40


def test_its_words_are_outlines(cover_pdf: bytes) -> None:
    svg = page_svg(cover_pdf, "Le <reti> & i nodi", *SIZE)
    assert svg == page_svg(cover_pdf, "Le <reti> & i nodi", *SIZE)
    root = etree.fromstring(svg)
    names = {etree.QName(element).localname for element in root.iter(etree.Element)}
    assert names <= {"svg", "title", "defs", "clipPath", "path", "g", "image"}
    assert root[0].text == "Le <reti> & i nodi"
    assert (root.get("width"), root.get("height")) == ("400", "640")


@pytest.mark.parametrize("content", [b"/P sh", b"[3 2] 0 d 0 0 m 9 9 l S", b"/Cs cs"])
def test_what_is_not_understood_is_no_half_picture(content: bytes) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(content)
        target = io.BytesIO()
        pdf.save(target)
    with pytest.raises(NotDrawable):
        page_svg(target.getvalue(), "", 10, 10)
