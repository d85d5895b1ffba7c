"""How easy an Italian text reads: the Gulpease index, by chapter and by section.

Gulpease = 89 + (300 · sentences - 10 · letters) / words, from 0 (hardest) to 100. Under 80 it is
hard for readers with primary school, under 60 with lower secondary, under 40 with a diploma
(Lucisano and Piemontese, GULP, 1988).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from book.findings import Finding
from book.lint.codes import HARD_CHAPTER, HARD_SECTION, LONG_SENTENCE
from book.lint.italian_words import ABBREVIATIONS
from book.markdown.dom import HEADINGS, classes, name
from book.messages import N_

HARD_FOR = (
    (40, N_("hard even with a diploma")),
    (60, N_("hard without a diploma")),
    (80, N_("hard with primary school alone")),
    (101, N_("easy for everybody")),
)
LEAST_CHAPTER = 40
LEAST_SECTION = 35
_SECTION_WORDS = 120
"""Words under which a section's index says little: one long name moves it."""
MOST_WORDS = 60
"""Words of a sentence from which it is shown."""

_UNITS = frozenset({"p", "li", "dd", "dt"})
_APART = frozenset({"table", "figure", "pre"})
_APART_CLASSES = frozenset(
    {"notes", "speaker", "time-mark", "note-call", "turn-dash", "line-block"}
)
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_END = re.compile(r"[.!?…]+[»”)’]*(?=\s+[«“(–]?\s?[A-ZÀ-ÖØ-Þ0-9])")
_SHORT = "|".join(map(re.escape, sorted(ABBREVIATIONS)))
_ABBREVIATED = re.compile(rf"(?:(?<![^\W\d_])(?:{_SHORT}|[A-Z])|\.[a-z]{{1,3}})\.$", re.I)


@dataclass(frozen=True)
class Sentence:
    """A sentence: its text, its words, the line of the block that holds it."""

    text: str
    words: int
    line: int


@dataclass
class Passage:
    """A run of text with a heading ("" for what stands before the first), and its sentences."""

    heading: str
    line: int
    sentences: list[Sentence]
    letters: int = 0

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True)
class Readability:
    """A chapter's words, its index (None without text), and its sections with theirs."""

    file: str
    title: str
    words: int
    index: int | None
    sections: tuple[tuple[str, int, int], ...]
    """Heading, line, index."""


def gulpease(letters: int, words: int, sentences: int) -> int | None:
    """The index, rounded; None for no words."""
    if not words:
        return None
    return max(0, min(100, round(89 + (300 * sentences - 10 * letters) / words)))


def meaning(index: int) -> str:
    """What the index means, as a message id."""
    return next(text for least, text in HARD_FOR if index < least)


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph; «art.», «n.», «d.lgs.» and initials end none."""
    parts = []
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _ABBREVIATED.search(text[max(start, end.end() - 12) : end.end()]):
            continue
        parts.append(text[start : end.end()].strip())
        start = end.end()
    return [part for part in (*parts, text[start:].strip()) if _WORD.search(part)]


def passages(body: etree._Element) -> list[Passage]:
    """The sections of a chapter's tree (those of ``h2``), each with its running text."""
    found = [Passage("", 0, [])]
    for element, line in _walk(body, 0):
        if name(element) == "h2":
            found.append(Passage(" ".join(_text(element).split()), line, []))
        else:
            text = " ".join(_own_text(element).split())
            found[-1].letters += len(_LETTER.findall(text))
            found[-1].sentences += [
                Sentence(part, len(_WORD.findall(part)), line) for part in split_sentences(text)
            ]
    return [passage for passage in found if passage.sentences]


def _walk(element: etree._Element, line: int) -> Iterator[tuple[etree._Element, int]]:
    """Headings of sections and blocks of running text, with their lines."""
    for child in element:
        if not isinstance(child.tag, str) or child.get("lang", "it")[:2] != "it":
            continue
        if name(child) in _APART or _APART_CLASSES & set(classes(child)):
            continue
        at = int(child.get("data-line", line))
        if name(child) == "h2" or name(child) in _UNITS:
            yield child, at
        if name(child) not in HEADINGS:
            yield from _walk(child, at)


def _own_text(element: etree._Element) -> str:
    """The text of a block without that of blocks inside it and without generated words."""
    parts = [element.text or ""]
    for child in element:
        is_apart = (
            not isinstance(child.tag, str)
            or name(child) in {*_UNITS, *_APART, "ul", "ol", "dl", "div", "blockquote", "aside"}
            or bool(_APART_CLASSES & set(classes(child)))
            or child.get("data-generated") is not None
        )
        parts += ["" if is_apart else _own_text(child), child.tail or ""]
    return "".join(parts)


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def measure(file: str, title: str, sections: list[Passage]) -> Readability:
    """The indexes of a chapter and of its sections."""
    words = sum(section.words for section in sections)
    count = sum(len(section.sentences) for section in sections)
    letters = sum(section.letters for section in sections)
    by_section = tuple(
        (section.heading, section.line, index)
        for section in sections
        if (index := gulpease(section.letters, section.words, len(section.sentences))) is not None
    )
    return Readability(file, title, words, gulpease(letters, words, count), by_section)


def check(result: Readability, sections: list[Passage]) -> Iterator[Finding]:
    """Hints on a hard chapter, on its hard sections, on its longest sentence."""
    if result.index is not None and result.index < LEAST_CHAPTER and result.words > _SECTION_WORDS:
        yield HARD_CHAPTER.at(result.file, index=result.index, least=LEAST_CHAPTER)
    for section in sections:
        index = gulpease(section.letters, section.words, len(section.sentences))
        if index is not None and index < LEAST_SECTION and section.words >= _SECTION_WORDS:
            heading = section.heading or result.title
            yield HARD_SECTION.at(
                result.file, section.line, text=heading, index=index, least=LEAST_CHAPTER
            )
    everything = [sentence for section in sections for sentence in section.sentences]
    longest = max(everything, key=lambda sentence: sentence.words, default=None)
    if longest and longest.words >= MOST_WORDS:
        yield LONG_SENTENCE.at(
            result.file, longest.line, count=longest.words, text=beginning(longest.text)
        )


def beginning(text: str, most: int = 60) -> str:
    """The first words of a text, with … when there are more."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]}…"
