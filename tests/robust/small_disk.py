"""Builds on a small disk.

``python -m tests.robust.small_disk <folder to mount it on> <root> <chapter> <formats>``, where this
process may mount file systems, and nobody else sees them. Ends with 1 and a word on standard error
when something is not as it must be; tells its figures on standard output.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from book.driver.run import Order, run
from tests.robust.conftest import SENTENCE, beside, content, is_whole

ROOMS = (0, 64, 400)
"""Kilobytes that are left when the build begins."""


def built(order: Order) -> list[str]:
    """The codes of the errors of one build."""
    facts = run(order, lambda *_: None, lambda _: None)
    return [f.code.id for edition in facts for f in edition.findings if f.severity == "error"]


def main(disk: Path, root: Path, chapter: Path, formats: str) -> None:
    """Fill the disk, build, make room, build again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=True)
    order = Order(root, formats=tuple(formats.split(",")), output=disk / "out")
    folder, ballast = disk / "out" / "base", disk / "ballast"
    text = chapter.read_text("utf-8")
    assert built(order) == []
    told = []
    for number, kilobytes in enumerate(ROOMS):
        before = content(folder)
        chapter.write_text(text + SENTENCE * (number + 1), "utf-8")
        free = shutil.disk_usage(disk).free
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - kilobytes * 1024))
        errors = built(order)
        assert errors == ["E141"], errors
        assert content(folder) == before
        assert beside(disk / "out") == []
        told.append(f"{kilobytes} kB left: E141")
        ballast.unlink()
        assert built(order) == []
        assert content(folder) != before
        assert is_whole(folder)
        assert beside(disk / "out") == []
    print(f"builds on a tmpfs: {', '.join(told)}; the last good one whole, the next one right")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
