"""``./inv check --fix``: repairs chapters in their source files.

It repairs faults for which a rule of :mod:`book.lint.typography` is sure of the remedy, and writes
the quotation marks, apostrophes and dashes that the build would set anyway. Words change in nothing
but their accents. Code, HTML, addresses, the keys of the front matter and all else that is masked
stay as they are, to the byte. A file in which the map of the source is not exact is not repaired,
because code may be taken for text in it.
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
"""A repair may make another one possible. A text that changes so often is left as it is."""
_LETTERS_ALONE = frozenset(
    (
        *(codes.ACCENT, codes.NO_ACCENT, codes.APOSTROPHE_FOR_ACCENT, codes.NEEDLESS_ACCENT),
        *(codes.APOSTROPHE_SIGN, codes.SPACE_DOUBLED),
    )
)
"""Codes that may be repaired in a heading without an explicit id. Its id is made from its text, and
links may name it; these repairs do not change the id."""


def repaired(
    text: str,
    language: str,
    *,
    signs: bool = True,
    known: Mapping[str, SourceKinds] = MappingProxyType({}),
) -> str:
    """Repair the ``text`` of a chapter's file; return it unchanged when there is nothing to repair.

    ``signs`` is whether the build sets quotation marks, apostrophes and dashes in this edition.
    ``known`` are maps of bodies that the caller has already. The text is returned unchanged if its
    map is not exact, if it is not in Italian, or if the repair would change words or anything that
    is not text, or does not end.
    """
    if OBJECT in text or language.split("-")[0] != "it":
        return text
    repair = _Repair(language, dict(known))
    result = text
    try:
        for _ in range(_ROUNDS):
            before = result
            result = _faults_repaired(repair.prose(result))
            if signs:
                result = _signs_set(repair.prose(result))
            if result == before:
                return result if repair.keeps_content(text, result) else text
    except _UncertainMap:
        pass
    return text


class _UncertainMap(Exception):
    """The map of a chapter is not exact, so code cannot be told from text with certainty."""


@dataclass
class _Repair:
    """The repair of one chapter: its language, and the maps of all versions of its body so far."""

    language: str
    maps: dict[str, SourceKinds]

    def prose(self, text: str) -> Prose:
        """The prose of a version of the file. Raises _UncertainMap."""
        matter, body = parted(text)
        return read_prose(matter, body, self._map(body), "", self.language)

    def keeps_content(self, before: str, after: str) -> bool:
        """Whether both versions have the same words, code, addresses and front matter fields."""
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
                raise _UncertainMap from failure
        if not self.maps[body].exact:
            raise _UncertainMap
        return self.maps[body]


def _faults_repaired(prose: Prose) -> str:
    """The text with all safe proposals of rules in place."""
    # From the end to the beginning, so that the offsets of faults not yet repaired stay right.
    text = prose.text
    end = len(text)
    for fault in sorted(faults(prose), key=lambda f: (-f.start, -f.end)):
        if fault.end <= end and _is_safe(fault, prose):
            text = text[: fault.start] + str(fault.proposal) + text[fault.end :]
            end = fault.start
    return text


def _is_safe(fault: Fault, prose: Prose) -> bool:
    """Whether a fault may be repaired without asking a person."""
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
    """The text with the signs of its paragraphs (quotation marks, apostrophes, dashes) set."""
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
    """The pieces of a paragraph: what is masked from the file, the rest with its signs set.

    Masked pieces are handed to the function as objects, because the sign beside one (an opening or
    a closing quotation mark) depends on whether something stands there.
    """
    mask = prose.mask[block.start : block.end]
    pieces = re.split(f"({OBJECT}+)", mask)
    new, _ = italian_segments([OBJECT if OBJECT in p else p for p in pieces], SIGNS)
    at = block.start
    for piece, changed in zip(pieces, new, strict=True):
        yield prose.text[at : at + len(piece)] if OBJECT in piece else changed
        at += len(piece)


def _words(text: str) -> list[str]:
    """The words of ``text`` without accents and ordinal signs, which repairs may change."""
    plain = unicodedata.normalize("NFD", " ".join(words_of(re.sub("[°º]", "", text))))
    return "".join(c for c in plain if not unicodedata.combining(c)).split()


def _shape(matter: str) -> Any:
    """The paths of the front matter in order, each with the type of its value.

    For front matter that is not valid YAML, the codes of its findings.
    """
    lines = matter.split("\n")
    source, findings = parse_yaml("\n".join(lines[1:-2]) + "\n", "")
    if source is None:
        return [finding.code.id for finding in findings]
    return [(path, type(value)) for path, value in source.values.items()]


def difference(before: str, after: str, file: str) -> str:
    """The unified diff of two versions of ``file``; empty when they are equal."""
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
    """Repair a chapter's file in place; return the diff, and findings if it could not be read.

    ``signs`` and ``known`` are those of :func:`repaired`. The file is replaced atomically; its line
    ends and its BOM stay. Symlinks are not followed: such a file is not repaired.
    """
    before, findings = read_text(path, file, CHAPTER_LIMIT)
    if before is None or path.is_symlink():
        return "", findings
    content = path.read_bytes()
    line_end = "\r\n" if b"\r\n" in content else "\n"
    bom = BOM if content.startswith(BOM) else b""
    if bom + before.replace("\n", line_end).encode() != content:
        return "", []  # the file mixes line ends; a repair would have to choose one
    after = repaired(before, language, signs=signs, known=known)
    if after == before:
        return "", []
    _write(path, bom + after.replace("\n", line_end).encode())
    return difference(before, after, file), []


def _write(path: Path, content: bytes) -> None:
    """Replace the file atomically; its permissions stay."""
    with folder_beside(path.parent, ".fix~") as folder:
        new = folder / path.name
        new.write_bytes(content)
        new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
