"""Whether the pages of an EPUB are those of its PDF, asked of the finished files alone."""

from __future__ import annotations

from pathlib import Path

from book.readback.pdf.document import TaggedPdf
from tests.support import epub_text
from tests.support.pdf_words import words_by_page
from tests.support.sequences import difference

ONLY_IN_PDF = ("cover", "half-title")
"""Documents that the EPUB does not set as text: its cover is a picture."""
CONTENTS = "contents"
"""The nav document has more levels and no folios: there a page's first words are compared."""
_FIRST_WORDS = 2


def disagreements(pdf_path: Path, epub_path: Path) -> dict[str, str]:
    """How the words of each page differ, by the page's name; empty when all agree."""
    with TaggedPdf(pdf_path) as pdf:
        names = [pdf.label(n) for n in range(len(pdf))]
        on_pages = words_by_page(pdf)
        starts = sorted((page, id) for id, page in pdf.first_pages().items())
    between_marks = epub_text.words_by_page(epub_path)
    found = {}
    if between_marks.pop("") or list(between_marks) != names:
        found[""] = f"pages {names}, marks {list(between_marks)}"
    for number, (name, words) in enumerate(zip(names, on_pages, strict=True)):
        document = [id for page, id in starts if page <= number][-1]
        marked = between_marks.get(name, ())
        if document in ONLY_IN_PDF:
            words = ()
            marked = () if document == "cover" else marked
        elif document == CONTENTS:
            words, marked = words[:_FIRST_WORDS], marked[:_FIRST_WORDS]
        if differ := difference(marked, words, capitals=True):
            found[name] = differ
    return found
