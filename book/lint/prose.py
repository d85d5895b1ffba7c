"""A chapter file as running text: every character that is no prose is masked, none moves.

Offsets in the mask are offsets in the file, so whatever a check finds in the mask it finds in
the source, and a repair of the mask is a repair of the file. What is prose in the body, the map
of the source says (:mod:`book.markdown.kinds`). Masked are also addresses written as text, keys
and technical values of the front matter, the names before a speaker's turn, and all that is in
another language.
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
"""What is text to Markdown, and no prose: calls without a note, attributes where there can be
none, addresses, time marks of transcripts."""
_MATTER_NO_PROSE = re.compile(
    r"\\[^\s\w]"  # an escaped sign
    r"|</?[A-Za-z][^<>]*>|<[^\s<>]+[:@][^\s<>]+>"  # tags, automatic links
    r"|\]\((?:[^()]|\([^()]*\)){0,2000}\)|\]\[[^\]\n]*\]"  # where links lead
    rf"|{_CALL}|\^(?=\[)|{_ATTRIBUTES}|{_ADDRESS}|{_TIME_MARK}"
)
_ESCAPED = re.compile(r"\\[^\s\w]")
_SHOWN = frozenset({Source.PROSE, Source.LOST})
_IN_SPANS = frozenset(Source) - {Source.CODE, Source.COMMENT}
_SHOWN_MARKS = frozenset("*_[]^~|")
"""Marks of Markdown that rules look at; all others are masked."""
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
    """What a block of prose is."""

    MATTER = "front matter"
    HEADING = "heading"
    TABLE = "table"  # characters stand in columns: nothing may change its length
    TEXT = "text"


@dataclass(frozen=True)
class Block:
    """Lines without a blank one among them: their offsets in the file, and what they are."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Prose:
    """A chapter's file, and its mask of the same length; ``blocks`` in order of the file.

    ``language`` is the chapter's (BCP 47); the mask of one that is not Italian holds no words.
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
    """The prose of a chapter file: ``kinds`` is the map of ``body``, which follows ``matter``."""
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
    """The front matter of a chapter file, with its marks, and the body."""
    found = re.match(r"\s*^---[ \t\r]*\n.*?^(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", text, re.M | re.S)
    start = found.end() if found else 0
    return text[:start], text[start:]


def _hidden(text: str) -> str:
    return re.sub(r"[^\n]", OBJECT, text)


def _marks_hidden(text: str) -> str:
    """The text with its marks masked and its spaces left."""
    return re.sub(r"\S", OBJECT, text)


def _matter(matter: str) -> str:
    """The front matter with everything masked but the prose of its text fields."""
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
    """The values of the front matter: a block ends where the next key or entry begins."""
    for found in re.finditer(rf"[^\n{OBJECT}][^\n]*\n(?:[ \t]+[^\s{OBJECT}][^\n]*\n)*", mask):
        yield Block(found.start(), found.end(), Kind.MATTER)


def _body(body: str, kinds: SourceKinds) -> tuple[str, list[Block]]:
    signs = list(map(_masked, body, kinds.letters))
    for start, end in (*_escaped(body, kinds), *_foreign(body, kinds)):
        signs[start:end] = _hidden(body[start:end])
    lines = list(_Lines(body, kinds, "".join(signs)).masked())
    mask = "\n".join(line for line, _ in lines)
    mask = _NO_PROSE.sub(lambda m: _hidden(m[0]), mask)
    return mask, list(_blocks([kind for _, kind in lines], mask.split("\n")))


def _masked(character: str, letter: str) -> str:
    is_mark = letter == Source.MARK and (character.isspace() or character in _SHOWN_MARKS)
    return character if letter in _SHOWN or is_mark or character == "\n" else OBJECT


def _escaped(body: str, kinds: SourceKinds) -> Iterator[tuple[int, int]]:
    """Signs that a backslash keeps as they are."""
    for found in _ESCAPED.finditer(body):
        if kinds.letters[found.start()] == Source.MARK:
            yield found.span()


def _foreign(body: str, kinds: SourceKinds) -> Iterator[tuple[int, int]]:
    """Spans in another language."""
    for found in _FOREIGN.finditer(kinds.shown(body, _IN_SPANS, OBJECT)):
        language = _LANGUAGE.search(found[2])
        is_foreign = language is not None and language[1].split("-")[0] != "it"
        if is_foreign and kinds.letters[found.start(2)] == Source.ATTRIBUTE:
            yield found.span()


class _Lines:
    """The lines of a body, masked one after the other, each with the kind of its block."""

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
        # Marks that did not take (a list without a blank line before it) are no prose, either.
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
        if not rest.strip(": \t"):
            del self._divs[-1:]
            return
        language = _LANGUAGE.search(rest)
        self._divs.append(bool(language) and str(language and language[1])[:2] != "it")


def _blocks(kinds: list[Kind], masks: list[str]) -> Iterator[Block]:
    """Runs of lines that are not blank; a heading is a run of its own."""
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
