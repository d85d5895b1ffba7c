from __future__ import annotations

from pathlib import Path

import pytest

from book.findings import Code, Severity
from book.report.excerpts import SourceLine, by_file, excerpt, source_lines

HINT = Code("C002", Severity.HINT, "a", "b")
ERROR = Code("C003", Severity.ERROR, "a", "b")


def text_of(line: SourceLine) -> str:
    return "".join(piece.text for piece in line.pieces)


def spots(line: SourceLine) -> list[str]:
    return [piece.text for piece in line.pieces if piece.spot]


def test_a_line_stands_among_its_neighbours() -> None:
    lines = excerpt([str(n) for n in range(1, 10)], 5, [])
    assert [(line.number, text_of(line), line.meant) for line in lines] == [
        (3, "3", False),
        (4, "4", False),
        (5, "5", True),
        (6, "6", False),
        (7, "7", False),
    ]


@pytest.mark.parametrize(("line", "numbers"), [(1, [1, 2, 3]), (3, [1, 2, 3]), (4, []), (0, [])])
def test_a_file_ends_where_it_ends(line: int, numbers: list[int]) -> None:
    assert [shown.number for shown in excerpt(["a", "b", "c"], line, [])] == numbers


def test_every_column_makes_a_spot() -> None:
    (line,) = excerpt(["uno, due, tre"], 1, [6, 11, 6])
    assert spots(line) == ["due", "tre"]
    assert text_of(line) == "uno, due, tre"


def test_a_column_beyond_the_line_makes_none() -> None:
    (line,) = excerpt(["uno"], 1, [40])
    assert (spots(line), text_of(line)) == ([], "uno")


def test_of_a_long_line_one_sees_the_spot() -> None:
    (line,) = excerpt(["x " * 1000 + "here" + " y" * 1000], 1, [2001])
    assert spots(line) == ["here"]
    assert text_of(line).startswith("…") and text_of(line).endswith("…")
    assert len(text_of(line)) < 500


def test_control_characters_are_shown() -> None:
    (line,) = excerpt(["a\x08b\tc"], 1, [])
    assert text_of(line) == "a␈b\tc"


def test_files_outside_the_root_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    root = tmp_path / "root"
    root.mkdir()
    assert source_lines(root, "../secret") == []
    assert source_lines(root, str(tmp_path / "secret")) == []


def test_a_file_that_is_no_text_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\0\0")
    assert source_lines(tmp_path, "picture") == []
    assert source_lines(tmp_path, "not-there") == []


def test_a_wrong_encoding_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("perch\xe9\r\nfine".encode("latin-1"))
    assert source_lines(tmp_path, "a.md") == ["perch�", "fine"]


def test_the_worst_file_comes_first(tmp_path: Path) -> None:
    files = by_file([HINT.at("a", 2), HINT.at("a", 1), ERROR.at("b", 1), HINT.at("c")], tmp_path)
    assert [file.file for file in files] == ["b", "a", "c"]
    assert [place.line for place in files[1].places] == [1, 2]


def test_findings_on_one_line_share_the_excerpt(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("uno due")
    (file,) = by_file([HINT.at("a", 1, 1), ERROR.at("a", 1, 5)], tmp_path)
    (place,) = file.places
    assert [finding.code.id for finding in place.findings] == ["C002", "C003"]
    assert spots(place.excerpt[0]) == ["uno", "due"]
