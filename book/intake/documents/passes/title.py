"""Finds the chapter's title and removes its line from the text, which would print it twice."""

from __future__ import annotations

from book.intake.documents import codes
from book.intake.documents.ast import Node, excerpt, is_paragraph, text_of
from book.intake.documents.draft import Draft
from book.intake.documents.passes.headings import is_fake, number_of, without_number

_FIRST = 3
"""The number of blocks, from the start, that may repeat what the front matter says."""


def apply(draft: Draft) -> None:
    """Set the chapter's title, and take its line out of the text.

    Tried in this order: a form, or a line in the style Title; the first heading or bold line; the
    file's properties; the name of the file. All but the first are reported as guesses.
    """
    _drop_front_lines(draft)
    if not draft.title:
        block = _candidate(draft)
        if block is not None:
            inlines = block["c"][2] if block["t"] == "Header" else block["c"]
            number = number_of(inlines)
            draft.title = text_of(without_number(inlines, number))
            draft.blocks.remove(block)
            draft.report(codes.TITLE_GUESSED, title=excerpt(draft.title))
    if not draft.title and draft.properties.title:
        draft.title = draft.properties.title
        draft.report(codes.TITLE_GUESSED, title=excerpt(draft.title))
    if not draft.title:
        draft.title = draft.slug.replace("-", " ").capitalize()
        draft.report(codes.TITLE_MISSING)


def _drop_front_lines(draft: Draft) -> None:
    """Remove lines at the start that repeat title, subtitle or an author."""
    known = {_bare(text) for text in (draft.title, draft.properties.title, draft.subtitle) if text}
    known |= {_bare(author) for author in draft.authors}
    for block in draft.blocks[:_FIRST]:
        text = text_of([block])
        if _bare(text) not in known or not (is_paragraph(block) or block["t"] == "Header"):
            break
        # The text confirms the title of the properties, so it is no guess.
        if not draft.title and _bare(text) == _bare(draft.properties.title):
            draft.title = text
        draft.blocks.remove(block)


def _bare(text: str) -> str:
    """The letters and digits of ``text`` in lower case, for comparison."""
    return "".join(c for c in text.lower() if c.isalnum())


def _candidate(draft: Draft) -> Node | None:
    """The block that looks like the title; None if there is none.

    It is the first block: a heading with no other of its level, or a line in bold.
    """
    headings = [block for block in draft.blocks if block["t"] == "Header"]
    if headings and headings[0] is draft.blocks[0]:
        top = headings[0]["c"][0]
        if all(block["c"][0] > top for block in headings[1:]):
            return headings[0]
    if len(draft.blocks) > 1 and is_fake(draft.blocks[0]):
        return draft.blocks[0]
    return None
