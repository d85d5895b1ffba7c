"""Slugs: a chapter's file name made fit for ids, file names in an EPUB and addresses."""

from __future__ import annotations

import re
import unicodedata


def slug_of(name: str) -> str:
    """The slug of a chapter's file name: ASCII ``[a-z0-9-]``, starting with a letter.

    An XML id may not start with a digit (XML 1.0, section 2.3), hence the prefix ``c-``.
    """
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.lower()).strip("-")
    return slug if slug[:1].isalpha() else f"c-{slug}".rstrip("-")
