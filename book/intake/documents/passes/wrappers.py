"""What only carries a look, or a program's own marks, is unwrapped: the words stay."""

from __future__ import annotations

from typing import Any

from book.intake.documents import codes as codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    attributes,
    change_blocks,
    change_inlines,
    excerpt,
    node,
    text_of,
    words,
)
from book.intake.documents.draft import Draft

_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def apply(draft: Draft) -> None:
    """Unwrap divisions, spans, underlining, citations; raw code goes, formulas become text."""
    underlined: list[str] = []

    def plain(inlines: Inlines) -> Inlines:
        result: Inlines = []
        for inline in inlines:
            kind: str = inline["t"]
            contents: Any = inline.get("c")
            if kind == "Underline":
                underlined.append(excerpt(contents))
                result += contents
            elif kind == "Span":
                language = dict(contents[0][2]).get("lang", "")
                if language and text_of(contents[1]):
                    pairs = [("lang", language)]
                    result.append(node("Span", [attributes(pairs=pairs), contents[1]]))
                else:
                    result += contents[1]
            elif kind == "Cite":
                result += contents[1]
            elif kind == "Quoted":
                before, after = _QUOTES[contents[0]["t"]]
                result += [node("Str", before), *contents[1], node("Str", after)]
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

    def without_divisions(blocks: Blocks) -> Blocks:
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

    change_inlines(draft.blocks, plain)
    change_blocks(draft.blocks, without_divisions)
    if underlined:
        draft.report(codes.UNDERLINE, count=len(underlined), words=underlined[0])
