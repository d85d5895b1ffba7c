"""Elements of an ONIX message."""

from __future__ import annotations

from typing import cast

from lxml import etree

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
# The default namespace, for which the types of lxml have no word.
_PREFIXES = cast("dict[str, str]", {None: NAMESPACE})


def node(
    name: str, *content: etree._Element | str | None, **attributes: str | None
) -> etree._Element:
    """An element with what it holds; what is None is left out."""
    element = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_PREFIXES)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, value)
    for item in content:
        if isinstance(item, str):
            element.text = item
        elif item is not None:
            element.append(item)
    return element


def optional(name: str, text: str | None, **attributes: str | None) -> etree._Element | None:
    """An element for a text; None without one."""
    return node(name, text, **attributes) if text else None
