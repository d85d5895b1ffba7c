"""The system's Chromium, driven through Playwright: what a finished file looks like on a screen.

The browser runs without a window and without a network. A page can load only the files that the
caller hands over, from an invented origin; every other request is refused and its address recorded.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from book.readback.epub_files import PackedFile
from book.system.children import write_browser_wrapper
from book.system.needs import Need, browser, install_command, system_family
from book.validators.verdict import ValidatorFailed, ValidatorMissing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

# RFC 2606 reserves «.invalid»: no host on the network can have such a name.
ORIGIN = "https://book.invalid/"
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # The same colours and edges on every machine.
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
_START = 60_000
"""Milliseconds that the browser has to start; a first start on a busy machine is slow."""
_PATIENCE = 20_000
"""Milliseconds that a page has to answer."""
_SECONDS_FOR_VERSION = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
# Playwright's objects belong to the thread that made them.
_here = threading.local()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser, for this thread alone.

    Playwright can start only once in a thread, so a nested ``with chromium()`` gives the browser of
    the outer one: a caller that reads many files puts one around them all. Raises ValidatorMissing
    without Playwright or Chromium, ValidatorFailed when the browser does not start.
    """
    running: Browser | None = getattr(_here, "running", None)
    if running is not None:
        yield running
        return
    program = browser()
    if program is None:
        command = install_command([Need.CHROMIUM], system_family()) or "install Chromium"
        raise ValidatorMissing("Chromium", command)
    if find_spec("playwright") is None:
        raise ValidatorMissing("Playwright", "install the Python package playwright")
    # Imported here: this module must load where Playwright is not installed.
    from playwright.sync_api import Error, sync_playwright

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(
                executable_path=str(write_browser_wrapper(program, Path(folder))),
                args=list(FLAGS),
                # Chromium refuses to build its sandbox for root.
                chromium_sandbox=not _is_root(),
                timeout=_START,
            )
        except Error as error:
            raise ValidatorFailed(f"{program} does not start: {error.message[-2000:]}") from error
        _here.running = running
        try:
            yield running
        finally:
            _here.running = None
            running.close()


@dataclass
class OfflinePage:
    """A page that can load only ``files`` (by name), and the addresses that it was refused."""

    page: Page
    files: Mapping[str, PackedFile]
    refused: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        """Show one of the files and wait until everything in it has loaded.

        Raises KeyError for a file that is not among ``files``.
        """
        if name not in self.files:
            raise KeyError(name)
        self.page.goto(ORIGIN + quote(name), wait_until="load")

    def answer(self, route: Route) -> None:
        """Answer a request with the file that it names, or refuse it."""
        address = route.request.url
        name = unquote(address.removeprefix(ORIGIN).split("#")[0].split("?")[0])
        if address.startswith(ORIGIN) and name in self.files:
            file = self.files[name]
            route.fulfill(content_type=file.media_type, body=file.content)
        else:
            self.refused.append(address)
            route.abort()


@contextmanager
def offline_page(
    running: Browser, files: Mapping[str, PackedFile], script: str = ""
) -> Iterator[OfflinePage]:
    """A fresh page for ``files`` (by name); ``script`` runs before the scripts of each document.

    Each file is served with its own media type, so the browser parses XHTML as XHTML.
    """
    context: BrowserContext = running.new_context(service_workers="block", locale="it-IT")
    try:
        context.set_default_timeout(_PATIENCE)
        if script:
            context.add_init_script(script=script)
        opened = OfflinePage(context.new_page(), files)
        # Set before the page loads anything.
        context.route("**/*", opened.answer)
        yield opened
    finally:
        context.close()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def chromium_version() -> str:
    """The version of the browser, as it says itself; "" when it does not tell."""
    program = browser()
    return "" if program is None else _version_of(program)


@cache
def _version_of(program: Path) -> str:
    try:
        said = subprocess.run(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS_FOR_VERSION,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = _NUMBER.search(said)
    return found[0] if found else ""
