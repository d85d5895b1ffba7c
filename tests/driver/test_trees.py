"""Trees are parsed once, and nobody changes a tree that others read, too."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from lxml import etree

from book.driver.outputs.table import usual_formats
from book.driver.run import Order, run
from book.markdown import tree as tree_module
from book.markdown.tree import Tree, parse, q, serialise
from book.report.facts import EditionFacts
from tests.support.books import BASE, lay

_PARSERS = (
    (etree, "fromstring"),
    (etree, "parse"),
    (etree, "XML"),
    (etree, "HTML"),
    (tinyhtml5, "parse"),
)
_OTHER_FILES = 10
"""Package document, table of contents of EPUB 2, metadata of PDFs, drawings: not documents."""


@dataclass
class Watched:
    """What a build does with trees: parses by the module that asks for them, changed trees."""

    parses: Counter[str] = field(default_factory=Counter)
    trees: list[Tree] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""

    def step(self, _: str, step: str) -> None:
        """A step begins: see whether the one before has changed a tree."""
        found = [tree.xhtml for tree in list(self.trees) if is_changed(tree)]
        if found:
            self.changed.setdefault(self.last, found)
        self.last = step


def is_changed(tree: Tree) -> bool:
    is_parsed = "root" in vars(tree)
    return is_parsed and serialise(tree.root) != serialise(parse(tree.xhtml))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    found = Watched()

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            caller = sys._getframe(1)
            # What this test itself parses does not count.
            if caller.f_back is None or caller.f_back.f_code is not is_changed.__code__:
                found.parses[caller.f_globals["__name__"]] += 1
            return function(*arguments, **options)

        return counted

    for module, name in _PARSERS:
        monkeypatch.setattr(module, name, counting(getattr(module, name)))
    make = Tree.__init__

    def remember(tree: Tree, *arguments: Any) -> None:
        make(tree, *arguments)
        found.trees.append(tree)

    monkeypatch.setattr(Tree, "__init__", remember)
    yield found


def build(root: Path, watch: Callable[[str, str], None]) -> EditionFacts:
    order = Order(root=root, editions=(BASE,), formats=usual_formats(), jobs=2, language="en")
    (facts,) = run(order, watch, lambda facts: None)
    assert facts.made
    return facts


@pytest.mark.slow
def test_each_document_is_parsed_once_and_no_step_changes_a_tree(
    tmp_path: Path, watched: Watched
) -> None:
    lay(BASE, tmp_path)
    for state in ("nothing in the cache", "all in the cache"):
        watched.parses.clear()
        watched.trees.clear()
        facts = build(tmp_path, watched.step)
        watched.step("", "the end")
        assert watched.changed == {}, state
        assert facts.book is not None
        documents, chapters = len(facts.book.documents), len(facts.book.loaded.chapters)
        assert len(watched.trees) == documents + chapters
        # A chapter's own tree goes into its document as text: it is not parsed again.
        assert watched.parses.pop(tree_module.__name__) == documents, state
        read_as_html = chapters if state == "nothing in the cache" else 0
        assert watched.parses.pop("book.markdown.html", 0) == read_as_html
        assert sum(watched.parses.values()) <= _OTHER_FILES, watched.parses


def test_a_step_that_changes_a_tree_is_told(watched: Watched) -> None:
    tree = Tree('<p xmlns="http://www.w3.org/1999/xhtml">uno</p>')
    watched.step("", "reading")
    assert tree.root.tag == q("p")
    watched.step("", "changing")
    assert watched.changed == {}
    tree.root.set("class", "changed")
    watched.step("", "after")
    assert watched.changed == {"changing": [tree.xhtml]}


def texts(roots: Sequence[etree._Element]) -> list[str]:
    return [serialise(root) for root in roots]


def test_a_copy_is_the_callers_own() -> None:
    tree = Tree('<p xmlns="http://www.w3.org/1999/xhtml">uno <em>due</em></p>')
    copy, other = tree.copy(), tree.copy()
    assert texts([copy, other]) == [tree.xhtml] * 2
    copy[0].text = "tre"
    assert texts([tree.root, other]) == [tree.xhtml] * 2


def test_a_tree_of_elements_is_not_parsed(watched: Watched) -> None:
    root = etree.Element(q("p"))
    tree = Tree.of(root)
    assert tree.root is root
    assert watched.parses == {}
    assert tree == Tree(serialise(root)) and hash(tree) == hash(Tree(serialise(root)))
