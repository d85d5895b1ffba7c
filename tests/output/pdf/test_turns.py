"""Where the pages of a layout begin in the text that was laid out."""

from __future__ import annotations

import pytest
from weasyprint import HTML

from book.output.pdf.turns import page_starts

BREAK = '<div style="break-before: page"></div>'
PAGE = "@page { size: 100mm 100mm; margin: 0 } html { font-size: 10pt }"


def openings(body: str, css: str = "") -> list[tuple[int, str]]:
    page = f"<html lang=it><style>{PAGE} {css}</style><title>Altro</title><body>{body}</body>"
    starts = page_starts(HTML(string=page).render())
    return [(start.offset, start.opening[:9]) for start in starts]


@pytest.mark.parametrize(
    ("body", "css", "expected"),
    [
        (f"<p>Uno due</p>{BREAK}<p>tre</p>", "", [(0, "Unoduetre"), (6, "tre")]),
        ("<p>Solo</p>", "", [(0, "Solo")]),
        (
            f"<p>straße</p>{BREAK}<p>tre</p>",
            "p { text-transform: uppercase }",
            [(0, "straßetre"), (6, "tre")],
        ),
        (
            f"<p>Uno</p>{BREAK}<p>due</p>",
            "p::before { content: 'Generato' } p::after { content: '.' }",
            [(0, "Unodue"), (3, "due")],
        ),
        (f"<ol><li>a</ol>{BREAK}<ol><li>b</ol>", "", [(0, "ab"), (1, "b")]),
        (f"<p>Uno</p>{BREAK}<p><i hidden>mai</i>due</p>", "", [(0, "Unomaidue"), (6, "due")]),
        (f"<p>Uno</p>{BREAK}<hr><p>due</p>", "", [(0, "Uno￼due"), (3, "￼due")]),
        (
            f"<p>Uno<span class=footnote>Nota</span></p>{BREAK}<p>due</p>",
            ".footnote { float: footnote }",
            [(0, "Unodue"), (3, "due")],
        ),
    ],
)  # fmt: skip
def test_a_page_begins_at_its_first_character_or_picture(
    body: str, css: str, expected: list[tuple[int, str]]
) -> None:
    assert openings(body, css) == expected


def test_a_word_is_divided_at_the_pages_end() -> None:
    css = "html { hyphens: auto; orphans: 1; widows: 1; line-height: 1 }"
    css += "@page { size: 30mm 10.5pt; margin: 0 } body { margin: 0 }"
    starts = openings("<p style='margin: 0'>precipitevolissimevolmente</p>", css)
    assert len(starts) > 1
    assert "precipitevolissimevolmente"[starts[1][0] :].startswith(starts[1][1])


def test_heads_and_feet_that_pages_repeat_count_once() -> None:
    rows = "".join(f"<tr><td>riga{n}</td><td>b</td></tr>" for n in range(30))
    table = f"<table><thead><tr><th>Testa<tbody>{rows}<tfoot><tr><td>Piede</table><p>fine</p>"
    starts = openings(table)
    assert len(starts) > 1
    assert all(opening.startswith("riga") for _, opening in starts[1:])
    assert starts[-1][0] < len("Testa" + "rigaNNb" * 30)


def test_pages_that_hold_the_rest_of_a_note_begin_where_the_text_goes_on() -> None:
    note = f"<span class=footnote>{'Nota molto lunga. ' * 400}</span>"
    starts = openings(f"<p>Uno {note}due</p>", ".footnote { float: footnote }")
    assert len(starts) > 1
    assert {offset for offset, _ in starts[1:]} == {6}


@pytest.mark.parametrize(
    "css",
    ["p { continue: discard; max-lines: 1 }", "p { hyphens: auto; hyphenate-character: '+' }"],
)
def test_pages_that_show_another_text_tell_nothing(css: str) -> None:
    body = f"<p style='width: 20mm'>Uno precipitevolissimevolmente</p>{BREAK}<p>tre</p>"
    assert openings(body, css) == []
