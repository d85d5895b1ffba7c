"""Links: file names of chapters become ids of the book, web addresses stay, others are removed."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from lxml import etree

from book.markdown.codes import BAD_SCHEME, NO_SUCH_CHAPTER, NOT_A_CHAPTER
from book.markdown.context import Context, suggestion
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
        # The source may have these classes, too. With an address of another place than the
        # chapter itself, such a link is checked like any other.
        if href.startswith("#") and {"note-call", "note-back"} & set(classes(link)):
            continue
        # Pandoc puts the prefix of ids before fragments, too. Findings show what was written.
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
    # As pandoc makes ids of headings (its extension ascii_identifiers).
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
        found = suggestion(name, chapters)
        context.report(NO_SUCH_CHAPTER, link, written, target=written, nearest=found)
        return None
    slug = slug_of(name) if path else context.slug
    return f"{slug}.{fragment}" if fragment else slug
