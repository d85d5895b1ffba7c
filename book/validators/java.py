"""Java for validators, driven through JPype in a process of its own.

A process can start only one Java virtual machine, once, with one class path. So each validator
runs as ``python -m book.validators.<validator>``: it reads the paths to check from standard input
(JSON) and writes its answers to standard output (JSON). One virtual machine checks many files: the
first file takes seconds, each further one a fraction of a second.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from book.system.checkout import CHECKOUT
from book.system.children import die_with_parent, env_for_child
from book.system.needs import Need, install_command, java_library, system_family
from book.validators.verdict import ValidatorFailed, ValidatorMissing

# Runs are short: the quick compiler and the collector without threads of its own start soonest.
# Messages and number formats are the same under every locale.
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


def jar(package: str, *parts: str) -> Path:
    """Find a jar in the wheel of ``package``. Raises ValidatorMissing."""
    spec = importlib.util.find_spec(package)
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent.joinpath(*parts)
        if path.is_file():
            return path
    how = f"install the Python package {package.replace('_', '-')}"
    raise ValidatorMissing("/".join(parts), how)


def missing(package: str, *parts: str) -> ValidatorMissing | None:
    """What keeps the engine in a jar of ``package`` from running: the jar, Java or JPype."""
    try:
        jar(package, *parts)
    except ValidatorMissing as error:
        return error
    return _runtime_missing()


def _runtime_missing() -> ValidatorMissing | None:
    if java_library() is None:
        command = install_command([Need.JAVA], system_family()) or "install a Java runtime (11+)"
        return ValidatorMissing("Java", command)
    if importlib.util.find_spec("jpype") is None:
        return ValidatorMissing("JPype", "install the Python package jpype1")
    return None


def ask(module: str, paths: Sequence[Path], timeout: float, *arguments: str) -> Answer:
    """Run a validator's module on ``paths``; one answer per file, in their order.

    ``timeout`` is in seconds. Raises ValidatorMissing without Java or JPype, ValidatorFailed when
    the engine breaks down or takes too long, FileNotFoundError for a path that is not there.
    """
    # Before Java starts, which takes seconds.
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(path)
    if lacking := _runtime_missing():
        raise lacking
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

    What the engine prints goes to standard error, so that standard output holds the answer alone.
    The kernel kills this process when the one that called :func:`ask` ends. Java does not read
    ``TMPDIR``, so an option names the temporary folder.
    """
    die_with_parent()
    # Imported here: the calling process imports this module, too, and must not need JPype.
    import jpype

    paths: list[str] = json.load(sys.stdin)
    # Java prints to descriptor 1, past Python's sys.stdout. So the descriptor itself is pointed at
    # standard error, and the answer goes to a copy of the old one.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        options = (*JVM_OPTIONS, f"-Djava.io.tmpdir={gettempdir()}")
        jpype.startJVM(str(java_library()), *options, classpath=[str(classpath)])
        json.dump(check(paths), answer)


def java_version() -> str:
    """The version of the Java runtime, from its ``release`` file; "" when it does not tell."""
    library = java_library()
    if library is None:
        return ""
    try:
        release = (library.parents[2] / "release").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r'^JAVA_VERSION="([^"]*)"', release, re.MULTILINE)
    return found[1] if found else ""
