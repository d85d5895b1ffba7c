"""The addresses in the EPUB: a file for each document and picture, and the file of each id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from book.compose.documents import EPUB, Book, Document, Kind

NAV_FILE = "nav.xhtml"
STYLE_FILE = "style.css"
COVER_PICTURE = "images/cover.jpg"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Layout:
    """Addresses relative to the package document.

    ``files`` maps ids of documents to files. ``holders`` maps every id to the file that has it.
    ``pictures`` maps the paths used in the documents to files. ``reading_order`` lists the files of
    the spine.
    """

    files: dict[str, str]
    holders: dict[str, str]
    pictures: dict[str, str]
    reading_order: tuple[str, ...]

    def href(self, anchor: str, page: str = "") -> str | None:
        """The address of the id ``anchor`` in a link of the file ``page``; None without a file."""
        holder = self.holders.get(anchor)
        if holder is None:
            return None
        return f"#{anchor}" if holder == page else f"{holder}#{anchor}"


def shown_documents(book: Book) -> tuple[Document, ...]:
    """The documents that become files as they are.

    The cover is not among them, because the EPUB's cover page shows a picture of it. Nor are the
    printed contents: the nav document takes their place.
    """
    return tuple(d for d in book.shown_in(EPUB) if d.kind not in (Kind.COVER, Kind.CONTENTS))


def lay_out(book: Book) -> Layout:
    """Give each document and picture of ``book`` its file, and find the file of each id."""
    documents = shown_documents(book)
    names = _unique(["cover", *(d.id for d in documents)], ".xhtml", taken={NAV_FILE})
    holders = {anchor: names[d.id] for d in documents for anchor in d.anchors}
    for document in book.documents:
        if document.kind is Kind.CONTENTS:
            holders[document.id] = NAV_FILE
        elif document.kind is Kind.COVER:
            holders[document.id] = names["cover"]
    pictures = _unique(sorted(book.pictures), "", taken={PurePosixPath(COVER_PICTURE).name})
    return Layout(
        files=names,
        holders=holders,
        pictures={path: f"images/{name}" for path, name in pictures.items()},
        reading_order=_reading_order(book, documents, names),
    )


def _reading_order(
    book: Book, documents: tuple[Document, ...], names: dict[str, str]
) -> tuple[str, ...]:
    """The files of the spine. The nav document has the place of the printed contents.

    Without printed contents it follows the prelims, so that the notice stays near the beginning.
    """
    prelims = {Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.NOTICE, Kind.COLOPHON}
    kinds = [d.kind for d in book.documents]
    before: set[str]
    if Kind.CONTENTS in kinds:
        before = {d.id for d in book.documents[: kinds.index(Kind.CONTENTS)]}
    else:
        before = {d.id for d in documents if d.kind in prelims}
    place = sum(d.id in before for d in documents)
    files = [names[d.id] for d in documents]
    return (names["cover"], *files[:place], NAV_FILE, *files[place:])


def _unique(keys: Iterable[str], suffix: str, taken: set[str]) -> dict[str, str]:
    """A file name in ASCII for every key (OCF 3.3, section 4.2.3), each a different one.

    Names that differ only in case count as the same, because they are on some file systems.
    """
    used = {name.casefold() for name in taken}
    names: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        ascii_name = unicodedata.normalize("NFKD", PurePosixPath(key).name)
        ascii_name = ascii_name.encode("ascii", "ignore").decode()
        path = PurePosixPath(_UNSAFE.sub("-", ascii_name).strip("-.") or "item")
        stem, end = (path.stem, path.suffix) if not suffix else (path.name, suffix)
        name, number = f"{stem}{end}", 1
        while name.casefold() in used:
            number += 1
            name = f"{stem}-{number}{end}"
        used.add(name.casefold())
        names[key] = name
    return names
