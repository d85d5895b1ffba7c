"""Writes the generated parts of ``docs``: ``python -m book.reference [PDF PAGE …]``.

Without arguments it writes ``docs/codici.md`` and ``docs/rooms.svg``. With a built PDF and page
numbers, which count from 1, it writes ``docs/libro.png``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from book.reference.codes_page import codes_page
from book.reference.contact_sheet import contact_sheet
from book.reference.rooms_picture import rooms_picture
from book.system.checkout import CHECKOUT

DOCS = CHECKOUT / "docs"


def main(arguments: list[str]) -> None:
    """Write the files that the arguments ask for."""
    if arguments:
        pdf = Path(arguments[0]).read_bytes()
        (DOCS / "libro.png").write_bytes(contact_sheet(pdf, [int(page) for page in arguments[1:]]))
    else:
        (DOCS / "codici.md").write_text(codes_page(), "utf-8")
        (DOCS / "rooms.svg").write_text(rooms_picture(CHECKOUT), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
