"""Reports what pandoc leaves out of a Word or LibreOffice file silently."""

from __future__ import annotations

import re

from lxml import etree

from book.findings import Code
from book.intake.documents import codes
from book.intake.documents.ast import excerpt
from book.intake.documents.draft import Draft
from book.intake.documents.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_NUMBERS = re.compile(r"[\W\d_]*(?:pag\w*|page)?[\W\d_]*(?:di|of)?[\W\d_]*", re.I)
"""Running heads that hold a page number only («pag. 3 di 12»). They are not reported."""
_KINDS: tuple[tuple[str, Code], ...] = (
    (_CHART, codes.CHARTS),
    (_DIAGRAM, codes.DIAGRAMS),
    (_OBJECT, codes.EMBEDDED),
    (f"{_DRAW}object", codes.EMBEDDED),
    (f"{_DRAW}object-ole", codes.EMBEDDED),
    (f"{_DRAW}plugin", codes.EMBEDDED),
)


def report_parts(package: Package, draft: Draft) -> None:
    """Report running heads, charts, diagrams, embedded objects, and OpenDocument's comments.

    Comments of Word files are in pandoc's tree; the pass ``revisions`` reports them.
    """
    margins = [name for name in sorted(package.parts) if _MARGIN.fullmatch(name)]
    roots = [root for name in margins if (root := package.xml(name)) is not None]
    said = dict.fromkeys(_words(root, f"{_W}t") for root in roots)
    styles = package.xml("styles.xml")
    if styles is not None:
        said |= dict.fromkeys(_master_pages(styles))
    for text in said:
        if not _NUMBERS.fullmatch(text):
            draft.report(codes.MARGINS_LEFT_OUT, words=excerpt(text))
    for name in ("word/document.xml", "content.xml"):
        body = package.xml(name)
        if body is not None:
            _report_objects(body, draft)
            _report_annotations(body, draft)


def _words(root: etree._Element, tag: str) -> str:
    """The text of all elements ``tag``, on one line."""
    return " ".join("".join(text.text or "" for text in root.iter(tag)).split())


def _master_pages(styles: etree._Element) -> list[str]:
    """The running heads of an OpenDocument file."""
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    return [
        " ".join("".join(map(str, margin.itertext())).split())
        for margin in styles.iter(f"{style}header", f"{style}footer")
    ]


def _report_objects(body: etree._Element, draft: Draft) -> None:
    counts: dict[Code, int] = {}
    for tag, code in _KINDS:
        counts[code] = counts.get(code, 0) + sum(1 for _ in body.iter(tag))
    for code, count in counts.items():
        if count:
            draft.report(code, count=count)


def _report_annotations(body: etree._Element, draft: Draft) -> None:
    """Report LibreOffice's comments, which pandoc's reader does not read."""
    for annotation in body.iter(f"{_OFFICE}annotation"):
        paragraphs = [" ".join(map(str, p.itertext())) for p in annotation.iter(f"{_TEXT}p")]
        around = annotation.getparent()
        about = (
            " ".join("".join([around.text or "", *(child.tail or "" for child in around)]).split())
            if around is not None
            else ""
        )
        draft.report(
            codes.COMMENT,
            author=annotation.findtext(f"{_DC}creator") or "?",
            words=excerpt(about),
            comment=" ".join(" ".join(paragraphs).split()),
        )
