from __future__ import annotations

import pytest

from book.output.epub.style_facts import MOST_CONTRAST, StyleFacts, style_facts


@pytest.mark.parametrize(
    "css",
    [
        "p { margin: 1em 0; font-size: 0.9em; border: 1px solid red; text-indent: 0 }",
        ".box { background: #fff; color: #000 }",
        "figure img, .logo > svg { background: #fff; height: 60px }",
        "a { color: inherit; background: none }",
        "thead { position: absolute; width: 1px; height: 1px; overflow: hidden; "
        "clip-path: inset(50%) }",
        ".table-scroll { overflow: auto; max-height: 90vh }",
        "@font-face { font-family: x; src: url(x.ttf) }",
    ],
)
def test_what_is_in_nobody_s_way(css: str) -> None:
    assert style_facts(css) == StyleFacts(MOST_CONTRAST)


@pytest.mark.parametrize(
    ("css", "least"),
    [
        ("p { color: #777777 }", 4.48),
        ("p { background: #FFFFFF; color: #777 }", 4.48),
        # At night the reader's ink is white.
        ("p { background: white }", 1.0),
        ("@media (prefers-color-scheme: dark) { p { color: black } }", 1.0),
        # What cannot be known may be anything.
        ("p { color: var(--ink) }", 1.0),
        ("p { color: color-mix(in srgb, currentColor 40%, #187F9B) }", 1.0),
        ("p { color: rgba(0, 0, 0, 0.5) }", 1.0),
    ],
)
def test_the_least_contrast(css: str, least: float) -> None:
    assert style_facts(css).contrast == pytest.approx(least, abs=0.01)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("p { font-size: 12px }", StyleFacts(rigid="font-size: 12px")),
        ("p { font: 12pt/1.2 serif }", StyleFacts(rigid="font: 12pt/1.2 serif")),
        ("p { line-height: 14pt }", StyleFacts(rigid="line-height: 14pt")),
        ("p { height: 3em }", StyleFacts(rigid="height: 3em")),
        ("p { overflow: hidden }", StyleFacts(rigid="overflow: hidden")),
        ("p { line-height: 1.2 !important }", StyleFacts(rigid="line-height: 1.2")),
        ("p { height: 3em; overflow: hidden }", StyleFacts(rigid="height: 3em")),
        ("@container (width < 9em) { p { width: 10cm } }", StyleFacts(rigid="width: 10cm")),
        ("@media print { p { width: 10cm } }", StyleFacts(rigid="width: 10cm")),
        ("p { position: fixed }", StyleFacts(disorder="position: fixed")),
        (
            "ol { flex-direction: column-reverse }",
            StyleFacts(disorder="flex-direction: column-reverse"),
        ),
        ("li { order: 2 }", StyleFacts(disorder="order: 2")),
        ("a { transition: color 1s }", StyleFacts(motion="transition: color 1s")),
        ("@keyframes x { to { color: red } }", StyleFacts(motion="@keyframes: x")),
    ],
)
def test_what_stands_in_the_way(css: str, found: StyleFacts) -> None:
    assert style_facts(css) == found
