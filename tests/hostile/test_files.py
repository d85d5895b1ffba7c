"""Every hostile file is refused or defused, with exactly its findings, in bounded time.

``pytest tests/hostile --refresh`` writes the findings of now; look at the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.markdown.codes import TOO_BIG, TOO_DEEP, UNREADABLE
from tests.hostile import hostile
from tests.hostile.jailed import TIME_LIMIT, Jail, Outcome
from tests.hostile.safety import dangers

_AT_A_LIMIT = re.compile(rf" error ({UNREADABLE.id}|{TOO_DEEP.id}|{TOO_BIG.id}):")


def judge(outcome: Outcome, name: str, refresh: bool) -> None:
    assert outcome.error == ""
    assert list(outcome.misdeeds) == []
    for xhtml in outcome.trees.values():
        assert dangers(xhtml) == []
    told = "\n".join([outcome.text, *outcome.trees.values(), *outcome.findings])
    assert hostile.SECRET not in told
    for line in outcome.findings:
        assert line.isprintable() or "\u00a0" in line, f"control characters in {line!r}"
    if refresh:
        hostile.refresh(name, outcome.findings)
    expected = hostile.expected(name)
    if any(f" error {UNREADABLE.id}:" in line for line in expected):
        # Whether pandoc meets its limit of time or of memory first, or neither, is a matter of
        # the machine; that nothing else comes of it is not.
        assert all(_AT_A_LIMIT.search(line) for line in outcome.findings), outcome.findings
    else:
        assert outcome.findings == expected
    assert outcome.seconds < TIME_LIMIT


@pytest.mark.parametrize("file", hostile.files())
def test_hostile_file(file: str, tmp_path: Path, jail: Jail, refresh: bool) -> None:
    judge(hostile.try_file(file, tmp_path, jail), file, refresh)


def test_there_are_enough_of_them() -> None:
    assert len(hostile.files()) > 300
