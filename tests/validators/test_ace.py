from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from book.system.needs import browser
from book.validators import ace
from book.validators.ace import check_epubs
from book.validators.verdict import ValidatorFailed, ValidatorMissing

CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="it">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:5c2f8f0e-6d0e-4b8e-9c3b-0a7c1a2b3c4d</dc:identifier>
<dc:title>Prova</dc:title><dc:language>it</dc:language>
<meta property="dcterms:modified">2021-03-25T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Una prova.</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="one" href="uno.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="it"
 xml:lang="it"><head><title>Prova</title></head><body>{}</body></html>"""
NAV = '<nav epub:type="toc" role="doc-toc" aria-label="Indice"><ol><li><a href="uno.xhtml">Uno</a>\
</li></ol></nav>'


def write_epub(path: Path, body: str) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/content.opf", PACKAGE)
        archive.writestr("EPUB/nav.xhtml", PAGE.format(NAV))
        archive.writestr("EPUB/uno.xhtml", PAGE.format(body))
    path.write_bytes(stream.getvalue())
    return path


@pytest.mark.slow
def test_a_violation_is_told_with_its_place_and_no_home_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    good = write_epub(tmp_path / "buono.epub", "<h1>Uno</h1><p>Un capoverso.</p>")
    bad = write_epub(tmp_path / "rotto.epub", '<h1>Uno</h1><p>Vai <a href="nav.xhtml"></a></p>')
    first, second = check_epubs([good, bad])
    assert (first.path, first.passed, first.messages) == (good, True, ())
    assert first.documents >= 2
    assert first.validator.startswith("Ace 1.4.6, axe 4.")
    assert not second.passed
    (message,) = second.messages
    assert (message.rule, message.impact) == ("link-name", "serious")
    assert (message.file, message.cfi) == ("EPUB/uno.xhtml", "/4/4/2")
    assert message.snippet.startswith("<a ")
    assert message.help.startswith("http://kb.daisy.org/")
    assert list(home.iterdir()) == []


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    epub = write_epub(tmp_path / "x.epub", "<h1>x</h1>")
    with pytest.raises(FileNotFoundError):
        check_epubs([tmp_path / "nessuno.epub"])
    with monkeypatch.context() as hidden:
        hidden.setattr(ace, "browser", lambda: None)
        with pytest.raises(ValidatorMissing, match="Chromium is missing: "):
            check_epubs([epub])
    monkeypatch.setattr(ace, "MODULES", tmp_path)
    with pytest.raises(ValidatorMissing, match="Ace is missing: npm ci"):
        check_epubs([epub])
    half = tmp_path / "@daisy" / "ace-cli" / "bin" / "ace.js"
    half.parent.mkdir(parents=True)
    half.touch()
    with pytest.raises(ValidatorMissing, match="Ace is missing: npm ci"):
        check_epubs([epub])


def test_an_ace_without_a_report_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ace, "_run", lambda *_: "no room on the disk")
    with pytest.raises(ValidatorFailed, match=r"no report on x\.epub: no room on the disk"):
        check_epubs([write_epub(tmp_path / "x.epub", "<h1>x</h1>")])


@pytest.mark.slow
def test_an_ace_that_hangs_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "pid"
    script = tmp_path / "hang.js"
    script.write_text(
        "const child = require('child_process').spawn('sleep', ['60']);\n"
        f"require('fs').writeFileSync({json.dumps(str(note))}, String(child.pid));\n"
        "setInterval(() => {}, 1000);\n"
    )
    monkeypatch.setattr(ace, "_PROGRAM", script)
    monkeypatch.setattr(ace, "SECONDS", 3)
    assert browser() is not None
    with pytest.raises(ValidatorFailed, match="did not end within 3 seconds"):
        check_epubs([write_epub(tmp_path / "x.epub", "<h1>x</h1>")])
    with pytest.raises(ProcessLookupError):
        while True:  # a moment may pass until the system has buried it
            os.kill(int(note.read_text()), 0)
            stat = Path(f"/proc/{note.read_text()}/stat")
            if stat.exists() and stat.read_text().split()[2] == "Z":
                raise ProcessLookupError
