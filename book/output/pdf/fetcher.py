"""The fetcher that lets WeasyPrint read only files of the book, and no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from book.output.pdf.addresses import picture_address

_MEDIA_TYPES = MimeTypes()
"""Python's own table of media types. The system's would make builds differ between machines."""


class BookFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Fetches pictures by their path in the book, files inside some folders, ``data:``."""

    def __init__(self, folders: Sequence[Path], pictures: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=("file", "data"))
        self._folders = tuple(folder.resolve() for folder in folders)
        self._pictures = {picture_address(path): file for path, file in pictures.items()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The resource at ``url``. Raises ValueError for a file outside the folders."""
        if file := self._pictures.get(url):
            media_type = _MEDIA_TYPES.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": media_type})
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(unquote(parts.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self._folders):
                raise ValueError(f"not a file of the book: {path.name}")
        return super().fetch(url, headers)


def book_fetcher(folders: Sequence[Path], pictures: Mapping[str, Path]) -> Any:
    """A fetcher for WeasyPrint that knows ``pictures`` and the files below ``folders``."""
    return BookFetcher(folders, pictures)
