"""The stage's edges: limits, links across chapters, recordings, pictures, slugs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.findings import Finding
from book.markdown import chapter as chapter_module
from book.markdown import pandoc
from book.markdown.anchors import broken_links
from book.markdown.chapter import chapter_tree
from book.markdown.kinds import reading
from book.markdown.passes.transcript import at_time, seconds
from book.markdown.picture_file import unreadable
from book.markdown.tree import ChapterTree
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.model.slugs import slug_of

MakeTree = Callable[..., tuple[ChapterTree, list[Finding]]]
MakeSource = Callable[..., ChapterSource]


def test_pandoc_has_a_time_limit() -> None:
    with pytest.raises(pandoc.PandocFailed, match="more than"):
        pandoc.run("[" * 20000, "--from=markdown", "--to=html", time_limit=0.3)


def test_pandoc_says_why_it_refuses() -> None:
    with pytest.raises(pandoc.PandocFailed, match="nonsense"):
        pandoc.run("x", "--from=nonsense", "--to=html")


def test_what_pandoc_cannot_read_is_a_finding(
    make_tree: MakeTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str) -> str:
        raise pandoc.PandocFailed("more than 10 s")

    monkeypatch.setattr(reading, "to_json", fail)
    tree, findings = make_tree("---\nabstract: x\n---\nTesto\n[[[[")
    assert [(f.code.id, f.line) for f in findings] == [("C001", 5)]
    assert tree.words == 0


def test_nesting_has_a_limit(make_tree: MakeTree) -> None:
    _, findings = make_tree("Piano.\n\n" + ">" * 80 + " testo")
    assert [(f.code.id, f.line) for f in findings] == [("C003", 3)]


def test_tags_have_a_limit(make_tree: MakeTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapter_module, "TAGS_LIMIT", 20)
    _, findings = make_tree("Uno.\n\n" * 20)
    assert [(f.code.id, f.line) for f in findings] == [("C005", 1)]


def test_links_are_checked_across_chapters(
    make_source: MakeSource, folder: Path, some_edition: Edition
) -> None:
    contents = {"chapters": ("uno.md", "due.md")}
    edition = Edition.model_validate({**some_edition.model_dump(), "contents": contents})
    texts = {
        "uno.md": "---\nabstract: x\n---\n[a](due.md), [b](due.md#sezione),\n"
        "`due.md#sezoine` [c](due.md#sezoine)",
        "due.md": "## Sezione\n\n[d](uno.md#niente), [e](#sezione), [f](uno.md#altrove)",
    }
    sources = {slug_of(n): make_source(t, n) for n, t in texts.items()}
    trees = {s: chapter_tree(source, edition, folder)[0] for s, source in sources.items()}
    findings = broken_links(trees, {"uno.altrove"}, sources)
    assert [f.sentence("en") for f in findings] == [
        "uno.md:5:22: error L001: the link «due.md#sezoine» leads nowhere — "
        "perhaps «#sezione»; an id stands after a heading: {#id}",
        "due.md:3:5: error L001: the link «uno.md#niente» leads nowhere — "
        "perhaps «#–»; an id stands after a heading: {#id}",
    ]


@pytest.mark.parametrize(
    ("recording", "address"),
    [
        ("https://youtu.be/abc", "https://youtu.be/abc?t=755"),
        ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=a&t=755"),
        ("https://www.youtube.com/watch?t=3&v=a", "https://www.youtube.com/watch?v=a&t=755"),
        ("https://example.org/a.mp4#t=3", "https://example.org/a.mp4#t=755"),
    ],
)
def test_time_in_a_recording(recording: str, address: str) -> None:
    assert at_time(recording, 755) == address


@pytest.mark.parametrize(
    ("time", "value"), [("00:12:35", 755), ("12:35", 755), ("1:00:00", 3600), ("00:61", None)]
)
def test_seconds(time: str, value: int | None) -> None:
    assert seconds(time) == value


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', ""),
        ('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "script"),
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "onload"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/y.png"/></svg>', "href"),
    ],
)
def test_svg(svg: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    file.write_text(svg)
    assert unreadable(file) == reason


def test_broken_pictures(tmp_path: Path) -> None:
    for name in ("x.svg", "x.png", "x.jpg"):
        (tmp_path / name).write_bytes(b"<not a picture")
        reason = unreadable(tmp_path / name)
        assert reason
        assert str(tmp_path) not in reason


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("incontro-1.md", "incontro-1"),
        ("01 Perché sì.md", "c-01-perche-si"),
        ("Città_e reti.md", "citta-e-reti"),
        ("日本.md", "c"),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_same_text_same_tree(make_tree: MakeTree) -> None:
    text = "## A\n\nTesto[^1] [b](#a).\n\n[^1]: Nota\n"
    assert make_tree(text) == make_tree(text)


def test_typography_can_be_switched_off(make_tree: MakeTree) -> None:
    tree, _ = make_tree("L'art. 5", typography={"non_breaking": False})
    assert "L'art. 5" in tree.body.xhtml
    tree, _ = make_tree("L'art. 5")
    assert "L’art.\u00a05" in tree.body.xhtml
