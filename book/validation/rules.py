"""Which kind of finding each rule of a validator is."""

from __future__ import annotations

from book.findings import Code
from book.validation.codes import (
    ACE,
    ACE_CONTRAST,
    ACE_HEADING,
    ACE_KEYBOARD,
    ACE_LANGUAGE,
    ACE_LINK,
    ACE_METADATA,
    ACE_PAGES,
    ACE_PICTURE,
    ACE_ROLE,
    ACE_TABLE,
    EPUB_ADDRESS,
    EPUB_LANGUAGE,
    EPUB_MISSING,
    EPUB_PACKAGE,
    EPUB_REMOTE,
    EPUB_STYLE,
    EPUB_SYNTAX,
    EPUB_TARGET,
    EPUBCHECK,
    PDF_A,
    PDF_A_COLOUR,
    PDF_A_METADATA,
    PDF_A_PICTURE,
    PDF_A_TRANSPARENT,
    PDF_FONT,
    PDF_GLYPH,
    PDF_HEADING,
    PDF_LANGUAGE,
    PDF_LINK,
    PDF_PICTURE,
    PDF_STRUCTURE,
    PDF_TABLE,
    PDF_UA,
    PDF_UNREADABLE,
    PDF_UNTAGGED,
)

_EPUBCHECK = {
    "RSC-005": EPUB_SYNTAX,
    "RSC-016": EPUB_SYNTAX,
    "HTM-": EPUB_SYNTAX,
    "RSC-006": EPUB_REMOTE,
    "RSC-031": EPUB_REMOTE,
    "OPF-014": EPUB_REMOTE,
    "RSC-001": EPUB_MISSING,
    "RSC-007": EPUB_MISSING,
    "RSC-008": EPUB_MISSING,
    "RSC-010": EPUB_TARGET,
    "RSC-011": EPUB_TARGET,
    "RSC-012": EPUB_TARGET,
    "RSC-014": EPUB_TARGET,
    "RSC-020": EPUB_ADDRESS,
    "RSC-026": EPUB_ADDRESS,
    "RSC-030": EPUB_ADDRESS,
    "CSS-": EPUB_STYLE,
    "OPF-092": EPUB_LANGUAGE,
    "OPF-": EPUB_PACKAGE,
    "PKG-": EPUB_PACKAGE,
}
_ACE = {
    "image-alt": ACE_PICTURE,
    "svg-img-alt": ACE_PICTURE,
    "role-img-alt": ACE_PICTURE,
    "image-redundant-alt": ACE_PICTURE,
    "link-name": ACE_LINK,
    "link-in-text-block": ACE_CONTRAST,
    "html-lang": ACE_LANGUAGE,
    "html-has-lang": ACE_LANGUAGE,
    "html-xml-lang-mismatch": ACE_LANGUAGE,
    "valid-lang": ACE_LANGUAGE,
    "color-contrast": ACE_CONTRAST,
    "heading-order": ACE_HEADING,
    "empty-heading": ACE_HEADING,
    "page-has-heading-one": ACE_HEADING,
    "empty-table-header": ACE_TABLE,
    "scope-attr-valid": ACE_TABLE,
    "table-": ACE_TABLE,
    "td-": ACE_TABLE,
    "th-": ACE_TABLE,
    "aria-": ACE_ROLE,
    "epub-type-has-matching-role": ACE_ROLE,
    "landmark-": ACE_ROLE,
    "presentation-role-conflict": ACE_ROLE,
    "metadata-": ACE_METADATA,
    "epub-title": ACE_METADATA,
    "epub-lang": ACE_METADATA,
    "epub-pagelist": ACE_PAGES,
    "epub-pagesource": ACE_PAGES,
    "pagebreak": ACE_PAGES,
    "scrollable-region-focusable": ACE_KEYBOARD,
    "nested-interactive": ACE_KEYBOARD,
    "tabindex": ACE_KEYBOARD,
}
_PDF_UA = {
    "5": PDF_A_METADATA,
    "7.1": PDF_STRUCTURE,
    **dict.fromkeys(("7.1-1", "7.1-2", "7.1-3"), PDF_UNTAGGED),
    **dict.fromkeys(("7.1-8", "7.1-9", "7.1-10"), PDF_A_METADATA),
    "7.2": PDF_STRUCTURE,
    **dict.fromkeys((f"7.2-{n}" for n in (*range(3, 17), *range(36, 40), 41, 42, 43)), PDF_TABLE),
    **dict.fromkeys((f"7.2-{n}" for n in (2, *range(21, 26), *range(29, 35))), PDF_LANGUAGE),
    "7.3": PDF_PICTURE,
    "7.4": PDF_HEADING,
    "7.5": PDF_TABLE,
    "7.18": PDF_LINK,
    "7.21": PDF_FONT,
    "7.21.8": PDF_GLYPH,
    "7.21.4.1-2": PDF_GLYPH,
    "unreadable": PDF_UNREADABLE,
}
_PDF_A = {
    "6.2.4": PDF_A_COLOUR,
    "6.2.8": PDF_A_PICTURE,
    "6.2.10": PDF_A_TRANSPARENT,
    "6.2.11": PDF_FONT,
    "6.2.11.8": PDF_GLYPH,
    "6.2.11.4.1-2": PDF_GLYPH,
    "6.2.11.7.3": PDF_GLYPH,
    "6.6": PDF_A_METADATA,
    "6.7": PDF_STRUCTURE,
    "6.7.4": PDF_LANGUAGE,
    "unreadable": PDF_UNREADABLE,
}
_TABLES: dict[str, tuple[dict[str, Code], Code]] = {
    "EPUBCheck": (_EPUBCHECK, EPUBCHECK),
    "Ace": (_ACE, ACE),
    "PDF/UA": (_PDF_UA, PDF_UA),
    "PDF/A": (_PDF_A, PDF_A),
}


def code_of(family: str, rule: str) -> Code:
    """The kind of finding for a rule of ``EPUBCheck``, ``Ace``, ``PDF/UA`` or ``PDF/A``.

    The most exact entry counts: a whole rule before a clause, a clause before what holds it.
    """
    table, common = _TABLES[family]
    fitting = [name for name in table if _covers(name, rule)]
    return table[max(fitting, key=len)] if fitting else common


def _covers(name: str, rule: str) -> bool:
    """Whether an entry is the rule, a prefix that says so («aria-»), or a clause around it."""
    prefixes = (name,) if name.endswith("-") else (f"{name}.", f"{name}-")
    return rule == name or rule.startswith(prefixes)
