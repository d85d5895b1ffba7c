"""Operators on the emblem's drawing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from book.compose.emblem import Form, emblem_svg
from tests.support.emblems import FOUR_TO_THREE, SQUARE, Emblem
from tests.support.mutation.operator import BREAKING, HARMLESS, signed

_BLUES = ("#0033CC", "#000080", "#1144AA", "#225566", "#0A2A66", "#3366CC")
_YELLOWS = ("#FFDD00", "#FFC000", "#FFFF00", "#EEBB22", "#FFFFFF", "#F5A623")
_GRADIENT = (
    '<defs><linearGradient id="g"><stop stop-color="#003399"/>'
    '<stop offset="1" stop-color="#0055DD"/></linearGradient></defs>'
    '<rect width="810" height="540" fill="url(#g)" fill-opacity="0.5"/>'
)


def _with(**drawn: Callable[[random.Random], Any]) -> Callable[[random.Random], str]:
    """An emblem some of whose figures are drawn by lot."""
    return lambda chance: replace(Emblem(), **{k: v(chance) for k, v in drawn.items()}).svg()


def _over(more: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """A right emblem with something painted over it."""
    return lambda chance: Emblem().svg(more(chance))


draw = BREAKING.draw
draw("blue recoloured", _with(blue=lambda c: c.choice(_BLUES)))
draw("yellow recoloured", _with(yellow=lambda c: c.choice(_YELLOWS)))
draw("stars too few", _with(number=lambda c: c.randint(7, 11)))
draw("stars too many", _with(number=lambda c: c.randint(13, 15)))
draw("a star moved", _with(moved=lambda c: signed(c, 4, 10)))
draw("ring turned", _with(turned=lambda c: signed(c, 4, 15)))
draw("stars leaning", _with(tilt=lambda c: signed(c, 4, 36)))
draw("stars larger", _with(star=lambda c: c.uniform(1.1, 1.5) / 18))
draw("stars smaller", _with(star=lambda c: c.uniform(0.5, 0.9) / 18))
draw("ring wider", _with(ring=lambda c: c.uniform(1.03, 1.2) / 3))
draw("ring narrower", _with(ring=lambda c: c.uniform(0.8, 0.97) / 3))
draw("ring off centre", _with(centre=lambda c: (signed(c, 0.01, 0.1), 0.0)))
draw("another ratio", _with(ratio=lambda c: c.choice((1.3, 1.4, 1.6, 1.8, 2.0))))
draw("stars of other points", _with(points=lambda c: c.choice((4, 6, 7))))
draw("stout stars", _with(notch=lambda c: c.uniform(0.5, 0.7)))
draw("drawing of icon sets", lambda c: c.choice((FOUR_TO_THREE, SQUARE)).svg())
draw(
    "merged with a sign",
    _over(lambda c: f'<circle cx="405" cy="270" r="{c.randint(40, 110)}" fill="#FFFFFF"/>'),
)
draw(
    "with a stripe",
    _over(lambda c: f'<rect width="810" height="{c.randint(20, 60)}" fill="#009246"/>'),
)
draw("with a gradient", _over(lambda c: _GRADIENT))
draw("in one colour", lambda c: emblem_svg(c.choice((Form.BLACK, Form.REFLEX_BLUE))))
draw("wrong pixels", lambda c: Emblem(ring=0.29, blue=c.choice(_BLUES)).pixels(c.randint(360, 480)))

HARMLESS.draw("drawn at another size", _with(height=lambda c: c.choice((54.0, 180.0, 720.0))))
HARMLESS.draw("right pixels", lambda c: Emblem().pixels(c.randint(400, 560)))
