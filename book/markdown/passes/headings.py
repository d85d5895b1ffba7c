"""Headings: levels from h2 down without a gap, no empty ones, an id unique in the book for each."""

from __future__ import annotations

import copy
import re
import unicodedata

from lxml import etree

from book.markdown.codes import DUPLICATE_ID, EMPTY_HEADING, LEVEL_SKIPPED, TOP_HEADING
from book.markdown.context import Context
from book.markdown.dom import HEADINGS, classes, elements, name, remove, text_of
from book.markdown.tree import Heading, q

_APART = frozenset({"aside", "blockquote", "li", "dd", "td", "th", "figure"})
"""Elements in which a heading is no section of the chapter."""
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def apply(root: etree._Element, context: Context) -> None:
    """Level the headings, make ids unique, and list the headings for the contents."""
    taken = _unique_ids(root, context)
    headings = []
    for heading in elements(root, *HEADINGS):
        text = heading_text(heading)
        if text:
            headings.append((heading, text))
        else:
            context.report(EMPTY_HEADING, heading)
            remove(heading)
    # In a chapter with «#» all levels move down by one. Only skips beyond that are reported.
    shift = 1 if any(name(heading) == "h1" for heading, _ in headings) else 0
    # The written levels of the sections around the current one: their number is the depth, so a
    # skipped level leaves no gap.
    open_levels: list[int] = []
    for heading, text in headings:
        written = int(name(heading)[1])
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        level = min(len(open_levels) + 1, 6)
        heading.tag = q(f"h{level}")
        _report_level(heading, text, written, level, shift, context)
        if not heading.get("id"):
            heading.set("id", _free(f"{context.slug}.{_plain_id(text) or 'h'}", taken))
        if not any(_is_apart(ancestor) for ancestor in heading.iterancestors()):
            line = context.line_of(heading)
            context.headings.append(Heading(text, heading.get("id", ""), level, line))


def heading_text(heading: etree._Element) -> str:
    """The heading's text in one line, without note calls."""
    bare = copy.copy(heading)
    for link in elements(bare, "a"):
        if "note-call" in classes(link):
            remove(link)
    return " ".join(text_of(bare).split())


def fit_id(written: str, slug: str) -> str:
    """The id in the book for the id ``written`` of the chapter ``slug``: fit for XML, prefixed."""
    return f"{slug}.{_UNFIT.sub('-', written) or 'id'}"


def _report_level(
    heading: etree._Element, text: str, written: int, level: int, shift: int, context: Context
) -> None:
    if written == 1:
        context.report(TOP_HEADING, heading, text=text)
    elif level != min(written + shift, 6):
        context.report(
            LEVEL_SKIPPED, heading, text=text, written=written, level=level, marks="#" * level
        )


def _plain_id(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNFIT.sub("-", ascii_text.lower()).strip("-.")


def _free(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    taken.add(candidate)
    return candidate


def _unique_ids(root: etree._Element, context: Context) -> set[str]:
    """Make every id fit for XML, prefixed with the slug, and unique. Returns all ids.

    The ids of notes stay, because their calls refer to them.
    """
    taken = {e.get("id", "") for e in elements(root) if _is_note(e)}
    for element in elements(root):
        written = element.get("id")
        if written is None or _is_note(element):
            continue
        own = written.removeprefix(f"{context.slug}.")
        id = fit_id(own, context.slug)
        renamed = _free(id, taken)
        if renamed != id:
            short = renamed.removeprefix(f"{context.slug}.")
            context.report(DUPLICATE_ID, element, f"#{own}", id=own, renamed=short)
        element.set("id", renamed)
    return taken


def _is_apart(element: etree._Element) -> bool:
    """Whether headings in the element are not sections of the chapter."""
    return name(element) in _APART or "epigraph" in classes(element)


def _is_note(element: etree._Element) -> bool:
    return bool({"note", "note-call"} & set(classes(element))) and "id" in element.attrib
