"""Checks on web addresses that need no network: form, scheme, tracking parameters, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from book.findings import Finding
from book.lint import codes
from book.markdown.dom import BLOCKS, elements, line_of, name

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.I)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z][\w-]+|localhost", re.I)
_NAMES_NOT_PLACES = ("http://data.europa.eu/", "http://www.w3.org/", "http://purl.org/")
"""Identifiers that look like addresses and start with http:// by definition, such as the ELIs of EU
law and namespaces. Nobody is to change them to https://."""


def check(body: etree._Element, file: str) -> Iterator[Finding]:
    """Findings on the web addresses in a chapter's links. ``body`` is its parsed tree."""
    in_blocks: set[tuple[int, str]] = set()
    blocks: dict[etree._Element, int] = {}
    for link in elements(body, "a"):
        address = link.get("href", "")
        if not address.lower().startswith(("http://", "https://")):
            continue
        if "time-mark" in link.get("class", ""):
            continue
        line = line_of(link)
        yield from _address(address, file, line)
        block = next((e for e in link.iterancestors() if name(e) in BLOCKS), body)
        place = (blocks.setdefault(block, len(blocks)), address)
        if place in in_blocks and name(block) == "p":
            yield codes.ADDRESS_TWICE.at(file, line, address=address)
        in_blocks.add(place)


def _address(address: str, file: str, line: int) -> Iterator[Finding]:
    """Findings on one address: mistakes of form, plain HTTP, tracking parameters.

    Typical mistakes are two addresses in one, and a full stop or comma of the sentence at the end.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        yield codes.ADDRESS_BAD.at(file, line, address=address)
        return
    is_bad = (
        not _HOST.fullmatch(host)
        or "://" in address.partition("?")[0][8:]
        or address.endswith((",", ";", "."))
        or ".." in host
    )
    if is_bad:
        yield codes.ADDRESS_BAD.at(file, line, address=address)
    elif parts.scheme == "http" and not address.startswith(_NAMES_NOT_PLACES):
        yield codes.ADDRESS_PLAIN.at(file, line, address=address)
    for parameter, _ in parse_qsl(parts.query):
        if _TRACKING.fullmatch(parameter):
            yield codes.ADDRESS_TRACKED.at(file, line, parameter=parameter)
