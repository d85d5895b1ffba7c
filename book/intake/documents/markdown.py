"""The tree as the Markdown that an editor would write, in the dialect that book/markdown reads."""

from __future__ import annotations

import json

from book.intake.documents.ast import Blocks
from book.intake.documents.draft import Draft
from book.intake.documents.front_matter import front_matter
from book.markdown.pandoc import READER, run

_API = [1, 23, 1]
"""The version of pandoc's tree whose shapes the passes know."""
NO_TEXT = "\ue000"
"""Stands for an alternative text that is to be written: pandoc's writer leaves empty ones out."""
WRITER = READER + "".join(
    (
        "-auto_identifiers",  # else a heading's id that pandoc would make anyway is left out
        "-simple_tables",
        "-multiline_tables",
        "-escaped_line_breaks",
    )
)


def chapter_text(draft: Draft) -> str:
    """The whole file: front matter, then one paragraph a line. Raises PandocFailed."""
    return f"{front_matter(draft)}\n{body_text(draft.blocks)}"


def body_text(blocks: Blocks) -> str:
    """Blocks as Markdown. Raises PandocFailed."""
    document = {"pandoc-api-version": _API, "meta": {}, "blocks": blocks}
    written = run(
        json.dumps(document, ensure_ascii=False),
        "--from=json",
        f"--to={WRITER}",
        "--wrap=none",
        "--reference-location=block",
    )
    return written.replace(NO_TEXT, "").rstrip("\n") + "\n"
