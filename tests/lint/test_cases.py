"""Each case gives its findings, no more and no fewer; each code of the family K has its case.

``pytest tests/lint/test_cases.py --refresh`` writes what the cases give now.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from book.findings import Code
from book.lint import codes, language_codes
from tests.support import source_cases as cases


@pytest.mark.parametrize("case", cases.names())
def test_case_gives_exactly_its_findings(case: str, tmp_path: Path, refresh: bool) -> None:
    lines = cases.given(case, tmp_path)
    if refresh:
        cases.refresh(case, lines)
    assert lines == cases.expected(case)


def test_every_code_has_its_case() -> None:
    lines = [line for case in cases.names() for line in cases.expected(case)]
    shown = {line.split(": ")[1].split()[-1] for line in lines}
    defined = {
        value.id
        for module in (codes, language_codes)
        for value in vars(module).values()
        if isinstance(value, Code)
    }
    # What takes a whole edition.yaml or megabytes of a picture has tests of its own.
    assert defined - shown == {"K008", "K009", "K010", "K504"}


@pytest.mark.parametrize("case", cases.names())
def test_every_place_is_in_its_file(case: str, tmp_path: Path) -> None:
    root = cases.lay_case(case, tmp_path)
    for finding in cases.check(root).findings:
        if finding.line:
            lines = (root / finding.file).read_text("utf-8").split("\n")
            assert finding.column <= len(lines[finding.line - 1]) + 1
