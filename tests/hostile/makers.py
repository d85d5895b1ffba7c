"""Hostile input that is too big, or too odd in name or nature, to be kept: made when tried.

Each maker lays its trap into the edition's folder of a base book, and names what is to be tried:
a file to import, or nothing for the book itself. What it must give stands in ``made``.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.hostile.hostile import CHAPTER, show

Maker = Callable[[Path], Path | None]
MAKERS: dict[str, Maker] = {}
_HEAD = "---\ntitle: Presentazione\n---\n\nPrima.\n\n"
_DEEP = 10_000
_LARGE = 100_000_000


def _maker(name: str) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return register


def _chapter(body: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / CHAPTER).write_text(f"{_HEAD}{body}\n\nDopo.\n", "utf-8")

    return make


MAKERS |= {
    name: _chapter(body)
    for name, body in {
        "deep-quotes": ">" * _DEEP + " testo",
        "deep-lists": "- " * _DEEP + "testo",
        "deep-numbered-lists": "1. " * _DEEP + "testo",
        "deep-indented-lists": "\n".join(" " * 4 * n + "- x" for n in range(500)),
        "deep-boxes": "\n".join(":" * 3 + f" {{.b{n}}}" for n in range(2000)),
        "deep-brackets": "[" * _DEEP + "testo" + "]" * _DEEP,
        "deep-parentheses": "[testo](" + "(" * _DEEP + ")" * _DEEP + ")",
        "deep-emphasis": "*a **b " * _DEEP,
        "deep-emphasis-closed": "*" * _DEEP + "testo" + "*" * _DEEP,
        "deep-superscripts": "^" * _DEEP + "testo" + "^" * _DEEP,
        "deep-divs": "<div>" * _DEEP + "testo",
        "deep-spans": "<b>" * _DEEP + "testo",
        "deep-notes": "^[nota " * 2000,
        "deep-images": "![" * 5000 + "testo" + "](x)" * 5000,
        "many-scripts": "<script>" * 20_000,
        "many-comments": "<!-- " * 20_000,
        "many-backticks": " ".join("`" * n for n in range(1, 400)),
        "many-fences": "```\n" * 20_001,
        "many-entities": "&" * 50_000 + "&lt" * 20_000,
        "many-pictures": "![x](niente.png) " * 500,
        "many-links": "[x](javascript:alert(1)) " * 2000,
        "many-handlers": '<b onclick="x">x</b> ' * 2000,
        "many-tables": "|" * 20_000 + "\n" + "|-" * 20_000,
        "many-references": "\n".join(f"[r{n}]: x{n}" for n in range(3000)) + "[r1][r2]" * 3000,
        "many-definitions": "a\n: b\n\n" * 3000,
        "many-deceptive-lines": "testo \u202e x\n\n" * 5000,
        "many-words": "parola " * 40_000,
        "one-word": "a" * 300_000,
        "many-quotation-marks": "\"'" * 50_000,
        "many-headings": "#" * _DEEP + " testo\n\n" + "# a\n\n" * 2000,
        "long-line-of-dashes": "-" * 200_000,
    }.items()
}


def _sparse(path: Path) -> None:
    """A file of 100 MB of zeros that takes no room."""
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(_LARGE)


def _yaml(text: str) -> Maker:
    def make(folder: Path) -> None:
        path = folder / "edition.yaml"
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return make


MAKERS |= {
    "yaml-deep": _yaml("x: " + "[" * 100_000),
    "yaml-deep-blocks": _yaml("\n".join(" " * n + "x:" for n in range(600))),
    "yaml-laughs": _yaml(
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 12))
    ),
    "yaml-many-keys": _yaml("".join(f"k{n}: x\n" for n in range(45_000))),
    "yaml-long-text": _yaml('x: "' + "a" * 900_000 + '"\n'),
    "yaml-many-quotes": _yaml("x: " + '"a" ' * 50_000),
    "yaml-question-marks": _yaml("? " * 20_000),
}


@_maker("large-chapter")
def _large_chapter(folder: Path) -> None:
    _sparse(folder / CHAPTER)


@_maker("large-edition")
def _large_edition(folder: Path) -> None:
    _sparse(folder / "edition.yaml")


@_maker("large-picture")
def _large_picture(folder: Path) -> None:
    _sparse(folder / "images" / "x.png")
    show("x.png", folder)


def _picture(name: str, content: Callable[[], bytes]) -> Maker:
    def make(folder: Path) -> None:
        (folder / "images" / name).write_bytes(content())
        show(name, folder)

    return make


def _png(width: int, height: int, pixels: bytes, *extra: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    more = b"".join(chunk(*part) for part in extra)
    middle = chunk(b"IHDR", header) + more + chunk(b"IDAT", pixels)
    return b"\x89PNG\r\n\x1a\n" + middle + chunk(b"IEND", b"")


def _zeros(size: int) -> bytes:
    """What ``size`` zeros are, deflated."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def _svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()


