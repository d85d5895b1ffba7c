"""``data-line`` names the line on which a block starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.markdown.chapter import chapter_tree
from book.markdown.sourcemap import WORD, SourceMap
from book.markdown.tree import q
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.system.checkout import CHECKOUT

CHAPTERS = sorted((CHECKOUT / "chapters").glob("*/*.md"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_blocks_stand_where_they_say(
    path: Path, make_source: Callable[..., ChapterSource], some_edition: Edition
) -> None:
    text = path.read_text(encoding="utf-8-sig")
    source = make_source(text, path.name)
    tree, _ = chapter_tree(source, some_edition, path.parent)
    assert tree.kinds.exact
    assert [*tree.kinds.lost()] == []
    lines = text.split("\n")
    wrong = []
    for element in tree.body.root.iter(q("p"), q("h2"), q("h3"), q("li"), q("tr"), q("dt")):
        first = element[0].get("class") if len(element) else None
        if "data-generated" in element.attrib or first == "speaker":
            continue
        for generated in element.findall(".//*[@data-generated]"):
            generated.text = ""
        words = WORD.findall("".join(str(text) for text in element.itertext()))
        line = lines[int(element.get("data-line", "0")) - 1]
        if words and words[0] not in line:
            wrong.append((element.get("data-line"), words[:4], line))
    assert not wrong


def test_body_line_counts_from_the_file() -> None:
    positions = SourceMap("a\nbb\n", 10)
    assert [positions.line(o) for o in (0, 1, 2, 4)] == [10, 10, 11, 11]
    assert positions.column(3) == 2
    assert positions.start_of(11) == 2
    assert positions.start_of(1) == 0
