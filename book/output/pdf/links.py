"""Links and their destinations across the parts, and the description of each link.

A link must have an alternate description (ISO 14289-1, 7.18.5). For a link inside the book it is
the title of the target; for one on the web it is the link's own words and the site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from lxml import etree
from pikepdf import Array, Dictionary, Object, Page, Pdf, String

from book.compose.documents import Document
from book.findings import Finding
from book.markdown.dom import HEADINGS, classes, name
from book.markdown.tree import q
from book.messages import N_, translate
from book.output.pdf.addresses import LINK_SCHEME
from book.output.pdf.codes import UNKNOWN_TARGET
from book.output.pdf.pagination import Placement

_NOTE = N_("Note {number}")
_BACK = N_("Back to the call of note {number}")
_CAPTIONS = ("figcaption", "caption")
_PRINT = 4
"""The annotation flag Print, which PDF/A requires (ISO 19005-2, 6.3.2)."""


def destinations_of(part: Pdf, pages: Sequence[Page]) -> dict[str, Array]:
    """The named destinations of a part, with its pages in the book in place of its own."""
    numbers = {page.obj.objgen: number for number, page in enumerate(part.pages)}
    found: dict[str, Array] = {}
    if "/Names" not in part.Root or "/Dests" not in part.Root.Names:
        return found
    names = part.Root.Names.Dests.Names
    for index in range(0, len(names), 2):
        page, *position = names[index + 1]
        target = pages[numbers[page.objgen]].obj
        found[str(names[index])] = Array([target, *position])
    return found


def write_destinations(pdf: Pdf, destinations: Mapping[str, Array]) -> None:
    """Write the name tree of destinations."""
    names = Array()
    for key in sorted(destinations, key=lambda key: bytes(String(key))):
        names.append(String(key))
        names.append(destinations[key])
    leaf = pdf.make_indirect(Dictionary(Names=names, Limits=Array([names[0], names[-2]])))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))


def write_links(
    pdf: Pdf,
    placements: Sequence[Placement],
    destinations: Mapping[str, Array],
    titles: Mapping[str, str],
) -> list[Finding]:
    """Turn links to other parts into links to named destinations, and describe all links.

    Returns findings for links whose target is on no page.
    """
    findings = []
    for placement in placements:
        for page in pdf.pages[placement.first : placement.first + placement.pages]:
            for annotation in page.obj.get("/Annots", ()):
                annotation.F = _PRINT
                address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
                if address.startswith(LINK_SCHEME):
                    target = address.removeprefix(LINK_SCHEME)
                    document = placement.document
                    if target not in destinations:
                        findings.append(
                            UNKNOWN_TARGET.at(
                                document.source, document=document.title, target=target
                            )
                        )
                        continue
                    del annotation["/A"]
                    annotation.Dest = String(target)
                _describe(annotation, titles)
    return findings


def _describe(annotation: Object, titles: Mapping[str, str]) -> None:
    if "/Dest" in annotation:
        target = str(annotation.Dest)
        annotation.Contents = String(titles.get(target, target))
        return
    address, words = str(annotation.A.URI), str(annotation.get("/Contents", ""))
    site = urlsplit(address).netloc
    if not words or words.rstrip("/") in address:
        annotation.Contents = String(address)
    elif site:
        annotation.Contents = String(f"{words} ({site})")


def titles_of(documents: Sequence[Document]) -> dict[str, str]:
    """The title of each id in the documents, for descriptions of links.

    A heading, figure or table is called by its text or caption, a note by its number, anything else
    by the heading before it.
    """
    found: dict[str, str] = {}
    for document in documents:
        title = document.title
        for element in document.tree.root.iter(etree.Element):
            if name(element) in HEADINGS:
                title = _text(element)
            if id := element.get("id"):
                found[id] = _title(element, document.language) or title
        found[document.id] = document.title
    return found


def _title(element: etree._Element, language: str) -> str:
    for kind, words in (("note", _NOTE), ("note-call", _BACK)):
        if kind in classes(element):
            numbers = [a.text for a in (element, *element.iter(q("a"))) if a.tag == q("a")]
            return translate(words, language).format(number=(numbers or [""])[0])
    captions = (child for child in element if name(child) in _CAPTIONS)
    return next((_text(caption) for caption in captions), "")


def _text(element: etree._Element) -> str:
    """The text of an element, without the calls of notes in it."""
    texts = element.xpath(".//text()[not(ancestor::*[@role='doc-noteref'])]")
    assert isinstance(texts, list)
    return " ".join("".join(str(text) for text in texts).split())
