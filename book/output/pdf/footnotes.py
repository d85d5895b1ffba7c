"""Moves notes from the chapter's end to their calls; CSS floats them to the page's foot."""

from __future__ import annotations

from lxml import etree

from book.markdown.dom import BLOCKS
from book.markdown.tree import q

CALL = "data-call"
"""The attribute of a note with the id of its call, to which the note's number links back."""
_BLOCKS = [q(tag) for tag in sorted(BLOCKS)]


def float_notes(root: etree._Element) -> None:
    """Replace each note's call by the note itself, ``<span class="footnote">``.

    CSS numbers the call and the note (CSS Generated Content for Paged Media, section 2), so the
    numbers and back-links of the tree are removed. Block elements of a note become spans of the
    class ``footnote-<tag>``. HTML allows no block inside the paragraph that calls the note: its
    parser would end the paragraph there, and the rest of the note would be outside. A note's first
    paragraph has no such class, because it continues the line of its number.
    """
    notes = {
        note.get("id"): note
        for note in root.iter(q("aside"))
        if "note" in note.get("class", "").split()
    }
    for call in list(root.iter(q("a"))):
        if "note-call" not in call.get("class", "").split():
            continue
        note = notes.pop(call.get("href", "").removeprefix("#"), None)
        if note is not None:
            _replace(call, _floated(note, call.get("id")))
    for section in list(root.iter(q("section"))):
        if "notes" in section.get("class", "").split():
            _remove(section)


def _floated(note: etree._Element, call_id: str | None) -> etree._Element:
    span = etree.Element(q("span"), {"class": "footnote", "id": note.get("id", "")})
    if call_id:
        span.set(CALL, call_id)
    for back in list(note.iter(q("a"))):
        if "note-back" in back.get("class", "").split():
            _remove(back)
    first = note.find(q("p"))
    for element in list(note.iter(*_BLOCKS)):
        if element is not first:
            element.set("class", f"footnote-{etree.QName(element).localname}")
        element.tag = q("span")
        # Between blocks white space is not shown. Between spans it would be, as empty lines.
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    for child in list(note):
        child.tail = None
        span.append(child)
    return span


def _replace(old: etree._Element, new: etree._Element) -> None:
    new.tail = old.tail
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


def _remove(element: etree._Element) -> None:
    """Remove an element. The text after it stays."""
    parent = element.getparent()
    assert parent is not None
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
