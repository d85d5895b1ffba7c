"""Finding codes of composing: broken templates of a brand, characters without a glyph."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

BROKEN_TEMPLATE = define(
    "B101",
    Severity.ERROR,
    N_("The template «{template}» does not work (line {at_line}): {reason}"),
    N_("Correct the template, or remove it to use the one of the house."),
)

MISSING_GLYPH = define(
    "F101",
    Severity.WARNING,
    N_("The character «{character}» ({code} {name}) has no glyph in the fonts {families}."),
    N_("Use another character, or add to the brand a font that has it."),
)
