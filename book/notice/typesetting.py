"""The rules on the typesetting of the statement and on its place: EU-05 to EU-08."""

from __future__ import annotations

import math

from book.messages import N_
from book.notice.case import Case, Judge, for_each_statement
from book.notice.evidence import Notice, Words
from book.notice.rule import Result
from book.readback.geometry import Box

_MM_PER_PT = 25.4 / 72
_HIDDEN = 0.1
"""The visible share up to which an emblem counts as hidden, so that it has no place on the page."""


def _family(case: Case, notice: Notice, words: list[Words]) -> Result:
    """EU-05: the statement is set in one of the admitted typefaces."""
    admitted = [str(name) for name in case.limit("families")]
    used = list(dict.fromkeys(run.family for run in words))
    wrong = [family for family in used if not any(_is_of(family, name) for name in admitted)]
    return case.judged(wrong, notice, ", ".join(used), ", ".join(admitted))


def _is_of(family: str, name: str) -> bool:
    """Whether ``family`` is the typeface ``name`` or Microsoft's version of it («Trebuchet MS»)."""
    letters = "".join(c for c in family.lower() if c.isalnum())
    return letters in (name.lower(), f"{name.lower()}ms", f"{name.lower()}unicodems")


def _style(case: Case, notice: Notice, words: list[Words]) -> Result:
    """EU-06: the statement is upright, not underlined and without effects."""
    wrong: dict[str, None] = {}
    for run in words:
        if run.italic:
            wrong[case.say(N_("italics"))] = None
        if run.underlined:
            wrong[case.say(N_("underline"))] = None
        wrong.update(dict.fromkeys(run.effects))
    upright = case.say(N_("upright, plain"))
    return case.judged(list(wrong), notice, upright, upright)


def _colour(case: Case, notice: Notice, words: list[Words]) -> Result:
    """EU-07: the statement is Reflex Blue, black or white."""
    admitted = [str(colour) for colour in case.limit("colours")]
    tolerance = float(case.limit("tolerance"))
    used = list(dict.fromkeys(run.colour.upper() for run in words))
    wrong = [
        colour
        for colour in used
        if all(_difference(colour, other) > tolerance for other in admitted)
    ]
    return case.judged(wrong, notice, ", ".join(used), ", ".join(admitted))


def _difference(one: str, other: str) -> int:
    """The largest difference of two colours (``#RRGGBB``) in one channel, from 0 to 255."""
    parts = ((int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5))
    return max(abs(a - b) for a, b in parts)


def _placement(case: Case, notice: Notice, words: list[Words]) -> Result:
    """EU-08: the statement stands beside the emblem, clear of it, in a proportionate size.

    Size and distance are shares of the emblem's height, so that they do not depend on the zoom of
    a screen.
    """
    threshold = case.say(
        N_("no overlap; size {least} to {most}, distance at most {distance} emblem heights"),
        least=case.number(case.limit("least_size"), 2),
        most=case.number(case.limit("greatest_size"), 2),
        distance=case.number(case.limit("greatest_distance"), 2),
    )
    if notice.emblem is None or notice.emblem.box.height <= 0:
        return case.not_applicable(notice, N_("there is no emblem here"))
    box = notice.emblem.box
    wrong = [
        case.say(N_("«{text}» lies over the emblem"), text=run.text.strip())
        for run in notice.words
        if run.box.overlaps(box)
    ]
    sizes = [run.size * _MM_PER_PT / box.height for run in words]
    for size in (min(sizes), max(sizes)):
        if not case.limit("least_size") <= size <= case.limit("greatest_size"):
            text = N_("a size of {size} emblem heights")
            wrong.append(case.say(text, size=case.number(size, 2)))
    # A hidden statement or emblem breaks EU-12. Its distance would be a second finding on the same.
    near = [run for run in words if run.seen] if notice.emblem.seen > _HIDDEN else []
    distance = min((_distance(run.box, box) for run in near), default=0.0) / box.height
    if distance > case.limit("greatest_distance"):
        text = N_("a distance of {distance} emblem heights")
        wrong.append(case.say(text, distance=case.number(distance, 2)))
    right = case.say(
        N_("no overlap; size {size}, distance {distance} emblem heights"),
        size=case.number(max(sizes), 2),
        distance=case.number(distance, 2),
    )
    return case.judged(list(dict.fromkeys(wrong)), notice, right, threshold)


def _distance(one: Box, other: Box) -> float:
    """The distance of two boxes in mm; 0 when they touch."""
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0)
    down = max(one.y - other.y - other.height, other.y - one.y - one.height, 0)
    return math.hypot(across, down)


JUDGES: dict[str, Judge] = {
    "EU-05": for_each_statement(_family),
    "EU-06": for_each_statement(_style),
    "EU-07": for_each_statement(_colour),
    "EU-08": for_each_statement(_placement),
}
