"""A finished PDF, opened for reading."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar

import pikepdf
import pypdfium2
from PIL import Image

from book.output.pictures.raster import PDFIUM
from book.readback.geometry import MM, Box
from book.readback.pdf.paintings import Painted, page_paintings
from book.readback.pdf.structure import Element, Mark, read_structure
from book.readback.pdf.texts import TextRun, page_texts

Answer = TypeVar("Answer")


class FinishedPdf:
    """A PDF, opened for reading: a context manager. Pages are numbered from 0.

    The lock on PDFium is taken here, for the time of one question about one page. Raises
    pikepdf.PdfError for a file that is no PDF, pypdfium2.PdfiumError for one without pages.
    """

    # Two libraries hold the file open, each with a parser of its own. What they have in common is
    # the number of a page and the MCID of a marked-content sequence: a Mark.

    def __init__(self, source: Path | bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        try:
            with PDFIUM:
                self._document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError:
            self.pdf.close()
            raise
        self._numbers = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        self._texts: dict[int, list[TextRun]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.pdf.close()
        with PDFIUM:
            self._document.close()

    def __len__(self) -> int:
        return len(self._numbers)

    def label(self, page: int) -> str:
        """What a page is called («12», «iv»): its label, or else its number from 1 (12.4.2)."""
        with PDFIUM:
            return self._document.get_page_label(page) or str(page + 1)

    def texts(self, page: int) -> list[TextRun]:
        """All text on a page in the order of painting, furniture and all."""
        # Kept, because the structure tree asks for the sequences of a page one by one.
        if page not in self._texts:
            self._texts[page] = self._ask(page, page_texts)
        return self._texts[page]

    def sequence(self, mark: Mark) -> tuple[TextRun, ...]:
        """The text of a marked-content sequence."""
        return tuple(run for run in self.texts(mark.page) if run.context.mcid == mark.mcid)

    def paintings(self, page: int) -> list[Painted]:
        """All paths and pictures on a page in the order of painting."""
        return self._ask(page, page_paintings)

    def sheet(self, page: int) -> Box:
        """A page as a rectangle."""
        return self._ask(page, lambda p: Box(0, 0, p.get_width() * MM, p.get_height() * MM))

    def drawn(self, page: int, scale: float) -> Image.Image:
        """A page as it is seen, in RGB, with ``scale`` pixels for a point."""

        def draw(opened: pypdfium2.PdfPage) -> Image.Image:
            bitmap = opened.render(scale=scale)
            try:
                # The copy outlives the bitmap, whose memory to_pil() may share.
                picture: Image.Image = bitmap.to_pil().convert("RGB").copy()
                return picture
            finally:
                bitmap.close()

        return self._ask(page, draw)

    @cached_property
    def structure(self) -> Element:
        """The structure tree; see :func:`~book.readback.pdf.structure.read_structure`."""
        return read_structure(self.pdf, self._numbers)

    def mark_of(self, page: int, operator: int) -> Mark | None:
        """The innermost marked-content sequence that an operator of a page's contents is in.

        ``operator`` counts the operators of the content stream from 0, as veraPDF does. PDFium
        keeps objects and not operators, so the stream is read here.
        """
        # Sequences nest (ISO 32000-1, 14.6). None stands for one without an MCID: its EMC must not
        # close the sequence around it.
        open_ones: list[int | None] = []
        instructions = pikepdf.parse_content_stream(self.pdf.pages[page])
        for count, instruction in enumerate(instructions):
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                properties = instruction.operands[-1]
                known = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                open_ones.append(int(properties["/MCID"]) if known else None)
            # Between the two: the operator that begins a sequence is in it, and so is its EMC.
            if count >= operator:
                break
            if name == "EMC" and open_ones:
                open_ones.pop()
        inner = [mcid for mcid in open_ones if mcid is not None]
        return Mark(page, inner[-1]) if inner else None

    def first_pages(self) -> dict[str, int]:
        """The first page of each document of the book, by the document's id.

        Named destinations (12.3.2.3) of the book are ids: with a full stop within documents,
        without one for the documents themselves.
        """
        names = self.pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        if names is None:
            return {}
        return {
            str(name): self._numbers[target[0].objgen]
            for name, target in pikepdf.NameTree(names).items()
            if "." not in str(name)
        }

    def _ask(self, page: int, question: Callable[[pypdfium2.PdfPage], Answer]) -> Answer:
        # A page's objects are handles that die with the page. So a question must answer with values
        # of Python, and read everything before it returns: no generator, no handle.
        with PDFIUM:
            opened = self._document[page]
            try:
                return question(opened)
            finally:
                opened.close()


class TaggedPdf(FinishedPdf):
    """A PDF with a structure tree. Raises ValueError for a file without one."""

    def __init__(self, source: Path | bytes) -> None:
        super().__init__(source)
        if "/StructTreeRoot" not in self.pdf.Root:
            # No "with" block will close a file whose making fails.
            self.__exit__()
            raise ValueError("the PDF has no structure tree")
