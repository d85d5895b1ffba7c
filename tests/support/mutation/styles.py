"""Operators on the style sheet."""

from __future__ import annotations

import random

from book.notice.evidence import Medium, Place
from tests.support.mutation.operator import BREAKING, HARMLESS, Spot, signed
from tests.support.notice_bench import Change, rule

_PT = 25.4 / 72
_FILTERS = ("grayscale(1)", "hue-rotate(60deg)", "blur(2px)", "invert(1)", "contrast(0.5)")
_LINES = ("underline", "line-through", "overline")
_TYPEFACES = ("'Lora'", "'Titillium Web'", "'Source Serif 4'")
_COLOURS = ("#A00000", "#006633", "#777777", "#444444", "#0055CC", "#553300")
_GROUNDS = ("#225566", "#A8461F", "#FFEE88")
_COVERING = "content: ''; display: block; position: relative; background: #FFFFFF; width: 90mm"
_HIDDEN = ("display: none", "visibility: hidden")


def size(height: float, wider: float = 1.0) -> str:
    """The emblem's size in mm, as much wider than 3:2."""
    width = 1.5 * height * wider
    return f"height: {height:.3f}mm; width: {width:.3f}mm; min-height: 0; max-width: none"


def _emblem() -> None:
    style = BREAKING.style
    style("emblem small", "picture", lambda c, h: size(c.uniform(3, 9.7)))
    style("emblem stretched", "picture", lambda c, h: f"transform: scaleX({c.uniform(1.03, 1.6)})")
    style("emblem squeezed", "picture", lambda c, h: size(h, c.uniform(0.6, 0.97)), Medium.EPUB)
    style("emblem rotated", "picture", lambda c, h: f"transform: rotate({signed(c, 3, 180)}deg)")
    style("emblem skewed", "picture", lambda c, h: f"transform: skewX({signed(c, 4, 30)}deg)")
    style("emblem upside down", "picture", "transform: scaleY(-1)")
    style(
        "emblem cropped",
        "emblem",
        lambda c, h: f"height: {c.uniform(0.3, 0.9) * h}mm; overflow: hidden; flex: none",
    )
    style("emblem rounded", "picture", lambda c, h: f"border-radius: {c.uniform(0.35, 0.5) * h}mm")
    style("emblem pale", "picture", lambda c, h: f"opacity: {c.uniform(0.05, 0.7)}")
    style("emblem filtered", "picture", lambda c, h: f"filter: {c.choice(_FILTERS)}", Medium.EPUB)
    style("emblem with a shadow", "picture", "box-shadow: 0 0 3mm #888888", Medium.EPUB)
    style("emblem hidden", "picture", lambda c, h: c.choice(_HIDDEN))
    style(
        "emblem off the page",
        "picture",
        lambda c, h: f"position: relative; left: -{c.uniform(70, 400)}mm",
    )
    style(
        "emblem covered",
        "emblem",
        lambda c, h: f"{_COVERING}; height: {h}mm; margin-top: -{c.uniform(0.3, 1) * h}mm",
        pseudo="::after",
    )
    style(
        "emblem on a coloured ground",
        "emblem",
        lambda c, h: f"background: {c.choice(_GROUNDS)}; padding: 4mm",
        Medium.PDF,
    )


