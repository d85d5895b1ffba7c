"""``--fix``: repairs that nobody has to think about, in the source file.

Repaired is what a rule of :mod:`book.lint.typography` is sure of, and the signs that
the build would set anyway. Words stay as they are but for their accents; code, HTML, addresses,
the keys of the front matter and everything else that the mask hides stay byte for byte. A file
in which the map of the source cannot tell code from text for sure stays as it is.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from book.findings import Finding
from book.lint import language_codes as codes
from book.lint.prose import Block, Kind, Prose, parted, read_prose
from book.lint.typography import Fault, faults
from book.markdown.kinds.kind import UNTOUCHED, SourceKinds
from book.markdown.kinds.reading import kinds_of
from book.markdown.pandoc import PandocFailed
from book.markdown.plain import words_of
from book.markdown.typography import OBJECT, SIGNS, italian_segments
from book.model.yaml.encoding import BOM, CHAPTER_LIMIT, read_text
from book.model.yaml.source import parse_yaml
from book.system.scratch import folder_beside

_ROUNDS = 6
_LETTERS_ALONE = frozenset(
    (
        *(codes.ACCENT, codes.NO_ACCENT, codes.APOSTROPHE_FOR_ACCENT, codes.NEEDLESS_ACCENT),
        *(codes.APOSTROPHE_SIGN, codes.SPACE_DOUBLED),
    )
)
"""What may be repaired in a heading without an id of its own: its id, which links may name, is
made from its text."""


def repaired(
    text: str,
    language: str,
    *,
    signs: bool = True,
    known: Mapping[str, SourceKinds] = MappingProxyType({}),
) -> str:
    """The chapter file's ``text``, repaired; the same text when nothing is to be repaired.

    ``signs`` says whether the edition has its quotation marks, apostrophes and dashes set.
    ``known`` are maps of bodies that have been read already. A text stays as it is whose map is
    not exact, and one whose repair would lose or make a word, touch what is no text, or never
    come to rest.
    """
    if OBJECT in text or language.split("-")[0] != "it":
        return text
    desk = _Desk(language, dict(known))
    result = text
    try:
        for _ in range(_ROUNDS):
            before = result
            result = _faults_repaired(desk.prose(result))
            if signs:
                result = _signs_set(desk.prose(result))
            if result == before:
                return result if desk.is_the_same(text, result) else text
    except _NotSure:
        pass
    return text


class _NotSure(Exception):
    """What is text and what is code in a chapter is not proved."""


@dataclass
class _Desk:
    """A chapter in repair: its language, and the maps of its bodies that were made so far."""

    language: str
    maps: dict[str, SourceKinds]

    def prose(self, text: str) -> Prose:
        """The prose of the file's text. Raises _NotSure."""
        matter, body = parted(text)
        return read_prose(matter, body, self._map(body), "", self.language)

    def is_the_same(self, before: str, after: str) -> bool:
        """Whether the repair kept words, code, addresses, and the meaning of the front matter."""
        if before == after:
            return True
        (matter, body), (new_matter, new_body) = parted(before), parted(after)
        untouched = self._map(body).only(body, UNTOUCHED)
        return (
            untouched == self._map(new_body).only(new_body, UNTOUCHED)
            and _words(before) == _words(after)
            and _shape(matter) == _shape(new_matter)
        )

    def _map(self, body: str) -> SourceKinds:
        if body not in self.maps:
            try:
                self.maps[body] = kinds_of(body)
            except PandocFailed as failure:
                raise _NotSure from failure
        if not self.maps[body].exact:
            raise _NotSure
        return self.maps[body]


def _faults_repaired(prose: Prose) -> str:
    text = prose.text
    end = len(text)
    for fault in sorted(faults(prose), key=lambda f: (-f.start, -f.end)):
        if fault.end <= end and _is_safe(fault, prose):
            text = text[: fault.start] + str(fault.proposal) + text[fault.end :]
            end = fault.start
    return text


def _is_safe(fault: Fault, prose: Prose) -> bool:
    if not fault.rule.sure or fault.proposal is None:
        return False
    written = prose.text[fault.start : fault.end]
    if written != prose.mask[fault.start : fault.end] or written == fault.proposal:
        return False
    if fault.block.kind is Kind.TABLE:
        return len(fault.proposal) == len(written)
    if fault.block.kind is Kind.HEADING and not _has_id(fault.block, prose):
        return fault.rule.code in _LETTERS_ALONE
    return True


def _has_id(block: Block, prose: Prose) -> bool:
    return "{#" in prose.text[block.start : block.end]


def _signs_set(prose: Prose) -> str:
    """The text with the signs of its paragraphs set as the build sets them."""
    parts = []
    at = 0
    for block in prose.blocks:
        if block.kind is not Kind.TEXT:
            continue
        parts.append(prose.text[at : block.start])
        parts.append("".join(_paragraph(prose, block)))
        at = block.end
    return "".join((*parts, prose.text[at:]))


def _paragraph(prose: Prose, block: Block) -> Iterator[str]:
    mask = prose.mask[block.start : block.end]
    pieces = re.split(f"({OBJECT}+)", mask)
    new, _ = italian_segments([OBJECT if OBJECT in p else p for p in pieces], SIGNS)
    at = block.start
    for piece, changed in zip(pieces, new, strict=True):
        yield prose.text[at : at + len(piece)] if OBJECT in piece else changed
        at += len(piece)


def _words(text: str) -> list[str]:
    """The words without their accents, and without the signs of ordinals."""
    plain = unicodedata.normalize("NFD", " ".join(words_of(re.sub("[°º]", "", text))))
    return "".join(c for c in plain if not unicodedata.combining(c)).split()


def _shape(matter: str) -> Any:
    """The front matter's keys, in order, and how many values each has."""
    lines = matter.split("\n")
    source, findings = parse_yaml("\n".join(lines[1:-2]) + "\n", "")
    if source is None:
        return [finding.code.id for finding in findings]
    return [(path, type(value)) for path, value in source.values.items()]


def difference(before: str, after: str, file: str) -> str:
    """The unified difference of two versions of ``file``; empty when they are the same."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), file, file
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def fix_file(
    path: Path,
    file: str,
    language: str,
    *,
    signs: bool = True,
    known: Mapping[str, SourceKinds] = MappingProxyType({}),
) -> tuple[str, list[Finding]]:
    """Repair a chapter's file in place; the difference, and why it could not be read.

    ``signs`` and ``known`` are those of :func:`repaired`. The file is written whole or not at
    all; its line ends and its BOM stay.
    """
    before, findings = read_text(path, file, CHAPTER_LIMIT)
    if before is None or path.is_symlink():
        return "", findings
    content = path.read_bytes()
    line_end = "\r\n" if b"\r\n" in content else "\n"
    bom = BOM if content.startswith(BOM) else b""
    if bom + before.replace("\n", line_end).encode() != content:
        return "", []  # line ends of more than one kind: a person has to say which
    after = repaired(before, language, signs=signs, known=known)
    if after == before:
        return "", []
    _write(path, bom + after.replace("\n", line_end).encode())
    return difference(before, after, file), []


def _write(path: Path, content: bytes) -> None:
    with folder_beside(path.parent, ".fix~") as folder:
        new = folder / path.name
        new.write_bytes(content)
        new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
