"""Whole builds of the base book: what is made, what stays, what a person is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from book.driver.run import Order, UnknownEditions, run
from book.findings import Severity
from book.report.facts import EditionFacts
from book.system.checkout import CHECKOUT
from tests.support.books import lay

pytestmark = pytest.mark.slow


def built(root: Path, output: Path, **options: object) -> list[EditionFacts]:
    return run(Order(root=root, output=output, jobs=1, **options), print, print)  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_build_makes_everything_and_a_broken_source_leaves_it(tmp_path: Path) -> None:
    root, output = lay("base", tmp_path / "root"), tmp_path / "out"
    (facts,) = built(root, output)
    assert facts.made
    assert not [f for f in facts.findings if f.severity is not Severity.HINT]
    folder = output / "base"
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(made) == {
        "accessibilita.html",
        "base.bib",
        "base.epub",
        "base.jsonld",
        "base.onix.xml",
        "base.opds.json",
        "base.pdf",
        "card.jpg",
        "cover.jpg",
        "manifest.json",
        "report.html",
        "report.json",
        "thumbnail.jpg",
    }
    report = json.loads(made["report.json"])
    assert report["counts"]["pages"] == facts.pages > 10

    # A mistake: the edition is not made, and what the last good build left stays.
    edition = root / "chapters" / "base" / "edition.yaml"
    good = edition.read_text("utf-8")
    edition.write_text(good.replace("title: Il libro", "titel: Il libro", 1), "utf-8")
    (facts,) = built(root, output)
    assert not facts.made
    assert {f.code.id for f in facts.findings if f.severity is Severity.ERROR}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    assert {path.name for path in output.iterdir()} == {"base", ".cache"}

    # One format alone: the other stays as it was.
    edition.write_text(good.replace("version: 1.0.0", "version: 1.0.1"), "utf-8")
    (facts,) = built(root, output, formats=("epub",))
    assert facts.made
    assert (folder / "base.pdf").read_bytes() == made["base.pdf"]
    assert (folder / "base.epub").read_bytes() != made["base.epub"]


def test_a_picture_moved_to_another_folder_is_missed(tmp_path: Path) -> None:
    root, output = lay("base", tmp_path / "root"), tmp_path / "out"
    (facts,) = built(root, output, formats=("epub",))
    assert facts.made
    images = root / "chapters" / "base" / "images"
    images.rename(images.with_name("immagini"))
    (facts,) = built(root, output, formats=("epub",))
    assert not facts.made
    assert "L010" in {f.code.id for f in facts.findings}


@pytest.mark.slow
def test_an_edition_with_errors_does_not_stop_the_others(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    broken = root / "chapters" / "broken"
    broken.mkdir()
    (broken / "edition.yaml").write_text("title: [\n")
    facts = run(Order(root=root, output=tmp_path / "out", formats=("epub",), jobs=2), print, print)
    assert [(edition.name, edition.made) for edition in facts] == [
        ("base", True),
        ("broken", False),
    ]
    assert not (tmp_path / "out" / "broken").exists()


def test_unknown_editions_are_named_with_those_that_exist(tmp_path: Path) -> None:
    root = lay("base", tmp_path)
    with pytest.raises(UnknownEditions) as caught:
        built(root, tmp_path / "out", editions=("bse",))
    assert caught.value.names == ("bse",)
    assert caught.value.known == ("base",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        ("epub.css.j2", "U004", "'nope' is undefined"),
        ("pdf.css.j2", "B101", "«pdf.css.j2» does not work (line 2): 'nope' is undefined"),
        ("cover.css.j2", "B101", "«cover.css.j2» does not work (line 2): 'nope' is undefined"),
        ("templates/notice.xhtml.j2", "B101", "«notice.xhtml.j2» does not work"),
    ],
)
def test_a_broken_file_of_the_brand_is_a_finding_and_nothing_is_delivered(
    file: str, code: str, words: str, tmp_path: Path
) -> None:
    root, output = lay("base", tmp_path / "root"), tmp_path / "out"
    brand = root / "assets" / "brands" / "prova"
    shutil.copytree(CHECKOUT / "assets" / "brands" / "sobrio", brand)
    (brand / file).parent.mkdir(exist_ok=True)
    (brand / file).write_text("{# #}\n{{ nope }}" if file.endswith("css.j2") else "<p>", "utf-8")
    edition = root / "chapters" / "base" / "edition.yaml"
    text = edition.read_text("utf-8").replace("brand: ancilab\nground: petrol", "brand: prova")
    edition.write_text(text, "utf-8")
    (facts,) = built(root, output)
    assert not facts.made
    (error,) = [f for f in facts.findings if f.severity is Severity.ERROR]
    assert error.code.id == code
    assert words in error.sentence("en")
    assert not (output / "base").exists()
