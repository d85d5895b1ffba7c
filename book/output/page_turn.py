"""Where the pages of the PDF begin in the text, for outputs that have no pages of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageTurn:
    """The beginning of a page of the PDF in the text of a document.

    ``folio`` is the page's label («iv», «12»); ``document`` the id of the document; ``offset``
    how many characters of its main text, white space left out, come before the page's first.
    """

    folio: str
    document: str
    offset: int
