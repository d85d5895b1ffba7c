"""Every edition in Calibre: its metadata, its text, its cover, and what «Check Book» says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from book.markdown.tree import q
from book.model.load import edition_names, load_edition
from book.readback.epub_files import epub_files
from book.system.checkout import CHECKOUT
from book.system.needs import calibre
from tests.support.editions import BuiltEdition

CHECK = CHECKOUT / "tests" / "readers" / "check_book.py"
OF_TASTE = re.compile(
    r"Expected selector .* to come before|Unexpected duplicate selector"
    r"|fonts/\S+\.ttf has a MIME type that does not match its extension"
)
"""A linter's rules of style, which hold against any rule that is refined; and the media type of
fonts, which is that of EPUB 3.3, section 3.2, and unknown to an older system's tables."""


def ask(tool: str, *arguments: str | Path, home: Path) -> str:
    """What a tool of Calibre says, run without a screen and with settings of its own."""
    program = calibre(tool)
    assert program is not None, "Calibre is not installed"
    environment = {
        **os.environ,
        "HOME": str(home),
        "CALIBRE_CONFIG_DIRECTORY": str(home / "settings"),
        "QT_QPA_PLATFORM": "offscreen",
        # Its browser refuses to build a sandbox for root.
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [program, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def written(epub: Path) -> Iterator[str]:
    """The texts of the documents in the order of the spine."""
    packed = epub_files(epub)
    for name in packed.spine:
        body = etree.fromstring(packed.files[name].content).find(q("body"))
        assert body is not None
        yield from map(str, body.itertext())


def letters(text: str) -> str:
    """Letters and digits alone: Calibre runs the entries of nested lists together."""
    return "".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_all_text_is_found(edition: str, built: dict[str, BuiltEdition], tmp_path: Path) -> None:
    text = tmp_path / "book.txt"
    said = ask("ebook-convert", built[edition].epub, text, home=tmp_path)
    assert "rror" not in said
    expected = letters("".join(written(built[edition].epub)))
    assert len(expected) > 30_000
    assert letters(text.read_text("utf-8")) == expected


@pytest.mark.parametrize("edition", edition_names(CHECKOUT))
def test_it_is_known_by_its_metadata_and_cover(
    edition: str, built: dict[str, BuiltEdition], tmp_path: Path
) -> None:
    loaded, _ = load_edition(CHECKOUT, edition)
    assert loaded is not None
    cover = tmp_path / "cover.jpg"
    said = ask("ebook-meta", "--get-cover", cover, built[edition].epub, home=tmp_path)
    fields = dict(re.findall(r"^([^:\n]+?) +: (.*)$", said, flags=re.MULTILINE))
    assert fields["Title"].startswith(loaded.edition.title)
    assert fields["Publisher"] == loaded.edition.publisher
    assert fields["Languages"].split(", ")[0] == "ita"
    assert cover.read_bytes() == (built[edition].folder / "cover.jpg").read_bytes()


def test_check_book_has_nothing_to_say(built: dict[str, BuiltEdition], tmp_path: Path) -> None:
    paths = [edition.epub for edition in built.values()]
    said = ask("calibre-debug", "-e", CHECK, "--", *paths, home=tmp_path)
    found = json.loads(said.strip().splitlines()[-1])
    assert found.keys() == {str(path) for path in paths}
    faults = [f for messages in found.values() for f in messages if not OF_TASTE.search(f[2])]
    assert faults == []


def test_check_book_sees_what_is_wrong(built: dict[str, BuiltEdition], tmp_path: Path) -> None:
    """A text that is not well-formed is told, so that silence means something."""
    broken = tmp_path / "broken.epub"
    with (
        zipfile.ZipFile(built["dimostrativa"].epub) as source,
        zipfile.ZipFile(broken, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("glossario.xhtml"):
                content = content.replace(b"</section>", b"</secton>")
            target.writestr(name, content)
    said = ask("calibre-debug", "-e", CHECK, "--", broken, home=tmp_path)
    (messages,) = json.loads(said.strip().splitlines()[-1]).values()
    assert any("glossario.xhtml" in name for _, name, _ in messages)
