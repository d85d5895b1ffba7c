"""Chapters for tests, made of their text alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from book.findings import Finding
from book.markdown.chapter import chapter_tree
from book.markdown.tree import ChapterTree
from book.model.chapter import FrontMatter
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.model.slugs import slug_of

MakeSource = Callable[..., ChapterSource]
MakeTree = Callable[..., tuple[ChapterTree, list[Finding]]]
FRONT_MATTER: TypeAdapter[Any] = TypeAdapter(FrontMatter)


def chapter_source(text: str, name: str = "capitolo.md") -> ChapterSource:
    """A chapter from the text of its file; without front matter it is a plain one."""
    data: dict[str, Any] = {}
    body, body_line = text, 1
    if text.startswith("---\n"):
        _, head, body = text.split("---\n", 2)
        data = yaml.safe_load(head) or {}
        body_line = head.count("\n") + 3
    matter = FRONT_MATTER.validate_python({"title": "Prova", "kind": "text", **data})
    return ChapterSource(name, slug_of(name), Path(name), name, matter, body, body_line)


def edition(chapters: tuple[str, ...] = ("capitolo.md",), **values: Any) -> Edition:
    """An edition with as little in it as an edition can have."""
    least = {
        "title": "Prova",
        "date": "2021-01-01",
        "version": "1.0.0",
        "description": "Una prova",
        "licence": "CC-BY-4.0",
        "contents": {"chapters": chapters},
    }
    return Edition.model_validate({**least, **values})


def png() -> bytes:
    """A white picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff")
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition's folder with a few pictures."""
    folder = tmp_path_factory.mktemp("edizione")
    (folder / "images").mkdir()
    (folder / "images" / "ponte.png").write_bytes(png())
    (folder / "images" / "due parole.png").write_bytes(png())
    (folder / "images" / "ponte.gif").write_bytes(b"GIF89a")
    return folder


@pytest.fixture(scope="session")
def make_source() -> MakeSource:
    return chapter_source


@pytest.fixture(scope="session")
def make_tree(folder: Path) -> MakeTree:
    """The tree and the findings of a chapter from its text."""

    def make(text: str, chapters: tuple[str, ...] = ("capitolo.md",), **values: Any) -> Any:
        return chapter_tree(chapter_source(text), edition(chapters, **values), folder)

    return make


@pytest.fixture(scope="session")
def some_edition() -> Edition:
    return edition()
