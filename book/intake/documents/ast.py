"""Pandoc's document tree in the form of its JSON: the basic operations that the passes share.

A node is ``{"t": name, "c": contents}``; ``c`` is missing where there are no contents. The types:
https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html. Functions that
return lists of a node return the very lists, so that the caller can change the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Node = dict[str, Any]
Blocks = list[Node]
Inlines = list[Node]

_HOLDERS = frozenset(
    {"Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
)
"""Inlines whose contents are inlines alone."""
_EXCERPT = 60
"""The most characters of a text that a finding quotes."""


def node(name: str, contents: Any = None) -> Node:
    """A node called ``name``, without ``c`` when ``contents`` is None."""
    return {"t": name} if contents is None else {"t": name, "c": contents}


def attributes(
    id: str = "", classes: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()
) -> list[Any]:
    """Pandoc's ``Attr``: id, classes, key-value pairs."""
    return [id, list(classes), [list(pair) for pair in pairs]]


def words(text: str) -> Inlines:
    """``text`` as inlines: a ``Str`` for each word, ``Space`` between."""
    inlines: Inlines = []
    for word in text.split():
        if inlines:
            inlines.append(node("Space"))
        inlines.append(node("Str", word))
    return inlines


def paragraph(inlines: Inlines) -> Node:
    """A paragraph."""
    return node("Para", inlines)


def heading(level: int, inlines: Inlines, id: str = "") -> Node:
    """A heading, with an id when something links to it."""
    return node("Header", [level, attributes(id), inlines])


def is_paragraph(block: Node) -> bool:
    """Whether a block is a paragraph (``Para``) or text without a paragraph's space (``Plain``)."""
    return block["t"] in ("Para", "Plain")


def inline_lists(inline: Node) -> Inlines | None:
    """The list of inlines that an inline holds, or None. It is the list in the tree itself."""
    kind = inline["t"]
    if kind in _HOLDERS:
        return list_of(inline["c"])
    if kind in ("Quoted", "Cite", "Link", "Image", "Span"):
        return list_of(inline["c"][1])
    return None


def list_of(value: Any) -> list[Node]:
    """``value`` with the type of a list of nodes, for the type checker."""
    assert isinstance(value, list)
    return value


def rows(table: Node) -> Iterator[Any]:
    """All rows of a table: head, bodies with their own heads, foot."""
    _, _, _, head, bodies, foot = table["c"]
    yield from head[1]
    for body in bodies:
        yield from body[2]
        yield from body[3]
    yield from foot[1]


def cells(table: Node) -> Iterator[Any]:
    """All cells of a table; the last of a cell's five parts are its blocks."""
    for row in rows(table):
        yield from row[1]


def block_lists(block: Node) -> list[Blocks]:
    """The lists of blocks that a block holds. They are the lists in the tree itself."""
    kind: str = block["t"]
    contents: Any = block.get("c")
    if kind == "BlockQuote":
        return [contents]
    if kind == "Div":
        return [contents[1]]
    if kind == "BulletList":
        return list(contents)
    if kind == "OrderedList":
        return list(contents[1])
    if kind == "DefinitionList":
        return [blocks for _, meanings in contents for blocks in meanings]
    if kind == "Figure":
        return [contents[1][1], contents[2]]
    if kind == "Table":
        return [contents[1][1], *(cell[4] for cell in cells(block))]
    return []


def texts(block: Node) -> list[Inlines]:
    """The lists of inlines that a block holds directly. They are the lists in the tree itself."""
    kind: str = block["t"]
    contents: Any = block.get("c")
    if kind in ("Para", "Plain"):
        return [contents]
    if kind == "Header":
        return [contents[2]]
    if kind == "LineBlock":
        return list(contents)
    if kind == "DefinitionList":
        return [term for term, _ in contents]
    return []


def change_blocks(blocks: Blocks, change: Callable[[Blocks], Blocks]) -> None:
    """Replace every list of blocks, in notes too, by what ``change`` returns for it.

    The innermost lists first, so that ``change`` sees blocks whose contents are done.
    """
    for block in blocks:
        for inlines in texts(block):
            for note in all_inlines(inlines):
                if note["t"] == "Note":
                    change_blocks(note["c"], change)
        for inner in block_lists(block):
            change_blocks(inner, change)
    blocks[:] = change(blocks)


def change_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> None:
    """Replace every list of inlines, in notes too, by what ``change`` returns for it.

    The innermost lists first.
    """
    for block in blocks:
        for inlines in texts(block):
            _change_inlines(inlines, change)
        for inner in block_lists(block):
            change_inlines(inner, change)


def _change_inlines(inlines: Inlines, change: Callable[[Inlines], Inlines]) -> None:
    for inline in inlines:
        inner = inline_lists(inline)
        if inner is not None:
            _change_inlines(inner, change)
        elif inline["t"] == "Note":
            change_inlines(inline["c"], change)
    inlines[:] = change(inlines)


def all_inlines(inlines: Inlines) -> Iterator[Node]:
    """Every inline, outer ones before the ones inside them, without those in notes."""
    for inline in inlines:
        yield inline
        yield from all_inlines(inline_lists(inline) or [])


def all_blocks(blocks: Blocks) -> Iterator[Node]:
    """Every block, outer ones before the ones inside them, without those in notes."""
    for block in blocks:
        yield block
        for inner in block_lists(block):
            yield from all_blocks(inner)


def text_of(nodes: Iterable[Node]) -> str:
    """The text of inlines or blocks on one line, without notes, with a space between blocks."""
    return " ".join("".join(_text(nodes)).split())


def _text(nodes: Iterable[Node]) -> Iterator[str]:
    """The pieces of the text of inlines and blocks, with spaces that :func:`text_of` reduces."""
    for item in nodes:
        kind = item["t"]
        if kind == "Str":
            yield item["c"]
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind in ("Code", "Math"):
            yield item["c"][1]
        elif kind == "CodeBlock":
            yield f"{item['c'][1]} "
        elif kind not in ("Note", "RawInline", "RawBlock"):
            inner = inline_lists(item)
            if inner is not None:
                yield from _text(inner)
            for inlines in texts(item):
                yield from _text(inlines)
                yield " "
            for blocks in block_lists(item):
                yield from _text(blocks)


def excerpt(nodes: Iterable[Node] | str) -> str:
    """The beginning of a text, cut at a word, for findings to quote."""
    text = nodes if isinstance(nodes, str) else text_of(nodes)
    if len(text) <= _EXCERPT:
        return text
    return f"{text[:_EXCERPT].rsplit(' ', 1)[0]}…"
