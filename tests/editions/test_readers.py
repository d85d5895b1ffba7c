"""Every edition in two reading systems on three screens, paged through from cover to end.

Texts are the file's own, word for word; nothing is wider than its page, cut at its edge or lost,
no page is empty, and no reader complains.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from book.model.load import edition_names
from book.readback.epub_files import epub_files
from book.system.checkout import CHECKOUT
from book.validators.browser import chromium
from tests.support.editions import BuiltEdition
from tests.support.epub_text import words_by_document
from tests.support.readers import LARGE_PRINT, PHONE, TABLET, Reader, Screen, reading

ITS_OWN = "An iframe which has both allow-scripts and allow-same-origin"
"""foliate-js lets scripts into its frames and is told so for any book."""
PAIRS = [
    ("foliate", PHONE),
    ("foliate", TABLET),
    ("foliate", LARGE_PRINT),
    ("epubjs", PHONE),
    ("epubjs", TABLET),
]
FULLEST = "dimostrativa"
"""The edition with every form: it alone is paged through on the slower reader's second screen."""


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_it_opens_and_pages_through(
    edition: str, built: dict[str, BuiltEdition], tmp_path: Path
) -> None:
    epub = built[edition].epub
    with chromium() as running:
        for system, screen in PAIRS if edition == FULLEST else PAIRS[:-1]:
            with reading(running, system, epub, screen) as reader:
                documents = reader.walk()
                check_pages(reader, documents)
                if screen is PHONE:
                    check_words(epub, documents, tmp_path / f"{system}.epub")
                    check_contents(reader, every=system == "foliate")
            check_quiet(reader, screen)


def check_pages(reader: Reader, documents: list[dict[str, Any]]) -> None:
    names = reader.opened["sections"]
    assert reader.opened["cover"] == [1600, 2560]
    faults = {name: d["faults"] for name, d in zip(names, documents, strict=True) if d["faults"]}
    assert faults == {}
    for number, document in enumerate(documents):
        name = names[number]
        assert document["lost"] == [], name
        assert document["next"] == number + 1, name
        assert 0 not in document["columns"], f"empty page: {name}"
        # A margin may make one page more than there are marks for.
        assert document["pages"] - len(document["columns"]) in (0, 1), name


def check_words(epub: Path, documents: list[dict[str, Any]], copy: Path) -> None:
    """The words of the documents as the reader holds them, read like those of the file."""
    packed = epub_files(epub)
    shown = dict(zip(packed.spine, documents, strict=True))
    with zipfile.ZipFile(epub) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in shown:
                content = re.sub(
                    rb"<body.*</body>",
                    lambda _: shown[name]["xhtml"].encode(),  # noqa: B023
                    content,
                    flags=re.DOTALL,
                )
            target.writestr(name, content)
    whole = words_by_document(epub, generated=True)
    assert sum(len(words.main) for words in whole.values()) > 5000
    assert words_by_document(copy, generated=True) == whole


def check_contents(reader: Reader, every: bool) -> None:
    """Links of the contents and of the pages lead to where they say; a dozen unless ``every``."""
    contents, pages = reader.call("contents"), reader.call("pageList")
    assert min(len(contents), len(pages)) > 30
    followed = contents if every else contents[:: len(contents) // 12]
    followed += pages[:: len(pages) // 12]
    assert [one for one in followed if not lands(reader, one)] == []


def lands(reader: Reader, entry: dict[str, Any]) -> bool:
    return bool(reader.call("follow", entry["href"]))


def check_quiet(reader: Reader, screen: Screen) -> None:
    assert [c for c in reader.complaints if ITS_OWN not in c] == [], screen
    assert reader.shelf.refused == []
