"""Evidence of a right notice, for tests to spoil, and books to take evidence from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from book.compose.emblem import Form, emblem_svg
from book.model.assets import Assets
from book.model.loaded import WrittenEdition
from book.notice.drawing_svg import read_svg
from book.notice.evidence import Medium, Notice, Picture, Place, Words
from book.notice.parts import disclaimers, statements
from book.notice.rule import Result, Verdict
from book.readback.geometry import Box
from book.system.checkout import CHECKOUT
from tests.support.books import lay, load

FAMI = "fami-2014-2020"
FSE = "por-fse-2014-2020-lombardia"
FSE_PLUS = "pr-fse-plus-2021-2027-lombardia"
PAGE = Box(0, 0, 170, 240)


def edition(folder: Path, programme: str = FAMI) -> WrittenEdition:
    """The base book under a programme."""
    loaded, findings = load(lay("base", folder))
    assert loaded is not None, findings
    read, findings = Assets(CHECKOUT).programme(programme)
    assert read is not None, findings
    return replace(loaded, programmes=(read,))


def emblem(form: Form = Form.COLOUR) -> Picture:
    """The emblem, 20 mm high."""
    return Picture(
        Box(30, 76, 30, 20), "Emblema dell’Unione europea", read_svg(emblem_svg(form).encode())
    )


def right_notices(loaded: WrittenEdition, medium: Medium = Medium.PDF) -> list[Notice]:
    """What a reader finds in a book whose notice is right: cover, notice page, colophon."""
    project = loaded.edition.project
    assert project is not None
    said = [
        *statements(loaded.programmes, loaded.edition.language),
        f"CUP {project.cup}",
        *disclaimers(loaded),
    ]
    words = tuple(
        Words(text, Box(30, 104 + 6 * n, 80, 4), "Ubuntu", 9, "#000000")
        for n, text in enumerate(said)
    )
    return [
        Notice(medium, place, f"p. {order}", PAGE, emblem(), words, order=order, sheet=order)
        for place, order in ((Place.COVER, 1), (Place.NOTICE, 3), (Place.COLOPHON, 5))
    ]


def broken(results: list[Result]) -> set[str]:
    """The rules that are broken somewhere."""
    return {result.rule.id for result in results if result.verdict is Verdict.BROKEN}
