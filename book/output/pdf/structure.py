"""The structure tree of the whole book, joined of the trees of its parts (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf


class StructureTree:
    """Collects the parts' structure trees under one ``Document`` element.

    Keys of the parent tree (``StructParents`` of pages, ``StructParent`` of annotations) are
    numbered anew; ids of elements are unique in the book as they are. Documents that belong to
    a part of the book stand in the element of its opener.
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

    def add(
        self, tree: Object, pages: Sequence[pikepdf.Page], inside: Object | None = None
    ) -> Object:
        """Add the structure tree of one part; ``pages`` are its pages, already in the book.

        Its element goes into the element ``inside``, into the document by default; returns it.
        """
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
        names = tree.IDTree.Names
        for index in range(0, len(names), 2):
            self._ids.append((bytes(names[index]), names[index + 1]))
        self._root.RoleMap = tree.RoleMap
        (element,) = tree.K
        element.P = inside or self._document
        element.P.K.append(element)
        return element

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


def elements(top: Object) -> Iterator[Object]:
    """``top`` and every structure element below it, in reading order."""
    stack = [top]
    while stack:
        element = stack.pop()
        yield element
        kids = element.get("/K")
        children = list(kids) if isinstance(kids, Array) else [kids]
        stack += [kid for kid in reversed(children) if isinstance(kid, Dictionary) and "/S" in kid]
