"""Child processes that the kernel kills when their parent ends (``PR_SET_PDEATHSIG``, prctl(2)).

A parent cannot kill its children itself when it is killed with SIGKILL, so the kernel has to.
The kernel keeps the setting across exec(2) and drops it at fork(2). Therefore every program of a
chain must set it for itself: ``python children.py PROGRAM …`` sets it and then execs PROGRAM.

The signal is sent when the *thread* that started the child ends, not only when the process does.
The thread that starts a child must therefore wait for it.

This file is also run as a script, so it imports the standard library alone. On systems other
than Linux nothing is set, and children may outlive their parent.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PARENT = "BOOK_PARENT"
"""Environment variable that holds the process id of a child's intended parent."""
_HERE = "/proc/self/cwd"
"""The working directory of a process, by a path that is always short (Linux)."""
_PR_SET_PDEATHSIG = 1
"""From ``linux/prctl.h``."""


def env_for_child(environment: Mapping[str, str]) -> dict[str, str]:
    """Return ``environment`` with this process named as the parent that the child dies with."""
    return {**environment, PARENT: str(os.getpid())}


def dying_with_parent(command: Sequence[str]) -> list[str]:
    """Return a command that runs ``command`` and is killed when its parent ends.

    Run it in an environment made by :func:`env_for_child`.
    """
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), *command]


def write_browser_wrapper(program: Path, folder: Path) -> Path:
    """Write a shell script into ``folder`` that runs ``program`` and dies with its parent.

    Returns the script's path. Browser drivers (Playwright, Puppeteer) take the path of an
    executable and no command line, so :func:`dying_with_parent` cannot be used with them.

    The script sets ``TMPDIR`` to ``folder`` by a short name. Chromium makes a socket in ``TMPDIR``
    and does not start when the socket's path is longer than about a hundred bytes (unix(7)).
    Raises OSError.
    """
    lines = ["#!/bin/sh"]
    if sys.platform == "linux":
        lines += [f"cd {shlex.quote(str(folder))} || exit", f"export TMPDIR={_HERE}"]
    lines.append(f'exec {shlex.join(dying_with_parent([str(program)]))} "$@"')
    wrapper = folder / "browser"
    wrapper.write_text("\n".join(lines) + "\n", "utf-8")
    wrapper.chmod(0o700)
    return wrapper


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends.

    Kills this process at once when the parent named by :func:`env_for_child` has already ended.
    Then names this process in its own environment, as the parent for the children it starts or
    the program it execs. On systems other than Linux only the latter is done.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # A parent that ended before the call above sends no signal. Another process, such as
        # init, has then adopted this one, so its parent id differs from the expected one.
        if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
            os.kill(os.getpid(), signal.SIGKILL)
    os.environ.update(env_for_child({}))


def main(command: Sequence[str]) -> None:
    """Replace this process by ``command`` (exec), which then dies with its parent."""
    die_with_parent()
    # Python ignores these two signals, and exec hands that on. The program must start with the
    # defaults, as it would from a shell.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(command[0], list(command))


if __name__ == "__main__":
    main(sys.argv[1:])
