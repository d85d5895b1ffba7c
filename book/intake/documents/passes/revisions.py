"""Accepts tracked changes, and moves comments from the text into findings."""

from __future__ import annotations

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    Node,
    change_blocks,
    change_inlines,
    excerpt,
    text_of,
)
from book.intake.documents.draft import Draft


def apply(draft: Draft) -> None:
    """Accept changes and report comments, both marked by pandoc's ``--track-changes=all``.

    Pandoc puts insertions, deletions and the starts and ends of comments into spans with these
    names as classes. Deleted and inserted ends of paragraphs are empty spans at the end.
    """
    counts = {"insertion": 0, "deletion": 0}

    def accept(inlines: Inlines) -> Inlines:
        kept: Inlines = []
        for index, inline in enumerate(inlines):
            classes = _classes(inline)
            # A comment is about the words between its start and its end.
            if "comment-start" in classes:
                _report(inline, inlines[index + 1 :], draft)
            elif "insertion" in classes:
                counts["insertion"] += 1
                kept += inline["c"][1]
            elif "deletion" in classes:
                counts["deletion"] += 1
            elif not {"comment-end", "paragraph-insertion"} & set(classes):
                kept.append(inline)
        return kept

    change_inlines(draft.blocks, accept)
    change_blocks(draft.blocks, _join)
    if any(counts.values()):
        draft.report(
            codes.CHANGES_ACCEPTED, insertions=counts["insertion"], deletions=counts["deletion"]
        )


def _classes(inline: Node) -> list[str]:
    return list(inline["c"][0][1]) if inline["t"] == "Span" else []


def _report(start: Node, after: Inlines, draft: Draft) -> None:
    """Report the comment that begins at ``start``, with the words up to its end."""
    attributes = dict(start["c"][0][2])
    about: Inlines = []
    for inline in after:
        is_end = "comment-end" in _classes(inline)
        if is_end and dict(inline["c"][0][2]).get("id") == attributes.get("id"):
            break
        if "comment-start" not in _classes(inline):
            about.append(inline)
    draft.report(
        codes.COMMENT,
        author=attributes.get("author") or "?",
        words=excerpt(about),
        comment=text_of(start["c"][1]),
    )


def _join(blocks: Blocks) -> Blocks:
    """Join each paragraph whose end was deleted with the next one."""
    kept: Blocks = []
    open_end = False
    for block in blocks:
        is_text = block["t"] in ("Para", "Plain")
        if open_end and is_text:
            kept[-1]["c"] += block["c"]
        else:
            kept.append(block)
        last = kept[-1]
        open_end = is_text and any("paragraph-deletion" in _classes(i) for i in last["c"])
        if open_end:
            last["c"] = [i for i in last["c"] if "paragraph-deletion" not in _classes(i)]
    return kept
