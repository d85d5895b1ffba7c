"""The versions of what validators run on: Java and Chromium."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from book.system.needs import browser, java_library

_SECONDS = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)+")


@cache
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


@cache
def chromium_version() -> str:
    """The version of the browser, as it says itself; "" when it does not tell."""
    program = browser()
    return "" if program is None else _said_by(program)


def _said_by(program: Path) -> str:
    try:
        said = subprocess.run(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = _NUMBER.search(said)
    return found[0] if found else ""
