"""The text of an edition as releases keep it: every word once, in blocks that can be named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from book.compose.documents import Kind
from book.driver.cache import Cache
from book.markdown.plain import words_of
from book.markdown.tree import parse
from book.model.load import load_edition
from book.release.papers import as_markdown
from book.release.text import Block, BookText, composed, hidden, text_of

NUMBERS = ("note-call", "note-back")


@pytest.fixture(scope="module")
def demonstration(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BookText, dict[str, str]]:
    """The demonstration edition's text, and the documents that it is taken from."""
    loaded, _ = load_edition(repository, "dimostrativa")
    assert loaded is not None
    book = composed(loaded, Cache(tmp_path_factory.mktemp("cache")), 2)
    assert book is not None
    documents = {d.id: d.tree.xhtml for d in book.documents if d.kind is Kind.CHAPTER}
    return text_of(book), documents


def shown(xhtml: str) -> Counter[str]:
    """All letters of a document but generated ones and the numbers of notes."""
    root = parse(xhtml)
    for element in list(root.iter()):
        left_out = "data-generated" in element.attrib or element.get("class") in NUMBERS
        if left_out and (parent := element.getparent()) is not None:
            tail = element.tail or ""
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
            parent.remove(element)
    return Counter("".join(words_of(" ".join(map(str, root.itertext())))))


@pytest.mark.slow
def test_every_word_is_in_a_block(demonstration: tuple[BookText, dict[str, str]]) -> None:
    text, documents = demonstration
    assert [chapter.id for chapter in text.chapters] == list(documents)
    for chapter in text.chapters:
        # By letters: a word with a mark inside («m²») is one here and two there.
        kept = "".join(words_of(" ".join(block.text for block in chapter.blocks)))
        assert Counter(kept) == shown(documents[chapter.id]), chapter.id


def test_ids_are_unique_and_begin_with_their_chapter(
    demonstration: tuple[BookText, dict[str, str]],
) -> None:
    text, _ = demonstration
    ids = [block.id for chapter in text.chapters for block in chapter.blocks]
    assert len(set(ids)) == len(ids)
    for chapter in text.chapters:
        assert all(block.id.startswith(f"{chapter.id}.") for block in chapter.blocks)


def test_it_comes_back_from_json_as_it_was(
    demonstration: tuple[BookText, dict[str, str]],
) -> None:
    text, _ = demonstration
    assert BookText.model_validate_json(text.model_dump_json(indent=1)) == text


def test_what_is_hidden_is_hidden_everywhere(
    demonstration: tuple[BookText, dict[str, str]],
) -> None:
    text, _ = demonstration
    found = hidden(text, lambda words: words.replace("tavolo", "xxxxxx"))
    for chapter in found.chapters:
        assert "tavolo" not in chapter.title + chapter.part
        assert not any("tavolo" in block.text + block.section for block in chapter.blocks)
    assert "tavolo" not in " ".join(found.facts.values())
    assert [c.id for c in found.chapters] == [c.id for c in text.chapters]


def test_blocks(demonstration: tuple[BookText, dict[str, str]]) -> None:
    text, _ = demonstration
    chapters = {chapter.id: chapter for chapter in text.chapters}
    transcript = chapters["trascrizione-incontro"].blocks
    turn = next(block for block in transcript if "E c’era?" in block.text)
    assert turn == Block(
        id=turn.id, section="Il modulo viene per ultimo", text="Facilitatrice — E c’era?"
    )
    row = next(b for b in chapters["giro-di-tavolo"].blocks if b.text.startswith("Giro"))
    assert (row.text, row.section) == ("Giro | 14", "I tempi")


def test_markdown_shows_text_as_it_is() -> None:
    assert as_markdown("1. *a* [b](c) <d> # e|f") == r"1\. \*a\* \[b\](c) \<d\> \# e\|f"
    assert as_markdown("- a") == r"\- a"
