from __future__ import annotations

from pathlib import Path

import pytest

from book.compose.documents import Book
from book.output.epub.write import epub_book
from tests.output.epub import fake
from tests.output.epub.reading import Epub


@pytest.fixture
def book(repository: Path, tmp_path: Path) -> Book:
    return fake.book(repository, tmp_path / "prova")


@pytest.fixture
def epub(book: Book) -> Epub:
    made, findings = epub_book(book, fake.cover())
    content = made.epub
    assert findings == []
    return Epub(content)
