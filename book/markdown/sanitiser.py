"""Sanitises raw HTML with nh3 (html5ever and ammonia), and lists what nh3 removed.

nh3 decides what stays, by allow-lists of elements and attributes. It does not say what it removed.
So this module reads the tags a second time, only to report them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

import nh3

from book.markdown.dom import BLOCKS, INLINES

KEPT = BLOCKS | INLINES
_TASKS = frozenset({"input", "label"})
"""Elements of pandoc's task lists. The pass ``raw_html`` replaces the boxes with characters."""
_EMPTIED = frozenset(
    ("audio", "base", "canvas", "embed", "input", "link", "map", "meta", "object", "video")
)
"""Elements that are removed with their content, which means nothing without them."""
_STYLED_BY_PANDOC = frozenset({"table", "col", "th", "td", "img", "tr"})
_STYLES = frozenset({"width", "height", "text-align"})
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "role", "title"},
    "a": {"href"},
    "div": {"for"},  # of a long description: the figure's id
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_REMOTE = frozenset(
    {
        *("action", "background", "cite", "data", "dynsrc", "formaction", "longdesc"),
        *("lowsrc", "ping", "poster", "srcset"),
    }
)
"""Attributes that make a reading system fetch or send something."""
_TAG = re.compile(r"<([a-z][^\s/>]*)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.I)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"']++))?")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.I)


@dataclass(frozen=True)
class Removed:
    """What nh3 removed: an element, a tag, an attribute, or a link with its address.

    ``attribute`` and ``address`` are empty for elements and tags. ``with_content`` says whether
    the text inside the element went, too.
    """

    tag: str
    attribute: str = ""
    address: str = ""
    with_content: bool = False


@dataclass
class _Seen:
    """What a reading of the tags found: things that nh3 removes, and the addresses of links."""

    removed: list[Removed] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def sanitised(html: str) -> tuple[str, list[Removed]]:
    """``html`` with markup of text alone, and what was removed.

    Addresses of links and pictures stay, whatever their scheme. The passes on links and on
    figures have allow-lists of schemes, and report each address that they refuse.
    """
    seen = _read_tags(html)
    clean = nh3.clean(
        html,
        tags=set(KEPT | _TASKS),
        clean_content_tags=set(_EMPTIED - _TASKS),
        attributes={
            tag: _ATTRIBUTES.get(tag, set()) | ({"style"} & _styles_of(tag))
            for tag in (*_ATTRIBUTES, *sorted(_STYLED_BY_PANDOC - _ATTRIBUTES.keys()))
        },
        filter_style_properties=set(_STYLES),
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=_schemes(html),
        link_rel=None,
    )
    # An address that nh3 cannot parse is removed even though its scheme is allowed. Counting the
    # addresses before and after finds it.
    kept = Counter(_read_tags(clean).addresses)
    for address, count in (Counter(seen.addresses) - kept).items():
        seen.removed += [Removed("a", "href", address)] * count
    return clean, seen.removed


def _styles_of(tag: str) -> set[str]:
    return {"style"} if tag in _STYLED_BY_PANDOC else set()


def _schemes(html: str) -> set[str]:
    """Every scheme that an address in ``html`` may have, also with spaces or entities in it."""
    plain = re.sub(r"[\x00-\x20]", "", unescape(html))
    return {scheme.lower() for scheme in _SCHEME.findall(plain)} | {"https"}


def _read_tags(html: str) -> _Seen:
    """Read the tags of ``html``. Pandoc escapes ``<`` in text, so what looks like a tag is one."""
    seen = _Seen()
    for match in _TAG.finditer(html):
        tag = match[1].lower()
        values = {key.lower(): value for key, value in _ATTRIBUTE.findall(match[2])}
        if tag in _TASKS and _is_task(tag, values):
            continue
        if tag not in KEPT:
            seen.removed.append(Removed(tag, with_content=tag in _EMPTIED))
            continue
        for key in values:
            plain = key.removeprefix("data-")
            is_style = plain == "style" and tag not in _STYLED_BY_PANDOC
            if plain.startswith("on") or is_style or plain in _REMOTE:
                seen.removed.append(Removed(tag, plain))
        if tag == "a" and "href" in values:
            seen.addresses.append(unescape(values["href"].strip("\"'")).strip())
    return seen


def _is_task(tag: str, values: dict[str, str]) -> bool:
    if tag == "label":
        return not values
    return values.get("type", "").strip("\"'") == "checkbox" and set(values) <= {"type", "checked"}
