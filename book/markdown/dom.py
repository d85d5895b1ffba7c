"""Operations on lxml trees of XHTML that the passes share: names, classes, moves that keep tails.

lxml keeps the text after an element in the element's ``tail``. Whoever removes, unwraps or replaces
an element must move that text, else it is lost: the functions here do.
"""

from __future__ import annotations

from lxml import etree

from book.markdown.tree import XHTML, q

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {
        *HEADINGS,
        *("p", "div", "section", "aside", "blockquote", "figure", "figcaption", "pre", "hr"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
    }
)
"""Elements shown on lines of their own. No word goes on across the edge of such an element."""
INLINES = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"),
        *("time", "u", "var"),
    }
)
"""Elements of running text."""

# lxml knows the default namespace as None; its stubs do not.
_NSMAP: dict[str, str] = {None: XHTML}  # type: ignore[dict-item]


def name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).removeprefix(f"{{{XHTML}}}")


def classes(element: etree._Element) -> list[str]:
    """The element's classes, in order."""
    return (element.get("class") or "").split()


def set_classes(element: etree._Element, names: list[str]) -> None:
    """Give the element these classes, each once, or none."""
    if names:
        element.set("class", " ".join(dict.fromkeys(names)))
    else:
        drop(element, "class")


def drop(element: etree._Element, attribute: str) -> str:
    """Remove an attribute of the element and return its value; "" when it has none."""
    value = element.get(attribute, "")
    if attribute in element.attrib:
        del element.attrib[attribute]
    return value


def make(tag: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """A new XHTML element."""
    element = etree.Element(q(tag), attributes or {}, nsmap=_NSMAP)
    element.text = text or None
    return element


def text_of(element: etree._Element) -> str:
    """All the text in the element, generated or not."""
    return "".join(str(text) for text in element.itertext())


def line_of(element: etree._Element) -> int:
    """The source line of the element or of its nearest ancestor that has one; 0 without any."""
    around = (element, *element.iterancestors())
    return next((int(line) for e in around if (line := e.get("data-line"))), 0)


def elements(root: etree._Element, *names: str) -> list[etree._Element]:
    """``root`` and the elements below it, of these names if any are given, in document order.

    It is a list, so that the caller may change the tree while going through it.
    """
    return list(root.iter(*(q(n) for n in names)) if names else root.iter(etree.Element))


def _append_text_before(parent: etree._Element, index: int, text: str) -> None:
    if index:
        previous = parent[index - 1]
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def remove(element: etree._Element) -> None:
    """Take the element and what it holds out of the tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        _append_text_before(parent, parent.index(element), element.tail)
        element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Take the element out of the tree and leave what it holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    if element.text:
        _append_text_before(parent, index, element.text)
    children = list(element)
    parent[index:index] = children
    tail, element.tail = element.tail, None
    if tail:
        _append_text_before(parent, index + len(children), tail)
    parent.remove(element)


def replace(element: etree._Element, new: etree._Element) -> None:
    """Put ``new`` in the element's place; the text after the element follows ``new``."""
    parent = element.getparent()
    if parent is None:
        return
    new.tail, element.tail = element.tail, None
    parent.replace(element, new)
