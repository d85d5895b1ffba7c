"""A chapter's Markdown to its tree: pandoc once, then the passes of :data:`PASSES` in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from lxml import etree

from book.findings import Finding, in_order
from book.markdown.codes import (
    CONTROL_CHARACTER,
    LOOK_ALIKE,
    MAP_UNPROVED,
    TOO_BIG,
    TOO_DEEP,
    UNREADABLE,
)
from book.markdown.context import Context
from book.markdown.dom import make
from book.markdown.html import NOT_XML, depth, fragment, nesting, without_swallowers
from book.markdown.kinds.kind import unread
from book.markdown.kinds.marking import ANY_SIGN
from book.markdown.kinds.reading import read
from book.markdown.pandoc import PandocFailed
from book.markdown.passes import (
    attributes,
    boxes,
    descriptions,
    figures,
    headings,
    inlines,
    lines,
    links,
    loose,
    notes,
    raw_html,
    tables,
    transcript,
    typography,
)
from book.markdown.plain import tree_words
from book.markdown.sanitiser import Removed, sanitised
from book.markdown.sourcemap import SourceMap
from book.markdown.tree import OPS, ChapterTree, Tree
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.model.yaml.encoding import DECEPTIVE, character_name

DEPTH_LIMIT = 60
"""Elements inside one another; libxml2 stops at 256, and no page shows half as many."""

NESTING_LIMIT = 600
"""Tags open at once; beyond, HTML parsers take time that grows with the square."""
MARKS_LIMIT = 200_000
"""Tags of a chapter's HTML; a book of a thousand pages has a quarter of them."""
# Greek, Coptic and Cyrillic; the sign for micro is neither.
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1f00-\u1fff\ua640-\ua69f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_REFERENCE = re.compile(r"&#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8});?")

Pass = Callable[[etree._Element, Context], None]

PASSES: tuple[tuple[Pass, str], ...] = (
    (loose.apply, "first, so that every block with words is known as one to lines"),
    (lines.apply, "while the tree still has the words and the order of the source"),
    (raw_html.apply, "before all that trusts the tree; after lines, to name them"),
    (loose.apply, "again: an unwrapped tag leaves text bare"),
    (notes.apply, "before headings, whose text leaves note calls out"),
    (boxes.apply, "before headings: those in a box are no sections of the chapter"),
    (headings.apply, "after notes and boxes; gives every id its final form"),
    (figures.apply, "a figure in a box or a turn is the same as elsewhere"),
    (descriptions.apply, "after headings and figures: ids are final, figures have captions"),
    (tables.apply, "independent of the others"),
    (links.apply, "before transcripts, whose time marks are links of their own"),
    (transcript.apply, "moves whole blocks into turns, which a box ends; after boxes and links"),
    (inlines.apply, "after all that makes or removes links and paragraphs"),
    (typography.apply, "after labels and credits are in the tree, so that they are set, too"),
    (attributes.apply, "last: takes away what pandoc and the passes left behind"),
)
"""The passes in order, each with why it stands there."""


def chapter_tree(
    source: ChapterSource, edition: Edition, folder: Path
) -> tuple[ChapterTree, list[Finding]]:
    """The tree of a chapter of the edition in ``folder``, and what its text has wrong.

    A text that pandoc cannot read, or nested too deep, gives an empty tree and an error.
    """
    positions = SourceMap(source.body, source.body_line)
    context = Context(source, edition, folder, positions, unread(source.body))
    root = _read(context)
    for apply, _ in PASSES:
        apply(root, context)
    etree.cleanup_namespaces(root, top_nsmap={"epub": OPS})
    words = tree_words(root, generated=False)
    tree = ChapterTree(
        slug=source.slug,
        body=Tree.of(root),
        headings=tuple(context.headings),
        links=tuple(context.links),
        pictures=tuple(context.pictures),
        words=len(words.main) + len(words.notes),
        kinds=context.kinds,
    )
    return tree, in_order(context.findings)


def _read(context: Context) -> etree._Element:
    """Pandoc's HTML of the chapter, parsed."""
    body = context.source.body
    lines_told: set[int] = set()
    for match in NOT_XML.finditer(body):
        line = context.positions.line(match.start())
        if line in lines_told:
            continue
        lines_told.add(line)
        code = f"U+{ord(match[0]):04X}"
        context.report_at(CONTROL_CHARACTER, match.start(), character=code)
    _look_alikes(context)
    empty = make("div", {"class": "chapter-body"})
    try:
        reading = read(body, context.slug)
    except PandocFailed as failure:
        place = _heaviest_line(body, r"[\[\]*_^`<>|]")
        context.report_at(UNREADABLE, place, reason=str(failure))
        return empty
    context.kinds = reading.kinds
    html = _without_deceptive(reading.html, context)
    if (marks := html.count("<")) > MARKS_LIMIT:
        context.report_at(TOO_BIG, 0, size=marks, limit=MARKS_LIMIT)
        return empty
    if nesting(html) > NESTING_LIMIT:
        context.report_at(TOO_DEEP, _heaviest_line(body, r"<|:::"), depth=DEPTH_LIMIT)
        return empty
    html, swallowers = without_swallowers(html)
    html, removed = sanitised(html)
    root = fragment(html)
    if depth(root) > DEPTH_LIMIT:
        place = _heaviest_line(body, r"^[\s>*+-]+|<|:::")
        context.report_at(TOO_DEEP, place, depth=DEPTH_LIMIT)
        return empty
    if not reading.kinds.exact:
        own_sign = ANY_SIGN.search(body)
        context.report_at(MAP_UNPROVED, own_sign.start() if own_sign else 0)
    taken_out = [Removed(tag, with_content=True) for tag in swallowers]
    raw_html.report_removed([*taken_out, *removed], context)
    return root


def _without_deceptive(html: str, context: Context) -> str:
    """``html`` without characters that the source wrote as references to deceive."""
    if DECEPTIVE.search(html):
        for match in _REFERENCE.finditer(context.source.body):
            character = unescape(match[0])
            if DECEPTIVE.fullmatch(character):
                code = character_name(character)
                context.report_at(CONTROL_CHARACTER, match.start(), character=code)
    return DECEPTIVE.sub("", html)


def _look_alikes(context: Context) -> None:
    """Hint at words that mix Latin with letters of Greek or Cyrillic, which look the same."""
    body = context.source.body
    if not _FOREIGN.search(body):
        return
    told: set[str] = set()
    for match in _LETTERS.finditer(body):
        word = match[0]
        foreign = _FOREIGN.search(word)
        if foreign and _LATIN.search(word) and len(word) > 2 and word not in told:
            told.add(word)
            letter = f"{foreign[0]} ({character_name(foreign[0])})"
            context.report_at(LOOK_ALIKE, match.start(), word=word, letter=letter)


def _heaviest_line(body: str, pattern: str) -> int:
    """The offset of the line with most of what ``pattern`` matches: the likely culprit."""
    heaviest, most, offset = 0, 0, 0
    for line in body.split("\n"):
        weight = sum(len(found) for found in re.findall(pattern, line))
        if weight > most:
            heaviest, most = offset, weight
        offset += len(line) + 1
    return heaviest
