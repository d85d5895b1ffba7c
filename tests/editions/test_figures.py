"""Figures are where their tags say (PDF) and have words for who does not see them."""

from __future__ import annotations

import pytest

from book.output.pdf.structure import elements
from book.readback.pdf_text import TaggedPdf
from tests.support.editions import BuiltEdition


def test_a_figures_bounding_box_is_where_it_is_drawn(built: dict[str, BuiltEdition]) -> None:
    seen = 0
    with TaggedPdf(built["dimostrativa"].pdf) as pdf:
        for element in elements(pdf.pdf.Root.StructTreeRoot.K[0]):
            if str(element.S) != "/Figure":
                continue
            page = pdf.page_of(element)
            assert page is not None
            mcids = {int(kid) for kid in element.K if isinstance(kid, int)}
            (drawn,) = (image for image in pdf.images(page) if image.mcid in mcids)
            left, bottom, right, top = (float(value) for value in element.A.BBox)
            # A drawing may leave a margin within its box, or be cut at it, not stand elsewhere.
            assert left < (drawn.box[0] + drawn.box[2]) / 2 < right
            assert bottom < (drawn.box[1] + drawn.box[3]) / 2 < top
            assert right - left == pytest.approx(drawn.box[2] - drawn.box[0], rel=0.3)
            assert str(element.Alt).strip()
            seen += 1
    assert seen > 5
