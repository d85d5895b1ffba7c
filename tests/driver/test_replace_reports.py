from __future__ import annotations

from pathlib import Path

import pytest

from book.driver.delivery import Delivery, deliver, replace_reports


def test_reports_are_replaced_and_nothing_else_changes(tmp_path: Path) -> None:
    folder = tmp_path / "uno"
    files = {"uno.epub": b"x", "report.html": b"old", "report.json": b"{}"}
    deliver(folder, Delivery("uno", files))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    replace_reports(folder, {"report.html": b"new"})
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after == {**before, "report.html": b"new"}
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_only_reports_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "uno").mkdir()
    with pytest.raises(ValueError, match=r"no reports: uno\.epub"):
        replace_reports(tmp_path / "uno", {"uno.epub": b"x"})
    assert list((tmp_path / "uno").iterdir()) == []


def test_a_report_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "uno"
    folder.mkdir()
    (folder / "report.html").mkdir()  # nothing can be renamed over a folder
    with pytest.raises(OSError):
        replace_reports(folder, {"report.html": b"new"})
    assert (folder / "report.html").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["uno"]
