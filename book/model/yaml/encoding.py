"""Bytes to text: UTF-8 alone, and a plain word about anything else."""

from __future__ import annotations

import re
from pathlib import Path

from book.findings import Finding
from book.model.yaml import codes as yaml_codes

BOM = b"\xef\xbb\xbf"
YAML_LIMIT = 1_000_000
"""The most bytes that a YAML file may have."""
CHAPTER_LIMIT = 10_000_000
"""The most bytes that a chapter may have: some thousand pages."""

DECEPTIVE = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Characters that make a text read otherwise than it is: those that turn its direction round
(Unicode TR 36, section 2.7; CVE-2021-42574, «Trojan Source»), and tags, which nobody sees."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    f"{DECEPTIVE.pattern[1:]}"
)
"""Characters that no source needs: control characters (tab and line feed are not among them),
Unicode's own line separators, the BOM inside a text, noncharacters, lone surrogates, and those
that deceive."""

MAX_LINES_NAMED = 20
"""A file full of control characters is no text; more lines would say no more."""

_WIDE_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# The 8-bit encodings that Italian files come in, most likely first, and what such files hold
# beyond ASCII: the guess is the encoding that makes the most of the bytes into these.
_CANDIDATES = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "CP850 (MS-DOS)"))
_ITALIAN = frozenset("àèéìòùÀÈÉÌÒÙ«»“”‘’–—…€°·ç\u00a0")


def character_name(character: str) -> str:
    """``U+0007``: how findings name a character that cannot be shown."""
    return f"U+{ord(character):04X}"


def read_text(path: Path, file: str, limit: int) -> tuple[str | None, list[Finding]]:
    """The text of a file, decoded, with line feeds alone; ``limit`` in bytes.

    ``file`` names the file in findings. None when it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            return None, [yaml_codes.UNREADABLE.at(file, reason="not a regular file")]
        size = path.stat().st_size
        if size > limit:
            return None, [yaml_codes.TOO_BIG.at(file, size=size, limit=limit)]
        content = path.read_bytes()
    except OSError as error:
        return None, [yaml_codes.UNREADABLE.at(file, reason=error.strerror or type(error).__name__)]
    return decode(content, file)


def decode(content: bytes, file: str) -> tuple[str | None, list[Finding]]:
    """UTF-8 bytes (a BOM is accepted) as text with line feeds alone, or None and the finding."""
    wide = _wide_encoding(content)
    if wide:
        return None, [yaml_codes.UTF16.at(file, guess=wide, bytes=content[:4].hex(" ").upper())]
    body = content.removeprefix(BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(body, error.start, len(content) - len(body), file)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32, told by the BOM or by the zeros in every other byte."""
    for bom, name in _WIDE_BOMS:
        if content.startswith(bom):
            return name
    head = content[:1000]
    for half in (head[0::2], head[1::2]):
        if len(half) > 1 and half.count(0) * 2 > len(half) and head.count(0) * 4 < len(head) * 3:
            return "UTF-16"
    return None


def _not_utf8(body: bytes, start: int, skipped: int, file: str) -> Finding:
    before = body[:start].decode("utf-8")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    values = {"byte": f"0x{body[start]:02X}", "offset": start + skipped + 1}
    guess = _guess(body)
    if guess:
        return yaml_codes.NOT_UTF8_GUESS.at(file, line, column, guess=guess, **values)
    return yaml_codes.NOT_UTF8.at(file, line, column, **values)


def _guess(body: bytes) -> str | None:
    """The 8-bit encoding in which most bytes beyond ASCII make sense in Italian."""
    high = bytes(byte for byte in body if byte >= 0x80)
    scores = []
    for codec, name in _CANDIDATES:
        decoded = high.decode(codec, "replace")
        scores.append((sum(c in _ITALIAN for c in decoded), name))
    best = max(score for score, _ in scores)
    # A file of valid UTF-8 with one damaged place is no other encoding: in UTF-8 every accent
    # takes two bytes, of which at most one looks like Italian elsewhere.
    if best * 3 < len(high) * 2:
        return None
    return next(name for score, name in scores if score == best)
