"""Programs that end with the process that started them, whatever ends it (Linux, prctl(2)).

The kernel kills them; a process that is itself killed could not. The wish goes through exec(2),
but not through fork(2), so each program of a chain needs it for itself: ``python children.py
PROGRAM …`` expresses it and becomes the program. The kernel watches the thread that started the
program: that thread has to wait for it. Only the standard library is used here, and nothing of
the house, because this file is also run by itself.
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
"""Environment variable: the id of the process that a program is to end with."""
_HERE = "/proc/self/cwd"
_PR_SET_PDEATHSIG = 1


def mine(environment: Mapping[str, str]) -> dict[str, str]:
    """``environment`` for a program that is to end with this process."""
    return {**environment, PARENT: str(os.getpid())}


def bound(command: Sequence[str]) -> list[str]:
    """``command`` as one that ends with its parent; to be run in an environment of :func:`mine`."""
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), *command]


def bound_browser(program: Path, folder: Path) -> Path:
    """Write a program into ``folder`` that is ``program`` but ends with its parent, and give it.

    For browsers, which drivers start that take a path and no command. What it sets down for a time
    goes into ``folder``, by a short name: Chromium makes a socket there, and does not start where
    that has a name of more than a hundred bytes (unix(7)). Raises OSError.
    """
    lines = ["#!/bin/sh"]
    if sys.platform == "linux":
        lines += [f"cd {shlex.quote(str(folder))} || exit", f"export TMPDIR={_HERE}"]
    lines.append(f'exec {shlex.join(bound([str(program)]))} "$@"')
    wrapper = folder / "browser"
    wrapper.write_text("\n".join(lines) + "\n", "utf-8")
    wrapper.chmod(0o700)
    return wrapper


def end_with_parent() -> None:
    """Have the kernel kill this process when its parent ends. Elsewhere than on Linux, nothing.

    The parent may have ended before: it is known by the environment of :func:`mine`. Programs that
    this process starts, or becomes, find its own id there.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
            os.kill(os.getpid(), signal.SIGKILL)
    os.environ.update(mine({}))


def main(command: Sequence[str]) -> None:
    """Become ``command``."""
    end_with_parent()
    # Python ignores these two for itself; the program is to start as it would without.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(command[0], list(command))


if __name__ == "__main__":
    main(sys.argv[1:])
