"""Books that are made and must not pass the gate: each mistake, and what must be said of it.

They lie in one folder as editions of their own, so that every validator starts once for all.
Beside them stands the base book, which passes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from book.system.checkout import CHECKOUT
from tests.support.books import BASE, lay

IN_TEXT = "contenuti"
IN_LANGUAGE = "lingua"
IN_BRAND = "marchio"
BRAND = "guasto"
_BRANDS = CHECKOUT / "assets" / "brands"
_TEMPLATES = CHECKOUT / "assets" / "templates"
_FORMAT, _ACCESS, _UA = "EPUB 3.3", "EPUB Accessibility 1.1", "PDF/UA-1"


@dataclass(frozen=True)
class Fault:
    """A mistake and its finding: who says it of which standard, by which rule, as which kind.

    ``file`` is where the mistake was made, below the root; the line is the one that has ``at``
    in it, "" for none.
    """

    edition: str
    standard: str
    rule: str
    code: str
    file: str
    at: str

    def line(self, root: Path) -> int:
        """The line that the finding must name, from 1; 0 for none."""
        lines = (root / self.file).read_text("utf-8").splitlines()
        found = [number for number, text in enumerate(lines, start=1) if self.at in text]
        assert found, self
        return found[0] if self.at else 0


_CHAPTER = f"chapters/{IN_TEXT}/presentazione.md"
_CHAPTER_FAULTS = """
![](images/rete.svg)

Si ascolti [la registrazione](https://example.org/100%).

[![](images/rete.svg){.decorative}](https://example.org/mappa)

Poi [grün]{lang=xq} e basta.

Un segno senza glifo: \u4e2d.
"""
_EPUB_STYLE = f"assets/brands/{BRAND}/epub.css.j2"
_EPUB_STYLE_FAULTS = """
.byline { color: {{ brand.colours.warm }}; }
.abstract { background: url("https://example.org/sfondo.png"); }
.notice-emblem img { width: 3em !important; height: 3em !important; }
.eyebrow { letter-spacing: 0.1em; } }
"""
_PDF_STYLE = f"assets/brands/{BRAND}/pdf.css.j2"
_PDF_STYLE_FAULTS = """
.byline::after { content: " \\4e2d"; }
"""
_NOTICE_STYLE = f"assets/brands/{BRAND}/notice.css.j2"
_NOTICE_STYLE_FAULTS = """
.notice-block .notice-statement { text-decoration: underline; }
"""
_TEMPLATE = f"assets/brands/{BRAND}/templates/chapter.xhtml.j2"
_TEMPLATE_FAULTS = """</h1>
    <center>* * *</center>
    <h4>Apertura</h4>
    <p id="{{ id }}.motto" class="primo">Uno</p>
    <p id="{{ id }}.motto" class="secondo">Due</p>"""
_BRAND = f"assets/brands/{BRAND}/brand.yaml"

FAULTS = (
    Fault(IN_TEXT, _UA, "7.3-1", "G061", _CHAPTER, "![](images"),
    Fault(IN_TEXT, _ACCESS, "image-alt", "G031", _CHAPTER, "![](images"),
    Fault(IN_TEXT, _FORMAT, "RSC-020", "G015", _CHAPTER, "100%"),
    Fault(IN_TEXT, _UA, "7.3-1", "G061", _CHAPTER, "org/mappa"),
    Fault(IN_TEXT, _ACCESS, "link-name", "G032", _CHAPTER, "org/mappa"),
    Fault(IN_TEXT, _ACCESS, "valid-lang", "G033", _CHAPTER, "lang=xq"),
    Fault(IN_TEXT, _UA, "7.21.8-1", "G065", _CHAPTER, "senza glifo"),
    Fault(
        IN_LANGUAGE,
        _ACCESS,
        "html-lang-valid",
        "G033",
        f"chapters/{IN_LANGUAGE}/edition.yaml",
        "language: xq",
    ),
    Fault(IN_BRAND, _FORMAT, "RSC-006", "G012", _EPUB_STYLE, "sfondo.png"),
    Fault(IN_BRAND, _FORMAT, "CSS-008", "G016", _EPUB_STYLE, ".eyebrow { letter"),
    Fault(IN_BRAND, _FORMAT, "RSC-005", "G011", _TEMPLATE, "<center"),
    Fault(IN_BRAND, _FORMAT, "RSC-005", "G011", _TEMPLATE, 'class="primo"'),
    Fault(IN_BRAND, _FORMAT, "RSC-005", "G011", _TEMPLATE, 'class="secondo"'),
    Fault(IN_BRAND, _ACCESS, "color-contrast", "G034", _BRAND, "warm:"),
    Fault(IN_BRAND, _ACCESS, "heading-order", "G035", _TEMPLATE, "<h4>"),
    Fault(IN_BRAND, _UA, "7.4.2-1", "G062", _TEMPLATE, "<h4>"),
    Fault(IN_BRAND, _UA, "7.21.8-1", "G065", _PDF_STYLE, "4e2d"),
)
NOTICE_FAULTS = {"marchio.pdf": "N006", "marchio.epub": "N014"}
"""The rule that a file of the edition breaks whose brand underlines the statement and
stretches the emblem."""


def broken_books(root: Path) -> Path:
    """Write the base book and the broken ones into ``root``, and return ``root``."""
    lay(BASE, root)
    for name in (IN_TEXT, IN_LANGUAGE, IN_BRAND):
        shutil.copytree(root / "chapters" / BASE, root / "chapters" / name)
    _add(root / _CHAPTER, _CHAPTER_FAULTS)
    _replace(root / "chapters" / IN_LANGUAGE / "edition.yaml", "language: it", "language: xq")
    _replace(root / "chapters" / IN_BRAND / "edition.yaml", "brand: ancilab", f"brand: {BRAND}")
    brand = root / "assets" / "brands" / BRAND
    shutil.copytree(_BRANDS / "ancilab", brand)
    _add(root / _EPUB_STYLE, _EPUB_STYLE_FAULTS)
    _add(root / _PDF_STYLE, _PDF_STYLE_FAULTS)
    _add(root / _NOTICE_STYLE, _NOTICE_STYLE_FAULTS)
    (brand / "templates").mkdir()
    shutil.copyfile(_TEMPLATES / "chapter.xhtml.j2", root / _TEMPLATE)
    _replace(root / _TEMPLATE, "</h1>", _TEMPLATE_FAULTS)
    return root


def _add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new, 1), "utf-8")
