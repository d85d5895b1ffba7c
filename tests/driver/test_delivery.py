"""Artefacts appear whole or not at all, and what is not made anew stays."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from book.driver.cache import hashes_of
from book.driver.delivery import MANIFEST, Delivery, deliver, is_current
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
    deliver(folder, Delivery("a", {"a.pdf": b"pdf", "report.html": b"x"}, sources=sources))
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
    deliver(folder, Delivery("a", {"a.pdf": b"old", "a.epub": b"old"}))
    deliver(folder, Delivery("a", {"a.epub": b"new"}))
    assert (folder / "a.pdf").read_bytes() == b"old"
    assert (folder / "a.epub").read_bytes() == b"new"
    assert names(tmp_path) == {"a"}


def test_an_interrupted_delivery_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    deliver(folder, Delivery("a", {"a.pdf": b"old"}))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole, "_exchange", full)
    with pytest.raises(OSError, match="the disk is full"):
        deliver(folder, Delivery("a", {"a.pdf": b"new"}))
    assert (folder / "a.pdf").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize("new_one_in_place", [True, False])
def test_a_delivery_killed_between_renames_is_put_right(
    tmp_path: Path, new_one_in_place: bool
) -> None:
    folder, old = tmp_path / "a", tmp_path / ".a.old"
    deliver(old, Delivery("a", {"a.pdf": b"old"}))
    if new_one_in_place:
        deliver(folder, Delivery("a", {"a.pdf": b"new"}))
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
    deliver(tmp_path / "base", Delivery("base", {"base.pdf": b"pdf"}, inputs=inputs))
    assert is_current(tmp_path / "base", "base.pdf", inputs_of(loaded))
    font.write_bytes(b"another")
    assert not is_current(tmp_path / "base", "base.pdf", inputs_of(loaded))


def web(*files: str, content: bytes = b"x") -> Delivery:
    """A delivery of an output that makes many files in a folder."""
    names = tuple(f"web/{file}" for file in files)
    return Delivery("a", dict.fromkeys(names, content), {"web": names})


def all_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_files_in_folders_are_delivered_and_listed_like_others(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    deliver(folder, web("index.html", "fonts/one.woff2"))
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    told = {name: entry["media_type"] for name, entry in manifest["artefacts"].items()}
    assert told == {"web/fonts/one.woff2": "font/woff2", "web/index.html": "text/html"}
    for name, entry in manifest["artefacts"].items():
        assert entry["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert entry["size"] == 1
        assert is_current(folder, name, {})
    assert manifest["outputs"] == {"web": ["web/fonts/one.woff2", "web/index.html"]}


def test_an_output_that_is_not_made_anew_stays_whole(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    deliver(folder, web("index.html", "one/two.html"))
    deliver(folder, Delivery("a", {"a.epub": b"new"}, {"epub": ("a.epub",)}))
    assert {"web/index.html", "web/one/two.html", "a.epub"} <= all_files(folder)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert set(manifest["artefacts"]) == {"web/index.html", "web/one/two.html", "a.epub"}
    assert set(manifest["outputs"]) == {"epub", "web"}
    assert is_current(folder, "web/one/two.html", {})


def test_files_that_an_output_no_longer_makes_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    deliver(folder, Delivery("a", {"a.epub": b"x"}, {"epub": ("a.epub",)}))
    deliver(folder, web("index.html", "old/one.html", "old/deep/two.html", "kept/three.html"))
    (folder / "web" / "kept" / "note.txt").write_text("somebody's own")
    deliver(folder, web("index.html", "new.html"))
    assert all_files(folder) == {
        *("a.epub", "web", "web/index.html", "web/new.html", "web/kept", "web/kept/note.txt"),
        MANIFEST,
    }


def test_a_folder_may_take_the_place_of_a_file_of_the_same_output(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    for delivery in (web("page"), web("page/index.html"), web("page")):
        deliver(folder, delivery)
        assert {f for f in all_files(folder) if (folder / f).is_file()} == {
            *delivery.files,
            MANIFEST,
        }


def test_all_folders_go_when_nothing_is_to_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    deliver(folder, web("index.html", "one/two.html"))
    deliver(folder, Delivery("a", {"a.epub": b"new"}, {"epub": ("a.epub",)}), keep=False)
    assert all_files(folder) == {"a.epub", MANIFEST}


@pytest.mark.parametrize("name", ["../a.html", "web/../../a.html", "/a.html", "", "web//a", "./a"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "a"
    with pytest.raises(ValueError, match="no names of files in a folder"):
        deliver(folder, Delivery("a", {name: b"x"}))
    assert names(tmp_path) == set()


def test_a_manifest_that_lists_files_elsewhere_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    (outside := tmp_path / "outside.txt").write_text("x")
    deliver(folder, web("index.html"))
    listed = json.loads((folder / MANIFEST).read_text("utf-8"))
    listed["outputs"]["web"] += ["../outside.txt", str(outside), 3]
    (folder / MANIFEST).write_text(json.dumps(listed), "utf-8")
    deliver(folder, web("index.html"))
    assert outside.read_text() == "x"
