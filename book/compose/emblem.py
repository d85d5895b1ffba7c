"""The European emblem, drawn from its official geometry.

Regulation (EU) No 763/2014, annex: a blue rectangle whose fly is one and a half times the length
of the hoist (3:2); twelve gold stars at equal intervals on an invisible circle whose centre is
where the diagonals cross and whose radius is one third of the hoist; each star has five points
on the circumference of an invisible circle whose radius is one eighteenth of the hoist; all
stars are upright, placed as the hours on the face of a clock. Colours for the screen: #003399
and #FFCC00. On a coloured ground the border is white, one twenty-fifth of the height.
"""

from __future__ import annotations

import math
from enum import StrEnum

BLUE = "#003399"
GOLD = "#FFCC00"
WHITE = "#FFFFFF"
BLACK = "#000000"
HEIGHT = 540
"""Units of the drawing; a multiple of 2, 3, 18 and 20, so that the figures below are whole."""
WIDTH = HEIGHT * 3 // 2
CIRCLE_RADIUS = HEIGHT // 3
STAR_RADIUS = HEIGHT // 18
BORDER = HEIGHT / 25
OUTLINE = HEIGHT / 60
# The notches of a pentagram lie on a circle of this share of the circle of its points.
_NOTCH = math.sin(math.radians(18)) / math.sin(math.radians(54))


class Form(StrEnum):
    """The forms in which the emblem may be shown; each is a file of ``assets/emblem``."""

    COLOUR = "emblem"
    BORDERED = "emblem-bordered"
    BLACK = "emblem-black"
    REFLEX_BLUE = "emblem-reflex-blue"


def star_centres() -> list[tuple[float, float]]:
    """The centres of the twelve stars, clockwise from twelve o'clock."""
    angles = [math.radians(30 * hour) for hour in range(12)]
    return [
        (WIDTH / 2 + CIRCLE_RADIUS * math.sin(a), HEIGHT / 2 - CIRCLE_RADIUS * math.cos(a))
        for a in angles
    ]


def _star(x: float, y: float) -> str:
    corners = []
    for k in range(10):
        radius = STAR_RADIUS * (_NOTCH if k % 2 else 1)
        angle = math.radians(36 * k)
        corners.append(f"{x + radius * math.sin(angle):.3f},{y - radius * math.cos(angle):.3f}")
    return f"M{' '.join(corners)}Z"


def emblem_svg(form: Form | str = Form.COLOUR) -> str:
    """The emblem as SVG text. Raises ValueError for an unknown form.

    ``colour`` is the rule; the others are for when there is no colour to print with
    (black: outlined, black stars on white; reflex blue: white stars) and for coloured grounds
    (white border outside the rectangle).
    """
    form = Form(form)
    ground, stars = {
        Form.COLOUR: (BLUE, GOLD),
        Form.BORDERED: (BLUE, GOLD),
        Form.BLACK: (WHITE, BLACK),
        Form.REFLEX_BLUE: (BLUE, WHITE),
    }[form]
    margin = BORDER if form is Form.BORDERED else 0
    width, height = WIDTH + 2 * margin, HEIGHT + 2 * margin
    shapes = []
    if margin:
        shapes.append(
            f'<rect x="{-margin:g}" y="{-margin:g}" width="{width:g}" height="{height:g}" '
            f'fill="{WHITE}"/>'
        )
    shapes.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>')
    if form is Form.BLACK:
        # Drawn inside the rectangle, so that the whole keeps 3:2.
        shapes.append(
            f'<rect x="{OUTLINE / 2:g}" y="{OUTLINE / 2:g}" width="{WIDTH - OUTLINE:g}" '
            f'height="{HEIGHT - OUTLINE:g}" fill="none" stroke="{BLACK}" '
            f'stroke-width="{OUTLINE:g}"/>'
        )
    shapes += [f'<path d="{_star(x, y)}" fill="{stars}"/>' for x, y in star_centres()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="{-margin:g} {-margin:g} {width:g} {height:g}">\n'
        + "\n".join(shapes)
        + "\n</svg>\n"
    )
