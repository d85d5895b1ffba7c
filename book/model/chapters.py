"""Reads a chapter file and makes a :class:`ChapterSource` of it, in two steps.

:func:`read_chapter` parses the file, :func:`chapter_of` validates the front matter. The loader
takes the names of people who have not agreed out of the raw data between the two steps
(:mod:`book.model.privacy.withhold`).
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
    """A chapter file that has been read and split, with its front matter not yet validated.

    ``file`` names it in findings. ``body`` starts at line ``body_line`` (from 1) of the file.
    """

    name: str
    path: Path
    file: str
    source: YamlSource
    body: str
    body_line: int


def read_chapter(path: Path, name: str, file: str) -> tuple[RawChapter | None, list[Finding]]:
    """Read and parse the chapter file ``path``; ``file`` names it in findings.

    Returns None, with findings, when its encoding or its YAML is wrong.
    """
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
    """Validate a chapter's front matter. Returns None, with findings, when it has errors.

    ``meetings`` are the numbers of the laboratory's meetings: the front matter may name one of
    them. None when they are not known, because the laboratory has mistakes of its own.
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
    """Validate the front matter by the model of its kind. The default kind is ``text``."""
    kind = source.data.get("kind")
    if kind is None or not isinstance(kind, str):
        # A kind that is a list or a group is reported by the model of the default kind.
        return validate(Text, source, KINDS)
    model = KINDS.get(kind.strip())
    if model is None:
        return None, [choice_finding(source, ("kind",), list(KINDS))]
    return validate(model, source, KINDS)


def _meeting(source: YamlSource, meetings: frozenset[int]) -> list[Finding]:
    """The finding on a meeting number that the laboratory does not have."""
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
