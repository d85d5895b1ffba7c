"""Where the pages of the PDF begin in the text, for outputs that have no pages of their own."""

from __future__ import annotations

from dataclasses import dataclass

from book.compose.documents import Book


@dataclass(frozen=True)
class PageTurn:
    """The beginning of a page of the PDF in the text of a document.

    ``folio`` is the page's label («iv», «12»); ``document`` the id of the document; ``offset``
    how many items of its main text (:mod:`book.output.main_text`: characters without white space,
    and pictures) come before the page's first; ``opening`` the items that the page begins with,
    by which whoever sets a mark sees that it counts alike. A blank page begins where the next one
    does.
    """

    folio: str
    document: str
    offset: int
    opening: str = ""


def source_of_pages(book: Book) -> str:
    """What names the PDF whose pages other outputs tell (EPUB Accessibility 1.1, section 3.3.2).

    Its ISBN. Without one, the identifier that the PDF bears may be the EPUB's own, which must not
    be named as the source of its own pages; publisher, date, version and kind of file make it
    plain which file is meant (EPUB Accessibility Techniques 1.1, PAGE-004).
    """
    edition = book.loaded.edition
    if edition.identifiers.pdf:
        return f"urn:isbn:{edition.identifiers.pdf}"
    facts = (edition.publisher, edition.date.isoformat(), edition.version, "PDF", book.identifier)
    return ", ".join(" ".join(fact.split()) for fact in facts)
