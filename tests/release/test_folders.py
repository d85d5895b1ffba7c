"""A release of an output that makes files in folders: complete, checked, and the same again."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile

import pytest

from book.driver.outputs import table
from tests.support.books import BASE
from tests.support.sample_output import SAMPLE, SAMPLE_FILES
from tests.support.shelf import Shelf, said

FIRST = f"{BASE}-1.0.0"


@pytest.mark.slow
def test_files_in_folders_are_released_like_all_others(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "OUTPUTS", (SAMPLE, *table.OUTPUTS))
    released = shelf.release()
    assert said(released) == []
    assert released.is_new
    folder = shelf.dist / FIRST
    built = shelf.root / "build" / BASE
    for name in SAMPLE_FILES:
        assert (folder / name).read_bytes() == (built / name).read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert set(SAMPLE_FILES) <= manifest["artefacts"].keys()
    assert set(SAMPLE_FILES) <= {
        line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()
    }
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(io.BytesIO((folder / f"{FIRST}.zip").read_bytes())) as archive:
        assert {f"{FIRST}/{name}" for name in SAMPLE_FILES} <= set(archive.namelist())

    # Released already: nothing is written anew.
    before = (folder / "manifest.json").stat().st_ino
    again = shelf.release()
    assert said(again) == []
    assert not again.is_new
    assert (folder / "manifest.json").stat().st_ino == before

    # A file that has changed since keeps the version from being released once more.
    (folder / "sample" / "index.html").write_text("another")
    assert any("sample/index.html" in sentence for sentence in said(shelf.release()))
