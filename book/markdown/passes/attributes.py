"""Removes the attributes that are not on an allow-list, so that outputs meet only known ones."""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import BAD_LANGUAGE
from book.markdown.context import Context
from book.markdown.dom import drop, elements, name
from book.markdown.tree import EPUB_TYPE, XML_LANG

_EVERYWHERE = frozenset(
    {
        *("id", "class", "lang", "dir", "role", "aria-label", EPUB_TYPE, XML_LANG),
        *("data-line", "data-generated", "data-written"),
    }
)
_BY_ELEMENT = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "dfn": {"title"},
    "div": {"data-time"},
    "img": {"src", "alt", "aria-details"},
    "aside": {"aria-labelledby"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "col": {"span", "data-width"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*")
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_NUMBERS = frozenset({"start", "value", "span", "colspan", "rowspan"})


def apply(root: etree._Element, context: Context) -> None:
    """Keep the allowed attributes. Write every language as ``lang`` and ``xml:lang``.

    EPUB 3.3, section 6.1.3, asks for both attributes with the same value.
    """
    for element in elements(root):
        allowed = _EVERYWHERE | _BY_ELEMENT.get(name(element), set())
        for attribute in [str(key) for key in element.attrib]:
            value = element.get(attribute, "")
            if attribute not in allowed or (attribute in _NUMBERS and not _NUMBER.fullmatch(value)):
                del element.attrib[attribute]
        if element.get("dir") not in (None, "ltr", "rtl", "auto"):
            del element.attrib["dir"]
        _language(element, context)


def _language(element: etree._Element, context: Context) -> None:
    drop(element, XML_LANG)
    language = element.get("lang")
    if language is None:
        return
    if _LANGUAGE.fullmatch(language):
        element.set(XML_LANG, language)
    else:
        context.report(BAD_LANGUAGE, element, language, language=language)
        del element.attrib["lang"]
