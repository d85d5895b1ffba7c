"""The properties of a document's file: title, creator, date of creation, language.

Programs fill them in, so they are hints for the editor only. The declared language in particular
is often that of a template; :func:`looks_italian` judges by the text.
"""

from __future__ import annotations

import re

from lxml import etree

from book.intake.documents.draft import Properties
from book.intake.documents.package import Package

_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMPTY_TITLES = frozenset({"powerpoint presentation", "presentazione standard di powerpoint"})
"""The titles that PowerPoint sets by itself, in lower case."""
_ITALIAN_WORDS = frozenset(
    """
    il lo la gli le un una di a da in con su per tra fra e è che chi non si del della dei delle
    dal dalla nel nella al alla ai alle i ci ha sono come più anche se ma o
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Function words. They are about a third of the words of an Italian text, and few of another's."""
_ITALIAN_SHARE = 0.15
"""The share of such words from which a text counts as Italian."""
_SAMPLE = 20_000
"""The number of characters that are looked at, from the start."""


def properties_of(package: Package) -> Properties:
    """The core properties of an Office Open XML or OpenDocument file (ISO/IEC 29500-2, 26300)."""
    core = package.xml("docProps/core.xml")
    if core is not None:
        return Properties(
            title=_title(_first(core, _DC, "title")),
            creator=_first(core, _DC, "creator"),
            created=_first(core, _DCTERMS, "created")[:10],
            language=_first(core, _DC, "language") or _word_language(package),
        )
    meta = package.xml("meta.xml")
    if meta is not None:
        return Properties(
            title=_first(meta, _DC, "title"),
            creator=_first(meta, _META, "initial-creator") or _first(meta, _DC, "creator"),
            created=_first(meta, _META, "creation-date")[:10],
            language=_first(meta, _DC, "language") or _text_language(package),
        )
    return Properties()


def _first(root: etree._Element, namespace: str, name: str) -> str:
    """The text of the first element with this name, "" if there is none."""
    found = next(root.iter(f"{{{namespace}}}{name}"), None)
    return " ".join((found.text or "").split()) if found is not None else ""


def _title(title: str) -> str:
    return "" if title.lower() in _EMPTY_TITLES else title


def _word_language(package: Package) -> str:
    """The language that the styles of a Word file set for all text."""
    styles = package.xml("word/styles.xml")
    if styles is None:
        return ""
    defaults = styles.find(f"{{{_WORD}}}docDefaults")
    lang = next(defaults.iter(f"{{{_WORD}}}lang"), None) if defaults is not None else None
    return lang.get(f"{{{_WORD}}}val", "") if lang is not None else ""


def _text_language(package: Package) -> str:
    """The first language that the styles of an OpenDocument file set."""
    styles = package.xml("styles.xml")
    if styles is None:
        return ""
    for text in styles.iter():
        language = text.get(f"{{{_FO}}}language")
        if language and language != "none":
            return language
    return ""


def looks_italian(text: str) -> bool:
    """Whether at least :data:`_ITALIAN_SHARE` of the words are Italian function words."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    italian = sum(word in _ITALIAN_WORDS for word in words)
    return bool(words) and italian / len(words) >= _ITALIAN_SHARE
