"""Enlarged, spaced out, by night: in Chromium every document keeps its text readable.

WCAG 2.2, success criteria 1.4.3 (contrast), 1.4.4 and 1.4.10 (400 %: 1280 CSS px become 320),
1.4.12 (text spacing).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book.readback.epub_files import EpubFiles, epub_files
from book.validators.browser import OfflinePage, chromium, offline_page
from tests.support.editions import BuiltEdition

EDITIONS = ("dimostrativa", "toolkit")
SCRIPT = Path(__file__).with_name("reading_page.js").read_text("utf-8")
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
WIDTHS = (320, 1280)
HEIGHT = 720
THEMES = {
    "paper": ("light", ""),
    "night": ("dark", ""),
    "sepia": ("light", "html { background: #f4ecd8; color: #4a3828; }"),
    # A reading system that paints the page and says nothing to the style sheet.
    "painted black": ("light", "html { background: #000; color: #fff; }"),
}


@pytest.fixture(scope="module", params=EDITIONS)
def opened(
    request: pytest.FixtureRequest, built: dict[str, BuiltEdition]
) -> Iterator[tuple[EpubFiles, OfflinePage]]:
    packed = epub_files(built[request.param].epub)
    with chromium() as running, offline_page(running, packed.files, SCRIPT) as page:
        yield packed, page


@pytest.mark.parametrize("spaced", [False, True], ids=["as set", "spaced out"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_lost(width: int, spaced: bool, opened: tuple[EpubFiles, OfflinePage]) -> None:
    packed, page = opened
    page.page.set_viewport_size({"width": width, "height": HEIGHT})
    lost = {}
    for name in packed.spine:
        page.open(name)
        if spaced:
            page.page.add_style_tag(content=SPACING)
        if found := page.page.evaluate("readingPage.lost()"):
            lost[name] = found
    assert len(packed.spine) > 5
    assert lost == {}


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_stands_out_from_its_ground(
    theme: str, opened: tuple[EpubFiles, OfflinePage]
) -> None:
    packed, page = opened
    scheme, painted = THEMES[theme]
    page.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    faint = {}
    texts = 0
    for name in packed.spine:
        page.open(name)
        if painted:
            page.page.add_style_tag(content=painted)
        found = page.page.evaluate("readingPage.faint()")
        texts += found["texts"]
        if found["wrong"]:
            faint[name] = found["wrong"]
    assert texts > 500
    assert faint == {}


def test_the_measure_finds_what_is_wrong(opened: tuple[EpubFiles, OfflinePage]) -> None:
    """What could make the tests above pass for nothing is caught."""
    packed, page = opened
    page.page.set_viewport_size({"width": 320, "height": HEIGHT})
    chapter = next(name for name in packed.spine if b"chapter-body" in packed.files[name].content)
    for css, said in (
        ("p { white-space: nowrap }", "sideways"),
        ("p { white-space: nowrap } html { overflow: hidden }", "outside the page"),
        (".chapter-body { height: 3em; overflow: hidden }", "cut off"),
        ("p { visibility: hidden }", "not shown"),
        ("p { height: 1em }", "one over the other"),
    ):
        page.open(chapter)
        assert page.page.evaluate("readingPage.lost()") == []
        page.page.add_style_tag(content=css)
        assert any(said in found for found in page.page.evaluate("readingPage.lost()")), css
    page.page.add_style_tag(content="p { color: #808080 !important }")
    assert page.page.evaluate("readingPage.faint()")["wrong"]
