"""Checks on metadata and structure: abstracts, keywords, titles, headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from book.findings import Finding
from book.lint import codes
from book.lint.prose import Prose
from book.markdown.dom import HEADINGS, classes, name, text_of
from book.markdown.plain import words_of
from book.model.loaded import ChapterSource, WrittenEdition

LONGEST_ABSTRACT = 700
"""Characters of an abstract. Catalogue records and search results show about half of that."""
DESCRIPTION_WORDS = (25, 300)
"""The least and the most words of an edition's description."""
WORDS_WITHOUT_HEADING = 1500
"""Words above which a stretch of text without a heading gets a hint."""
_SIGNED = frozenset({"essay", "transcript", "contribution", "tool"})
"""Kinds of chapters that catalogues record by themselves, so that they need metadata."""


def check_edition(loaded: WrittenEdition) -> Iterator[Finding]:
    """Hints on the metadata of the edition, and on chapters that have the same title."""
    edition = loaded.edition
    least, most = DESCRIPTION_WORDS
    count = len(edition.description.split())
    if count < least:
        yield codes.DESCRIPTION_SHORT.at(loaded.file, count=count, least=least)
    elif count > most:
        yield codes.DESCRIPTION_LONG.at(loaded.file, count=count, most=most)
    if not edition.subjects.keywords:
        yield codes.NO_EDITION_KEYWORDS.at(loaded.file)
    yield from _repeated(edition.subjects.keywords, loaded.file)
    titles: dict[str, str] = {}
    for chapter in loaded.chapters.values():
        title = chapter.front_matter.title
        other = titles.setdefault(" ".join(title.lower().split()), chapter.name)
        if other != chapter.name:
            yield codes.SAME_TITLE.at(chapter.file, text=title, other=other)


def check_front_matter(chapter: ChapterSource, prose: Prose) -> Iterator[Finding]:
    """Hints on the abstract, the keywords and the title of a chapter."""
    matter = chapter.front_matter
    if matter.kind in _SIGNED and not (matter.abstract or getattr(matter, "purpose", None)):
        yield codes.NO_ABSTRACT.at(chapter.file)
    if matter.abstract and len(matter.abstract) > LONGEST_ABSTRACT:
        place = _field(prose, "abstract")
        yield codes.LONG_ABSTRACT.at(*place, count=len(matter.abstract), most=LONGEST_ABSTRACT)
    if matter.kind in _SIGNED and not matter.keywords:
        yield codes.NO_KEYWORDS.at(chapter.file)
    yield from _repeated(matter.keywords, *_field(prose, "keywords"))
    if _in_capitals(matter.title):
        yield codes.CAPITALS.at(*_field(prose, "title"), text=matter.title)
    if matter.title.endswith(".") and not matter.title.endswith(("...", "ecc.", "..")):
        yield codes.FULL_STOP.at(*_field(prose, "title"), text=matter.title)


def _repeated(
    keywords: Iterable[str], file: str, line: int = 0, column: int = 0
) -> Iterator[Finding]:
    seen = set()
    for keyword in keywords:
        if keyword.lower() in seen:
            yield codes.SAME_KEYWORD.at(file, line, column, keyword=keyword)
        seen.add(keyword.lower())


def _field(prose: Prose, key: str) -> tuple[str, int, int]:
    """The place (file, line, column) of a field in the front matter."""
    return prose.place(max(prose.text.find(f"\n{key}:", 0, prose.body_start) + 1, 0))


def _in_capitals(text: str) -> bool:
    """Whether a title is written in capitals. One word, or short ones alone, may be acronyms."""
    words = [word for word in words_of(text) if word.isalpha()]
    return len(words) > 1 and text.isupper() and sum(len(word) > 3 for word in words) > 1


def check_body(body: etree._Element, file: str) -> Iterator[Finding]:
    """Findings on a chapter's headings, and on long stretches of text without a heading."""
    # The headings above the current place by level. With the text of a heading they make its path:
    # equal headings are told only if they stand in the same section.
    open_headings: dict[int, str] = {}
    seen: set[tuple[str, ...]] = set()
    previous: tuple[int, str, int] | None = None  # a heading with no text yet: level, text, line
    words, start = 0, 0
    for block in body:
        line = int(block.get("data-line", 0))
        if name(block) not in HEADINGS:
            if "notes" in classes(block):
                break
            if "section-time" not in classes(block):
                previous = None
            start = start if words else line
            words += len(words_of(text_of(block)))
            continue
        level, text = int(name(block)[1]), " ".join(text_of(block).split())
        if previous and level <= previous[0]:
            yield codes.EMPTY_SECTION.at(file, previous[2], text=previous[1])
        if words > WORDS_WITHOUT_HEADING:
            yield codes.NO_HEADING.at(file, start, count=words, most=WORDS_WITHOUT_HEADING)
        words = 0
        previous = (level, text, line)
        open_headings = {k: v for k, v in open_headings.items() if k < level}
        path = (*open_headings.values(), text.lower())
        if path in seen:
            yield codes.SAME_HEADING.at(file, line, text=text)
        seen.add(path)
        open_headings[level] = text.lower()
        if _in_capitals(text):
            yield codes.CAPITALS.at(file, line, text=text)
    if previous:
        yield codes.EMPTY_SECTION.at(file, previous[2], text=previous[1])
    if words > WORDS_WITHOUT_HEADING:
        yield codes.NO_HEADING.at(file, start, count=words, most=WORDS_WITHOUT_HEADING)
