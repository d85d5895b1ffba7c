"""Addresses that mean something only between the stages of the PDF."""

from __future__ import annotations

from urllib.parse import quote

LINK_SCHEME = "book:"
"""Links to another part go out as ``book:<id>`` and become GoTo actions at assembly: the
layout of one part cannot know the pages of another."""

_PICTURE = "picture:///"


def picture_address(path: str) -> str:
    """The address of a picture by its path in the book.

    WeasyPrint names pictures in the PDF after their addresses: one that tells where the book
    lies would change its bytes.
    """
    return _PICTURE + quote(path)
