"""The mask: as long as the file, nothing moved, nothing shown that is no prose; in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.lint import repeated, typography
from book.lint.prose import Kind, Prose, parted, read_prose
from book.markdown.kinds.kind import Kind as Source
from book.markdown.kinds.kind import SourceKinds
from book.markdown.kinds.reading import kinds_of
from book.markdown.typography import OBJECT

PIECES: tuple[str, ...] = (
    "[",
    "](",
    ")",
    "{#a}",
    "`",
    "```\n",
    "<b>",
    "<!--",
    "-->",
    "::: x\n",
    ":::\n",
    "| a |\n",
)
PIECES += ("- ", "    ", "\n", "\n\n", "## ", "---\n", "title: è\n", "perchè ", "che che ", "[^1]")
LETTERS = st.lists(st.sampled_from([*Source]), min_size=1, max_size=30).map("".join)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


def prose_of(text: str, letters: str, language: str = "it") -> Prose:
    """The prose of a file whose body is taken for what ``letters`` say, over and over."""
    matter, body = parted(text)
    kinds = SourceKinds((letters * len(body))[: len(body)], exact=True)
    return read_prose(matter, body, kinds, "a.md", language)


@given(texts, LETTERS, st.sampled_from(["it", "it-IT", "en"]))
@settings(max_examples=300)
def test_the_mask_is_the_text_or_hides_it(text: str, letters: str, language: str) -> None:
    prose = prose_of(text, letters, language)
    assert len(prose.mask) == len(text)
    assert all(m in (t, OBJECT) for t, m in zip(text, prose.mask, strict=True))
    assert prose.mask.count("\n") == text.count("\n")
    ends = [0, *(end for block in prose.blocks for end in (block.start, block.end)), len(text)]
    assert ends == sorted(ends)
    if language == "en":
        assert not prose.mask.replace(OBJECT, "").strip("\n")
    for fault in typography.faults(prose):
        assert 0 <= fault.start <= fault.end <= len(text)
    list(repeated.check(prose, is_speech=False))


def shown(text: str) -> list[tuple[Kind, str]]:
    matter, body = parted(text)
    prose = read_prose(matter, body, kinds_of(body), "a.md", "it")
    return [(block.kind, mask.replace(OBJECT, "").strip()) for block, mask in prose.pieces()]


def test_front_matter_shows_values_of_text_fields_alone() -> None:
    text = (
        "---\ntitle: 'Un titolo'  # detto\nkind: text\nabstract: >-\n  Due\n  righe.\n"
        "keywords:\n  - uno\nspeakers:\n  - id: FAC\n    role: guida\n    name: Nome\n---\n"
    )
    assert shown(text) == [
        (Kind.MATTER, "Un titolo"),
        (Kind.MATTER, "Due\n  righe."),
        (Kind.MATTER, "uno"),
        (Kind.MATTER, "guida"),
    ]


def test_blocks_and_their_kinds() -> None:
    text = (
        "## Titolo {#t}\nSubito testo.\n\n| a | b |\n|---|---|\n\n- [x] voce\n\n    dentro\n\n***\n"
    )
    assert shown(text) == [
        (Kind.HEADING, "Titolo"),
        (Kind.TEXT, "Subito testo."),
        (Kind.TABLE, "| a | b |"),
        (Kind.TEXT, "voce"),
        (Kind.TEXT, "dentro"),
        (Kind.TEXT, ""),
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "[^",
        "<",
        "<!--",
        "<script",
        "`",
        "{",
        "a.a",
        "a@",
        "è",
        "«",
        "- ",
        "|",
        "a-",
        "che ",
    ],
)
def test_long_runs_take_bounded_time(piece: str) -> None:
    text = "---\ntitle: x\n---\n\n" + piece * (60_000 // len(piece))
    start = time.process_time()
    prose = prose_of(text, Source.PROSE)
    list(typography.faults(prose))
    list(repeated.check(prose, is_speech=False))
    assert time.process_time() - start < 5  # a tenth of it here
