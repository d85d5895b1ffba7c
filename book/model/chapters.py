"""A chapter file to a :class:`ChapterSource`: bytes, front matter, body.

In two steps, because names are taken out between them (:mod:`book.model.privacy.withhold`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from book.findings import Finding, has_errors
from book.model import codes
from book.model.chapter import Contribution, Essay, Text, Tool, Transcript
from book.model.front_matter import split
from book.model.loaded import ChapterSource
from book.model.slugs import slug_of
from book.model.yaml import codes as yaml_codes
from book.model.yaml.encoding import CHAPTER_LIMIT, YAML_LIMIT, read_text
from book.model.yaml.source import YamlSource, parse_yaml
from book.model.yaml.validation import choice_finding, validate

AnyFrontMatter = Text | Essay | Transcript | Contribution | Tool
KINDS: dict[str, type[AnyFrontMatter]] = {
    "text": Text,
    "essay": Essay,
    "transcript": Transcript,
    "contribution": Contribution,
    "tool": Tool,
}
"""The kinds of chapter, and the model of each kind's front matter."""


@dataclass(frozen=True)
class RawChapter:
    """A chapter file read and taken apart, its fields not yet judged; ``file`` is for findings."""

    name: str
    path: Path
    file: str
    source: YamlSource
    body: str
    body_line: int


def read_chapter(path: Path, name: str, file: str) -> tuple[RawChapter | None, list[Finding]]:
    """Read a chapter. ``file`` names it in findings. None when it cannot be understood."""
    text, findings = read_text(path, file, CHAPTER_LIMIT)
    if text is None:
        return None, findings
    parted, findings = split(text, file)
    if parted is None:
        return None, findings
    if len(parted.yaml) > YAML_LIMIT:
        size = len(parted.yaml)
        return None, [*findings, yaml_codes.TOO_BIG.at(file, size=size, limit=YAML_LIMIT)]
    source, more = parse_yaml(parted.yaml, file, parted.yaml_line)
    findings += more
    if source is None:
        return None, findings
    return RawChapter(name, path, file, source, parted.body, parted.body_line), findings


def chapter_of(
    raw: RawChapter, meetings: frozenset[int] | None
) -> tuple[ChapterSource | None, list[Finding]]:
    """The chapter with its front matter validated; None beside errors in it.

    ``meetings`` are the numbers of the laboratory's meetings, of which the front matter may
    name one; None when they are not known.
    """
    front_matter, findings = _front_matter(raw.source)
    if meetings is not None:
        findings += _meeting(raw.source, meetings)
    if front_matter is None or has_errors(findings):
        return None, findings
    return ChapterSource(
        name=raw.name,
        slug=slug_of(raw.name),
        path=raw.path,
        file=raw.file,
        front_matter=front_matter,
        body=raw.body,
        body_line=raw.body_line,
    ), findings


def _front_matter(source: YamlSource) -> tuple[AnyFrontMatter | None, list[Finding]]:
    """The front matter as the model of its kind, which is ``text`` unless it says so."""
    kind = source.data.get("kind")
    if kind is None or not isinstance(kind, str):
        # A kind that is no text is a mistake of its own, which the model names.
        return validate(Text, source, KINDS)
    model = KINDS.get(kind.strip())
    if model is None:
        return None, [choice_finding(source, ("kind",), list(KINDS))]
    return validate(model, source, KINDS)


def _meeting(source: YamlSource, meetings: frozenset[int]) -> list[Finding]:
    written = source.data.get("meeting")
    if not isinstance(written, str) or not re.fullmatch("[0-9]{1,4}", written.strip()):
        return []
    number = int(written)
    if number in meetings:
        return []
    place = (source.file, *source.value_at(("meeting",)))
    if not meetings:
        return [codes.MEETING_WITHOUT_LABORATORY.at(*place, number=number)]
    known = ", ".join(map(str, sorted(meetings)))
    return [codes.MEETING_UNKNOWN.at(*place, number=number, known=known)]
