"""The validators' engines: Java, driven through JPype in a process of their own.

A process can start one Java virtual machine, once, with one class path; so each validator runs
as ``python -m book.validators.<validator>``, is told on standard input (JSON) which files to check,
and answers on standard output (JSON). One machine checks many files: the first takes seconds,
the others a fraction of one.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from book.system.checkout import CHECKOUT
from book.system.children import die_with_parent, env_for_child
from book.system.needs import Need, install_command, java_library, system_family

# Little warm-up for runs this short; no helper threads on small machines; the same messages
# and number formats whatever the locale.
JVM_OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",  # a file in the system's temporary folder, which stays after a kill
    "-Djava.awt.headless=true",
    "-Duser.language=en",
    "-Duser.country=",
    "-Dfile.encoding=UTF-8",
)

Answer = list[dict[str, Any]]


class ValidatorMissing(Exception):
    """A validator cannot run here: ``what`` is missing, and ``how`` to get it.

    ``how`` is a command where there is one, else an English sentence.
    """

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"{what} is missing: {how}")
        self.what = what
        self.how = how


class ValidatorFailed(Exception):
    """A validator ran and broke down; the message is the end of what it said."""


def jar(package: str, *parts: str) -> Path:
    """Find a jar in the wheel of ``package``. Raises :class:`ValidatorMissing`."""
    spec = importlib.util.find_spec(package)
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent.joinpath(*parts)
        if path.is_file():
            return path
    how = f"install the Python package {package.replace('_', '-')}"
    raise ValidatorMissing("/".join(parts), how)


def ask(module: str, paths: Sequence[Path], timeout: float, *arguments: str) -> Answer:
    """Run a validator's module on ``paths``; one answer per file, in their order.

    ``timeout`` is in seconds. Raises :class:`ValidatorMissing` without Java or JPype,
    :class:`ValidatorFailed` when the engine breaks down or takes too long, FileNotFoundError
    for a path that is not there.
    """
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(path)
    if java_library() is None:
        command = install_command([Need.JAVA], system_family()) or "install a Java runtime (11+)"
        raise ValidatorMissing("Java", command)
    if importlib.util.find_spec("jpype") is None:
        raise ValidatorMissing("JPype", "install the Python package jpype1")
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=json.dumps([str(path.resolve()) for path in paths]),
            cwd=CHECKOUT,
            env=env_for_child(os.environ),
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValidatorFailed(f"{module} did not end within {timeout:g} seconds") from error
    if done.returncode:
        raise ValidatorFailed(f"{module}: {done.stderr[-2000:].strip()}")
    answers: Answer = json.loads(done.stdout)
    if len(answers) != len(paths):
        raise ValidatorFailed(f"{module} answered for {len(answers)} of {len(paths)} files")
    return answers


def serve(classpath: Path, check: Callable[[list[str]], Answer]) -> None:
    """Be the process that :func:`ask` starts: start Java, check, answer.

    What the engine prints goes to standard error, so that the answer stands alone. It is killed
    with the process that asked. Java takes no notice of ``TMPDIR``, so it is told.
    """
    die_with_parent()
    import jpype

    paths: list[str] = json.load(sys.stdin)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        options = (*JVM_OPTIONS, f"-Djava.io.tmpdir={gettempdir()}")
        jpype.startJVM(str(java_library()), *options, classpath=[str(classpath)])
        json.dump(check(paths), answer)
