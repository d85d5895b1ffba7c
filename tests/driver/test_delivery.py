"""Artefacts appear whole or not at all, and what is not made anew stays."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from book.driver.cache import hashes_of
from book.driver.delivery import MANIFEST, deliver, is_current
from book.driver.inputs import inputs_of
from book.system import whole
from book.system.whole import recover
from tests.support.books import lay, load


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_manifest_lists_artefacts_and_sources(tmp_path: Path) -> None:
    source = tmp_path / "edition.yaml"
    source.write_text("title: A\n")
    folder = tmp_path / "build" / "a"
    sources = hashes_of({"edition.yaml": source})
    deliver(folder, {"a.pdf": b"pdf", "report.html": b"x"}, sources, "a")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert manifest["edition"] == "a"
    assert list(manifest["artefacts"]) == ["a.pdf"]
    assert manifest["artefacts"]["a.pdf"] == {
        "size": 3,
        "sha256": hashlib.sha256(b"pdf").hexdigest(),
        "media_type": "application/pdf",
    }
    assert set(manifest["sources"]) == {"edition.yaml"}
    assert "weasyprint" in manifest["tools"]


def test_what_is_not_made_anew_stays(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    deliver(folder, {"a.pdf": b"old", "a.epub": b"old"}, {}, "a")
    deliver(folder, {"a.epub": b"new"}, {}, "a")
    assert (folder / "a.pdf").read_bytes() == b"old"
    assert (folder / "a.epub").read_bytes() == b"new"
    assert names(tmp_path) == {"a"}


def test_an_interrupted_delivery_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    deliver(folder, {"a.pdf": b"old"}, {}, "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole, "_exchange", full)
    with pytest.raises(OSError, match="the disk is full"):
        deliver(folder, {"a.pdf": b"new"}, {}, "a")
    assert (folder / "a.pdf").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize("new_one_in_place", [True, False])
def test_a_delivery_killed_between_renames_is_put_right(
    tmp_path: Path, new_one_in_place: bool
) -> None:
    folder, old = tmp_path / "a", tmp_path / ".a.old"
    deliver(old, {"a.pdf": b"old"}, {}, "a")
    if new_one_in_place:
        deliver(folder, {"a.pdf": b"new"}, {}, "a")
    recover(folder)
    assert names(tmp_path) == {"a"}
    assert (folder / "a.pdf").read_bytes() == (b"new" if new_one_in_place else b"old")


def test_a_changed_font_makes_what_was_made_with_it_old(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    loaded, findings = load(root)
    assert loaded is not None, findings
    font = root / "assets" / "fonts" / "lora" / "Lora_400Regular.ttf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"one")
    inputs = hashes_of(inputs_of(loaded))
    deliver(tmp_path / "base", {"base.pdf": b"pdf"}, {}, "base", inputs)
    assert is_current(tmp_path / "base", "base.pdf", inputs_of(loaded))
    font.write_bytes(b"another")
    assert not is_current(tmp_path / "base", "base.pdf", inputs_of(loaded))
