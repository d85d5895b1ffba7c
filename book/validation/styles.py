"""From a line of the EPUB's style sheet to the line of the brand's template that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def line_in_template(rendered: Sequence[str], template: Sequence[str], line: int) -> int:
    """The line (from 1) of ``template`` behind line ``line`` of ``rendered``; 0 for none.

    Lines without a value of the brand are the same in both; those between two that are the same
    are told by their order.
    """
    ours = [text.strip() for text in rendered]
    theirs = [text.strip() for text in template]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, there, there_end in matcher.get_opcodes():
        if start <= line - 1 < end:
            if kind == "delete":
                return 0
            return min(there + line - 1 - start, max(there, there_end - 1)) + 1
    return 0
