"""Checks links: inside the document only to headings, outside only to the web and to e-mail."""

from __future__ import annotations

import re

from book.intake.documents import codes
from book.intake.documents.ast import (
    Inlines,
    Node,
    all_blocks,
    all_inlines,
    attributes,
    change_inlines,
    excerpt,
    text_of,
)
from book.intake.documents.draft import Draft
from book.model.slugs import slug_of

_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.I)


def apply(draft: Draft) -> None:
    """Give ids to the headings that links lead to, and unwrap links that lead nowhere.

    Headings without links get no id, and keep none of the word processor's.
    """
    headings = _headings(draft)
    names: dict[int, str] = {}

    def resolve(inlines: Inlines) -> Inlines:
        result: Inlines = []
        for inline in inlines:
            result += (
                _resolved(inline, headings, names, draft) if inline["t"] == "Link" else [inline]
            )
        return result

    # The headings are listed before links are resolved, and get their ids after: only then is it
    # known which of them have a link.
    every = [block for block in all_blocks(draft.blocks) if block["t"] == "Header"]
    change_inlines(draft.blocks, resolve)
    for block in every:
        block["c"][1] = attributes(names.get(id(block), ""))


def _headings(draft: Draft) -> dict[str, Node]:
    """The headings by every id that leads to them: their own, and those of anchors inside."""
    found: dict[str, Node] = {}
    for block in all_blocks(draft.blocks):
        if block["t"] == "Header":
            ids = [block["c"][1][0]]
            ids += [i["c"][0][0] for i in all_inlines(block["c"][2]) if i["t"] == "Span"]
            for anchor in filter(None, ids):
                found.setdefault(anchor, block)
    return found


def _resolved(
    link: Node, headings: dict[str, Node], names: dict[int, str], draft: Draft
) -> Inlines:
    """The link, checked; its words alone if it leads nowhere or to a scheme not allowed.

    ``names`` are the ids given to headings so far, by ``id()`` of the heading's node.
    """
    target: str = link["c"][2][0]
    inlines: Inlines = link["c"][1]
    link["c"][0] = attributes()
    link["c"][2] = [target.strip(), ""]
    if _WEB.fullmatch(target.strip()):
        return [link]
    # A link without words is a picture, or an anchor that the word processor has left.
    if not text_of(inlines):
        return inlines
    if not target.startswith("#"):
        draft.report(codes.LINK_UNSAFE, words=excerpt(inlines), target=excerpt(target))
        return inlines
    heading = headings.get(target[1:])
    if heading is None:
        draft.report(codes.LINK_LOST, words=excerpt(inlines))
        return inlines
    if id(heading) not in names:
        name = slug_of(text_of(heading["c"][2])[:40])
        taken = set(names.values())
        number = 1
        while name in taken:
            number += 1
            name = f"{slug_of(text_of(heading['c'][2])[:40])}-{number}"
        names[id(heading)] = name
    link["c"][2][0] = f"#{names[id(heading)]}"
    return [link]
