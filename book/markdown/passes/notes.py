"""Notes: gives pandoc's footnotes the form of the contract, and reports notes that get lost.

The form is told in ``docs/architecture.md``, "The chapter tree": an ``aside`` with the role
``doc-footnote`` (DPUB-ARIA) for each note, in one section at the chapter's end. The PDF moves each
note to the foot of the page of its call, the EPUB shows it as a pop-up or at the chapter's end.
"""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import (
    NOTE_IN_NOTE,
    NOTE_MISSING,
    NOTE_REDEFINED,
    NOTE_TWICE,
    NOTE_UNCALLED,
    WORDS_LOST,
)
from book.markdown.context import Context
from book.markdown.dom import classes, elements, make, name, remove
from book.markdown.note_marks import lost_words, note_marks
from book.markdown.tree import EPUB_TYPE, q
from book.messages import N_, translate

_LABEL = N_("Notes")


def apply(root: etree._Element, context: Context) -> None:
    """Give calls and notes their form; report notes without a call and calls without a note."""
    _report(context)
    sections = [s for s in root.iterchildren(q("section")) if "footnotes" in classes(s)]
    if not sections:
        return
    # Raw HTML may have sections with this class, too. Pandoc writes its own last.
    pandocs = sections[-1]
    items = [li for ol in pandocs.iterchildren(q("ol")) for li in ol.iterchildren(q("li"))]
    section = make(
        "section",
        {
            "class": "notes",
            "role": "doc-endnotes",
            EPUB_TYPE: "endnotes",
            "aria-label": translate(_LABEL, context.language.split("-")[0]),
        },
    )
    section.tail = pandocs.tail
    for number, item in enumerate(items, start=1):
        section.append(_note(item, str(number), context.slug))
    root.replace(pandocs, section)
    _calls(root, len(items), context.slug)


def _note(item: etree._Element, number: str, slug: str) -> etree._Element:
    """The note that pandoc wrote as a list item: its number, a link back to the call, comes first.

    Pandoc's own link back stands at the end of the last paragraph, or in a paragraph of its own
    after a list or a table, which is then removed as well.
    """
    note = make(
        "aside",
        {
            "class": "note",
            "role": "doc-footnote",
            EPUB_TYPE: "footnote",
            "id": f"{slug}.fn{number}",
            "data-line": item.get("data-line", ""),
        },
    )
    for link in elements(item, "a"):
        if "footnote-ref" in classes(link):  # of a note in the note, whose text pandoc leaves out
            remove(link)
        if "footnote-back" in classes(link):
            parent = link.getparent()
            remove(link)
            if parent is not None and not len(parent) and not (parent.text or "").strip():
                remove(parent)
    note.extend(list(item))
    first = note[0] if len(note) and name(note[0]) == "p" else None
    if first is None:
        first = make("p", {"data-line": item.get("data-line", "")})
        note.insert(0, first)
    back = make(
        "a",
        {
            "class": "note-back",
            "role": "doc-backlink",
            "href": f"#{slug}.fnref{number}",
            "data-generated": "",
        },
        number,
    )
    back.tail, first.text = f" {first.text or ''}", None
    first.insert(0, back)
    return note


def _calls(root: etree._Element, notes: int, slug: str) -> None:
    """Give the calls of the chapter's ``notes`` notes their form.

    Class and id are both asked for: raw HTML may have either.
    """
    for link in elements(root, "a"):
        match = re.fullmatch(rf"{re.escape(slug)}\.fnref([1-9][0-9]*)", link.get("id", ""))
        if not match or "footnote-ref" not in classes(link) or int(match[1]) > notes:
            continue
        number, tail = match[1], link.tail
        link.clear()
        link.text, link.tail = number, tail
        attributes = {
            "class": "note-call",
            "role": "doc-noteref",
            EPUB_TYPE: "noteref",
            "id": f"{slug}.fnref{number}",
            "href": f"#{slug}.fn{number}",
            "data-generated": "",
        }
        for key, value in attributes.items():
            link.set(key, value)


def _report(context: Context) -> None:
    """Report calls and notes that the writer will miss in the book, with their places."""
    marks = note_marks(context.positions.text, context.kinds)
    seen: set[str] = set()
    for call in marks.calls:
        if call.label in seen:
            context.report_at(NOTE_TWICE, call.offset, label=call.label)
        seen.add(call.label)
    for call in marks.inner:
        context.report_at(NOTE_IN_NOTE, call.offset, label=call.label)
    for call in marks.printed:
        context.report_at(NOTE_MISSING, call.offset, label=call.label)
    called = seen | {call.label for call in marks.inner}
    again: set[str] = set()
    for note in marks.definitions:
        if note.label in again:
            context.report_at(NOTE_REDEFINED, note.offset, label=note.label)
        elif note.label not in called:
            context.report_at(NOTE_UNCALLED, note.offset, label=note.label)
        again.add(note.label)
    for start, end in lost_words(context.kinds, marks):
        words = " ".join(context.positions.text[start:end].split())
        context.report_at(WORDS_LOST, start, words=words)
