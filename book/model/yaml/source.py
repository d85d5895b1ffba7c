"""YAML text to plain data, with the place of every key and value.

The values stay texts: ``1.0.0``, ``9:30``, ``2021-03-25``, ``no`` are what the editor wrote, and
the models say what they mean; none of YAML 1.1's surprises. Nothing at all, ``~`` and ``null``
are None. Tags are refused, aliases and nesting are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from book.findings import Finding
from book.model.yaml import codes as yaml_codes
from book.model.yaml.encoding import (
    MAX_LINES_NAMED,
    UNPRINTABLE,
    YAML_LIMIT,
    character_name,
    read_text,
)
from book.model.yaml.mistakes import diagnose

MAX_DEPTH = 20
"""Levels of nesting; the deepest field of a model lies at level six."""
MAX_VALUES = 20_000
"""Values of a file after its aliases are written out."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and indexes (from 0) of lists."""


class Position(NamedTuple):
    """A place in a file: line and column, from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class YamlSource:
    """The data of a YAML file or front matter, and where each key and value stands.

    ``start`` is where the fields begin: the place of a field that is missing at the top.
    """

    file: str
    data: dict[str, Any]
    keys: dict[KeyPath, Position]
    values: dict[KeyPath, Position]
    start: Position

    def value_at(self, path: KeyPath) -> Position:
        """Where the value stands, or the nearest thing around it that stands somewhere."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, self.start)

    def key_at(self, path: KeyPath) -> Position:
        """Where the key stands; the value's place for an entry of a list."""
        return self.keys.get(path) or self.value_at(path)


@dataclass
class _Node:
    """A value as the file has it; ``content`` is a text, None, a list or a list of pairs."""

    content: str | list[_Node] | list[tuple[_Node, _Node]] | None
    position: Position
    mapping: bool = False


