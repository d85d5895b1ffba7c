"""Makes essays, contributions and tool sheets of Word, LibreOffice and RTF files, pages, slides.

:func:`~book.intake.documents.document.import_document` is the only entry point.
"""

from book.intake.documents.document import SUFFIXES, import_document

__all__ = ["SUFFIXES", "import_document"]
