"""The table of outputs. A new output is a module beside the others, and a row here.

Everything that differs between outputs is in these rows: the driver, ``--format``, the manifest,
the report and the terminal name no output.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import PurePosixPath

from book.compose.documents import EPUB, PDF, PRINT
from book.driver.outputs.catalogue import make_catalogue
from book.driver.outputs.covers import CARD, COVER_JPEG, THUMBNAIL, make_covers
from book.driver.outputs.epub import make_epub
from book.driver.outputs.output import FileKind, Output, When
from book.driver.outputs.pdf import make_pdf, make_print
from book.messages import N_
from book.output.catalogue.write import STATEMENT

COVERS = "covers"
CATALOGUE = "catalogue"
"""The records for shops, libraries and readers, which describe the EPUB and the PDF."""

OUTPUTS: tuple[Output, ...] = (
    Output(
        COVERS,
        N_("Drawing the cover"),
        make_covers,
        files=(
            FileKind(COVER_JPEG, N_("Cover picture")),
            FileKind(CARD, N_("Card for the web")),
            FileKind(THUMBNAIL, N_("Thumbnail")),
        ),
        when=When.ALWAYS,
    ),
    Output(
        EPUB,
        N_("Packing the EPUB"),
        make_epub,
        files=(FileKind(".epub", N_("E-book"), is_main=True),),
        needs=(COVERS,),
        uses=(PDF,),
    ),
    Output(
        PDF,
        N_("Laying out the PDF"),
        make_pdf,
        files=(FileKind(".pdf", N_("PDF"), is_main=True),),
    ),
    Output(
        PRINT,
        N_("Laying out the PDF for print"),
        make_print,
        files=(FileKind("-print.pdf", N_("PDF for print"), is_main=True),),
        when=When.ON_DEMAND,
    ),
    Output(
        CATALOGUE,
        N_("Writing the catalogue records"),
        make_catalogue,
        files=(
            FileKind(STATEMENT, N_("Accessibility statement")),
            FileKind(".onix.xml", N_("ONIX record")),
            FileKind(".jsonld", N_("Schema.org record"), "application/ld+json"),
            FileKind(".bib", N_("BibTeX entry"), "application/x-bibtex"),
            FileKind(".opds.json", N_("OPDS entry"), "application/opds-publication+json"),
        ),
        needs=(COVERS, EPUB, PDF),
    ),
)
"""In the order in which users read about them."""

_MEDIA_TYPES = {
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""By suffix, where no row says otherwise. Not mimetypes: its table differs between machines."""


def formats() -> tuple[str, ...]:
    """The names that users may give to ``--format``."""
    return tuple(output.name for output in OUTPUTS if output.when is not When.ALWAYS)


def usual_formats() -> tuple[str, ...]:
    """The formats that a build makes when its user names none."""
    return tuple(output.name for output in OUTPUTS if output.when is When.USUAL)


def outputs_for(names: Iterable[str]) -> tuple[Output, ...]:
    """The rows that a build for these formats makes, with all that they need, in that order.

    Raises KeyError for a name that is not in the table.
    """
    rows = {output.name: output for output in OUTPUTS}
    wanted: set[str] = set()
    ahead = [*names, *(output.name for output in OUTPUTS if output.when is When.ALWAYS)]
    while ahead:
        row = rows[ahead.pop()]
        if row.name not in wanted:
            wanted.add(row.name)
            ahead += row.needs
    # Only needs add rows. What a row merely uses is made when the user or another row asks for it.
    return tuple(output for output in _in_order_of_making() if output.name in wanted)


def output_steps() -> tuple[str, ...]:
    """The steps of all outputs, in the order in which a build takes them."""
    return tuple(output.step for output in _in_order_of_making())


def kind_of(file: str) -> FileKind | None:
    """The kind of an artefact, by its name in the edition's folder; None for no output's file."""
    # "-print.pdf" ends in ".pdf", too: the longest end that fits is meant.
    return max(
        (kind for kind in _kinds() if kind.matches(file)),
        key=lambda kind: len(kind.end),
        default=None,
    )


def media_type(file: str) -> str:
    """The media type of an artefact, by its name in the edition's folder."""
    kind = kind_of(file)
    if kind is not None and kind.media_type:
        return kind.media_type
    return _MEDIA_TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")


def reading_order(files: Iterable[str]) -> list[str]:
    """Names of artefacts in the order in which users read them: main files first."""
    kinds = _kinds()

    def place(file: str) -> tuple[bool, int, str]:
        kind = kind_of(file)
        if kind is None:
            return True, len(kinds), file
        return not kind.is_main, kinds.index(kind), file

    return sorted(files, key=place)


def _kinds() -> list[FileKind]:
    return [kind for output in OUTPUTS for kind in output.files]


def _in_order_of_making() -> tuple[Output, ...]:
    """The table with each row after those that it needs or uses."""
    rows = {output.name: output for output in OUTPUTS}
    before = {output.name: (*output.needs, *output.uses) for output in OUTPUTS}
    return tuple(rows[name] for name in TopologicalSorter(before).static_order())
