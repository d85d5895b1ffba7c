"""The codes of what the driver itself finds wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

from book.findings import Finding, Severity, define
from book.messages import N_, translate
from book.system.locks import CannotWrite

EDITED_MEANWHILE = define(
    "E140",
    Severity.ERROR,
    N_("this file was edited while the edition was being built, twice in a row"),
    N_("save it and build again; what the last good build left is as it was"),
)
DISK_FULL = define(
    "E141",
    Severity.ERROR,
    N_("the disk is full: nothing could be written to {folder}, where {free} are left"),
    N_(
        "make room (the files of this edition need {needed}, and those of the last build stay "
        "until the new ones are whole), or name another folder with --output"
    ),
)
PROTECTED = define(
    "E142",
    Severity.ERROR,
    N_("the folder {folder} is protected from writing"),
    N_("give yourself the right to write to it, or name another folder with --output"),
)
NOT_WRITTEN = define(
    "E143",
    Severity.ERROR,
    N_("the folder {folder} cannot be written to: {reason}"),
    N_("move what stands there out of the way, or name another folder with --output"),
)
LAYOUT_KILLED = define(
    "P003",
    Severity.ERROR,
    N_("the system stopped a process that was laying out pages, as it does when memory runs out"),
    N_("close other programs, or build with --jobs 1, which needs less memory"),
)


def not_written(problem: CannotWrite, folder: Path, file: str, language: str) -> Finding:
    """The finding for an edition that could not be written to ``folder``.

    ``file`` is its ``edition.yaml``. A reason that the system gives is told in ``language`` where
    there is a translation of it.
    """
    where = str(problem.folder)
    if problem.is_full:
        # The edition's folder may not exist yet; the one above it does.
        needed, free = map(_size, (problem.needed, shutil.disk_usage(folder.parent).free))
        return DISK_FULL.at(file, folder=where, needed=needed, free=free)
    if problem.is_protected:
        return PROTECTED.at(file, folder=where)
    return NOT_WRITTEN.at(file, folder=where, reason=translate(problem.reason, language))


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB"
