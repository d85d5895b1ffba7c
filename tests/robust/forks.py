"""A process that has loaded the pipeline once, and forks a fresh one for every job.

``python -m tests.robust.forks`` reads lines of JSON: ``["start", job]`` answers with a process id,
``["wait", id]`` with its exit status (negative for a signal), ``["settled"]`` whether nothing that
it started, or that was started by what it started, is left; ``["warm", job]`` does a job in the
process itself, so that templates, fonts and modules, which belong to no book, need not be loaded in
each fork. A job is a mapping: ``do`` names one of
``JOBS``, the rest are its arguments and what happens meanwhile, see :func:`_prepared`.
"""

from __future__ import annotations

import copyreg
import ctypes
import errno
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from book.commands import release as release_command
from book.commands.build import build_command
from book.commands.validate import validate_command
from book.driver import workers
from book.driver.delivery import Delivery, deliver
from book.driver.outputs.table import formats
from book.driver.run import Order, run
from book.markdown.tree import Tree
from book.release.write import release
from book.system import whole
from book.system.whole import place, recover
from book.validation import table
from book.validation.notice import NOTICE
from book.validators.verdict import ValidatorMissing
from tests.support.books import BASE
from tests.support.shelf import Shelf
from tests.support.verdicts import keep, kept

# lxml's elements cannot be pickled: a tree goes as its text, and is parsed again when it is read.
copyreg.pickle(Tree, lambda tree: (Tree, (tree.xhtml,)))
Job = dict[str, Any]
_SUBREAPER = 36
_CAPABILITIES = 0x20080522
_SECONDS_TO_SETTLE = 20.0
_WRITES = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.chmod", "open"}
"""Audit events that change something, or may."""


def _build(job: Job) -> int:
    """A build, its steps told one a line in the file ``steps``; 1 when something was not made.

    ``edits`` are steps with a file and what is written to it when the step begins, once each.
    """
    order = Order(Path(job["root"]), formats=tuple(job["formats"]), output=Path(job["output"]))
    edits = list(job.get("edits", ()))

    def watch(edition: str, step: str) -> None:
        if "steps" in job:
            with Path(job["steps"]).open("a") as file:
                file.write(step + "\n")
        edit = next((edit for edit in edits if edit[0] == step), None)
        if edit is not None:
            edits.remove(edit)
            Path(edit[1]).write_text(edit[2], "utf-8")

    facts = run(order, watch, lambda _: None)
    if "findings" in job:
        told = [finding.sentence("en") for edition in facts for finding in edition.findings]
        Path(job["findings"]).write_text("\n".join(told), "utf-8")
    return 0 if all(edition.made for edition in facts) else 1


def _command(job: Job) -> int:
    """``./inv build`` as typed, what it says in the file ``said``."""
    _said_in(job["said"])
    return build_command(
        (),
        ",".join(job["formats"]),
        root=job["root"],
        output=job["output"],
        jobs=1,
        language=job.get("language", "en"),
        strict=False,
    )


def _said_in(file: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)


def _validate(job: Job) -> int:
    """``./inv validate base`` as typed; ``alone`` leaves all validators out but one."""
    _leave_out_all_but(job.get("alone", ""))
    return validate_command(
        [BASE], root=job["root"], output=job["output"], jobs=2, format="text", language="en"
    )


def _release(job: Job) -> int:
    """``./inv release base`` as typed, with its gate or with a verdict that is there (``gate``)."""
    if "said" in job:
        _said_in(job["said"])
    _leave_out_all_but(job.get("alone", ""))
    mine = release
    if "gate" in job:
        judged = kept(Path(job["gate"]))
        mine = partial(release, gate=lambda order, watch, done, begins: [judged])
    places = {name: job[name] for name in ("root", "output", "dist")}
    with patch.object(release_command, release.__name__, mine):
        return release_command.release_command(BASE, **places, jobs=2, papers="", language="en")


def _judge(job: Job) -> int:
    """What a gate says of the base book that is content with it, in the file ``gate``."""
    order = Order(Path(job["root"]), (BASE,), formats(), Path(job["output"]), jobs=2)
    content = Shelf(order.root).building
    (judged,) = content(order, lambda edition, step: None, lambda facts: None, lambda: None)
    keep(judged, Path(job["gate"]))
    assert judged.passed, [finding.sentence("en") for finding in judged.facts.findings]
    return 0


