"""Broken and hostile documents: each is a finding, in bounded time, and nothing else happens."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.findings import Finding
from book.intake.documents import import_document, package
from book.system.checkout import CHECKOUT
from tests.intake.documents.conftest import Import, word_parts, zipped
from tests.support.effort import bounded

TEXT = "<w:p><w:r><w:t>Testo della prova.</w:t></w:r></w:p>"


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code.id for finding in findings]


def bomb() -> bytes:
    return zipped({**word_parts(TEXT), "word/media/image1.png": b"\0" * 20_000_000})


def crowd() -> bytes:
    return zipped({f"word/{number}.xml": b"" for number in range(package.ENTRIES_LIMIT + 1)})


def encrypted() -> bytes:
    content = bytearray(zipped(word_parts(TEXT)))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    return bytes(content)


def lying() -> bytes:
    """A directory that declares a few bytes of an entry that has many."""
    content = bytearray(zipped({**word_parts(TEXT), "word/media/image1.png": b"\0" * 5_000_000}))
    start = content.rfind(b"PK\x01\x02")
    content[start + 24 : start + 28] = (100).to_bytes(4, "little")
    return bytes(content)


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("x.docx", lambda: b"", "I103"),
    "text under a false name": ("x.docx", lambda: b"Buongiorno a tutti", "I103"),
    "half a zip": ("x.docx", lambda: zipped(word_parts(TEXT))[:300], "I103"),
    "a damaged zip": ("x.odt", lambda: b"PK\x03\x04" + b"\xff" * 400, "I103"),
    "a zip of nothing": ("x.pptx", lambda: zipped({}), "I103"),
    "no document inside": ("x.docx", lambda: zipped({"readme.txt": b"niente"}), "I107"),
    "broken XML": ("x.docx", lambda: zipped(word_parts("<w:p>")), "I107"),
    "a zip bomb": ("x.docx", bomb, "I104"),
    "too many parts": ("x.pptx", crowd, "I104"),
    "a size that lies": ("x.docx", lying, "I103"),
    "a password": ("x.docx", encrypted, "I105"),
    "an old Word file": (
        "x.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "I105",
    ),
    "a file from outside": ("x.docx", lambda: zipped(word_parts("<w:p/>", ENTITY)), "I106"),
    "billion laughs": ("x.docx", lambda: zipped(word_parts("<w:p/>", LAUGHS)), "I106"),
    "UTF-16 entities": (
        "x.docx",
        lambda: zipped({**word_parts(TEXT), "word/a.xml": ENTITY.encode("utf-16")}),
        "I106",
    ),
    "no text": ("x.docx", lambda: zipped(word_parts("<w:p/>")), "I109"),
    "no RTF": ("x.rtf", lambda: b"Buongiorno", "I103"),
    "half RTF": ("x.rtf", lambda: b"{\\rtf1", "I107"),
    "an unknown encoding": ("x.html", lambda: b"<p>citt\xe0</p>", "I110"),
    "an empty page": ("x.html", lambda: b"<html></html>", "I109"),
    "another format": ("x.pdf", lambda: b"%PDF-1.7", "I101"),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_bad_file_is_a_finding(case: str, import_bytes: Import) -> None:
    name, content, code = CASES[case]
    with bounded():
        chapter, findings = import_bytes(content(), name)
    assert chapter is None
    assert code in codes(findings)
    assert all(finding.sentence("it") for finding in findings)


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    chapter, findings = import_document(tmp_path / "no.docx")
    assert chapter is None
    assert codes(findings) == ["I100"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.intake.documents.document.FILE_LIMIT", 100)
    (tmp_path / "x.docx").write_bytes(b"\0" * 101)
    _, findings = import_document(tmp_path / "x.docx")
    assert codes(findings) == ["I102"]


@pytest.mark.parametrize("open_tag", ["<blockquote>", "<ul><li>", "<div>", "<table><tr><td>"])
def test_deep_nesting_ends(open_tag: str, import_bytes: Import) -> None:
    with bounded():
        chapter, findings = import_bytes((open_tag * 10_000 + "fondo").encode(), "x.html")
    assert chapter is not None or {"I107", "I108", "I109"} & set(codes(findings))


def test_scripts_frames_and_handlers_go(import_bytes: Import) -> None:
    page = (
        "<html><head><style>p{}</style></head><body><h1>Prova</h1><script>alert(1)</script>"
        '<p onclick="x()" style="color:red">Il testo che resta.</p><iframe src="http://127.0.0.1:9/">'
        '</iframe><object data="x.swf"></object><form><input value="no"></form></body></html>'
    )
    chapter, _ = import_bytes(page.encode(), "x.html")
    assert chapter is not None
    assert chapter.text.partition("\n---\n\n")[2] == "Il testo che resta.\n"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:9/x.png", "I145"),
        ("file:///etc/passwd", "I145"),
        ("../../../etc/passwd", "I145"),
        ("data:image/png;base64,AAAA", "I144"),
        ("data:image/png;base64,%%%", "I145"),
        ("data:text/html,ciao", "I145"),
    ],
)
def test_a_picture_from_elsewhere_leaves_a_mark(
    address: str, code: str, import_bytes: Import
) -> None:
    page = f'<h1>Prova</h1><p>Testo.</p><p><img alt="--> Una <b>" src="{address}"></p>'
    chapter, findings = import_bytes(page.encode(), "x.html")
    assert chapter is not None
    assert code in codes(findings)
    assert not chapter.pictures
    assert chapter.text.count("-->") == 1


def svg(inside: str) -> str:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="400">{inside}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


@pytest.mark.parametrize(
    ("inside", "is_kept"),
    [
        ("<rect width='9' height='9'/>", True),
        ("<script>alert(1)</script>", False),
        ("<rect onload='x()'/>", False),
        ("<image href='http://127.0.0.1:9/x.png'/>", False),
    ],
)
def test_a_drawing_with_a_life_of_its_own_is_left_out(
    inside: str, is_kept: bool, import_bytes: Import
) -> None:
    page = f'<h1>Prova</h1><p>Testo.</p><p><img alt="Un disegno." src="{svg(inside)}"></p>'
    chapter, findings = import_bytes(page.encode(), "x.html")
    assert chapter is not None
    assert bool(chapter.pictures) is is_kept
    assert ("I144" in codes(findings)) is not is_kept


def test_a_picture_of_too_many_pixels_is_not_opened(import_bytes: Import) -> None:
    from PIL import Image

    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG")
    address = "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()
    page = f'<h1>Prova</h1><p>Testo.</p><p><img alt="Nero." src="{address}"></p>'
    chapter, findings = import_bytes(page.encode(), "x.html")
    assert chapter is not None
    assert not chapter.pictures
    assert "I144" in codes(findings)


def test_a_metafile_asks_for_another_format(import_bytes: Import) -> None:
    metafile = b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60
    address = "data:image/x-emf;base64," + base64.b64encode(metafile).decode()
    page = f'<h1>Prova</h1><p>Testo.</p><p><img alt="Una mappa." src="{address}"></p>'
    chapter, findings = import_bytes(page.encode(), "x.html")
    assert chapter is not None
    assert "I142" in codes(findings)


@pytest.mark.parametrize(
    "part", ["ppt/presentation.xml", "ppt/slides/slide2.xml", "ppt/_rels/presentation.xml.rels"]
)
@pytest.mark.parametrize("content", [None, b"", b"<a", b"<a/>"])
def test_slides_that_are_not_whole_are_findings(
    part: str, content: bytes | None, import_bytes: Import
) -> None:
    original = CHECKOUT / "tests" / "intake" / "originals" / "giro-di-tavolo.pptx"
    with zipfile.ZipFile(original) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if content is None:
        del parts[part]
    else:
        parts[part] = content
    chapter, findings = import_bytes(zipped(parts), "x.pptx")
    assert findings
    assert chapter is None or "Perché serve" not in chapter.text
