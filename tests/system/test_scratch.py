"""Temporary folders: held while their process lives, swept when it does not, only one's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from book.system.checkout import CHECKOUT
from book.system.scratch import PREFIX, folder_beside, own_temporary_folder, sweep

HOLD = """
import os, signal, tempfile
from book.system.scratch import own_temporary_folder
with own_temporary_folder():
    os.mkdir(tempfile.gettempdir() + "/profile")
    open(tempfile.gettempdir() + "/profile/file", "w").close()
    print(tempfile.gettempdir(), flush=True)
    signal.pause()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, by itself."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_that_is_temporary_goes_into_one_folder_that_goes_away(place: Path) -> None:
    with own_temporary_folder():
        (own,) = place.iterdir()
        assert own.name.startswith(PREFIX)
        assert own.stat().st_mode & 0o777 == 0o700
        assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(own)
        tempfile.mkdtemp()
        asked = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        assert told.stdout.strip() == str(own)
    assert names(place) == []
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(place)


def test_a_folder_goes_away_after_an_error_too(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), own_temporary_folder():
        tempfile.mkdtemp()
        raise ZeroDivisionError
    assert names(place) == []


def test_what_a_killed_process_leaves_goes_with_the_next_and_not_before(place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        held = Path(process.stdout.readline().strip())
        with own_temporary_folder():
            assert (held / "profile" / "file").is_file()
        assert names(place) == [held.name]
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert names(place) == [held.name]
    with own_temporary_folder():
        assert not held.exists()
    assert names(place) == []


def test_only_what_is_surely_ones_own_is_swept(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").touch()
    (place / f"{PREFIX}linked00").symlink_to(elsewhere)
    (place / f"{PREFIX}file0000").touch()
    (place / f"{PREFIX}others00").mkdir(mode=0o755)
    (place / f"{PREFIX}longer0000").mkdir(mode=0o700)
    (place / "book-notes").mkdir(mode=0o700)
    before = names(place)
    (place / f"{PREFIX}left0000").mkdir(mode=0o700)
    sweep(place, PREFIX)
    assert names(place) == before
    assert names(elsewhere) == ["file"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_folder_of_somebody_else_is_not_swept(place: Path) -> None:
    other = place / f"{PREFIX}others00"
    other.mkdir(mode=0o700)
    os.chown(other, 65534, 65534)
    sweep(place, PREFIX)
    assert other.is_dir()


def test_links_inside_are_removed_and_not_followed(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").touch()
    left = place / f"{PREFIX}left0000"
    left.mkdir(mode=0o700)
    (left / "link").symlink_to(elsewhere)
    sweep(place, PREFIX)
    assert names(place) == []
    assert names(elsewhere) == ["file"]


def test_without_a_place_for_it_all_stays_as_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "missing"))
    with own_temporary_folder():
        assert tempfile.gettempdir() == str(place / "missing")
        assert os.environ["TMPDIR"] == str(place)


def test_a_folder_beside(tmp_path: Path) -> None:
    (tmp_path / ".import~left0000").mkdir(mode=0o700)
    with folder_beside(tmp_path, ".import~") as folder:
        assert list(tmp_path.iterdir()) == [folder]
        (folder / "x.md").touch()
    assert names(tmp_path) == []
    with pytest.raises(FileNotFoundError), folder_beside(tmp_path / "missing", ".import~"):
        pass
