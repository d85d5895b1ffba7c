"""Reads files as UTF-8; a file in another encoding gets a finding that guesses which one."""

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
"""Characters that make a text read otherwise than it is: controls that reverse its direction
(Unicode TR 36, section 2.7; CVE-2021-42574, «Trojan Source»), and tag characters, which are
invisible."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    f"{DECEPTIVE.pattern[1:]}"
)
"""Characters that no source needs: control characters (but for tab and line feed), Unicode's line
separators, the BOM inside a text, noncharacters, lone surrogates, and those of
:data:`DECEPTIVE`."""

MAX_LINES_NAMED = 20
"""The most lines with unprintable characters that get a finding. A file with more is no text, and
more findings would not help."""

_WIDE_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# The 8-bit encodings that Italian files come in, most likely first, and the characters beyond
# ASCII that Italian texts use. The guess is the encoding that decodes most bytes to those.
_CANDIDATES = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "CP850 (MS-DOS)"))
_ITALIAN = frozenset("àèéìòùÀÈÉÌÒÙ«»“”‘’–—…€°·ç\u00a0")


def character_name(character: str) -> str:
    """The code point of a character that cannot be shown, for findings: ``U+0007``."""
    return f"U+{ord(character):04X}"


def read_text(path: Path, file: str, limit: int) -> tuple[str | None, list[Finding]]:
    """The text of a file, with line feeds as line ends; None with a finding if it has none.

    ``file`` names the file in findings. ``limit`` is the largest size, in bytes.
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
    """Decode UTF-8, with or without BOM; line ends become line feeds. Else None and a finding."""
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
    """The name of a wide encoding, told by its BOM or by zeros in every other byte; else None."""
    for bom, name in _WIDE_BOMS:
        if content.startswith(bom):
            return name
    # Without a BOM: in UTF-16 the high byte of most letters is zero, so one of the two halves is
    # mostly zeros and the whole is not.
    head = content[:1000]
    for half in (head[0::2], head[1::2]):
        if len(half) > 1 and half.count(0) * 2 > len(half) and head.count(0) * 4 < len(head) * 3:
            return "UTF-16"
    return None


def _not_utf8(body: bytes, start: int, skipped: int, file: str) -> Finding:
    """The finding for the invalid byte at ``start`` of ``body``, which had a BOM of ``skipped``."""
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
    """The 8-bit encoding that decodes two thirds of the bytes beyond ASCII to Italian characters.

    None when there is none.
    """
    high = bytes(byte for byte in body if byte >= 0x80)
    scores = []
    for codec, name in _CANDIDATES:
        decoded = high.decode(codec, "replace")
        scores.append((sum(c in _ITALIAN for c in decoded), name))
    best = max(score for score, _ in scores)
    # The threshold keeps a UTF-8 file with one damaged place from being taken for another
    # encoding: in UTF-8 every accented letter takes two bytes, and an 8-bit encoding decodes at
    # most one of the two to an Italian character.
    if best * 3 < len(high) * 2:
        return None
    return next(name for score, name in scores if score == best)