def _words() -> None:
    style = BREAKING.style
    for part in ("statement", "fund"):
        style(f"{part} slanted", part, "font-style: italic", Medium.EPUB)
        style(f"{part} italic", part, "font-style: italic; font-family: Lora", Medium.PDF)
        style(f"{part} with a line", part, lambda c, h: f"text-decoration: {c.choice(_LINES)}")
        style(
            f"{part} spaced",
            part,
            lambda c, h: f"letter-spacing: {c.choice((-0.06, 0.08, 0.15, 0.4))}em",
        )
        style(
            f"{part} in another typeface", part, lambda c, h: f"font-family: {c.choice(_TYPEFACES)}"
        )
        style(f"{part} in another colour", part, lambda c, h: f"color: {c.choice(_COLOURS)}")
        style(f"{part} tiny", part, lambda c, h: f"font-size: {c.uniform(0.02, 0.09) * h}mm")
        style(f"{part} hidden", part, lambda c, h: c.choice(_HIDDEN))
        style(f"{part} pale", part, lambda c, h: f"opacity: {c.uniform(0.1, 0.8)}")
    style("statement huge", "statement", lambda c, h: f"font-size: {c.uniform(0.55, 0.8) * h}mm")
    style("statement with a shadow", "statement", "text-shadow: 1px 1px #888888", Medium.EPUB)
    style("statement outlined", "statement", "-webkit-text-stroke: 1px #AA0000", Medium.EPUB)
    style("statement in capitals", "statement", "text-transform: uppercase")
    style("statement in small capitals", "statement", "font-variant: small-caps", Medium.EPUB)
    style(
        "statement with a large initial",
        "statement",
        lambda c, h: f"font-size: {c.uniform(2.5, 4)}em",
        Medium.EPUB,
        pseudo="::first-letter",
    )
    style(
        "statement with an abbreviation added",
        "statement",
        lambda c, h: f"content: '{c.choice((' (UE)', ' – U.E.', ' / EU'))}'",
        pseudo="::after",
    )
    style("words white on white", "words", "color: #FFFFFF")
    style("words black on dark", "words", "background: #223344")
    style("words skewed", "words", lambda c, h: f"transform: skewX({signed(c, 6, 25)}deg)")
    style("words turned", "words", lambda c, h: f"transform: rotate({signed(c, 5, 90)}deg)")
    style("words hidden", "words", lambda c, h: c.choice(_HIDDEN))
    style("words off the page", "words", "position: relative; left: -400mm")
    style(
        "words far away",
        "words",
        lambda c, h: f"position: relative; top: {signed(c, 3.5, 5) * h}mm; left: 0",
        Medium.EPUB,
    )
    style("CUP hidden", "cup", lambda c, h: c.choice(_HIDDEN))
    style("notice hidden", "block", lambda c, h: c.choice(_HIDDEN))
    style("notice beside the page", "block", "position: absolute; left: 500mm; top: 0")


def _over_the_emblem(spot: Spot, chance: random.Random) -> Change:
    far = chance.uniform(0.5, 0.9)
    if spot.place is Place.NOTICE or spot.medium is Medium.EPUB:
        return rule(spot.place, "words", f"margin-top: -{(1 + far) * spot.height}mm")
    left = 1.5 * spot.height * (0.3 + far)
    return rule(spot.place, "words", f"position: relative; left: -{left}mm")


def _by_night(spot: Spot, chance: random.Random) -> Change | None:
    if spot.medium is not Medium.EPUB:
        return None
    bad = chance.choice(("color: #FFFFFF", "color: #CCCCCC; background: #1A1A1A"))
    inner = rule(spot.place, "block", bad) + rule(spot.place, "statement", "color: inherit")
    return Change(css=f"\n@media (prefers-color-scheme: dark) {{ {inner.css} }}")


def _on_phones(spot: Spot, chance: random.Random) -> Change | None:
    if spot.medium is not Medium.EPUB:
        return None
    inner = rule(spot.place, chance.choice(("statement", "fund", "emblem", "cup")), "display: none")
    return Change(css=f"\n@media (max-width: {chance.randint(400, 900)}px) {{ {inner.css} }}")


def _beside(spot: Spot, chance: random.Random) -> Change:
    """The look of what is no part of the notice."""
    colour, margin = chance.choice(_COLOURS), chance.uniform(1, 6)
    scope = f"section.{'colophon' if spot.place is Place.COLOPHON else 'cover'}"
    other = {Place.COVER: "p.cover-title", Place.COLOPHON: "h1"}.get(spot.place, "h2")
    return Change(css=f"\n{scope} {other} {{ color: {colour}; padding-left: {margin}mm }}")


def _harmless() -> None:
    style = HARMLESS.style
    style("emblem slightly larger", "picture", lambda c, h: size(h * c.uniform(1.01, 1.12)))
    style("statement in Reflex Blue", "statement", "color: #003399")
    style("statement of regular weight", "statement", "font-weight: 400")
    style("statement slightly larger", "statement", lambda c, h: f"font-size: {0.2 * h}mm")
    style("lines farther apart", "words", lambda c, h: f"line-height: {c.uniform(1.3, 1.7)}")
    style("project in grey italics", "project", "color: #555555; font-style: italic")
    # WeasyPrint slants no face by itself: without an italic one the words stay upright.
    style("italics that no face has", "statement", "font-style: italic", Medium.PDF)
    style("project smaller", "project", lambda c, h: f"font-size: {c.uniform(6, 7.5)}pt")
    style("room round the notice", "block", lambda c, h: f"padding-top: {c.uniform(1, 5)}mm")
    style("a line round the notice", "block", "border: 0.3mm solid #CCCCCC")
    style("white on Reflex Blue", "words", "background: #003399; color: #FFFFFF")
    HARMLESS.add("another look beside the notice", _beside)


_emblem()
_words()
BREAKING.add("words over the emblem", _over_the_emblem)
BREAKING.add("wrong by night", _by_night)
BREAKING.add("missing on narrow screens", _on_phones)
_harmless()
