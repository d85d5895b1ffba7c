"""Links to moments of a recording, named so that they make sense by themselves."""

from __future__ import annotations

from lxml import etree

from book.markdown.tree import q
from book.messages import N_, translate

SCREEN_ONLY = "screen-only"
"""The class of words that a page does without: there the time stands in the margin."""
_VISIBLE = N_("Listen from {time}")
_NAMED = N_("Listen from {time}: {title}")
_HEADINGS = frozenset(q(f"h{level}") for level in range(1, 7))


def name_moments(section: etree._Element, language: str) -> None:
    """Say what the time below a heading leads to; the name adds the heading (WCAG 2.4.9, 2.5.3).

    On a page the bare time stands in the margin; on a screen it would be a link of digits.
    """
    for paragraph in section.iter(q("p")):
        link = paragraph[0] if len(paragraph) == 1 else None
        if link is None or link.tag != q("a") or paragraph.get("class") != "section-time":
            continue
        time = link.text or ""
        before, _, after = translate(_VISIBLE, language).partition("{time}")
        link.text = None if before else time
        for words, tail in ((before, time), (after, "")):
            if words:
                span = etree.SubElement(link, q("span"), {"class": SCREEN_ONLY})
                span.text, span.tail = words, tail
        heading = paragraph.getprevious()
        if heading is not None and heading.tag in _HEADINGS:
            title = " ".join("".join(str(text) for text in heading.itertext()).split())
            link.set("aria-label", translate(_NAMED, language).format(time=time, title=title))
