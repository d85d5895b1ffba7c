from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from book.compose.documents import Book
from book.output.epub.write import epub_book
from tests.output.epub import fake
from tests.output.epub.reading import Epub

PROGRAM = """
import hashlib, sys
from pathlib import Path
from book.output.epub.write import epub_book
from tests.output.epub import fake
book = fake.book(Path(sys.argv[1]), Path(sys.argv[2]))
print(hashlib.sha256(epub_book(book, fake.cover())[0].epub).hexdigest())
"""


@pytest.mark.slow
def test_another_folder_hash_seed_and_time_zone_give_the_same_bytes(
    repository: Path, tmp_path: Path, book: Book
) -> None:
    here = hashlib.sha256(epub_book(book, fake.cover())[0].epub).hexdigest()
    for seed, zone, umask in (("1", "Pacific/Kiritimati", 0o077), ("2", "Pacific/Midway", 0o022)):
        elsewhere = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(repository), str(tmp_path / seed / "libri")],
            capture_output=True,
            check=True,
            cwd=repository,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            text=True,
            umask=umask,
        )
        assert elsewhere.stdout.strip() == here


def test_the_media_type_comes_first_and_is_stored(epub: Epub) -> None:
    first = epub.archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert first.extra == b""
    assert epub.archive.read("mimetype") == b"application/epub+zip"


def test_entries_carry_no_clock_and_no_permissions_of_a_machine(epub: Epub) -> None:
    entries = epub.archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert epub.names[2:] == sorted(epub.names[2:])
