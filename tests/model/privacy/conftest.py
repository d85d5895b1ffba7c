"""The smallest book, with files of a test laid over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the edition ``prova``: the smallest book with the files given; returns the root."""

    def written(files: dict[str, str]) -> Path:
        folder = tmp_path / "prova-root" / "chapters" / "prova"
        folder.mkdir(parents=True)
        for name, text in {"edition.yaml": EDITION, "capitolo.md": CHAPTER, **files}.items():
            (folder / name).write_text(text, "utf-8")
        return tmp_path / "prova-root"

    return written


EDITION = """\
title: Prova
date: 2024-05-02
version: 1.0.0
description: Una prova.
licence: CC-BY-4.0
contents: {chapters: [capitolo.md]}
"""
CHAPTER = """\
---
title: Capitolo
---

Un testo.
"""
