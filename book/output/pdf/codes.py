"""Finding codes of laying out and assembling a PDF (family ``P``)."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

LAYOUT_WARNING = define(
    "P001",
    Severity.WARNING,
    N_("Laying out the pages of «{document}» gave a warning: {text}"),
    N_("Correct the chapter, or the style sheet of the brand, that the message speaks of."),
)
UNALIGNED_PAGES = define(
    "P030",
    Severity.WARNING,
    N_("the pages of «{document}» show other words than its text: the EPUB gets no page numbers"),
    N_("let the brand's style sheet show all words of the text, as they are"),
)
UNKNOWN_TARGET = define(
    "P002",
    Severity.WARNING,
    N_("A link in «{document}» points to «{target}», which is on no page of the PDF."),
    N_("Correct the link, or leave the target in both outputs."),
)
