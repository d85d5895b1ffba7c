"""Slugs: names of chapter files in a form for ids, file names in an EPUB and addresses."""

from __future__ import annotations

import re
import unicodedata

_PAGES = re.compile(
    r"cover|half-title|title-page|notice|colophon|contents|part-[0-9]+|back-cover"
    r"|laboratory-programme"
)
"""Ids of the documents that the pipeline generates; no chapter may have one of them as its slug."""


def slug_of(name: str) -> str:
    """The slug of a chapter's file name: ASCII ``[a-z0-9-]``, starting with a letter.

    An XML id may not start with a digit (XML 1.0, section 2.3); such names get the prefix ``c-``.
    So does a chapter ``colophon.md``, whose slug would be the id of the generated colophon.
    """
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.lower()).strip("-")
    is_free = slug[:1].isalpha() and not _PAGES.fullmatch(slug)
    return slug if is_free else f"c-{slug}".rstrip("-")
