"""What a layout may read: files of the book, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse


class BookFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Fetches ``data:`` addresses, and files that lie inside the folders it was given."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("file", "data"))
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The resource. Raises ValueError for a file outside the book's folders."""
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(unquote(parts.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self._folders):
                raise ValueError(f"not a file of the book: {path.name}")
        return super().fetch(url, headers)


def book_fetcher(folders: Sequence[Path]) -> Any:
    """A fetcher for WeasyPrint that knows only the files below ``folders``."""
    return BookFetcher(folders)
