"""One chapter tagged by this pipeline and by Typst, the model of the field: nothing is missing.

Where the two differ, and why:

- A note stands in its paragraph at Typst's, amid the sentence that calls it; here it follows the
  block. Its call is a ``Lbl`` there, a ``Reference`` here, as ISO 32000-1, 14.8.4.4.1 has it.
- A caption stands beside its figure in a ``Div`` there, in the figure here (14.8.4.3.4).
- A list within an item is a child of the list there, of the item's body here.
- Code is a ``Code`` with paragraphs in it there, a ``P`` with ``Code`` in it here: ``Code`` is an
  element of lines (14.8.4.4). Typst calls all code English, which says nothing of a program.
- A table over several pages has no bounding box here; Typst gives it one of a single page.
- Typst tells how things look: ``Placement``, ``LineHeight`` and the borders of cells. No reader
  makes anything of these in a file whose pages are fixed.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import typst

from book.markdown.pandoc import READER, run
from book.readback.pdf.document import TaggedPdf
from tests.support.editions import BuiltEdition
from tests.support.pdf_tree import structure_tree

EDITION, CHAPTER, TITLE = "dimostrativa", "tutte-le-forme", "Tutte le forme"
LOOKS = {"Placement", "LineHeight", "BorderColor", "BorderStyle", "BorderThickness"}
COUNTED = (
    *("Note", "Table", "TR", "Caption", "Figure", "L", "LI", "LBody", "Code", "BlockQuote"),
    *("Em", "Strong", "THead", "TBody"),
)
PICTURE = re.compile(r'image\("([^"]+)"')
# What Typst's default face lacks.
PREAMBLE = '#show regex("[☐☑☒]"): set text(font: "Noto Sans Symbols 2")\n'


@pytest.fixture(scope="module")
def theirs(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The tree that Typst gives the chapter, with its contents."""
    folder = tmp_path_factory.mktemp("typst")
    (folder / "images").symlink_to(repository / "chapters" / EDITION / "images")
    text = (repository / "chapters" / EDITION / f"{CHAPTER}.md").read_text("utf-8")
    source = run(
        text.split("---\n", 2)[2],
        f"--from={READER}",
        *("--to=typst", "--standalone", "--toc", "--shift-heading-level-by=-1"),
        f"--metadata=title:{TITLE}",
        "--metadata=lang:it",
    )
    (folder / "chapter.typ").write_text(
        PREAMBLE + PICTURE.sub(r'image("\1", alt: "Figura"', source)
    )
    typst.compile(
        str(folder / "chapter.typ"),
        output=str(folder / "chapter.pdf"),
        root="/",
        font_paths=[str(repository / "assets" / "fonts")],
        pdf_standards=["ua-1", "a-2a"],
    )
    with TaggedPdf(folder / "chapter.pdf") as pdf:
        return structure_tree(pdf)


@pytest.fixture(scope="module")
def ours(built: dict[str, BuiltEdition]) -> tuple[Any, Any]:
    """The chapter's tree, and that of the contents."""
    with TaggedPdf(built[EDITION].pdf) as pdf:
        root: Any = structure_tree(pdf)
    (chapter,) = root.xpath(f"//Sect[@T='{TITLE}']")
    (contents,) = root.xpath("//Sect[TOC]")
    return chapter, contents


def types(*trees: Any) -> Counter[str]:
    return Counter(element.tag for tree in trees for element in tree.iter())


def test_every_type_is_ours_too(theirs: Any, ours: tuple[Any, Any]) -> None:
    assert types(theirs).keys() >= {"TOC", "TOCI", "Note", "Table", "Code", "Figure"}
    assert types(theirs).keys() - types(*ours).keys() <= {"Document"}


def test_every_thing_is_there_as_often(theirs: Any, ours: tuple[Any, Any]) -> None:
    chapter, _ = ours
    fewer = {
        kind: (types(theirs)[kind], types(chapter)[kind])
        for kind in COUNTED
        if types(chapter)[kind] < types(theirs)[kind]
    }
    assert fewer == {}
    for path in ("//TD | //TH", "//*[self::H1 or self::H2 or self::H3 or self::H4]"):
        in_chapter = chapter.xpath(path.replace("//", ".//"))
        assert len(in_chapter) >= len(theirs.xpath(path)) - _contents_title(path)
    links = len(theirs.xpath("//Link[not(ancestor::TOCI)]"))
    assert len(chapter.xpath(".//Link")) >= links > 10


def _contents_title(path: str) -> int:
    """The heading of the contents, which are a document of their own here."""
    return int("H1" in path)


def test_every_attribute_is_ours_too(theirs: Any, ours: tuple[Any, Any]) -> None:
    chapter, contents = ours
    mine = {(e.tag, name) for tree in ours for e in tree.iter() for name in e.attrib}
    named = {(e.tag, name) for e in theirs.iter() for name in e.attrib if name not in LOOKS}
    missing = {f"{tag}/@{name}" for tag, name in named - mine if name != "Lang"}
    assert missing == set()
    assert chapter.xpath(".//TH[@ID and @Scope]")
    assert chapter.xpath(".//TD/@Headers")
    told = {"en", *theirs.xpath("//P/@Lang")} - {"en-US"}
    assert told <= set(chapter.xpath(".//@Lang"))
    assert contents.xpath(".//TOCI/Reference/Link/annotation/@contents")
