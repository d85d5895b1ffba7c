"""A chapter's file as prose: every character that is not prose is masked, and none moves.

Offsets in the mask are offsets in the file. A check that finds something in the mask therefore
knows its place in the source, and ``--fix`` can repair it there. The map of the source
(:mod:`book.markdown.kinds`) says which characters of the body are prose. Also masked are addresses
written as text, keys and technical values of the front matter, the names before the turns of
speakers, and all text in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from book.markdown.kinds.kind import Kind as Source
from book.markdown.kinds.kind import SourceKinds
from book.markdown.sourcemap import SourceMap
from book.markdown.typography import OBJECT

TEXT_FIELDS = frozenset(
    (
        *("title", "short_title", "eyebrow", "byline", "abstract", "keywords", "role"),
        *("territory", "period", "themes", "target_groups", "instruments", "resources"),
        *("results", "indicators", "difficulties", "label", "value", "purpose", "when"),
        *("participants", "duration", "materials", "output"),
    )
)
"""Fields of the front matter whose values are Italian prose."""

# The front matter is read line by line, because the mask needs the offsets of values in the file.
_KEY = re.compile(r"[ \t]*(?:-[ \t]+)*([A-Za-z_]+):(?=\s|$)")
_BULLET = re.compile(r"[ \t]*-[ \t]+")
_YAML_SIGNS = re.compile(
    r"""[\[\]{}"]|(?<![^\W\d_])'|'(?![^\W\d_])|(?<!\S)[>|][+-]?[ \t]*$|(?<!\S)\#.*$"""
)
_ADDRESS = (
    r"(?i:https?://|www\.)[^\s<>\])}»”\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:it|eu|org|com|net)(?![\w.-])(?:/[^\s<>\])}»”]*)?"
)
_ATTRIBUTES = r"\{(?=[#.=:a-z-])[^{}\n]*\}"
_TIME_MARK = r"\[\d?\d:\d\d(?::\d\d)?\]"
_CALL = r"\[\^[^\]\[\s]{1,200}\]:?"
_NO_PROSE = re.compile(rf"{_CALL}|{_ATTRIBUTES}|{_ADDRESS}|{_TIME_MARK}")
"""What the map of the source calls text, but is not prose: calls whose note is missing, attributes
in places where Markdown has none, addresses, time marks of transcripts."""
_MATTER_NO_PROSE = re.compile(
    r"\\[^\s\w]"  # an escaped sign
    r"|</?[A-Za-z][^<>]*>|<[^\s<>]+[:@][^\s<>]+>"  # tags, automatic links
    r"|\]\((?:[^()]|\([^()]*\)){0,2000}\)|\]\[[^\]\n]*\]"  # where links lead
    rf"|{_CALL}|\^(?=\[)|{_ATTRIBUTES}|{_ADDRESS}|{_TIME_MARK}"
)
_ESCAPED = re.compile(r"\\[^\s\w]")
# LOST are words that pandoc drops. The author means them as prose, so they are checked.
_SHOWN = frozenset({Source.PROSE, Source.LOST})
_IN_SPANS = frozenset(Source) - {Source.CODE, Source.COMMENT}
_SHOWN_MARKS = frozenset("*_[]^~|")
"""Marks of Markdown that stay in the mask because rules look at them; all others are masked."""
_FOREIGN = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\]){0,5000})\](\{[^{}\n]*\})")
_LANGUAGE = re.compile(r"""\blang=["']?([A-Za-z-]+)""")
_DIV = re.compile(r"[ ]{0,3}(:{3,})[ \t]*(.*)")
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+](?=\s)|\(?(?:\d{1,9}|[A-Za-z]|#|@)[.)](?=\s)|[:~](?=\s)))+")
_CHECKBOX = re.compile(r"[ \t]*\[[ xX]\](?=\s)")
_HASHES = re.compile(r"[ ]{0,3}#{1,6}(?=\s)")
_RULE = re.compile(r"[\s|:+=~_*-]{2,}")
_COLUMNS = re.compile(r"[ ]*-{2,}(?:[ ]+-{2,})+[ ]*")
_SPEAKER = re.compile(r"[ \t]*\*\*[^*\n]{1,100}:\*\*|[ \t]*\*\*[^*\n]{1,100}\*\*:")


class Kind(StrEnum):
    """The kinds of blocks of prose."""

    MATTER = "front matter"
    HEADING = "heading"
    TABLE = "table"  # its text stands in columns, so a repair may not change a length
    TEXT = "text"


@dataclass(frozen=True)
class Block:
    """A run of lines without a blank one among them: its offsets in the file, and its kind."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Prose:
    """A chapter's file (``text``) and its mask, which has the same length.

    ``body_start`` is the offset at which the front matter ends. ``blocks`` are in the order of the
    file. ``language`` is the chapter's language (BCP 47); a chapter that is not in Italian is
    masked as a whole and has no blocks.
    """

    file: str
    text: str
    mask: str
    body_start: int
    language: str
    blocks: tuple[Block, ...]

    @cached_property
    def positions(self) -> SourceMap:
        return SourceMap(self.text)

    @property
    def is_italian(self) -> bool:
        return self.language.split("-")[0] == "it"

    def place(self, offset: int) -> tuple[str, int, int]:
        """File, line and column (from 1) of an offset."""
        return self.file, self.positions.line(offset), self.positions.column(offset)

    def pieces(self) -> Iterator[tuple[Block, str]]:
        """Each block with its mask."""
        for block in self.blocks:
            yield block, self.mask[block.start : block.end]


def read_prose(matter: str, body: str, kinds: SourceKinds, file: str, language: str) -> Prose:
    """The prose of a chapter's file.

    The file is ``matter`` followed by ``body``; ``kinds`` is the map of ``body``.
    """
    text, body_start = matter + body, len(matter)
    if language.split("-")[0] != "it":
        return Prose(file, text, _hidden(text), body_start, language, ())
    body_mask, blocks = _body(body, kinds)
    matter_mask = _matter(matter)
    shifted = (Block(b.start + body_start, b.end + body_start, b.kind) for b in blocks)
    return Prose(
        file,
        text,
        matter_mask + body_mask,
        body_start,
        language,
        (*_matter_blocks(matter_mask), *shifted),
    )


def parted(text: str) -> tuple[str, str]:
    """Split a chapter's file into the front matter with its delimiters, and the body."""
    found = re.match(r"\s*^---[ \t\r]*\n.*?^(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", text, re.M | re.S)
    start = found.end() if found else 0
    return text[:start], text[start:]


def _hidden(text: str) -> str:
    """``text`` masked, except for its line ends."""
    return re.sub(r"[^\n]", OBJECT, text)


def _marks_hidden(text: str) -> str:
    """``text`` masked, except for its spaces, which rules on spacing look at."""
    return re.sub(r"\S", OBJECT, text)


def _matter(matter: str) -> str:
    """The front matter, masked except for the prose in its text fields."""
    lines = []
    shown = False
    for line in matter.splitlines(keepends=True):
        key = _KEY.match(line)
        if key:
            shown = key[1] in TEXT_FIELDS
        if not shown or line.rstrip() in ("---", "..."):
            lines.append(_hidden(line))
            continue
        bullet = key or _BULLET.match(line)
        start = bullet.end() if bullet else 0
        value = _YAML_SIGNS.sub(lambda m: _marks_hidden(m[0]), line[start:])
        lines.append(_hidden(line[:start]) + _MATTER_NO_PROSE.sub(lambda m: _hidden(m[0]), value))
    return "".join(lines)


def _matter_blocks(mask: str) -> Iterator[Block]:
    """The blocks of the front matter, one for each value: with its lines of continuation."""
    for found in re.finditer(rf"[^\n{OBJECT}][^\n]*\n(?:[ \t]+[^\s{OBJECT}][^\n]*\n)*", mask):
        yield Block(found.start(), found.end(), Kind.MATTER)


def _body(body: str, kinds: SourceKinds) -> tuple[str, list[Block]]:
    """The mask of the body and its blocks.

    The map decides character by character. Then whole spans are masked, then what lines tell by
    their form, at last what looks like an address, a call or an attribute.
    """
    signs = list(map(_masked, body, kinds.letters))
    for start, end in (*_escaped(body, kinds), *_foreign(body, kinds)):
        signs[start:end] = _hidden(body[start:end])
    lines = list(_Lines(body, kinds, "".join(signs)).masked())
    mask = "\n".join(line for line, _ in lines)
    mask = _NO_PROSE.sub(lambda m: _hidden(m[0]), mask)
    return mask, list(_blocks([kind for _, kind in lines], mask.split("\n")))


def _masked(character: str, letter: str) -> str:
    """A character of the mask; ``letter`` is what the map says of it."""
    is_mark = letter == Source.MARK and (character.isspace() or character in _SHOWN_MARKS)
    return character if letter in _SHOWN or is_mark or character == "\n" else OBJECT


def _escaped(body: str, kinds: SourceKinds) -> Iterator[tuple[int, int]]:
    """The spans of escaped characters: the author has written them so on purpose."""
    for found in _ESCAPED.finditer(body):
        if kinds.letters[found.start()] == Source.MARK:
            yield found.span()


def _foreign(body: str, kinds: SourceKinds) -> Iterator[tuple[int, int]]:
    """The inline spans in another language: ``[words]{lang=en}``."""
    for found in _FOREIGN.finditer(kinds.shown(body, _IN_SPANS, OBJECT)):
        language = _LANGUAGE.search(found[2])
        is_foreign = language is not None and language[1].split("-")[0] != "it"
        if is_foreign and kinds.letters[found.start(2)] == Source.ATTRIBUTE:
            yield found.span()


class _Lines:
    """Masks the lines of a body one after the other, and tells the kind of each line's block.

    The object remembers which fenced divisions are open: text in a foreign one is masked.
    """

    def __init__(self, body: str, kinds: SourceKinds, mask: str) -> None:
        self._lines = zip(body.split("\n"), mask.split("\n"), strict=True)
        self._letters = kinds.letters
        self._divs: list[bool] = []  # open fenced divisions: whether each is foreign

    def masked(self) -> Iterator[tuple[str, Kind]]:
        offset = 0
        for line, mask in self._lines:
            yield self._line(line, mask, self._letters[offset : offset + len(line)])
            offset += len(line) + 1

    def _line(self, line: str, mask: str, letters: str) -> tuple[str, Kind]:
        if letters[len(line) - len(line.lstrip()) :][:1] == Source.CODE:
            return mask, Kind.TEXT
        # From here on the form of the line decides, not the map: marks that Markdown does not take
        # for marks (a list without a blank line before it) are no prose, either.
        if div := _DIV.fullmatch(line.rstrip()):
            self._division(div[2])
            return _hidden(line), Kind.TEXT
        if any(self._divs):
            return _hidden(line), Kind.TEXT
        if line.strip() and _RULE.fullmatch(line):
            kind = Kind.TABLE if re.search(r"[|+]|-\s+-", line) else Kind.TEXT
            return _hidden(line), Kind.TABLE if _COLUMNS.fullmatch(line) else kind
        if hashes := _HASHES.match(line):
            return _marks_hidden(hashes[0]) + mask[hashes.end() :], Kind.HEADING
        lead = _LEAD.match(line)
        at = lead.end() if lead else 0
        if box := _CHECKBOX.match(line, at):
            at = box.end()
        if speaker := _SPEAKER.match(line, at):
            at = speaker.end()
        kind = Kind.TABLE if line.lstrip().startswith(("|", "+")) or " | " in line else Kind.TEXT
        return _marks_hidden(mask[:at]) + mask[at:], kind

    def _division(self, rest: str) -> None:
        """Open a fenced division, or close the last one when ``rest`` names nothing."""
        if not rest.strip(": \t"):
            del self._divs[-1:]
            return
        language = _LANGUAGE.search(rest)
        self._divs.append(bool(language) and str(language and language[1])[:2] != "it")


def _blocks(kinds: list[Kind], masks: list[str]) -> Iterator[Block]:
    """The blocks of a body: runs of lines whose mask is not blank; a heading is a block of its own.

    A block with one line of a table is a table as a whole.
    """
    start = offset = 0
    run: list[Kind] = []
    for kind, mask in zip([*kinds, Kind.TEXT], [*masks, ""], strict=True):
        is_blank = not mask.strip()
        if run and (is_blank or kind is Kind.HEADING or run[-1] is Kind.HEADING):
            whole = next((k for k in (Kind.TABLE, Kind.HEADING) if k in run), Kind.TEXT)
            yield Block(start, offset - 1, whole)
            run = []
        if not is_blank:
            if not run:
                start = offset
            run.append(kind)
        offset += len(mask) + 1
