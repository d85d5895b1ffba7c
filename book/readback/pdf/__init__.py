"""The one reader of finished PDFs: what their pages paint, their structure tree, their text.

:mod:`document` opens a file. PDFium (pypdfium2) reads the content streams: :mod:`objects`,
:mod:`texts`, :mod:`paintings`. pikepdf reads everything else, since two things cannot be had from
PDFium. Its structure tree (``FPDF_StructTree``) is that of one page and knows neither object
numbers nor annotations, so :mod:`structure` walks the tree. And it keeps no operators, which
veraPDF counts, so ``FinishedPdf.mark_of`` looks for one. :mod:`reading` puts text and structure
together.

Lengths are in mm from the upper left corner of a page's crop box, font sizes in pt; pages are
numbered from 0.
"""
