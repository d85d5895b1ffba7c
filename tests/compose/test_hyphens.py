"""What a line ends with inside a word, so that a PDF can be read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from book.compose.fonts import line_end_hyphen
from book.model.brand import Brand


@pytest.mark.parametrize(("name", "hyphen"), [("ancilab", "\u2010"), ("sobrio", "-")])
def test_a_face_with_one_glyph_for_both_hyphens_keeps_that_of_the_text(
    name: str, hyphen: str, repository: Path
) -> None:
    path = repository / "assets" / "brands" / name / "brand.yaml"
    brand = Brand.model_validate(yaml.safe_load(path.read_text("utf-8")))
    assert line_end_hyphen(brand, repository / "assets" / "fonts") == hyphen
