"""The findings of the EPUB."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

DEAD_LINK = define(
    "U001",
    Severity.ERROR,
    N_("the link to «{target}» leads to no document of the EPUB"),
    N_("link to a chapter or a section that the EPUB holds"),
)
UNREADABLE_PICTURE = define(
    "U002",
    Severity.ERROR,
    N_("the picture {path} cannot be put into the EPUB: {reason}"),
    N_("check that the file is there and can be read"),
)
FOREIGN_PICTURE = define(
    "U003",
    Severity.ERROR,
    N_("the picture {path} is of a kind that reading systems need not show"),
    N_("save it as JPEG, PNG, GIF, WebP or SVG"),
)
BROKEN_STYLE = define(
    "U004",
    Severity.ERROR,
    N_("the brand's EPUB style sheet cannot be made: {reason}"),
    N_("mend epub.css.j2 in the brand's folder"),
)
UNREADABLE_FONT = define(
    "U005",
    Severity.ERROR,
    N_("the font {path} cannot be put into the EPUB: {reason}"),
    N_("check the fonts of brand.yaml and the files in assets/fonts"),
)
