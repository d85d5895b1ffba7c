"""Finds what in a style sheet keeps readers from changing how the text is shown.

It looks for faint colours, type and boxes that cannot grow, content moved out of its order, and
motion. Claims of accessibility rest on it, so it works without a browser, and counts what it cannot
judge as bad. Tests measure in a browser that enlarged text stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2.color3 import RGBA, parse_color

from book.model.colour import contrast
from book.output.epub.colours import NIGHT, PAPER

MOST_CONTRAST = 21.0
_ABSOLUTE = frozenset({"px", "pt", "pc", "cm", "mm", "in", "q"})
_TYPE = frozenset({"font", "font-size", "line-height", "letter-spacing", "word-spacing"})
_WIDTHS = frozenset({"width", "min-width"})
_HEIGHTS = frozenset({"height", "max-height"})
_OVERFLOW = frozenset({"overflow", "overflow-y"})
_CLIPPING = frozenset({"hidden", "clip"})
_SCROLLING = frozenset({"auto", "scroll"})
_READERS = _TYPE | {"color", "background", "background-color", "font-family", "text-align"}
"""Properties that readers set themselves: ``!important`` would override their choice."""
_LEFT_ALONE = frozenset({"inherit", "initial", "unset", "revert", "currentcolor", "auto", "none"})
_PICTURES = re.compile(r"(?:^|[\s>+~])(?:img|svg)(?:[.#\[:][^\s]*)?$")
_GROUPS = frozenset({"media", "supports", "layer", "container"})

Declarations = dict[str, tuple[list[Any], bool]]


@dataclass(frozen=True)
class StyleFacts:
    """The facts about a style sheet.

    ``contrast`` is the least contrast ratio of a text with its background. Where a rule sets none,
    white and black both count, because the reader chooses. The others are the first declarations
    of a kind, or empty: ``rigid`` prevents another size or spacing of the text (WCAG 2.2, success
    criteria 1.4.4, 1.4.10, 1.4.12), ``disorder`` shows content in another order than that of the
    markup (1.3.2), ``motion`` makes something move or blink (2.3.1).
    """

    contrast: float = MOST_CONTRAST
    rigid: str = ""
    disorder: str = ""
    motion: str = ""


def style_facts(css: str) -> StyleFacts:
    """The facts of a style sheet."""
    least = MOST_CONTRAST
    first = {"rigid": "", "disorder": "", "motion": ""}
    for selector, declarations in _rules(css):
        is_picture = all(_PICTURES.search(part.strip()) for part in selector.split(","))
        if not is_picture:
            least = min(least, _contrast(declarations))
        is_hidden = "clip-path" in declarations or "clip" in declarations
        scrolls = any(
            _words(declarations[n][0]) & _SCROLLING for n in _OVERFLOW & declarations.keys()
        )
        for name, (value, is_important) in declarations.items():
            written = f"{name}: {tinycss2.serialize(value).strip()}"
            if name.startswith(("animation", "transition", "@keyframes")) or "blink" in written:
                first["motion"] = first["motion"] or written
            elif scrolls and name in _HEIGHTS:
                continue  # what does not fit can be scrolled to
            elif not is_hidden and _moves(name, value):
                first["disorder"] = first["disorder"] or written
            elif not is_hidden and (
                (is_important and name in _READERS) or (not is_picture and _is_rigid(name, value))
            ):
                first["rigid"] = first["rigid"] or written
    return StyleFacts(least, **first)


def _rules(css: str) -> Iterator[tuple[str, Declarations]]:
    """The selector and the declarations of each rule, also inside ``@media`` and the like."""
    todo = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while todo:
        rule = todo.pop(0)
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude), _declarations(rule.content)
        elif rule.type == "at-rule" and rule.lower_at_keyword.endswith("keyframes"):
            yield "@keyframes", {"@keyframes": (rule.prelude, False)}
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            todo[:0] = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )


def _declarations(content: list[Any]) -> Declarations:
    found = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    return {
        item.lower_name: (item.value, item.important)
        for item in found
        if item.type == "declaration"
    }


def _contrast(declarations: Declarations) -> float:
    """The least contrast that a rule's colours may give."""
    ink = _colour(declarations.get("color"))
    ground = _colour(declarations.get("background-color") or declarations.get("background"))
    if "unknown" in (ink, ground):
        return 1.0
    if ink and ground:
        return contrast(ink, ground)
    # A colour of text alone may be shown on any background, a background alone under any text.
    alone = ink or ground
    return min(contrast(alone, PAPER), contrast(alone, NIGHT)) if alone else MOST_CONTRAST


def _colour(declaration: tuple[list[Any], bool] | None) -> str:
    """The colour of a declaration as ``#RRGGBB``; "" when it sets none, else "unknown".

    A half-transparent colour is unknown, because it mixes with what is behind it.
    """
    if declaration is None:
        return ""
    tokens = [t for t in declaration[0] if t.type not in ("whitespace", "comment")]
    for token in tokens:
        found = parse_color(token)
        if isinstance(found, RGBA):
            if found.alpha == 0:
                return ""
            channels = (round(255 * c) for c in (found.red, found.green, found.blue))
            return "#" + "".join(f"{c:02X}" for c in channels) if found.alpha == 1 else "unknown"
    words = {t.lower_value for t in tokens if t.type == "ident"}
    return "" if words & _LEFT_ALONE else "unknown"


def _moves(name: str, value: list[Any]) -> bool:
    """Whether a declaration shows an element elsewhere than in the order of the markup."""
    words = _words(value)
    if name == "position":
        return bool(words & {"absolute", "fixed"})
    return name == "order" or (name in ("flex-direction", "flex-flow") and _is_reversed(words))


def _is_reversed(words: set[str]) -> bool:
    return any(word.endswith("-reverse") for word in words)


def _is_rigid(name: str, value: list[Any]) -> bool:
    """Whether a declaration keeps text from growing: clipped, or with a size in absolute units."""
    if name in _OVERFLOW:
        return bool(_words(value) & _CLIPPING)
    lengths = [t for t in value if t.type == "dimension" and t.value]
    if name in _HEIGHTS:
        # Also in em: lines set wider apart need more height than their font size tells.
        return bool(lengths)
    return name in _TYPE | _WIDTHS and any(t.lower_unit in _ABSOLUTE for t in lengths)


def _words(value: list[Any]) -> set[str]:
    return {token.lower_value for token in value if token.type == "ident"}
