"""Parses YAML to plain data and keeps the place of every key and value for findings.

All values stay texts. YAML 1.1 reads ``9:30`` as 570, ``no`` as False and ``2021-03-25`` as a
date; here they are what the editor wrote, and the models say what they mean. An empty value,
``~`` and ``null`` become None.

The files come from contributors, so parsing is bounded: tags are refused (they construct
objects), nesting is limited, and so is the number of values with all aliases expanded, because
aliases of aliases grow exponentially («billion laughs»).

PyYAML's parser gives events; :class:`_Composer` makes nodes of them, :class:`_Expansion` data. Both
check the limits as they go, so that a hostile file is never read to its end.
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
"""The most levels of nesting. The deepest field of a model lies at level six."""
MAX_VALUES = 20_000
"""The most values of a file, with those that aliases repeat."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that are null (YAML 1.2, section 10.2.1.1)."""

KeyPath = tuple[str | int, ...]
"""The path to a value: keys of groups, and indexes (from 0) of lists."""


class Position(NamedTuple):
    """A place in a file: line and column, from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class YamlSource:
    """The data of a YAML file or front matter, and the places of its keys and values.

    ``keys`` and ``values`` map paths to places. ``start`` is where the fields begin; findings on
    a missing field of the top level point there.
    """

    file: str
    data: dict[str, Any]
    keys: dict[KeyPath, Position]
    values: dict[KeyPath, Position]
    start: Position

    def value_at(self, path: KeyPath) -> Position:
        """The place of the value at ``path``, or of the nearest group or list around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, self.start)

    def key_at(self, path: KeyPath) -> Position:
        """The place of the key at ``path``; an entry of a list has no key: its value's place."""
        return self.keys.get(path) or self.value_at(path)


@dataclass
class _Node:
    """A parsed value: ``content`` is a text, None, a list, or a list of pairs if ``mapping``.

    Pairs instead of a dict, so that duplicate keys are still there to be reported.
    """

    content: str | list[_Node] | list[tuple[_Node, _Node]] | None
    position: Position
    mapping: bool = False


class _Refused(Exception):
    """Parsing stops; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code.id)
        self.finding = finding


def load_yaml(path: Path, file: str, fields: str) -> tuple[YamlSource | None, list[Finding]]:
    """Read and parse a YAML file.

    ``file`` names the file in findings. ``fields`` are the fields that the finding on an empty
    file asks for. Returns None with findings when the file cannot be understood.
    """
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

    ``first_line`` is not 1 for the front matter of a chapter. A text without any document gives
    empty data. Returns None with findings when the text cannot be understood.
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
    """A finding for each of the first lines with characters that YAML does not allow.

    PyYAML's reader would stop at the first one, with an error that names no line and column.
    """
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
    """Makes nodes of the events of PyYAML's parser.

    Errors that leave the structure clear (a tag, an unprintable character in an escape) go to
    ``findings``, so that one run reports all of them. Raises _Refused for all others.
    """

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._text = text
        self._first_line = first_line
        self._anchors: dict[str, _Node] = {}
        self._count = 0
        self._events = self._parse()

    def _parse(self) -> Iterator[yaml.Event]:
        """The events of the parser, one by one, so that the limits stop it early."""
        # The parser in pure Python, not libyaml: :mod:`.mistakes` depends on its wording and
        # places, and libyaml's differ.
        loader = yaml.SafeLoader(self._text)
        try:
            while loader.check_event():
                yield loader.get_event()  # type: ignore[no-untyped-call]
        except yaml.MarkedYAMLError as error:
            raise _Refused(diagnose(error, self._text, self.file, self._first_line)) from None
        except (ValueError, OverflowError):
            # A number that is too large in a \U escape or a %YAML directive: PyYAML lets the
            # error of chr() or int() through.
            mark = loader.get_mark()
            place = (mark.line + self._first_line, mark.column + 1)
            raise _Refused(yaml_codes.YAML_ESCAPE.at(self.file, *place)) from None

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Position(line + self._first_line, column + 1)

    def document(self) -> _Node | None:
        """The root node of the one document; None when there is no document."""
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
        """The node that begins with ``event``, with all its children, which are read on the way."""
        position = self._position(event)
        self._count += 1
        # A bound on memory before _Expansion counts exactly. Keys are nodes, too, and each value
        # has at most one, hence twice the limit.
        if self._count > 2 * MAX_VALUES:
            raise _Refused(yaml_codes.YAML_EXPANSION.at(self.file, *position, limit=MAX_VALUES))
        if depth > MAX_DEPTH:
            raise _Refused(yaml_codes.YAML_DEPTH.at(self.file, *position, limit=MAX_DEPTH))
        # A tag is reported, and the value is read as if it had none, so that other mistakes in it
        # are found, too. No tag is ever resolved.
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
            # A mapping's events are key, value, key, value …
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
        """A text; None for a plain null. Quoted nulls such as ``"~"`` are texts."""
        if not event.style and event.value in _NULLS:
            return _Node(None, position)
        # The text of the file was checked before; an escape such as "\u202e" may still make an
        # unprintable character.
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
        # The content of the anchor at the place of the alias: findings point to the alias. An
        # anchor is entered only when its node is complete, so no alias refers to itself.
        return _Node(self._anchors[name].content, position, self._anchors[name].mapping)


@dataclass
class _Expansion:
    """Makes plain data of nodes, with aliases expanded, and notes the place of each key and value.

    Raises _Refused beyond the limits. They are checked here again because here aliases count as
    often as they are used.
    """

    file: str
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    values: dict[KeyPath, Position] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def expand(self, node: _Node, path: KeyPath, depth: int) -> Any:
        """The data of ``node``, which is at ``path``, ``depth`` levels deep."""
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
        """Add a key and its value to ``data``; a key that is no text or a duplicate is left out."""
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
