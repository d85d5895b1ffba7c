"""Word, LibreOffice, web pages and slides become essays, contributions or tool sheets.

:func:`~book.intake.documents.document.import_document` is the one way in.
"""

from book.intake.documents.document import SUFFIXES, import_document

__all__ = ["SUFFIXES", "import_document"]
