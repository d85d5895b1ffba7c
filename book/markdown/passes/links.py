"""Links: chapters by file name become ids of the book; addresses on the web stay; the rest goes."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from lxml import etree

from book.markdown.codes import BAD_SCHEME, NO_SUCH_CHAPTER, NOT_A_CHAPTER
from book.markdown.context import Context, nearest
from book.markdown.dom import classes, elements, unwrap
from book.markdown.tree import Link
from book.model.edition import GENERATED_DOCUMENTS
from book.model.slugs import slug_of

_ON_THE_WEB = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@)", re.I)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def apply(root: etree._Element, context: Context) -> None:
    """Resolve every link's target, and list the links inside the book."""
    for link in elements(root, "a"):
        href = link.get("href")
        if href is None:
            continue
        # Anybody may write these classes: what they excuse has to be a note's, too.
        if href.startswith("#") and {"note-call", "note-back"} & set(classes(link)):
            continue
        # pandoc puts the prefix of ids before fragments, too
        written = unquote(href.replace(f"#{context.slug}.", "#", 1))
        if _ON_THE_WEB.match(href.strip()):
            link.set("href", "".join(href.split()))
            continue
        target = _target(link, written, context)
        if target is None:
            unwrap(link)
        else:
            link.set("href", f"#{target}")
            context.links.append(Link(target, written, context.line_of(link)))


def _target(link: etree._Element, written: str, context: Context) -> str | None:
    """The id in the book that ``written`` means, or None with a finding."""
    path, _, fragment = written.partition("#")
    fragment = unicodedata.normalize("NFKD", fragment).encode("ascii", "ignore").decode()
    if _SCHEME.match(written) or (not path and not fragment):
        context.report(BAD_SCHEME, link, written, target=written)
        return None
    name = posixpath.normpath(path) if path else context.source.name
    if name in GENERATED_DOCUMENTS:
        return name
    if not name.endswith(".md"):
        context.report(NOT_A_CHAPTER, link, written, target=written)
        return None
    chapters = [e for e in context.edition.contents.entries if e.endswith(".md")]
    if path and name not in chapters:
        found = nearest(name, chapters)
        context.report(NO_SUCH_CHAPTER, link, written, target=written, nearest=found)
        return None
    slug = slug_of(name) if path else context.slug
    return f"{slug}.{fragment}" if fragment else slug
