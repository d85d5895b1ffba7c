"""Questions to an EPUB, asked by XPath."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

NAMESPACES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}


class Epub:
    """The files of an EPUB; ``ask`` gives the strings that an XPath question finds in one."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = self.archive.namelist()

    def read(self, name: str) -> bytes:
        return self.archive.read(posixpath.join("EPUB", name))

    def ask(self, name: str, question: str) -> list[str]:
        found = etree.fromstring(self.read(name)).xpath(question, namespaces=NAMESPACES)
        assert isinstance(found, list), question
        return [str(f) if isinstance(f, str) else self._words(f) for f in found]

    def package(self, question: str) -> list[str]:
        return self.ask("content.opf", question)

    def meta(self, name: str, refines: str | None = None) -> list[str]:
        which = f"@refines='#{refines}'" if refines else "not(@refines)"
        return self.package(f"//opf:meta[@property='{name}'][{which}]/text()")

    def spine(self) -> list[str]:
        return [
            self.package(f"//opf:item[@id='{id}']/@href")[0]
            for id in self.package("//opf:itemref/@idref")
        ]

    @staticmethod
    def _words(element: object) -> str:
        assert isinstance(element, etree._Element)
        return " ".join("".join(map(str, element.itertext())).split())
