"""Finds the facts about the finished documents on which the claims of accessibility rest.

The documents are looked through as they are packed, not as they were composed: a template of a
brand may bring pictures, tables and links, too. What a program cannot judge, like whether an
alternative text is a good one, is not among the facts.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from PIL import Image

from book.markdown.dom import line_of
from book.markdown.tree import EPUB_TYPE, XML_LANG, q
from book.model.loaded import LoadedEdition
from book.output.epub.page import MATHML, SVG, Page
from book.output.epub.style import TEMPLATE as STYLE_TEMPLATE
from book.output.epub.style_facts import StyleFacts, style_facts
from book.output.epub.supports import Facts, Lack, Support
from book.output.epub.tables import words_of

LEAST_CONTRAST = 4.5
"""The contrast ratio that WCAG 2.2, success criterion 1.4.3, asks of text of any size."""
_HEADINGS = tuple(q(f"h{level}") for level in range(1, 7))
_MOVING = frozenset(
    ("audio", "video", "canvas", "object", "embed", "iframe", "script", "source", "track")
)
_ANIMATING = frozenset(("animate", "animateMotion", "animateTransform", "set", "script"))
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*")
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "headers")
_SPEECH = "http://www.w3.org/2001/10/synthesis"


def facts_of(
    pages: Iterable[tuple[Page, str]],
    nav: Page,
    css: str,
    pictures: Mapping[str, bytes],
    loaded: LoadedEdition,
    cover: Page | None = None,
) -> Facts:
    """The facts about an EPUB.

    ``pages`` are its documents, each with the source file for findings, without the cover. In
    ``cover`` and ``nav`` page marks are looked for, too. ``css`` is the style sheet. ``pictures``
    are the packed pictures by address. ``loaded`` has the names of files for findings, and what
    the edition declares. The pages must still have their ``data-line`` attributes.
    """
    pages = list(pages)
    marked = [*([] if cover is None else [cover]), *(page for page, _ in pages), nav]
    style = style_facts(css)
    lacks = [
        *(lack for page, source in pages for lack in _lacks_of(page, source)),
        *_lacks_of(nav, loaded.file),
        *_lacks_of_contents(pages, nav),
        *_lacks_of_page_list(marked, nav, loaded.file),
        *_lacks_of_style(style, f"assets/brands/{loaded.edition.brand}/{STYLE_TEMPLATE}"),
        *(
            Lack(Support.STILL, loaded.file, detail=href)
            for href, content in pictures.items()
            if _is_moving_picture(href, content)
        ),
    ]
    roots = [page.root for page, _ in pages]
    elements = [e for root in roots for e in root.iter(etree.Element)]
    roles = {role for e in elements for role in e.get("role", "").split()}
    formulas = [e for e in elements if e.tag == f"{{{MATHML}}}math"]
    descriptions = [_leads_to_description(e) for e in elements if "aria-details" in e.attrib]
    return Facts(
        pictures=sum(1 for root in roots for _ in _pictures(root)),
        long_descriptions=descriptions.count(True),
        lost_descriptions=descriptions.count(False),
        formulas=len(formulas),
        described_formulas=sum(bool(e.get("alttext", "").strip()) for e in formulas),
        page_marks=sum(len(_page_marks(page)) for page in marked),
        text=any(words_of(body) for root in roots for body in root.iter(q("body"))),
        headings=any(e.tag in _HEADINGS for e in elements),
        roles=any(role.startswith("doc-") for role in roles),
        notes="doc-noteref" in roles,
        tables=any(e.tag == q("table") for e in elements),
        index="doc-index" in roles,
        speech=any(str(name).startswith(f"{{{_SPEECH}}}") for e in elements for name in e.attrib),
        page_list=bool(_page_links(nav)),
        contrast=style.contrast,
        lacks=tuple(lacks),
        publisher=loaded.edition.publisher,
        declared=loaded.edition.accessibility,
    )


def _lacks_of(page: Page, source: str) -> Iterator[Lack]:
    """The supports that one document lacks, each with its place."""
    root = page.root
    ids = {e.get("id") for e in root.iter(etree.Element)}
    for picture in _pictures(root):
        if not _is_described(picture):
            yield Lack(Support.DESCRIBED, source, line_of(picture), picture.get("src", ""))
    for table in root.iter(q("table")):
        if not _has_headers(table):
            yield Lack(Support.TABLE_HEADERS, source, line_of(table))
    yield from _lacks_of_headings(root, source)
    title = root.find(f"{q('head')}/{q('title')}")
    if title is None or not words_of(title):
        yield Lack(Support.NAMES, source, detail=page.file)
    for element in root.iter(etree.Element):
        if element is root or "lang" in element.attrib or XML_LANG in element.attrib:
            language = element.get("lang", "")
            if language != element.get(XML_LANG) or not _LANGUAGE.fullmatch(language):
                yield Lack(Support.LANGUAGES, source, line_of(element), language)
        for name in _REFERENCES:
            for id in element.get(name, "").split():
                if id not in ids:
                    yield Lack(Support.REFERENCES, source, line_of(element), id)
        if element.tag == q("a") and "href" in element.attrib and not _has_name(element):
            yield Lack(Support.NAMES, source, line_of(element), element.get("href", ""))
        if _is_moving(element):
            detail = etree.QName(element).localname
            yield Lack(Support.STILL, source, line_of(element), detail)


def _lacks_of_headings(root: etree._Element, source: str) -> Iterator[Lack]:
    """A lack for each heading more than one level below the heading before it."""
    above = 0
    for heading in root.iter(*_HEADINGS):
        level = int(etree.QName(heading).localname[1])
        if level > above + 1:
            yield Lack(Support.HEADINGS, source, line_of(heading), words_of(heading))
        above = level


def _lacks_of_contents(pages: list[tuple[Page, str]], nav: Page) -> Iterator[Lack]:
    """Documents of the body that the table of contents does not list, or that have no heading."""
    lists = [e for e in nav.root.iter(q("nav")) if e.get(EPUB_TYPE) == "toc"]
    links = [a.get("href", "") for e in lists for a in e.iter(q("a"))]
    listed = {href.partition("#")[0] for href in links}
    for page, source in pages:
        body = page.root.find(q("body"))
        if body is None or body.get(EPUB_TYPE) != "bodymatter":
            continue
        if page.file not in listed:
            yield Lack(Support.CONTENTS, source, detail=page.file)
        elif next(page.root.iter(*_HEADINGS), None) is None:
            yield Lack(Support.HEADINGS, source, detail=page.file)


def _lacks_of_page_list(pages: list[Page], nav: Page, file: str) -> Iterator[Lack]:
    """The page marks of each document and the links to them must be the same, in the same order.

    The list is in the order of the PDF's pages, where the printed contents come early. Here the nav
    document, which has their marks, is the last one. So the links are sorted by document first.
    """
    marks = [mark for page in pages for mark in _page_marks(page)]
    files = [page.file for page in pages]
    links = sorted(_page_links(nav), key=lambda link: _place(link.partition("#")[0], files))
    if marks != links:
        wrong = next((m for m, link in zip(marks, links, strict=False) if m != link), "")
        beyond = (marks if len(marks) > len(links) else links)[min(len(marks), len(links)) :]
        yield Lack(Support.PAGE_LIST, file, detail=wrong or beyond[0])


def _place(file: str, files: list[str]) -> int:
    return files.index(file) if file in files else len(files)


def _page_marks(page: Page) -> list[str]:
    """The addresses of the page marks of a document."""
    return [
        f"{page.file}#{e.get('id', '')}"
        for e in page.root.iter(etree.Element)
        if "doc-pagebreak" in e.get("role", "").split()
        or "pagebreak" in e.get(EPUB_TYPE, "").split()
    ]


def _page_links(nav: Page) -> list[str]:
    folder = posixpath.dirname(nav.file)
    return [
        posixpath.normpath(posixpath.join(folder, a.get("href", "")))
        for e in nav.root.iter(q("nav"))
        if e.get(EPUB_TYPE) == "page-list"
        for a in e.iter(q("a"))
    ]


def _lacks_of_style(style: StyleFacts, file: str) -> Iterator[Lack]:
    if style.contrast < LEAST_CONTRAST:
        yield Lack(Support.CONTRAST, file, detail=f"{style.contrast:.1f}")
    for support, found in (
        (Support.RESIZABLE, style.rigid),
        (Support.ORDER, style.disorder),
        (Support.STILL, style.motion),
    ):
        if found:
            yield Lack(support, file, detail=found)


def _pictures(root: etree._Element) -> Iterator[etree._Element]:
    """The informative pictures: not decoration, and not a drawing inside another drawing."""
    for picture in root.iter(q("img"), f"{{{SVG}}}svg"):
        parent = picture.getparent()
        inside_svg = parent is not None and str(parent.tag).startswith(f"{{{SVG}}}")
        decoration = picture.get("aria-hidden") == "true"
        decoration = decoration or picture.get("role") in ("presentation", "none")
        if not inside_svg and not decoration:
            yield picture


def _is_described(picture: etree._Element) -> bool:
    """Whether a picture has an alternative text.

    An empty ``alt`` does not count: decoration has a role that says so, and is not asked about.
    """
    if any(picture.get(name, "").strip() for name in ("alt", "aria-label", "aria-labelledby")):
        return True
    title = picture.find(f"{{{SVG}}}title")
    return title is not None and bool(words_of(title))


def _has_headers(table: etree._Element) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    heads = list(table.iter(q("th")))
    return bool(heads) and all(head.get("scope") or head.get("id") for head in heads)


def _has_name(link: etree._Element) -> bool:
    if words_of(link) or link.get("aria-label", "").strip() or link.get("aria-labelledby"):
        return True
    return any(_is_described(picture) for picture in _pictures(link))


def _leads_to_description(element: etree._Element) -> bool:
    """Whether ``aria-details`` refers to a link to a text in the document that has a link back."""
    root = element.getroottree().getroot()
    by_id = {e.get("id"): e for e in root.iter(etree.Element) if e.get("id")}
    link = by_id.get(element.get("aria-details"))
    target = None if link is None else by_id.get(link.get("href", "").removeprefix("#"))
    if target is None:
        return False
    back = [a for a in target.iter(q("a")) if a.get("role") == "doc-backlink"]
    return bool(words_of(target)) and any(a.get("href", "")[1:] in by_id for a in back)


def _is_moving(element: etree._Element) -> bool:
    name = etree.QName(element)
    if name.namespace == SVG:
        return name.localname in _ANIMATING
    return name.localname in _MOVING or any(str(key).startswith("on") for key in element.attrib)


def _is_moving_picture(href: str, content: bytes) -> bool:
    """Whether a picture moves. One that cannot be read counts as moving."""
    try:
        if href.lower().endswith(".svg"):
            return _is_moving_drawing(content)
        with Image.open(io.BytesIO(content)) as picture:
            return bool(getattr(picture, "is_animated", False))
    except (OSError, etree.XMLSyntaxError, Image.DecompressionBombError):
        return True


def _is_moving_drawing(content: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    elements = list(etree.fromstring(content, parser).iter(etree.Element))
    styles = "".join(e.text or "" for e in elements if e.tag == f"{{{SVG}}}style")
    return bool(style_facts(styles).motion) or any(map(_is_moving, elements))
