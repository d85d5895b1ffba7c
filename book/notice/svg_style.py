"""The style of SVG elements, out of presentation attributes, style sheets and style attributes.

It knows the part of CSS that drawings of emblems use. At-rules raise
:class:`UnreadableDrawingError`, because they may change anything. ``!important`` is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import cssselect2
import tinycss2
from tinycss2.color3 import RGBA, parse_color

# Properties that decide what is painted and where, by whether they are inherited (SVG 2, property
# index).
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
NOT_INHERITED = frozenset({"clip-path", "display", "filter", "mask", "opacity", "overflow"})
INITIAL = {"color": "black", "fill": "black", "stroke": "none", "stroke-width": "1"}

Declarations = dict[str, str]


class UnreadableDrawingError(Exception):
    """The drawing has something that cannot be measured; the error's argument names it."""


class Styles:
    """The declarations that hold for each element of a tree (SVG 2, chapter 6).

    The cascade has three layers, each of which overrides the one before: presentation attributes
    (``fill="red"``), rules of style sheets, the ``style`` attribute. Presentation attributes come
    first because SVG gives them a specificity of zero.
    """

    def __init__(self, root: Any) -> None:
        self._declared: dict[Any, Declarations] = {}
        matcher = cssselect2.Matcher()
        for sheet in root.iter("{http://www.w3.org/2000/svg}style"):
            for selectors, declarations in _rules("".join(sheet.itertext())):
                for selector in selectors:
                    matcher.add_selector(selector, declarations)
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            element = wrapper.etree_element
            declared = {k: v for k, v in element.attrib.items() if k in INHERITED | NOT_INHERITED}
            # The matcher sorts by specificity, then by order in the file: the last match wins.
            for *_, declarations in matcher.match(wrapper):
                declared.update(declarations)
            declared.update(_declarations(element.get("style", "")))
            self._declared[element] = declared

    def of(self, element: Any, parent: Mapping[str, str]) -> Declarations:
        """The properties of ``element``, whose parent has the properties ``parent``.

        The element has its own declarations, and of ``parent`` the inherited properties that it
        does not declare. Properties without any declaration are missing: see :data:`INITIAL`.
        """
        own = {k: v.strip() for k, v in self._declared.get(element, {}).items()}
        # Without the declaration «inherit» the value of the parent comes through below.
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
    # tinycss2 gives currentColor as this string; it stands for the value of the property color.
    if colour == "currentColor":
        colour = parse_color(style.get("color", INITIAL["color"]))
    if written == "none" or not isinstance(colour, RGBA):
        return None
    opacity = colour.alpha * opacity_of(style.get(f"{name}-opacity", "1"))
    if opacity <= 0:
        return None
    if opacity < 1:
        raise UnreadableDrawingError(f"{name}-opacity")
    return "#" + "".join(f"{round(255 * c):02X}" for c in (colour.red, colour.green, colour.blue))


def opacity_of(written: str) -> float:
    """The value of an opacity, written as a number or a percentage; 1 for an invalid one.

    CSS ignores invalid declarations, and the initial value of all opacities is 1.
    """
    try:
        return float(written[:-1]) / 100 if written.endswith("%") else float(written)
    except ValueError:
        return 1.0


def _rules(css: str) -> Iterator[tuple[list[Any], Declarations]]:
    """The selectors and declarations of each rule of a style sheet.

    Raises UnreadableDrawingError for an at-rule: ``@media`` and ``@import`` may change anything.
    """
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            raise UnreadableDrawingError(f"@{rule.at_keyword}")
        if rule.type == "qualified-rule":
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue  # CSS ignores a rule whose selector it does not understand
            yield selectors, _declarations(tinycss2.serialize(rule.content))


def _declarations(css: str) -> Declarations:
    """The known properties in a list of declarations.

    ``transform`` is among them so that the reader of drawings can refuse it.
    """
    found = tinycss2.parse_declaration_list(css, skip_comments=True, skip_whitespace=True)
    return {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in found
        if item.type == "declaration"
        and item.lower_name in INHERITED | NOT_INHERITED | {"transform"}
    }
