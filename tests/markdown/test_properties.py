"""Whatever somebody writes: no exception, ids in order, the words of the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.findings import Finding
from book.markdown.dom import BLOCKS, INLINES, name
from book.markdown.html import NOT_XML
from book.markdown.plain import tree_words, words_of
from book.markdown.tree import ChapterTree, q
from book.markdown.typography import italian, italian_segments
from tests.support.plain_words import plain_words

MARKUP = (
    *("# ", "## ", "\n\n", "\n", " ", "*", "**", "_", "`", "```\n", "> ", "- ", "1. ", "a) "),
    *("[", "]", "(", ")", "](x.md)", "](#a)", "![", "{", "}", "{#a}", "{.b}", "^", "~", "[^1]"),
    *("\n[^1]: ", "^[", "::: riquadro\n", "\n:::\n", "| a | b |\n|---|---|\n", "\n: ", ":   "),
    *("\\", "$", "@x", "'", '"', "...", " - ", "E' ", "art. 5", "n. 3", "—", "\u00a0", "…"),
    *("**Ada:** ", "[00:01:02]", "[…]", "*[ride]*", "{time=00:01:00}", "+---+\n", "---\n"),
)
HTML = (
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<script>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<table>",
    "<",
    "<button>",
    "<li>",
)
WORDS = st.text("abcèE12 ", max_size=8)
TEXT = st.lists(st.one_of(st.sampled_from(MARKUP), WORDS), max_size=30).map("".join)
ANYTHING = st.lists(
    st.one_of(st.sampled_from(MARKUP + HTML), WORDS, st.text(max_size=5)), max_size=30
).map("".join)
HEAD = "---\nkind: transcript\nspeakers: [{name: Ada, role: guida}]\n---\n"
QUICK = settings(max_examples=60)

MakeTree = Callable[..., tuple[ChapterTree, list[Finding]]]


@pytest.mark.slow
@QUICK
@given(body=ANYTHING)
def test_any_text_gives_a_tree(body: str, make_tree: MakeTree) -> None:
    encodable = body.encode("utf-8", "replace").decode()
    tree, findings = make_tree(HEAD + encodable)
    ids = [e.get("id") for e in tree.body.root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(id is not None and id.startswith("capitolo.") for id in ids)
    assert not NOT_XML.search(tree.body.xhtml)
    for block in tree.body.root.iter(*(q(tag) for tag in BLOCKS)):
        assert not {*INLINES, "p"} & {name(a) for a in block.iterancestors()}
    lines = HEAD.count("\n") + encodable.count("\n") + 1
    assert all(0 < finding.line <= lines for finding in findings)
    assert all(finding.sentence("it") for finding in findings)


@pytest.mark.slow
@QUICK
@given(body=TEXT)
def test_words_are_kept(body: str, make_tree: MakeTree) -> None:
    tree, findings = make_tree(HEAD + body)
    if not any(f.code.id in ("C066", "C011", "L010", "L003") for f in findings):
        assert tree_words(tree.body.root, generated=False) == plain_words(body)


@settings(max_examples=300)
@given(st.lists(st.text("aE'\" .-n123«»“”…()\ufffc\n", max_size=12), min_size=1, max_size=4))
def test_typography_keeps_words_and_rests(segments: list[str]) -> None:
    new, _ = italian_segments(segments)
    assert len(new) == len(segments)
    assert words_of("".join(new)) == words_of("".join(segments))
    once = italian("".join(segments))
    assert once == "".join(new)
    assert italian(once) == once