def _leave_out_all_but(name: str) -> None:
    """Let all validators miss something but this one and the notice's rules; with "" all run."""
    if name:
        table.VALIDATORS = tuple(
            row
            if row.name.casefold() in (name, NOTICE.name.casefold())
            else replace(row, missing=lambda: ValidatorMissing("it", "wait"))
            for row in table.VALIDATORS
        )


def _deliver(job: Job) -> int:
    """A delivery of files with ``content``, and with it everything that stands around."""
    files = {name: job["content"].encode() * 1000 for name in ("a.epub", "a.pdf", "web/a/b.html")}
    deliver(Path(job["folder"]), Delivery("a", files), keep=job.get("keep", True))
    return 0


def _place(job: Job) -> int:
    """A whole folder at once, as a release is written."""
    names = [f"texts/{number}" if number % 2 else f"{number}" for number in range(job["files"])]
    files = {name: job["content"].encode() * (job["size"] // 3) for name in names}
    place(Path(job["folder"]), files)
    return 0


def _recover(job: Job) -> int:
    recover(Path(job["folder"]))
    return 0


JOBS: dict[str, Callable[[Job], int]] = {
    "build": _build,
    "command": _command,
    "validate": _validate,
    "release": _release,
    "judge": _judge,
    "deliver": _deliver,
    "place": _place,
    "recover": _recover,
}


def _prepared(job: Job) -> _Steps | None:
    """What happens while the job runs; who counts its steps.

    ``kill_at`` n: the process kills itself at its n-th step that changes files (from 1);
    ``full_at`` n: from the n-th on the system says that the disk is full; ``count``: how many there
    were goes to this file at the end. ``bound``: the rights of files bind this process, whoever it
    runs as. ``largest``: no file grows beyond so many bytes. ``no_exchange``: as on systems that
    cannot exchange two names in one step. ``kill_workers``: who lays out pages is killed as it
    starts.
    """
    os.setsid()
    steps = None
    if {"kill_at", "full_at", "count"} & job.keys():
        steps = _Steps(job)
        sys.addaudithook(steps)
    if job.get("bound"):
        _drop_capabilities()
    if "largest" in job:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest"],) * 2)
    if job.get("no_exchange"):
        whole._swapped = lambda one, other: False
    if job.get("kill_workers"):
        start = workers.WorkerProcess

        def killed(*arguments: Any) -> workers.WorkerProcess:
            started = start(*arguments)
            started.process.kill()
            return started

        workers.WorkerProcess = killed  # type: ignore[assignment, misc]
    return steps


class _Steps:
    """Counts what changes files below ``inside``, and steps in."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._inside = job["inside"]
        self.count = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._changes(event, arguments):
            return
        self.count += 1
        if self.count == self._job.get("kill_at"):
            os.kill(os.getpid(), signal.SIGKILL)
        if self.count >= self._job.get("full_at", sys.maxsize) and _takes_room(event, arguments):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _changes(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "ctypes.dlsym":
            return bool(arguments[1] == "renameat2")
        if event not in _WRITES or not arguments:
            return False
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _TO_WRITE):
            return False
        # What takes folders away names what is in them by itself.
        in_a_folder = event in {"os.remove", "os.rmdir"} and arguments[1] != -1
        return in_a_folder or str(arguments[0]).startswith(self._inside)


_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_DIRECTORY


def _takes_room(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        return not arguments[2] & os.O_DIRECTORY
    return event in {"os.mkdir", "os.link"}


def _drop_capabilities() -> None:
    """From now on the rights of files bind this process, even when it is root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    if os.geteuid() == 0 and libc.capset(header, (ctypes.c_uint32 * 6)()) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _start(job: Job) -> int:
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        steps = _prepared(job)
        code = JOBS[job["do"]](job)
        if steps and "count" in job:
            Path(job["count"]).write_text(str(steps.count))
    except BaseException as error:
        if "error" in job:
            Path(job["error"]).write_text(f"{type(error).__name__}: {error}", "utf-8")
    finally:
        os._exit(code)


def _settled() -> bool:
    """Whether, soon, no process is left of all that came of the jobs."""
    end = time.monotonic() + _SECONDS_TO_SETTLE
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return True
    return False


def main() -> None:
    """Serve until standard input ends."""
    # Orphans of a job become children of this process, which so knows of each of them.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        answer: object
        if what == "start":
            answer = _start(arguments[0])
        elif what == "wait":
            answer = os.waitstatus_to_exitcode(os.waitpid(arguments[0], 0)[1])
        elif what == "warm":
            answer = JOBS[arguments[0]["do"]](arguments[0])
        else:
            answer = _settled()
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
