"""Small chapters under ``cases``: what goes in, the tree and the findings that come out.

``pytest tests/markdown --refresh`` writes what comes out now; look at the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from book.findings import Finding
from book.markdown.tree import ChapterTree

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
CHAPTERS = ("capitolo.md", "altro-capitolo.md", "laboratory-programme")
MEETING = {"number": 1, "title": "Uno", "date": "2021-01-01", "recording": "https://youtu.be/x"}
TREE, FINDINGS = "\n<!-- tree -->\n", "\n<!-- findings -->\n"


def readable(tree: ChapterTree) -> str:
    xhtml = re.sub(r' xmlns(:epub)?="[^"]*"', "", tree.body.xhtml)
    return re.sub(r"\n{2,}", "\n", xhtml.replace("\u00a0", "&#160;"))


def listed(findings: list[Finding]) -> str:
    return "".join(f"{finding.sentence('en')}\n" for finding in findings)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(
    case: Path,
    make_tree: Callable[..., tuple[ChapterTree, list[Finding]]],
    refresh: bool,
) -> None:
    source, _, expected = case.read_text(encoding="utf-8").partition(TREE)
    laboratory: dict[str, Any] = {"title": "Prove", "meetings": [MEETING]}
    tree, findings = make_tree(source + "\n", CHAPTERS, laboratory=laboratory)
    actual = f"{readable(tree)}{FINDINGS}{listed(findings)}"
    if refresh:
        case.write_text(f"{source}{TREE}{actual}", encoding="utf-8")
    assert actual == expected or refresh


def test_there_are_cases() -> None:
    assert len(CASES) > 10
