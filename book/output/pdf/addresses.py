"""Addresses that only the stages of the PDF use among themselves."""

from __future__ import annotations

from urllib.parse import quote

LINK_SCHEME = "book:"
"""The scheme of links to another part, ``book:<id>``, until assembly.

The layout of one part cannot know the pages of another. Assembly turns them into links to named
destinations.
"""

_PICTURE = "picture:///"


def picture_address(path: str) -> str:
    """The address of a picture by its path in the book.

    WeasyPrint names pictures in the PDF after their addresses. With a path on this machine the
    bytes of the PDF would depend on the folder of the book.
    """
    return _PICTURE + quote(path)
