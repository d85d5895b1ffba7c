"""What laying out and assembling a PDF can find wrong."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

LAYOUT_WARNING = define(
    "P001",
    Severity.WARNING,
    N_("Laying out the pages of «{document}» gave a warning: {text}"),
    N_("Correct the chapter, or the style sheet of the brand, that the message speaks of."),
)
UNKNOWN_TARGET = define(
    "P002",
    Severity.WARNING,
    N_("A link in «{document}» points to «{target}», which is on no page of the PDF."),
    N_("Correct the link, or leave the target in both outputs."),
)
