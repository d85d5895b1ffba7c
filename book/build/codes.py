"""What the driver itself can find wrong."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

COVER_NOT_DRAWN = define(
    "B102",
    Severity.HINT,
    N_("The cover cannot be made as SVG, for it holds {reason}."),
    N_("Draw it with plain colours, paths and pictures; the other covers are made."),
)
