"""What an SVG element looks like: presentation attributes, style sheets, style attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import cssselect2
import tinycss2
from tinycss2.color3 import RGBA, parse_color

INHERITED = frozenset(
    {
        "clip-rule",
        "color",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-opacity",
        "stroke-width",
        "visibility",
    }
)
OWN = frozenset({"clip-path", "display", "filter", "mask", "opacity", "overflow"})
INITIAL = {"color": "black", "fill": "black", "stroke": "none", "stroke-width": "1"}

Declarations = dict[str, str]


class UnreadableDrawingError(Exception):
    """The drawing uses something that cannot be measured; the argument names it."""


class Styles:
    """The properties that attributes and style sheets give each element of a tree (SVG 2, 6)."""

    def __init__(self, root: Any) -> None:
        self._declared: dict[Any, Declarations] = {}
        matcher = cssselect2.Matcher()
        order = 0
        for sheet in root.iter("{http://www.w3.org/2000/svg}style"):
            for selectors, declarations in _rules("".join(sheet.itertext())):
                for selector in selectors:
                    order += 1
                    matcher.add_selector(selector, declarations)
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            element = wrapper.etree_element
            declared = {k: v for k, v in element.attrib.items() if k in INHERITED | OWN}
            # Matches come sorted by specificity and order; the last one wins.
            for *_, declarations in sorted(matcher.match(wrapper), key=lambda match: match[:2]):
                declared.update(declarations)
            declared.update(_declarations(element.get("style", "")))
            self._declared[element] = declared

    def of(self, element: Any, parent: Mapping[str, str]) -> Declarations:
        """The element's properties; what it does not say is inherited from ``parent``."""
        own = {k: v.strip() for k, v in self._declared.get(element, {}).items()}
        own = {k: v for k, v in own.items() if v != "inherit"}
        return {**{k: v for k, v in parent.items() if k in INHERITED}, **own}


def paint(style: Mapping[str, str], name: str) -> str | None:
    """The colour of ``fill`` or ``stroke`` as ``#RRGGBB``; None when nothing is painted.

    Raises UnreadableDrawingError for gradients, patterns and half-transparent colours.
    """
    written = style.get(name, INITIAL[name])
    if "url(" in written:
        raise UnreadableDrawingError(f"{name}={written}")
    colour = parse_color(written)
    if colour == "currentColor":
        colour = parse_color(style.get("color", INITIAL["color"]))
    if written == "none" or not isinstance(colour, RGBA):
        return None
    opacity = colour.alpha * fraction(style.get(f"{name}-opacity", "1"))
    if opacity <= 0:
        return None
    if opacity < 1:
        raise UnreadableDrawingError(f"{name}-opacity")
    return "#" + "".join(f"{round(255 * c):02X}" for c in (colour.red, colour.green, colour.blue))


def fraction(written: str) -> float:
    """An opacity, as a number or percentage; 1 for what cannot be understood."""
    try:
        return float(written[:-1]) / 100 if written.endswith("%") else float(written)
    except ValueError:
        return 1.0


def _rules(css: str) -> Iterator[tuple[list[Any], Declarations]]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            raise UnreadableDrawingError(f"@{rule.at_keyword}")
        if rule.type == "qualified-rule":
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            yield selectors, _declarations(tinycss2.serialize(rule.content))


def _declarations(css: str) -> Declarations:
    found = tinycss2.parse_declaration_list(css, skip_comments=True, skip_whitespace=True)
    return {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in found
        if item.type == "declaration" and item.lower_name in INHERITED | OWN | {"transform"}
    }
