"""YAML to data: values as they are written, and the place of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model.yaml import codes as yaml_codes
from book.model.yaml.encoding import YAML_LIMIT, decode, read_text
from book.model.yaml.source import MAX_DEPTH, parse_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.0", "1.0"),
        ("9:30", "9:30"),
        ("010", "010"),
        ("2021-03-25", "2021-03-25"),
        ("no", "no"),
        ("true", "true"),
        ("1_000", "1_000"),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ('"null"', "null"),
        ("|\n  prima\n  seconda", "prima\nseconda\n"),
        (">\n  prima\n  seconda", "prima seconda\n"),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
    ],
)
def test_values_stay_what_is_written(written: str, value: object) -> None:
    source, findings = parse_yaml(f"x: {written}\n", "f.yaml")
    assert findings == []
    assert source is not None
    assert source.data == {"x": value}


def test_every_key_and_value_has_its_place() -> None:
    source, _ = parse_yaml("a: b\nc:\n  - d\n  - è: f\n", "f.yaml", first_line=10)
    assert source is not None
    assert source.keys == {("a",): (10, 1), ("c",): (11, 1), ("c", 1, "è"): (13, 5)}
    assert source.values[("c",)] == (12, 3)
    assert source.values[("c", 0)] == (12, 5)
    assert source.values[("c", 1, "è")] == (13, 8)
    assert source.value_at(("c", 7, "nowhere")) == (12, 3)
    assert source.key_at(("c", 0)) == (12, 5)


def test_aliases_are_written_out() -> None:
    source, findings = parse_yaml("a: &x {b: c}\nd: *x\n", "f.yaml")
    assert findings == []
    assert source is not None
    assert source.data == {"a": {"b": "c"}, "d": {"b": "c"}}


def test_an_alias_inside_its_own_anchor_is_refused() -> None:
    source, findings = parse_yaml("a: &x [*x]\n", "f.yaml")
    assert source is None
    assert [f.code for f in findings] == [yaml_codes.YAML_ALIAS]


def test_aliases_cannot_nest_deeper_than_values() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, MAX_DEPTH + 2))]
    source, findings = parse_yaml("\n".join(lines), "f.yaml")
    assert source is None
    assert [f.code for f in findings] == [yaml_codes.YAML_DEPTH]


@pytest.mark.parametrize("bracket", ["[", "{", "- ", "? "])
def test_any_depth_is_refused_without_being_followed(bracket: str) -> None:
    source, findings = parse_yaml("a: " * (bracket in "[{") + bracket * 50_000, "f.yaml")
    assert source is None
    assert [f.code for f in findings] == [yaml_codes.YAML_DEPTH]


def test_a_byte_that_is_not_utf8_is_named_with_its_place() -> None:
    text, findings = decode("uno\r\ndué però\n".encode("cp1252"), "f.md")
    assert text is None
    assert (findings[0].line, findings[0].column) == (2, 3)
    assert findings[0].values == {"byte": "0xE9", "offset": 8, "guess": "Windows-1252"}


def test_a_bom_counts_as_bytes_and_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc", "f.md") == ("a\nb\nc", [])
    _, findings = decode(b"\xef\xbb\xbf\xff", "f.md")
    assert findings[0].values["offset"] == 4


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "edition.yaml"
    path.write_bytes(b"#" * (YAML_LIMIT + 1))
    text, findings = read_text(path, "edition.yaml", YAML_LIMIT)
    assert text is None
    assert [f.code for f in findings] == [yaml_codes.TOO_BIG]
