"""After the sanitiser: turns task boxes into characters, removes attributes reserved for passes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from book.markdown.codes import ATTRIBUTE_REMOVED, BAD_SCHEME, ELEMENT_REMOVED, TAG_REMOVED
from book.markdown.context import Context
from book.markdown.dom import elements, make, name, remove, replace, unwrap
from book.markdown.kinds.kind import Kind
from book.markdown.sanitiser import Removed

_PLACES = frozenset({Kind.HTML, Kind.ADDRESS, Kind.ATTRIBUTE})
"""Where the source has tags, attributes and addresses."""
# A chapter that wrote these itself could hide words from readers and from their count.
_OURS = re.compile(r"role|aria-.*|data-(generated|written|width)")


def apply(root: etree._Element, context: Context) -> None:
    """Turn boxes of task lists into characters; remove the attributes that only passes write."""
    for element in elements(root):
        if element is root:
            continue
        if name(element) == "input":
            _task(element)
        elif name(element) == "label":
            unwrap(element)
        else:
            for attribute in [key for key in element.attrib if _OURS.fullmatch(str(key))]:
                del element.attrib[attribute]


def _task(element: etree._Element) -> None:
    if element.get("type") == "checkbox" and set(element.attrib) <= {"type", "checked"}:
        done = "checked" in element.attrib
        replace(element, make("span", {"class": "task"}, "☑ " if done else "☐ "))
    else:
        remove(element)


def report_removed(removed: Iterable[Removed], context: Context) -> None:
    """Report what the sanitiser removed, each at the place where the source has it."""
    found = _Places(context)
    for item in removed:
        if item.address:
            target = item.address.replace(f"#{context.slug}.", "#", 1)
            context.report_at(BAD_SCHEME, found.next(re.escape(target)), target=target)
        elif item.attribute:
            place = found.next(rf"(?<![\w-]){re.escape(item.attribute)}\s*=")
            context.report_at(ATTRIBUTE_REMOVED, place, attribute=item.attribute, tag=item.tag)
        else:
            code = ELEMENT_REMOVED if item.with_content else TAG_REMOVED
            place = found.next(rf"<{re.escape(item.tag)}(?![\w-])")
            context.report_at(code, place, tag=item.tag)


class _Places:
    """Finds patterns in the source's tags, addresses and attributes.

    Each search for a pattern gives its next place; after the last place it gives that again.
    """

    def __init__(self, context: Context) -> None:
        self._text = context.kinds.shown(context.positions.text, _PLACES)
        self._after: dict[str, int] = defaultdict(int)
        self._last: dict[str, int] = defaultdict(int)

    def next(self, pattern: str) -> int:
        """The offset of the next match of ``pattern`` in any case; 0 if there is none at all."""
        start = self._after[pattern]
        match = re.compile(pattern, re.I).search(self._text, start) if start >= 0 else None
        if match:
            self._last[pattern] = match.start()
        self._after[pattern] = match.end() if match else -1
        return self._last[pattern]