MAKERS |= {
    "png-bomb": _picture("x.png", lambda: _png(30_000, 10_000, _zeros(300 << 20))),
    "png-text-bomb": _picture(
        "x.png",
        lambda: _png(1, 1, zlib.compress(b"\0\xff"), (b"zTXt", b"a\0\0" + _zeros(200 << 20))),
    ),
    "png-profile-bomb": _picture(
        "x.png",
        lambda: _png(1, 1, zlib.compress(b"\0\xff"), (b"iCCP", b"a\0\0" + _zeros(200 << 20))),
    ),
    "svg-deep": _picture("x.svg", lambda: _svg("<g>" * _DEEP + "</g>" * _DEEP)),
    "svg-many-elements": _picture("x.svg", lambda: _svg("<g/>" * 100_000)),
    "svg-large": _picture("x.svg", lambda: _svg(f"<desc>{'x' * 11_000_000}</desc>")),
    "svg-many-attributes": _picture(
        "x.svg", lambda: _svg("<g " + " ".join(f'a{n}="x"' for n in range(20_000)) + "/>")
    ),
    "svg-style-deep": _picture("x.svg", lambda: _svg(f"<style>url{'(' * 50_000}</style>")),
}


def _link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@_maker("link-chapter-outside")
def _link_chapter(folder: Path) -> None:
    _link(folder / CHAPTER, "../../segreto/segreto.md")


@_maker("link-chapter-loop")
def _link_loop(folder: Path) -> None:
    _link(folder / CHAPTER, CHAPTER)


@_maker("link-chapter-endless")
def _link_endless(folder: Path) -> None:
    _link(folder / CHAPTER, "/dev/zero")


@_maker("link-edition-outside")
def _link_edition(folder: Path) -> None:
    _link(folder / "edition.yaml", "../../segreto/segreto.md")


@_maker("link-edition-endless")
def _link_edition_endless(folder: Path) -> None:
    _link(folder / "edition.yaml", "/dev/zero")


@_maker("link-picture-outside")
def _link_picture(folder: Path) -> None:
    _link(folder / "images" / "x.png", "../../../segreto/segreto.png")
    show("x.png", folder)


@_maker("link-pictures-outside")
def _link_pictures(folder: Path) -> None:
    _link(folder / "altre", "../../segreto")
    show("../altre/segreto.png", folder)


@_maker("link-people-outside")
def _link_people(folder: Path) -> None:
    _link(folder / "people.yaml", "../../segreto/segreto.md")


@_maker("pipe-as-chapter")
def _pipe(folder: Path) -> None:
    (folder / CHAPTER).unlink()
    os.mkfifo(folder / CHAPTER)


@_maker("pipe-as-picture")
def _pipe_picture(folder: Path) -> None:
    os.mkfifo(folder / "images" / "x.png")
    show("x.png", folder)


@_maker("pipe-as-edition")
def _pipe_edition(folder: Path) -> None:
    (folder / "edition.yaml").unlink()
    os.mkfifo(folder / "edition.yaml")


@_maker("folder-as-picture")
def _folder(folder: Path) -> None:
    (folder / "images" / "x.png").mkdir()
    show("x.png", folder)


