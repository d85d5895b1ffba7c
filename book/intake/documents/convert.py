"""Pandoc's reading of a document: its tree, what it says about itself, its pictures."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.findings import Finding
from book.intake.documents import codes as codes
from book.intake.documents.ast import Blocks, text_of
from book.markdown.pandoc import PandocFailed, run

TIME_LIMIT = 30.0
"""Seconds; a thesis of 300 pages takes some five."""


@dataclass(frozen=True)
class Tree:
    """The document's blocks; its title, authors and the like as text; its files by address."""

    blocks: Blocks
    meta: dict[str, list[str]]
    media: dict[str, bytes]


def converted(content: bytes, format: str, file: str) -> tuple[Tree | None, list[Finding]]:
    """The tree of a document in one of pandoc's formats, or None and the finding that says why.

    Pandoc runs sandboxed: it reads nothing but the document; the files inside are put into a
    folder of their own, by names that pandoc makes (an address with «..» never is one).
    """
    with tempfile.TemporaryDirectory(prefix="book-intake-") as folder:
        options = [f"--from={format}", "--to=json", "--track-changes=all"]
        if format != "html":  # of a web page it would fetch what is elsewhere
            options.append(f"--extract-media={folder}")
        try:
            written = run(content, *options, time_limit=TIME_LIMIT)
            document = json.loads(written)
        except PandocFailed as failure:
            return None, [codes.NOT_CONVERTED.at(file, reason=str(failure).rstrip("."))]
        except RecursionError:
            return None, [codes.TOO_DEEP.at(file)]
        root = Path(folder)
        media = {
            path.as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
    meta = {name: _meta_texts(value) for name, value in document["meta"].items()}
    return Tree(document["blocks"], meta, media), []


def _meta_texts(value: dict[str, Any]) -> list[str]:
    """A metadata value as texts: one, or one for each entry of a list."""
    kind: str = value["t"]
    contents: Any = value.get("c")
    if kind == "MetaList":
        return [text for entry in contents for text in _meta_texts(entry)]
    if kind == "MetaInlines" or kind == "MetaBlocks":
        return [text_of(contents)]
    return [contents] if isinstance(contents, str) else []
