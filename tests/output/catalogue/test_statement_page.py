"""The statement in a browser: no barrier that axe finds, nothing from elsewhere, narrow or wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser

from book.output.catalogue.write import STATEMENT
from book.readback.epub_files import PackedFile
from book.validators.ace import MODULES
from book.validators.browser import chromium, offline_page
from tests.output.catalogue.conftest import Make
from tests.output.catalogue.test_records import FULL, VARIANTS

AXE = MODULES / "@daisy" / "axe-core-for-ace" / "axe.min.js"
RUN = """() => axe.run(document).then(done =>
    done.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`))"""
WIDE = "a" * 90
PAGES: dict[str, dict[str, Any]] = {
    "everything": FULL,
    "exempt": VARIANTS["exempt"],
    "English": VARIANTS["English"],
    "the plain brand": {"brand_name": "sobrio"},
    "long words": {"title": WIDE, "url": f"https://example.org/{WIDE}"},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("variant", PAGES)
def test_nothing_hinders(make: Make, browser: Browser, variant: str) -> None:
    content = make(**PAGES[variant])[STATEMENT]
    with offline_page(browser, {STATEMENT: PackedFile("text/html", content)}) as opened:
        for width in (320, 1280):
            opened.page.set_viewport_size({"width": width, "height": 800})
            opened.open(STATEMENT)
            opened.page.add_script_tag(content=AXE.read_text("utf-8"))
            assert opened.page.evaluate(RUN) == []
            assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.refused == []


@pytest.mark.slow
def test_axe_looks(make: Make, browser: Browser) -> None:
    """A page with a barrier is found out, so that silence means something."""
    content = make()[STATEMENT].replace(b' lang="it"', b"", 1)
    with offline_page(browser, {STATEMENT: PackedFile("text/html", content)}) as opened:
        opened.open(STATEMENT)
        opened.page.add_script_tag(content=AXE.read_text("utf-8"))
        assert [v.partition(":")[0] for v in opened.page.evaluate(RUN)] == ["html-has-lang"]


def test_the_licence_stands_beside_its_name(make: Make) -> None:
    """The address is in the card's row, not below the card as if it were a label."""
    page = html.document_fromstring(make(**FULL)[STATEMENT])
    links = [link for link in page.iter("a") if link.get("rel") == "license"]
    assert [link.text for link in links] == [link.get("href") for link in links]
    assert [row.tag for row in map(html.HtmlElement.getparent, links) if row is not None] == ["dd"]