class _Refused(Exception):
    """The file cannot be read further; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code.id)
        self.finding = finding


def load_yaml(path: Path, file: str, fields: str) -> tuple[YamlSource | None, list[Finding]]:
    """Read and parse a YAML file; ``fields`` names what an empty one should hold."""
    text, findings = read_text(path, file, YAML_LIMIT)
    if text is None:
        return None, findings
    source, findings = parse_yaml(text, file)
    if source is not None and not source.data and not findings:
        return None, [yaml_codes.EMPTY_FILE.at(file, fields=fields)]
    return source, findings


def parse_yaml(
    text: str, file: str, first_line: int = 1
) -> tuple[YamlSource | None, list[Finding]]:
    """The data of one YAML document whose first line is line ``first_line`` of ``file``.

    No document at all gives empty data. None when the text cannot be understood.
    """
    findings = _unprintable(text, file, first_line)
    if findings:
        return None, findings
    start = Position(first_line, 1)
    composer = _Composer(text, file, first_line)
    try:
        root = composer.document()
        if root is None or root.content is None:
            return YamlSource(file, {}, {}, {}, start), composer.findings
        if not root.mapping:
            raise _Refused(yaml_codes.NOT_A_MAPPING.at(file, *root.position))
        plain = _Expansion(file)
        data = plain.expand(root, (), 0)
    except _Refused as refused:
        return None, [*composer.findings, refused.finding]
    return YamlSource(file, data, plain.keys, plain.values, root.position), [
        *composer.findings,
        *plain.findings,
    ]


def _unprintable(text: str, file: str, first_line: int) -> list[Finding]:
    """A finding for each line, of the first few, with characters that YAML does not allow."""
    if not UNPRINTABLE.search(text):
        return []
    findings = (
        yaml_codes.CONTROL_IN_YAML.at(
            file, number, match.start() + 1, character=character_name(match.group())
        )
        for number, line in enumerate(text.split("\n"), first_line)
        if (match := UNPRINTABLE.search(line))
    )
    return list(islice(findings, MAX_LINES_NAMED))


class _Composer:
    """Events of PyYAML's parser to nodes. Raises _Refused at what cannot be understood."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._text = text
        self._first_line = first_line
        self._anchors: dict[str, _Node] = {}
        self._count = 0
        self._events = self._parse()

    def _parse(self) -> Iterator[yaml.Event]:
        # The pure parser, not libyaml's: its wording and places are the same on any machine.
        loader = yaml.SafeLoader(self._text)
        try:
            while loader.check_event():
                yield loader.get_event()  # type: ignore[no-untyped-call]
        except yaml.MarkedYAMLError as error:
            raise _Refused(diagnose(error, self._text, self.file, self._first_line)) from None
        except (ValueError, OverflowError):
            # Numbers beyond all bounds in a \U escape or a %YAML directive.
            mark = loader.get_mark()
            place = (mark.line + self._first_line, mark.column + 1)
            raise _Refused(yaml_codes.YAML_ESCAPE.at(self.file, *place)) from None

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Position(line + self._first_line, column + 1)

    def document(self) -> _Node | None:
        """The root of the one document; None when there is none."""
        root = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(
                        yaml_codes.YAML_TWO_DOCUMENTS.at(self.file, *self._position(event))
                    )
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    def _node(self, event: yaml.NodeEvent, depth: int) -> _Node:
        position = self._position(event)
        self._count += 1
        # Keys count as well here: twice the values, without reading on to the end.
        if self._count > 2 * MAX_VALUES:
            raise _Refused(yaml_codes.YAML_EXPANSION.at(self.file, *position, limit=MAX_VALUES))
        if depth > MAX_DEPTH:
            raise _Refused(yaml_codes.YAML_DEPTH.at(self.file, *position, limit=MAX_DEPTH))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.findings.append(yaml_codes.YAML_TAG.at(self.file, *position, tag=tag))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", position)
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, position)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = _Node(list(self._children(yaml.SequenceEndEvent, depth)), position)
        else:
            flat = list(self._children(yaml.MappingEndEvent, depth))
            node = _Node(list(zip(flat[0::2], flat[1::2], strict=True)), position, mapping=True)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _children(self, end: type[yaml.Event], depth: int) -> Iterator[_Node]:
        while not isinstance(event := next(self._events), end):
            if isinstance(event, yaml.NodeEvent):
                yield self._node(event, depth + 1)

    def _scalar(self, event: yaml.ScalarEvent, position: Position) -> _Node:
        if not event.style and event.value in _NULLS:
            return _Node(None, position)
        bad = UNPRINTABLE.search(event.value)
        if bad:
            self.findings.append(
                yaml_codes.CONTROL_IN_YAML.at(
                    self.file, *position, character=character_name(bad.group())
                )
            )
        return _Node(event.value, position)

    def _alias(self, name: str, position: Position) -> _Node:
        if name not in self._anchors:
            raise _Refused(yaml_codes.YAML_ALIAS.at(self.file, *position, name=name))
        return _Node(self._anchors[name].content, position, self._anchors[name].mapping)


@dataclass
class _Expansion:
    """Nodes to plain data, aliases written out. Raises _Refused beyond the limits."""

    file: str
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    values: dict[KeyPath, Position] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def expand(self, node: _Node, path: KeyPath, depth: int) -> Any:
        if len(self.values) >= MAX_VALUES:
            raise _Refused(
                yaml_codes.YAML_EXPANSION.at(self.file, *node.position, limit=MAX_VALUES)
            )
        if depth > MAX_DEPTH:
            raise _Refused(yaml_codes.YAML_DEPTH.at(self.file, *node.position, limit=MAX_DEPTH))
        self.values[path] = node.position
        if not isinstance(node.content, list):
            return node.content
        if not node.mapping:
            return [
                self.expand(child, (*path, index), depth + 1)
                for index, child in enumerate(node.content)
                if isinstance(child, _Node)
            ]
        data: dict[str, Any] = {}
        for pair in node.content:
            if isinstance(pair, tuple):
                self._pair(*pair, path, depth, data)
        return data

    def _pair(
        self, key: _Node, value: _Node, path: KeyPath, depth: int, data: dict[str, Any]
    ) -> None:
        if isinstance(key.content, list):
            self.findings.append(yaml_codes.KEY_NOT_TEXT.at(self.file, *key.position))
            return
        name = key.content or ""
        here = (*path, name)
        if name in data:
            first = self.keys[here].line
            self.findings.append(
                yaml_codes.DUPLICATE_KEY.at(self.file, *key.position, key=name, first=first)
            )
            return
        self.keys[here] = key.position
        data[name] = self.expand(value, here, depth + 1)
