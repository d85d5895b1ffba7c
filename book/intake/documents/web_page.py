"""Prepares a web page for pandoc: decodes it, extracts embedded pictures, checks its depth."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from book.findings import Finding
from book.intake.documents import codes

DEPTH_LIMIT = 100
"""The most levels of nested elements. Pandoc's time grows at least with the square of the depth."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([A-Za-z0-9_-]+)", re.I)
_CHARSETS = {
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",  # as browsers read it (WHATWG Encoding, 4.2)
    "macintosh": "mac_roman",
}
_HEAD = 4096
"""The number of bytes, from the start, in which a declaration of the encoding is looked for."""
_EMBEDDED = re.compile(r"""(["'])data:image/[a-z0-9.+-]{1,40};base64,([A-Za-z0-9+/=\s]*)\1""", re.I)
_ADDRESS = "embedded-{number}"
# Elements without an end tag, and those whose end tag may be omitted (HTML, section 13.1.2).
_NEVER_CLOSED = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"),
        *("tfoot", "colgroup", "rt", "rp", "html", "head", "body"),
    }
)


@dataclass(frozen=True)
class WebPage:
    """A page's markup, and its embedded pictures by the address that replaces each."""

    text: str
    media: dict[str, bytes]


def web_page(content: bytes, file: str) -> tuple[WebPage | None, list[Finding]]:
    """Decode a page, as UTF-8 if it is, else by the encoding that it declares.

    Returns None, with a finding, when neither works or elements are nested too deep. Pictures in
    ``data:`` addresses are extracted here, because pandoc takes seconds for a megabyte of base64.
    """
    text = _decoded(content)
    if text is None:
        return None, [codes.NOT_UTF8.at(file)]
    media: dict[str, bytes] = {}

    def extract(match: re.Match[str]) -> str:
        address = _ADDRESS.format(number=len(media) + 1)
        try:
            media[address] = base64.b64decode(match[2])
        except binascii.Error:
            media[address] = b""  # reported as a picture that cannot be read
        return f"{match[1]}{address}{match[1]}"

    text = _EMBEDDED.sub(extract, text)
    depth = _Depth()
    depth.feed(text)
    if depth.deepest > DEPTH_LIMIT:
        return None, [codes.TOO_DEEP.at(file)]
    return WebPage(text, media), []


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:_HEAD])
        codec = _CHARSETS.get(declared[1].decode().lower()) if declared else None
        return content.decode(codec, "replace") if codec else None


class _Depth(HTMLParser):
    """Counts how deep elements that need an end tag are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _NEVER_CLOSED:
            self.level += 1
            self.deepest = max(self.deepest, self.level)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Ignore it: an element without contents adds no depth."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _NEVER_CLOSED:
            self.level = max(0, self.level - 1)
