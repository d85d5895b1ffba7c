"""Figures are where their tags say (PDF) and have words for who does not see them."""

from __future__ import annotations

import pytest

from book.readback.geometry import MM, around
from book.readback.pdf.document import TaggedPdf
from tests.support.editions import BuiltEdition


def test_a_figures_bounding_box_is_where_it_is_drawn(built: dict[str, BuiltEdition]) -> None:
    seen = 0
    with TaggedPdf(built["dimostrativa"].pdf) as pdf:
        for element in pdf.structure.elements():
            if element.kind != "Figure":
                continue
            marks = list(element.marks())
            (page,) = {mark.page for mark in marks}
            mcids = {mark.mcid for mark in marks}
            drawn = around([p.box for p in pdf.paintings(page) if p.context.mcid in mcids])
            # The bounding box is in points from the page's lower left corner.
            height = pdf.sheet(page).height
            sides = element.attributes["BBox"]
            left, bottom, right, top = (float(value) * MM for value in sides)
            bottom, top = height - bottom, height - top
            # A drawing may leave a margin within its box, or be cut at it, not stand elsewhere.
            assert left < drawn.x + drawn.width / 2 < right
            assert top < drawn.y + drawn.height / 2 < bottom
            assert right - left == pytest.approx(drawn.width, rel=0.3)
            assert element.alt.strip()
            seen += 1
    assert seen > 5
