"""Finds the characters of a document for which the brand's fonts have no glyph."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from book.compose.fonts import FaceRole, missing_glyphs
from book.findings import Finding
from book.markdown.tree import q
from book.model.loaded import LoadedEdition

_CODE = {q("code"), q("pre")}


def unset_characters(root: etree._Element, file: str, loaded: LoadedEdition) -> list[Finding]:
    """A finding for each character of a tree that no face of its role's list has.

    ``file`` is the source of the tree: the places of the findings are in it.
    """
    by_role: dict[FaceRole, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    _collect(root, "text", 1, by_role)
    return [
        finding
        for role, lines in sorted(by_role.items())
        for finding in missing_glyphs(lines, loaded.brand, loaded.fonts_folder, role, file)
    ]


def _collect(
    element: etree._Element,
    role: FaceRole,
    line: int,
    by_role: dict[FaceRole, dict[int, str]],
) -> None:
    """Gather an element's text by role and source line. Children inherit both."""
    line = int(element.get("data-line", line))
    if element.tag in _CODE:
        role = "code"
    by_role[role][line] += element.text or ""
    for child in element:
        _collect(child, role, line, by_role)
        by_role[role][line] += child.tail or ""
