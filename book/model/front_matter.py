"""A chapter file: its front matter in YAML, and its body in Markdown."""

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
# These part words, so a space takes their place; the others stand inside words.
_SEPARATORS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")


@dataclass(frozen=True)
class ChapterFile:
    """A chapter file taken apart; lines count from 1 in the file."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(text: str, file: str) -> tuple[ChapterFile | None, list[Finding]]:
    """Part the front matter (``---`` to ``---`` or ``...``) from the body.

    The body comes without characters that nobody can see and pandoc cannot take.
    None when there is no front matter, or no end to it.
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
    """The body without unprintable characters: a hint for each, a warning if it deceives."""
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
    """A warning for each line, of the first few, that reads otherwise than it is written."""
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
    """The body without HTML comments. In linear time, which a regular expression is not."""
    kept = []
    at = 0
    while (opened := body.find("<!--", at)) >= 0:
        closed = body.find("-->", opened + 4)
        if closed < 0:
            break
        kept.append(body[at:opened])
        at = closed + 3
    return "".join((*kept, body[at:]))
