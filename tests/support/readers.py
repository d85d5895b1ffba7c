"""Reading systems in Chromium: foliate-js and epub.js, on a shelf that holds them and one EPUB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage

from book.readback.epub_files import PackedFile
from book.system.checkout import CHECKOUT
from book.validators.browser import ORIGIN, OfflinePage, offline_page

DRIVERS = CHECKOUT / "tests" / "readers"
_MODULES = CHECKOUT / "node_modules"
_TYPES = {".js": "text/javascript", ".html": "text/html"}
_SOURCES = {
    "foliate-js": _MODULES / "foliate-js",
    "epubjs": _MODULES / "epubjs" / "dist",
    "jszip": _MODULES / "jszip" / "dist",
}
# foliate-js waits a tenth of a second after each page for the sake of one browser.
_NO_WAITING = """
const later = window.setTimeout.bind(window)
window.setTimeout = (run, wait, ...rest) => later(run, Math.min(wait ?? 0, 5), ...rest)
"""


@dataclass(frozen=True)
class Screen:
    """A reader's window in CSS px, and its reader's font size in per cent."""

    width: int
    height: int
    percent: int = 100


PHONE = Screen(360, 640)
TABLET = Screen(768, 1024)
LARGE_PRINT = Screen(360, 640, 200)


@dataclass
class Reader:
    """A reading system with a book open in it, and all that it complained of."""

    shelf: OfflinePage
    opened: dict[str, Any] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function of the driver and wait for what it gives."""
        script = f"arguments => window.reader.{function}(...arguments)"
        return self.shelf.page.evaluate(script, list(arguments))

    def walk(self) -> list[dict[str, Any]]:
        """Every document of the spine, paged through from its first page to its last."""
        return [self.call("walk", index) for index in range(len(self.opened["sections"]))]

    def complain(self, message: ConsoleMessage) -> None:
        """Keep what a reader's console says, notices apart."""
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text}")


@contextmanager
def reading(
    running: Browser, name: str, epub: Path, screen: Screen, script: str = _NO_WAITING
) -> Iterator[Reader]:
    """A reading system (``foliate`` or ``epubjs``) that shows ``epub`` on ``screen``."""
    files = {**_programs(), "book.epub": PackedFile("application/epub+zip", epub.read_bytes())}
    with offline_page(running, files, script) as opened:
        page = opened.page
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        reader = Reader(opened)
        page.on("console", reader.complain)
        page.on("pageerror", lambda error: reader.complaints.append(f"page: {error.message}"))
        page.on("requestfailed", lambda request: reader.complaints.append(f"lost: {request.url}"))
        opened.open(f"readers/{name}.html")
        page.wait_for_function("window.reader !== undefined")
        reader.call("enlarge", screen.percent)
        reader.opened = reader.call("open", f"{ORIGIN}book.epub")
        yield reader


@cache
def _programs() -> dict[str, PackedFile]:
    """The readers' own files and their drivers, by the names that the shelf gives them."""
    found = {f"readers/{path.name}": path for path in DRIVERS.iterdir() if path.suffix in _TYPES}
    for name, folder in _SOURCES.items():
        found |= {
            f"{name}/{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*.js")
            if "node_modules" not in path.relative_to(folder).parts
        }
    return {
        name: PackedFile(_TYPES[path.suffix], path.read_bytes()) for name, path in found.items()
    }
