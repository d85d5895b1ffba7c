"""Reads a document with pandoc: its tree, its metadata, its pictures."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.findings import Finding
from book.intake.documents import codes
from book.intake.documents.ast import Blocks, text_of
from book.markdown.pandoc import PandocFailed, run

TIME_LIMIT = 30.0
"""Seconds for one document; a thesis of 300 pages takes about five."""


@dataclass(frozen=True)
class Tree:
    """A document: its blocks, its metadata as texts by name, its embedded files by address."""

    blocks: Blocks
    meta: dict[str, list[str]]
    media: dict[str, bytes]


def converted(content: bytes, format: str, file: str) -> tuple[Tree | None, list[Finding]]:
    """Read a document in one of pandoc's formats. Returns None, with a finding, when it fails.

    Pandoc runs in its sandbox: it reads nothing but the document. It extracts embedded files into
    a temporary folder, under names that it makes itself, so that none leads out of the folder.
    """
    with tempfile.TemporaryDirectory(prefix="book-intake-") as folder:
        options = [f"--from={format}", "--to=json", "--track-changes=all"]
        if format != "html":  # here pandoc would try to fetch a page's remote pictures
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
    """The texts of a metadata value: one, or one for each entry of a list."""
    kind: str = value["t"]
    contents: Any = value.get("c")
    if kind == "MetaList":
        return [text for entry in contents for text in _meta_texts(entry)]
    if kind == "MetaInlines" or kind == "MetaBlocks":
        return [text_of(contents)]
    return [contents] if isinstance(contents, str) else []
