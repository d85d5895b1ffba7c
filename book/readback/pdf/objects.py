"""What a page of a PDF paints, object by object, as PDFium reads it.

PDFium resolves what makes content streams hard to read (ISO 32000-1, clauses 8 and 9): operators,
forms, colour spaces, fonts, matrices. Whoever calls what is here holds
:data:`book.output.pictures.raster.PDFIUM`.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Matrix
from pypdfium2 import PdfObject, PdfPage

from book.readback.geometry import MM

_DEEPEST_FORM = 12
_ACTUAL_TEXT = b"ActualText"


@dataclass(frozen=True)
class Context:
    """What holds for an object by its marked content (14.6) and by the forms around it.

    ``mcid`` is -1 outside of all sequences that the structure tree can name; ``artefact`` says that
    the object is furniture or decoration, no content (14.8.2.2); ``actual`` is the text that the
    sequence stands for (ActualText, 14.9.4); ``transparent`` holds for a blend mode, a mask or an
    opacity, its own or that of a group around it; ``decoration`` for what is in a form that is an
    artefact.
    """

    mcid: int = -1
    artefact: bool = False
    actual: str | None = None
    transparent: bool = False
    decoration: bool = False


@dataclass(frozen=True)
class PageObject:
    """A page object: path, picture, text or form.

    ``matrix`` leads from its own space to mm on the page, ``outer`` from that of the form or page
    which paints it.
    """

    source: PdfObject
    matrix: Matrix
    outer: Matrix
    context: Context

    @property
    def height(self) -> float:
        """What a vertical unit becomes, in mm; for upright letters, the scale of their size."""
        return math.hypot(self.matrix.c, self.matrix.d)


def page_objects(page: PdfPage) -> Iterator[PageObject]:
    """The objects of a page in the order of painting, each form before what is in it."""
    # PDFium yields a form before what is in it, so the form's matrix and marks are known when its
    # insides come. Matrices of inner objects are relative to the form (ISO 32000-1, 8.10.1).
    placed = to_page(page)
    forms: dict[PdfObject | None, PageObject] = {}
    for source in page.get_objects(max_depth=_DEEPEST_FORM):
        form = forms.get(source.container)
        outer = placed if form is None else form.matrix
        around = Context() if form is None else form.context
        inside = form is not None and around.artefact
        matrix = Matrix(*source.get_matrix().get()) @ outer
        found = PageObject(source, matrix, outer, _context(source, around, inside))
        if source.type == pdfium.FPDF_PAGEOBJ_FORM:
            forms[source] = found
        yield found


def to_page(page: PdfPage) -> Matrix:
    """From the PDF's space (pt, upwards) to mm from the upper left corner of the crop box."""
    # In a PDF, y goes upwards (ISO 32000-1, 8.3.2.3), and a crop box need not begin at the origin.
    left, _, _, top = page.get_cropbox()
    return Matrix(MM, 0, 0, -MM, -left * MM, top * MM)


def colour(read: Callable[..., int], source: PdfObject) -> str:
    """A colour as ``#RRGGBB``, whatever its opacity; empty where there is none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not read(source, *parts):
        return ""
    red, green, blue, _ = (part.value for part in parts)
    return f"#{red:02X}{green:02X}{blue:02X}"


def _context(source: PdfObject, around: Context, decoration: bool) -> Context:
    # What is in a form also has what the marks around the form say. Marks come from the outermost
    # inwards: the innermost ActualText counts.
    artefact, actual = around.artefact, around.actual
    for n in range(pdfium.FPDFPageObj_CountMarks(source)):
        mark = pdfium.FPDFPageObj_GetMark(source, n)
        artefact = artefact or _tag(mark) == "Artifact"
        if (text := _actual(mark)) is not None:
            actual = text
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(source)
    return Context(
        mcid if mcid >= 0 else around.mcid,
        artefact,
        actual,
        around.transparent or bool(pdfium.FPDFPageObj_HasTransparency(source)),
        decoration,
    )


def _tag(mark: object) -> str:
    # PDFium returns text in two calls: the first tells its size in bytes, the second gives it.
    # The text is UTF-16LE, ended by a zero.
    size = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, None, 0, size)
    buffer = (pdfium.FPDF_WCHAR * (size.value // 2))()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, size.value, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _actual(mark: object) -> str | None:
    """The replacement text of a marked-content sequence.

    It is asked for as bytes: PDFium would decode them as UTF-8, which a text string is not
    (7.9.2.2).
    """
    size = ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, None, 0, size):
        return None
    buffer = (ctypes.c_ubyte * size.value)()
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, buffer, size.value, size)
    # pikepdf decodes it as a text string: UTF-16 with a byte order mark, else PDFDocEncoding.
    return str(pikepdf.String(bytes(buffer)))
