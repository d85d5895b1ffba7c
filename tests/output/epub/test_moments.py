"""Times below headings become links that make sense by themselves."""

from __future__ import annotations

import pytest
from lxml import etree

from book.markdown.tree import parse, q
from book.messages import translate
from book.output.epub.page import name_moments

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def named(body: str, language: str = "en") -> etree._Element:
    section = parse(f"<section {XHTML}>{body}</section>")
    name_moments(section, language)
    return section


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_name_holds_what_is_seen_and_the_heading(language: str) -> None:
    body = (
        '<h2>Chi <em>viene</em></h2>\n<p class="section-time">'
        '<a class="time-mark" href="https://example.org/#t=425">00:07:05</a></p>'
    )
    (link,) = named(body, language).iter(q("a"))
    seen = translate("Listen from {time}", language).format(time="00:07:05")
    assert "".join(map(str, link.itertext())) == seen
    assert link.get("aria-label", "").startswith(seen)
    assert link.get("aria-label", "").endswith("Chi viene")
    assert link.get("href") == "https://example.org/#t=425"


def test_other_times_stay_as_they_are() -> None:
    body = (
        '<h2>Uno</h2><p class="section-time"><span class="time-mark">00:07:05</span></p>'
        '<p>Dice <a class="time-mark" href="https://example.org/">00:08:00</a></p>'
    )
    section = named(body)
    assert [e.text for e in section.iter(q("span"), q("a"))] == ["00:07:05", "00:08:00"]
    assert not [e for e in section.iter() if e.get("aria-label")]


def test_without_a_heading_there_is_still_a_link() -> None:
    body = '<p class="section-time"><a class="time-mark" href="https://example.org/">00:01</a></p>'
    (link,) = named(body).iter(q("a"))
    assert "".join(map(str, link.itertext())) == "Listen from 00:01"
    assert link.get("aria-label") is None
