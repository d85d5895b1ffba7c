"""Every document has an id of its own, whatever a chapter's file is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.compose.compose import compose
from book.compose.documents import Kind
from book.markdown.chapter import chapter_tree
from book.model.slugs import slug_of
from tests.support.books import lay, load

_EDITION = "chapters/base/edition.yaml"


def _ids(root: Path) -> list[tuple[str, Kind]]:
    loaded, _ = load(root)
    assert loaded is not None
    chapters = loaded.chapters.values()
    trees = {c.slug: chapter_tree(c, loaded.edition, loaded.folder)[0] for c in chapters}
    book, findings = compose(loaded, trees)
    assert book is not None, findings
    return [(document.id, document.kind) for document in book.documents]


def test_no_chapter_can_have_the_id_of_a_document_that_the_pipeline_makes(tmp_path: Path) -> None:
    sources = {slug_of(file.name) for file in lay("base", tmp_path).glob("chapters/base/*.md")}
    made = [id for id, _ in _ids(tmp_path) if id not in sources]
    assert {"cover", "notice", "colophon", "contents", "part-1"} <= set(made)
    assert [id for id in made if slug_of(f"{id}.md") == id] == []


@pytest.mark.parametrize("name", ["colophon", "part-1", "cover", "laboratory-programme"])
def test_a_chapter_called_like_a_page_of_the_book_is_a_chapter(name: str, tmp_path: Path) -> None:
    lay("base", tmp_path)
    text = "---\ntitle: Un capitolo\n---\n\nIl suo testo.\n"
    (tmp_path / "chapters" / "base" / f"{name}.md").write_text(text, "utf-8")
    edition = (tmp_path / _EDITION).read_text("utf-8")
    (tmp_path / _EDITION).write_text(
        edition.replace("- incontro.md", f"- incontro.md\n        - {name}.md"), "utf-8"
    )
    ids = _ids(tmp_path)
    assert (f"c-{name}", Kind.CHAPTER) in ids
    assert len({id for id, _ in ids}) == len(ids)
