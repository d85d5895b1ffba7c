"""Files as their programs write them: each becomes the chapter kept under ``expected``.

``cortile-condiviso.docx`` has the shapes of Word, ``giro-di-tavolo.pptx`` those of PowerPoint;
the others were written by LibreOffice. ``pytest tests/intake/documents --refresh`` writes what
comes out now; look at the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from book.commands.intake import deliver, is_transcript
from book.compose.compose import compose
from book.findings import has_errors
from book.intake.documents import import_document
from book.intake.imported import Imported
from book.markdown.chapter import chapter_tree
from book.system.checkout import CHECKOUT
from tests.support.books import BASE, lay, load

ORIGINALS = CHECKOUT / "tests" / "intake" / "originals"
EXPECTED = Path(__file__).parent / "expected"
DOCUMENTS = sorted(
    path
    for path in ORIGINALS.iterdir()
    if path.suffix in (".docx", ".odt", ".rtf", ".html", ".pptx")
)
ASKED_FOR = {"C014", "C015"}
"""What a chapter may warn of until its editor has written the alternative texts asked for."""


def imported(path: Path) -> Imported:
    chapter, findings = import_document(path)
    assert chapter is not None, [finding.sentence("en") for finding in findings]
    assert tuple(findings) == chapter.findings
    return chapter


def shown(chapter: Imported) -> str:
    findings = "".join(f"{finding.sentence('en')}\n" for finding in chapter.findings)
    pictures = "".join(f"{path} {len(data)}\n" for path, data in chapter.pictures.items())
    return f"{chapter.name} {chapter.kind}\n{pictures}{findings}\n{chapter.text}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_the_chapter_expected(path: Path, refresh: bool) -> None:
    actual = shown(imported(path))
    expected = EXPECTED / f"{path.name}.txt"
    if refresh:
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_chapter_builds_but_for_what_its_findings_ask(path: Path, tmp_path: Path) -> None:
    chapter = imported(path)
    root = lay(BASE, tmp_path)
    folder = root / "chapters" / BASE
    assert deliver(chapter, folder, path.name) is None
    record = folder / "edition.yaml"
    record.write_text(record.read_text("utf-8") + f"    - {chapter.name}\n", "utf-8")
    loaded, findings = load(root)
    assert loaded is not None, [finding.sentence("en") for finding in findings]
    trees = {}
    found = [f for f in findings if f.file.endswith(chapter.name)]
    for source in loaded.chapters.values():
        trees[source.slug], more = chapter_tree(source, loaded.edition, loaded.folder)
        found += [f for f in more if f.file.endswith(chapter.name)]
    _, more = compose(loaded, trees)
    found += [f for f in more if f.file.endswith(chapter.name)]
    assert not has_errors(found)
    asked = {"I140"} & {finding.code.id for finding in chapter.findings}
    assert {f.code.id for f in found if f.severity == "warning"} <= (ASKED_FOR if asked else set())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_no_transcript(path: Path) -> None:
    assert not is_transcript(path)


def test_every_format_has_an_original() -> None:
    assert {path.suffix for path in DOCUMENTS} == {".docx", ".odt", ".rtf", ".html", ".pptx"}


def test_the_same_essay_from_every_program_has_the_same_words() -> None:
    bodies = set()
    for path in DOCUMENTS:
        if path.stem == "vicinato-che-ascolta":
            text = imported(path).text.partition("\n---\n")[2]
            lines = [
                line for line in text.splitlines() if not line.startswith(("![", "|", "Le ore"))
            ]
            bodies.add("\n".join(line for line in lines if line))
    assert len(bodies) == 1


def test_an_import_gives_the_same_bytes_each_time() -> None:
    for name in ("cortile-condiviso.docx", "giro-di-tavolo.pptx"):
        first, second = imported(ORIGINALS / name), imported(ORIGINALS / name)
        assert (first.text, dict(first.pictures)) == (second.text, dict(second.pictures))
