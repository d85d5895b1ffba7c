from __future__ import annotations

import pytest

from book.compose.documents import EPUB, PDF, PRINT
from book.driver.edition import CATALOGUE, FORMATS, USUAL_FORMATS, with_needs


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ((CATALOGUE,), (EPUB, PDF, CATALOGUE)),
        ((CATALOGUE, PRINT), (EPUB, PDF, PRINT, CATALOGUE)),
        ((EPUB,), (EPUB,)),
        ((PRINT, PDF), (PDF, PRINT)),
        (USUAL_FORMATS, USUAL_FORMATS),
        (FORMATS, FORMATS),
    ],
)
def test_records_are_made_with_what_they_describe(
    asked: tuple[str, ...], made: tuple[str, ...]
) -> None:
    assert with_needs(asked) == made
