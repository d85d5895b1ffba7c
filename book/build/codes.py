"""What the driver itself can find wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

from book.build.locks import CannotWrite
from book.findings import Finding, Severity, define
from book.messages import N_

COVER_NOT_DRAWN = define(
    "B102",
    Severity.HINT,
    N_("The cover cannot be made as SVG, for it holds {reason}."),
    N_("Draw it with plain colours, paths and pictures; the other covers are made."),
)

EDITED_MEANWHILE = define(
    "E140",
    Severity.ERROR,
    N_("This file was edited while the edition was built, twice."),
    N_("Save it and build again; what the last good build left is as it was."),
)
DISK_FULL = define(
    "E141",
    Severity.ERROR,
    N_("The disk is full: nothing could be written to {folder}, where {free} are left."),
    N_(
        "Make room (the files of this edition need {needed}, and those of the last build stay "
        "until the new ones are whole), or name another folder with --output."
    ),
)
PROTECTED = define(
    "E142",
    Severity.ERROR,
    N_("The folder {folder} is protected from writing."),
    N_("Give yourself the right to write to it, or name another folder with --output."),
)
NOT_WRITTEN = define(
    "E143",
    Severity.ERROR,
    N_("The folder {folder} cannot be written: {reason}"),
    N_("Move what stands there out of the way, or name another folder with --output."),
)
LAYOUT_KILLED = define(
    "P003",
    Severity.ERROR,
    N_("The system stopped a process that was laying out pages, as it does when memory runs out."),
    N_("Close other programs, or build with --jobs 1, which needs less memory."),
)


def not_written(problem: CannotWrite, folder: Path, file: str) -> Finding:
    """What keeps an edition (``file`` is its ``edition.yaml``) from being written to ``folder``."""
    where = str(problem.folder)
    if problem.is_full:
        needed, free = map(_size, (problem.needed, shutil.disk_usage(folder.parent).free))
        return DISK_FULL.at(file, folder=where, needed=needed, free=free)
    if problem.is_protected:
        return PROTECTED.at(file, folder=where)
    return NOT_WRITTEN.at(file, folder=where, reason=problem.reason)


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB"
