"""From a place in an EPUB to a place in the sources: a chapter and line, or the file it came from.

The EPUB itself does not name its sources. The build that made it notes them
(:mod:`book.output.epub.origins`).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from book.compose.documents import Book
from book.output.epub.layout import NAV_FILE, STYLE_FILE, lay_out
from book.output.epub.origins import Origin
from book.output.epub.style import TEMPLATE
from book.readback.epub_files import EpubFiles, epub_files
from book.validation.documents import PackedDocument
from book.validation.sources import Place, Sources

_METADATA: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "creator": ("contributors",),
    "contributor": ("contributors",),
    "language": ("language",),
    "publisher": ("publisher",),
    "date": ("date",),
    "identifier": ("identifiers",),
    "description": ("description",),
    "rights": ("licence",),
    "subject": ("subjects",),
}
"""By the element of the package document: the fields of ``edition.yaml`` that it is made from."""
_PROPERTIES: dict[str, tuple[str, ...]] = {
    "belongs-to-collection": ("series",),
    "schema:version": ("version",),
    "dcterms:modified": ("date",),
    "schema:accessibilitySummary": ("accessibility", "language"),
}


@dataclass
class EpubPlaces:
    """The places of one EPUB; ``origins`` are those that the build noted, by file name."""

    path: Path
    book: Book
    origins: Mapping[str, Origin]
    sources: Sources
    _documents: dict[str, PackedDocument] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._files: EpubFiles = epub_files(self.path)
        self._folder = posixpath.dirname(self._files.package)

    def at(self, name: str, line: int, column: int) -> Place:
        """The source of a place that EPUBCheck names (line and column from 1, 0 for none)."""
        # EPUBCheck names files from the root of the archive, the build from the package document.
        address = posixpath.relpath(name, self._folder) if self._folder else name
        if name == self._files.package:
            return self._package(line)
        if address == STYLE_FILE:
            return self._style(line)
        if (document := self._document(name)) is not None:
            # The nav document is made of headings. The editor mends the heading, not the list.
            if address == NAV_FILE and (target := document.link_at(line, column)):
                return self._contents_entry(target)
            return document.at(line, column) if line else Place(self._source(address))
        if (file := self._packed_from(address)) is not None:
            # Of the files packed as they are, only an SVG has lines.
            return Place(file, line if file.endswith(".svg") else 0)
        return Place(self.sources.edition)

    def at_cfi(self, name: str, cfi: str) -> Place:
        """The source of the element that a message of Ace points at, by its CFI."""
        document = self._document(name)
        return document.at_cfi(cfi) if document and cfi else self.at(name, 0, 0)

    def language(self, name: str, cfi: str) -> Place:
        """The source of the language of the element that a message of Ace points at."""
        document = self._document(name)
        if document is None or document.origin is None:
            return self.sources.language(self.sources.edition)
        written = document.line(cfi)
        source = document.origin.source
        return Place(source, written) if written else self.sources.language(source)

    def _contents_entry(self, target: str) -> Place:
        """The source of an entry of the nav document: of the heading that it leads to."""
        file, _, id = unquote(target).partition("#")
        document = self._document(posixpath.join(self._folder, file))
        return document.named(id) if document and id else Place(self._source(file))

    def metadata(self, *fields: str) -> Place:
        """The line of ``edition.yaml`` that has one of ``fields``."""
        return self.sources.field(self.sources.edition, *fields)

    def _document(self, name: str) -> PackedDocument | None:
        packed = self._files.files.get(name)
        if packed is None or packed.media_type != "application/xhtml+xml":
            return None
        if name not in self._documents:
            address = posixpath.relpath(name, self._folder) if self._folder else name
            origin = self.origins.get(address)
            self._documents[name] = PackedDocument(packed.content, origin, self.sources)
        return self._documents[name]

    def _source(self, address: str) -> str:
        origin = self.origins.get(address)
        return origin.source if origin else self.sources.edition

    def _package(self, line: int) -> Place:
        """The field of ``edition.yaml`` behind a line of the package document."""
        with zipfile.ZipFile(self.path) as archive:
            root = etree.fromstring(archive.read(self._files.package))
        # lxml tells the line of an element's start tag: the last one up to ``line`` is meant.
        elements = [e for e in root.iter(etree.Element) if int(str(e.sourceline)) <= line]
        if not line or not elements:
            return Place(self.sources.edition)
        element = elements[-1]
        # An item of the manifest is mended in the file that it names.
        if href := element.get("href"):
            return self.at(posixpath.normpath(posixpath.join(self._folder, unquote(href))), 0, 0)
        said = self.sources.line_with(self.sources.edition, element.text or "")
        known = _METADATA.get(etree.QName(element).localname)
        return said or self.metadata(*(known or _PROPERTIES.get(element.get("property", ""), ())))

    def _style(self, line: int) -> Place:
        file = f"{self.sources.brand}/{TEMPLATE}"
        name = posixpath.join(self._folder, STYLE_FILE)
        rendered = self._files.files[name].content.decode().split("\n")
        return Place(file, line_in_template(rendered, self.sources.lines(file), line))

    def _packed_from(self, address: str) -> str | None:
        """The picture or font file that was packed as ``address``, as findings name it."""
        roots = self.sources.roots
        for name, packed in lay_out(self.book).pictures.items():
            path = self.book.pictures[name]
            for root in roots:
                if packed == address and path.is_relative_to(root):
                    return path.relative_to(root).as_posix()
        name = posixpath.basename(address)
        fonts = (face.file for face in self.book.loaded.brand.fonts)
        found = next((file for file in fonts if posixpath.basename(file) == name), None)
        return f"assets/fonts/{found}" if found else None


def line_in_template(rendered: Sequence[str], template: Sequence[str], line: int) -> int:
    """The line (from 1) of ``template`` behind line ``line`` of ``rendered``; 0 for none.

    Lines without a value of the brand are equal in both. Lines between two equal ones are matched
    by their order.
    """
    # Without indentation: template and rendered sheet need not have the same.
    ours = [text.strip() for text in rendered]
    theirs = [text.strip() for text in template]
    # autojunk would ignore lines that occur often in a long sheet, such as "}".
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, there, there_end in matcher.get_opcodes():
        if start <= line - 1 < end:
            if kind == "delete":
                return 0  # the rendered sheet has these lines and the template has not
            return min(there + line - 1 - start, max(there, there_end - 1)) + 1
    return 0
