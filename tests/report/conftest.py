"""A small build to report on: a folder with sources, a PDF of three pages, the facts."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from book.findings import Code, Severity
from book.report.facts import Artefact, EditionFacts, Step

WARNING = Code("C001", Severity.WARNING, "the picture {name} is not there", "add the file")
HINT = Code("C002", Severity.HINT, "a space is missing", "add one")
ERROR = Code("C003", Severity.ERROR, "the chapter is empty", "write it")
CHAPTER = "chapters/x/a.md"
SOURCE = ["# First", "", "See ![](no.png) <script>alert(1)</script>", "Fourth", "Fifth", "Sixth"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / CHAPTER
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(SOURCE), encoding="utf-8")
    return tmp_path


@pytest.fixture
def facts(root: Path) -> EditionFacts:
    return EditionFacts(
        name="x",
        root=root,
        made=True,
        title="Reti & <nodi>",
        findings=(WARNING.at(CHAPTER, 3, 5, name="no.png"), HINT.at(CHAPTER, 6)),
        steps=(Step("Reading the edition", 0.25), Step("Laying out the PDF", 1.0)),
        artefacts=(
            Artefact("x.epub", 3 << 20, "E-book", is_main=True),
            Artefact("x.pdf", 2048, "PDF", is_main=True, pages=3),
            Artefact("cover.jpg", 10, "Cover picture"),
        ),
        pages=3,
        words=(("Chapter <one>", CHAPTER, 1200), ("Chapter two", "chapters/x/b.md", 300)),
        tools={"weasyprint": "70.0"},
    )


@pytest.fixture
def unmade(root: Path) -> EditionFacts:
    return EditionFacts("x", root, made=False, findings=(ERROR.at(CHAPTER, 1),))


@pytest.fixture
def blameless(facts: EditionFacts) -> EditionFacts:
    return replace(facts, findings=())


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """Three pages, labelled i, ii, 1."""
    content = BytesIO()
    with pikepdf.new() as document:
        for _ in range(3):
            document.add_blank_page(page_size=(200, 300))
        roman = pikepdf.Dictionary(S=pikepdf.Name.r)
        arabic = pikepdf.Dictionary(S=pikepdf.Name.D)
        document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, roman, 2, arabic])
        document.save(content)
    return content.getvalue()