ODD_NAMES = {
    "newline": "a\nb",
    "escape": "a\x1b[2Jb",
    "quotes": "a\"b'c",
    "dash": "-rf",
    "dashes": "--output=x",
    "emoji": "\U0001f600",
    "bidi": "a\u202edm",
    "markup": "<script>alert(1)<",
    "braces": "{0.__class__}{{ 7*7 }}",
    "percent": "%2e%2e%2fa",
    "backslashes": "..\\..\\a",
    "shell": "$(touch x)`y`;&|",
    "spaces": "  a  ",
    "dots": "...",
    "device": "CON",
    "combining": "e\u0301" * 20,
    "long": "a" * 250,
    "not-unicode": "a\udcffb",
    "wildcards": "*?[a]",
    "colon": "C:a",
}
"""Stems of file names, each with what is odd in it."""


def _odd_chapter(stem: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / f"{stem}.md").write_text(f"{_HEAD}Fuori posto.\n", "utf-8")

    return make


def _odd_picture(stem: str) -> Maker:
    def make(folder: Path) -> None:
        (folder / "images" / f"{stem}.svg").write_bytes(_svg("<g/>"))
        show(stem.replace("\n", "%0A").replace(" ", "%20") + ".svg", folder)

    return make


for _what, _stem in ODD_NAMES.items():
    MAKERS[f"name-chapter-{_what}"] = _odd_chapter(_stem)
    if "\udcff" not in _stem:
        MAKERS[f"name-picture-{_what}"] = _odd_picture(_stem)


def _handed_in(name: str, content: Callable[[], bytes]) -> Maker:
    def make(folder: Path) -> Path:
        path = folder.parent.parent / name
        path.write_bytes(content())
        return path

    return make


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _word(body: str) -> bytes:
    """A Word file with ``body`` in its only part that matters."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = (
        f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return _zip({"_rels/.rels": rels.encode(), "word/document.xml": document.encode()})


_PARAGRAPH = "<w:p><w:r><w:t>Testo</w:t></w:r></w:p>"
_CUE = "00:00:01.000 --> 00:00:02.000\nAda: Buongiorno a tutti\n\n"
MAKERS |= {
    "zip-bomb.docx": _handed_in("x.docx", lambda: _zip({"word/document.xml": bytes(200 << 20)})),
    "zip-bomb.pptx": _handed_in("x.pptx", lambda: _zip({"ppt/media/x.png": bytes(200 << 20)})),
    "zip-many-files.docx": _handed_in(
        "x.docx", lambda: _zip({f"word/{n}.xml": b"<x/>" for n in range(5000)})
    ),
    "deep.docx": _handed_in("x.docx", lambda: _word("<w:sdt><w:sdtContent>" * 5000)),
    "deep-tables.docx": _handed_in(
        "x.docx",
        lambda: _word("<w:tbl><w:tr><w:tc>" * 300 + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 300),
    ),
    "long-word.docx": _handed_in(
        "x.docx", lambda: _word(f"<w:p><w:r><w:t>{'a' * 300_000}</w:t></w:r></w:p>")
    ),
    "deep.html": _handed_in("x.html", lambda: b"<div>" * _DEEP + b"testo"),
    "deep-lists.html": _handed_in("x.html", lambda: b"<ul><li>x" * _DEEP),
    "many-tags.html": _handed_in("x.html", lambda: b"<b" * 100_000),
    "deep.rtf": _handed_in("x.rtf", lambda: b"{\\rtf1 " + b"{" * _DEEP + b"testo"),
    "large.vtt": _handed_in("x.vtt", lambda: b"WEBVTT\n\n" + bytes(_LARGE)),
    "large.docx": _handed_in("x.docx", lambda: b"PK\3\4" + bytes(_LARGE)),
    "large.html": _handed_in("x.html", lambda: b"<p>" + bytes(_LARGE)),
    "many-cues.vtt": _handed_in("x.vtt", lambda: ("WEBVTT\n\n" + _CUE * 3_000).encode()),
    "many-tags.vtt": _handed_in(
        "x.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 10_000
    ),
    "long-line.srt": _handed_in(
        "x.srt", lambda: b"1\n00:00:01,000 --> 00:00:02,000\nAda: " + b"a" * 300_000
    ),
    "many-arrows.vtt": _handed_in("x.vtt", lambda: b"WEBVTT\n\n" + b"--> " * 200_000),
    "many-names.vtt": _handed_in(
        "x.vtt",
        lambda: (
            "WEBVTT\n\n"
            + "".join(f"00:01.000 --> 00:02.000\n<v Voce {n}>Ciao\n\n" for n in range(200))
        ).encode(),
    ),
}
