"""Turns a chapter's Markdown into its tree: pandoc's HTML, then the passes of :data:`PASSES`."""

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
from book.markdown.html import NOT_XML, depth, fragment, nesting, without_capturing_elements
from book.markdown.kinds.kind import unknown_kinds
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
"""The most elements inside one another. libxml2 stops at 256, and no page shows half as many."""

NESTING_LIMIT = 600
"""The most tags open at once. With more, the time of HTML parsers grows with the square."""
TAGS_LIMIT = 200_000
"""The most tags in a chapter's HTML. A whole book of a thousand pages has a quarter of them."""
# Greek, Coptic and Cyrillic; the sign for micro is neither.
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1f00-\u1fff\ua640-\ua69f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_REFERENCE = re.compile(r"&#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8});?")

Pass = Callable[[etree._Element, Context], None]

PASSES: tuple[tuple[Pass, str], ...] = (
    (loose.apply, "first: lines gives lines to blocks, so all words must be in blocks"),
    (lines.apply, "while the tree still has the words and the order of the source"),
    (raw_html.apply, "before all passes that trust attributes; after lines, for their findings"),
    (loose.apply, "again: raw_html unwraps elements, which leaves text outside blocks"),
    (notes.apply, "before headings, whose text leaves note calls out"),
    (boxes.apply, "before headings: those in a box are no sections of the chapter"),
    (headings.apply, "after notes and boxes; gives every id its final form"),
    (
        figures.apply,
        "before descriptions, which needs captions; a box around a figure does not matter",
    ),
    (descriptions.apply, "after headings and figures: ids are final, figures have captions"),
    (tables.apply, "independent of the passes around it"),
    (links.apply, "before transcript, whose time marks are links that need no check"),
    (transcript.apply, "after boxes, which end a turn; it moves whole blocks into turns"),
    (inlines.apply, "after all passes that make or remove links and paragraphs"),
    (typography.apply, "after labels and credits are in the tree, so that they are set, too"),
    (attributes.apply, "last: removes the attributes that only passes read"),
)
"""The passes in order, each with the reason for its place."""


def chapter_tree(
    source: ChapterSource, edition: Edition, folder: Path
) -> tuple[ChapterTree, list[Finding]]:
    """The tree of a chapter, and the findings about its text in the order of the file.

    ``folder`` is the edition's folder, which holds the pictures. A text that pandoc cannot read,
    that is too big or nested too deep gives an empty tree and an error among the findings.
    """
    positions = SourceMap(source.body, source.body_line)
    context = Context(source, edition, folder, positions, unknown_kinds(source.body))
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
    """The chapter as pandoc's HTML, sanitised and parsed; an empty tree if that fails.

    The limits are checked from the cheapest to the dearest: the count of tags and the nesting need
    no parsing, and a text that exceeds them could keep the parser busy for minutes.
    """
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
    if (tags := html.count("<")) > TAGS_LIMIT:
        context.report_at(TOO_BIG, 0, size=tags, limit=TAGS_LIMIT)
        return empty
    if nesting(html) > NESTING_LIMIT:
        context.report_at(TOO_DEEP, _heaviest_line(body, r"<|:::"), depth=DEPTH_LIMIT)
        return empty
    # Before the sanitiser: an HTML parser would take the text after an open <script> into it.
    html, captured = without_capturing_elements(html)
    html, removed = sanitised(html)
    root = fragment(html)
    if depth(root) > DEPTH_LIMIT:
        place = _heaviest_line(body, r"^[\s>*+-]+|<|:::")
        context.report_at(TOO_DEEP, place, depth=DEPTH_LIMIT)
        return empty
    # A source with hieroglyphs of its own cannot be marked with them: then the first is the place.
    if not reading.kinds.exact:
        own_sign = ANY_SIGN.search(body)
        context.report_at(MAP_UNPROVED, own_sign.start() if own_sign else 0)
    taken_out = [Removed(tag, with_content=True) for tag in captured]
    raw_html.report_removed([*taken_out, *removed], context)
    return root


def _without_deceptive(html: str, context: Context) -> str:
    """``html`` without deceptive characters, with a finding for each that the source has.

    They are written as character references (``&#x202E;``), which pandoc has decoded.
    """
    if DECEPTIVE.search(html):
        for match in _REFERENCE.finditer(context.source.body):
            character = unescape(match[0])
            if DECEPTIVE.fullmatch(character):
                code = character_name(character)
                context.report_at(CONTROL_CHARACTER, match.start(), character=code)
    return DECEPTIVE.sub("", html)


def _look_alikes(context: Context) -> None:
    """Report each word that mixes Latin with Greek or Cyrillic letters, which look the same."""
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
    """The offset of the line in which ``pattern`` matches most characters: the likely cause."""
    heaviest, most, offset = 0, 0, 0
    for line in body.split("\n"):
        weight = sum(len(found) for found in re.findall(pattern, line))
        if weight > most:
            heaviest, most = offset, weight
        offset += len(line) + 1
    return heaviest
