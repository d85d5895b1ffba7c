"""The structure tree of the whole book, made of the trees of its parts (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from book.output.pdf.tags import name_notes, place_figure, wrap_item_bodies


class StructureTree:
    """Collects the parts' structure trees under one ``Document`` element.

    Keys of the parent tree (``StructParents`` of pages, ``StructParent`` of annotations) and
    ids of table headers are numbered anew, so that those of two parts never meet.
    """

    def __init__(self, book: Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = book.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array())
        )
        self._root.K = Array([self._document])
        self._numbers: list[Object | int] = []
        self._ids: list[tuple[bytes, Object]] = []
        self._next_key = 0
        self._parts = 0

    def add(self, tree: Object, pages: list[pikepdf.Page]) -> None:
        """Add the structure tree of one part; ``pages`` are its pages, already in the book."""
        offset = self._next_key
        numbers = tree.ParentTree.Nums
        for index in range(0, len(numbers), 2):
            key = int(numbers[index]) + offset
            self._numbers += [key, numbers[index + 1]]
            self._next_key = max(self._next_key, key + 1)
        for page in pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + offset
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + offset
        height = float(pages[0].mediabox[3])
        for document in tree.K:
            for element in document.K:
                element.P = self._document
                self._document.K.append(element)
                for below in list(elements(element)):
                    wrap_item_bodies(self._book, below)
                    place_figure(below, height)
                    self._renumber_header(below)
                for note in name_notes(element):
                    self._identify(note, f"{self._parts}-note-{len(self._ids)}".encode())
        self._parts += 1

    def finish(self) -> None:
        """Write the parent tree and the id tree, and hang the whole on the catalogue."""
        self._root.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(self._numbers)))
        self._root.ParentTreeNextKey = self._next_key
        if self._ids:
            names = Array()
            for key, element in sorted(self._ids, key=lambda pair: pair[0]):
                names.append(pikepdf.String(key))
                names.append(element)
            limits = Array([names[0], names[-2]])
            leaf = self._book.make_indirect(Dictionary(Names=names, Limits=limits))
            self._root.IDTree = Dictionary(Kids=Array([leaf]))
        self._book.Root.StructTreeRoot = self._root

    def _renumber_header(self, element: Object) -> None:
        if "/ID" in element:
            self._identify(element, self._key(element.ID))
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array(
                [pikepdf.String(self._key(header)) for header in attributes.Headers]
            )

    def _identify(self, element: Object, key: bytes) -> None:
        element.ID = pikepdf.String(key)
        self._ids.append((key, element))

    def _key(self, header: Object) -> bytes:
        return f"{self._parts}-".encode() + bytes(header)


def elements(top: Object) -> Iterator[Object]:
    """``top`` and every structure element below it, in reading order."""
    stack = [top]
    while stack:
        element = stack.pop()
        yield element
        kids = element.get("/K")
        children = list(kids) if isinstance(kids, Array) else [kids]
        stack += [kid for kid in reversed(children) if isinstance(kid, Dictionary) and "/S" in kid]
