"""The accessibility tree of a document, as Chromium hands it to a screen reader.

Chromium gives roles, names and order (Chrome DevTools Protocol, domain Accessibility), the DOM
gives what that protocol leaves out: languages, ids, addresses, the spans of cells. Roles are put
into the words of WAI-ARIA and DPUB-ARIA, so that nothing here depends on what one version of a
browser calls things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from book.validators.browser import OfflinePage

_ROLES = {
    "rootwebarea": "document",
    "webarea": "document",
    "statictext": "text",
    "linebreak": "break",
    "listmarker": "marker",
    "descriptionlist": "definition-list",
    "descriptionlistterm": "term",
    "descriptionlistdetail": "definition",
    "figcaption": "caption",
    "img": "image",
    "svgroot": "image",
    "gridcell": "cell",
    "none": "generic",
    "presentation": "generic",
    "section": "generic",
}
"""Chromium's own names, in small letters, for which there is a plainer one."""
_GUESSED = frozenset({"doc-endnote", "doc-biblioentry"})
_DROPPED = frozenset({"inlinetextbox"})
_LANGUAGE = ("lang", "xml:lang")


@dataclass(frozen=True)
class AccessNode:
    """What a screen reader meets.

    ``role`` is one of WAI-ARIA 1.2 or DPUB-ARIA 1.1, or ``text``, ``break`` (a line break),
    ``marker`` (of a list item), ``definition-list``; ``generic`` says nothing by itself.
    ``name`` and ``description`` are the computed ones (Accessible Name and Description
    Computation 1.2), ``language`` that of the nearest element which declares one. ``element`` is
    the local name of the DOM's element, "" for text; ``path`` leads to it from the root, in the
    steps of an EPUB CFI ("/4/2/6"). ``level`` is a heading's, 0 elsewhere. ``apart`` says that
    white space stands before it in the file, whether or not the layout shows any.
    """

    role: str
    name: str
    description: str
    level: int
    language: str
    element: str
    attributes: Mapping[str, str]
    path: str
    apart: bool
    children: tuple[AccessNode, ...]

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def span(self, attribute: str) -> int:
        """How many rows or columns a cell takes (``rowspan``, ``colspan``); at least 1."""
        value = self.attributes.get(attribute, "")
        return max(1, int(value)) if value.isdecimal() else 1


@dataclass(frozen=True)
class _DomNode:
    element: str
    attributes: Mapping[str, str]
    language: str
    path: str
    text: str
    apart: bool


_NOTHING = _DomNode("", {}, "", "", "", False)
"""For what has no node of its own: a list's markers, what style sheets write."""


class _Dom:
    """The document's elements and texts by the number that both protocols know them by."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.nodes: dict[int, _DomNode] = {}
        self._space = False
        self._walk(root, "", "")

    def _walk(self, node: Mapping[str, Any], language: str, path: str) -> None:
        flat = node.get("attributes", [])
        attributes = dict(zip(flat[::2], flat[1::2], strict=True))
        language = next((attributes[key] for key in _LANGUAGE if key in attributes), language)
        is_element = node["nodeType"] == 1
        text = "" if is_element else node.get("nodeValue", "")
        self.nodes[node["backendNodeId"]] = _DomNode(
            node["localName"].lower() if is_element else "",
            attributes,
            language,
            path,
            text,
            self._space,
        )
        if text:
            self._space = text[-1].isspace()
        children = node.get("children", [])
        number = 0
        for child in children:
            below = path
            if child["nodeType"] == 1 and is_element:
                number += 2
                below = f"{path}/{number}"
            self._walk(child, language, below)


class _Tree:
    """Joins the two answers of the browser."""

    def __init__(self, nodes: Iterable[Mapping[str, Any]], dom: _Dom) -> None:
        self._nodes = {node["nodeId"]: node for node in nodes}
        self._dom = dom.nodes

    @cached_property
    def root(self) -> AccessNode:
        root = next(node for node in self._nodes.values() if "parentId" not in node)
        # The protocol's document node stands above «html», whose language is the document's.
        html = next((n for n in self._dom.values() if n.element == "html"), _NOTHING)
        return self._node(root, html.language)

    def _node(self, node: Mapping[str, Any], around: str) -> AccessNode:
        here = self._dom.get(node.get("backendDOMNodeId", 0), _NOTHING)
        name = _value(node, "name")
        role = _true_role(_role(node), here)
        if role == "text":
            name = _with_spaces_of(here, name)
        below = (self._nodes[id] for id in node.get("childIds", []) if id in self._nodes)
        language = here.language or around
        children = tuple(
            self._node(child, language) for child in below if _role(child) not in _DROPPED
        )
        return AccessNode(
            role,
            name,
            _value(node, "description"),
            _level(node),
            language,
            here.element,
            here.attributes,
            here.path,
            here.apart,
            children,
        )


def access_tree(shelf: OfflinePage, name: str) -> AccessNode:
    """Open a document of the shelf and read its tree, from the document node down.

    Raises KeyError for a file that is not on the shelf.
    """
    shelf.open(name)
    session = shelf.page.context.new_cdp_session(shelf.page)
    try:
        dom = session.send("DOM.getDocument", {"depth": -1})
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    return _Tree(nodes, _Dom(dom["root"])).root


def _role(node: Mapping[str, Any]) -> str:
    if node.get("ignored"):
        return "generic"
    role = str(node["role"]["value"]).lower()
    return _ROLES.get(role, role)


def _true_role(role: str, written: _DomNode) -> str:
    """The role without what Chromium reads into items of any list in a chapter's notes."""
    guessed = role in _GUESSED and written.attributes.get("role", "") != role
    return "listitem" if guessed else role


def _value(node: Mapping[str, Any], key: str) -> str:
    return "" if node.get("ignored") else str(node.get(key, {}).get("value", ""))


def _level(node: Mapping[str, Any]) -> int:
    properties = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
    return int(properties.get("level") or 0) if _role(node) == "heading" else 0


def _with_spaces_of(written: _DomNode, name: str) -> str:
    """A name with the spaces round it that the layout swallowed, so that words stay apart."""
    before = " " if written.apart or written.text[:1].isspace() else ""
    after = " " if written.text[-1:].isspace() else ""
    return f"{before}{name}{after}"
