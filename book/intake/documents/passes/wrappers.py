"""Removes wrappers that carry only formatting or a program's own marks; the words stay."""

from __future__ import annotations

from typing import Any

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    attributes,
    change_blocks,
    change_inlines,
    excerpt,
    list_of,
    node,
    text_of,
    words,
)
from book.intake.documents.draft import Draft

_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def apply(draft: Draft) -> None:
    """Unwrap divisions, spans, underlining, citations; drop raw code; make formulas text.

    Everything that is dropped or changed is reported, but for divisions and spans.
    """
    underlined: list[str] = []
    change_inlines(draft.blocks, lambda inlines: _unwrapped(inlines, draft, underlined))
    change_blocks(draft.blocks, lambda blocks: _without_divisions(blocks, draft))
    if underlined:
        draft.report(codes.UNDERLINE, count=len(underlined), words=underlined[0])


def _unwrapped(inlines: Inlines, draft: Draft, underlined: list[str]) -> Inlines:
    """The inlines without wrappers; what was underlined is added to ``underlined``."""
    result: Inlines = []
    for inline in inlines:
        kind: str = inline["t"]
        contents: Any = inline.get("c")
        if kind == "Underline":
            underlined.append(excerpt(contents))
            result += contents
        elif kind == "Span":
            result += _unwrapped_span(contents)
        elif kind == "Cite":
            result += contents[1]
        elif kind == "Quoted":
            before, after = _QUOTES[contents[0]["t"]]
            result += [node("Str", before), *contents[1], node("Str", after)]
        # The house's Markdown has no formulas. Their TeX source stays as text, for the editor.
        elif kind == "Math":
            draft.report(codes.FORMULA, words=excerpt(contents[1]))
            result += words(contents[1])
        elif kind == "RawInline":
            draft.report(codes.MARKUP_LEFT_OUT, kind=contents[0], words=excerpt(contents[1]))
        elif kind == "Code":
            result.append(node("Code", [attributes(), contents[1]]))
        else:
            result.append(node("Space") if kind == "SoftBreak" else inline)
    return result


def _unwrapped_span(contents: Any) -> Inlines:
    """The words of a span; the span stays, with its language alone, if it says one."""
    language = dict(contents[0][2]).get("lang", "")
    if language and text_of(contents[1]):
        return [node("Span", [attributes(pairs=[("lang", language)]), contents[1]])]
    return list_of(contents[1])


def _without_divisions(blocks: Blocks, draft: Draft) -> Blocks:
    """The blocks with divisions unwrapped and raw code left out; code blocks lose attributes."""
    result: Blocks = []
    for block in blocks:
        if block["t"] == "Div":
            result += block["c"][1]
        elif block["t"] == "RawBlock":
            form, text = block["c"]
            draft.report(codes.MARKUP_LEFT_OUT, kind=form, words=excerpt(text))
        else:
            if block["t"] == "CodeBlock":
                block["c"][0] = attributes()
            result.append(block)
    return result
