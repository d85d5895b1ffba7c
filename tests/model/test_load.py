"""What no folder of files can show: names of editions, where assets come from, broken links."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.model import codes
from book.model.load import edition_names
from book.system.checkout import CHECKOUT
from tests.support import books


def test_editions_are_folders_with_an_edition_or_chapters(tmp_path: Path) -> None:
    for path in ("b/edition.yaml", "a/uno.md", "c/nota.txt", ".d/edition.yaml"):
        file = tmp_path / "chapters" / path
        file.parent.mkdir(parents=True)
        file.touch()
    assert edition_names(tmp_path) == ["a", "b"]
    assert edition_names(tmp_path / "nowhere") == []


@pytest.mark.parametrize("name", ["", "..", "../base", "Base", "è", "a b", "-a", "a/b", "base\n"])
def test_a_name_that_is_no_folder_of_an_edition_is_refused(name: str, tmp_path: Path) -> None:
    loaded, findings = books.load(books.lay(books.BASE, tmp_path), name)
    assert loaded is None
    assert [f.code for f in findings] == [codes.BAD_EDITION_NAME]


def test_an_edition_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    loaded, findings = books.load(books.lay(books.BASE, tmp_path), "altro")
    assert loaded is None
    assert [f.code for f in findings] == [codes.NO_EDITION_FOLDER]
    assert findings[0].values["known"] == "base"


def test_assets_come_from_the_root_first(tmp_path: Path) -> None:
    loaded, _ = books.load(books.lay("brand-own", tmp_path))
    assert loaded is not None
    assert loaded.brand_folder == tmp_path / "assets/brands/prova"
    assert loaded.fonts_folder == CHECKOUT / "assets/fonts"
    assert [programme.id for programme in loaded.programmes] == ["prova"]


def test_a_link_that_goes_round_in_circles_is_refused(tmp_path: Path) -> None:
    books.lay(books.BASE, tmp_path)
    chapter = tmp_path / "chapters/base/contributo.md"
    chapter.unlink()
    chapter.symlink_to("contributo.md")
    loaded, findings = books.load(tmp_path)
    assert loaded is None
    assert [f.code for f in findings] == [codes.CHAPTER_OUTSIDE]


def test_names_with_accents_kept_apart_are_found(tmp_path: Path) -> None:
    books.lay(books.BASE, tmp_path)
    folder = tmp_path / "chapters/base"
    (folder / "contributo.md").rename(folder / "citta\u0300.md")
    edition = folder / "edition.yaml"
    edition.write_text(
        edition.read_text("utf-8").replace("contributo.md", "citt\u00e0.md"), "utf-8"
    )
    loaded, findings = books.load(tmp_path)
    assert findings == []
    assert loaded is not None
    assert loaded.chapters["citt\u00e0.md"].slug == "citta"


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    root = books.lay("edition-everything-at-once", tmp_path)
    assert books.load(root)[1] == books.load(root)[1]
