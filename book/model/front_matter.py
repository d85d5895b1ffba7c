"""Splits a chapter file into its front matter (YAML) and its body (Markdown)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from book.findings import Finding
from book.model import codes
from book.model.yaml import codes as yaml_codes
from book.model.yaml.encoding import DECEPTIVE, MAX_LINES_NAMED, UNPRINTABLE, character_name

_END = ("---", "...")
_WORD = re.compile(r"[^\W_]")
# Unprintable characters that separate words. They become a space; all others may stand inside a
# word and are removed.
_SEPARATORS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")


@dataclass(frozen=True)
class ChapterFile:
    """The two parts of a chapter file, and the line of the file, from 1, at which each starts."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(text: str, file: str) -> tuple[ChapterFile | None, list[Finding]]:
    """Split a chapter at its front matter (``---`` to ``---`` or ``...``).

    Unprintable characters are removed from the body: they are invisible, and pandoc takes tens of
    seconds for some of them. Returns None, with a finding, when the front matter or its end is
    missing. A body without words is an error, too.
    """
    lines = text.split("\n")
    opening = next((i for i, line in enumerate(lines) if line.strip()), None)
    if opening is None:
        return None, [yaml_codes.EMPTY_FILE.at(file, fields="title")]
    if lines[opening].rstrip() != "---":
        return None, [codes.NO_FRONT_MATTER.at(file, opening + 1, 1)]
    closing = next((i for i in range(opening + 1, len(lines)) if lines[i].rstrip() in _END), None)
    if closing is None:
        return None, [codes.FRONT_MATTER_OPEN.at(file, opening + 1, 1)]
    body_line = closing + 2
    body, findings = _cleaned("\n".join(lines[closing + 1 :]), file, body_line)
    if not _WORD.search(_without_comments(body)):
        findings.append(codes.EMPTY_CHAPTER.at(file, min(body_line, len(lines)), 1))
    yaml = "\n".join(lines[opening + 1 : closing]) + "\n"
    return ChapterFile(yaml, opening + 2, body, body_line), findings


def _cleaned(body: str, file: str, body_line: int) -> tuple[str, list[Finding]]:
    """The body without unprintable characters.

    Each kind of character gets a hint; deceptive ones get a warning for each line instead.
    """
    if not UNPRINTABLE.search(body):
        return body, []
    findings = _deceptive(body, file, body_line)
    for character in dict.fromkeys(UNPRINTABLE.findall(body)):
        if DECEPTIVE.match(character):
            continue
        at = body.index(character)
        findings.append(
            codes.CONTROL_IN_BODY.at(
                file,
                body_line + body.count("\n", 0, at),
                at - (body.rfind("\n", 0, at) + 1) + 1,
                character=character_name(character),
                count=body.count(character),
            )
        )
    return UNPRINTABLE.sub(lambda m: " " if m.group() in _SEPARATORS else "", body), findings


def _deceptive(body: str, file: str, body_line: int) -> list[Finding]:
    """A warning for each of the first lines that hold a deceptive character."""
    lines = ((n, DECEPTIVE.search(line)) for n, line in enumerate(body.split("\n"), body_line))
    findings = (
        codes.DECEPTIVE_IN_BODY.at(
            file, number, match.start() + 1, character=character_name(match.group())
        )
        for number, match in lines
        if match
    )
    return list(islice(findings, MAX_LINES_NAMED))


def _without_comments(body: str) -> str:
    """The body without HTML comments.

    Takes linear time. A regular expression takes quadratic time on many ``<!--`` without an end.
    """
    kept = []
    at = 0
    while (opened := body.find("<!--", at)) >= 0:
        closed = body.find("-->", opened + 4)
        if closed < 0:
            break
        kept.append(body[at:opened])
        at = closed + 3
    return "".join((*kept, body[at:]))
