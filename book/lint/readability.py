"""The readability of Italian text: the Gulpease index of chapters and of their sections.

Gulpease = 89 + (300 · sentences - 10 · letters) / words. It goes from 0 (hardest) to 100. A text
under 80 is hard for readers who have finished primary school, under 60 for those who have finished
lower secondary school, under 40 for those with a diploma (Lucisano and Piemontese, GULP, 1988).
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
"""For each meaning of the index, the value below which it holds; the texts are message ids."""
LEAST_CHAPTER = 40
"""The index below which a chapter gets a hint."""
LEAST_SECTION = 35
"""The index below which a section gets a hint. It varies more than that of a chapter."""
_SECTION_WORDS = 120
"""Words below which the index of a text is not reliable: a single long name would change it."""
MOST_WORDS = 60
"""Words from which on a sentence gets a hint."""

# Blocks of running text, and what in them is not running text: its words would count as one long
# sentence, or do not stand in the source at all.
_UNITS = frozenset({"p", "li", "dd", "dt"})
_APART = frozenset({"table", "figure", "pre"})
_APART_CLASSES = frozenset(
    {"notes", "speaker", "time-mark", "note-call", "turn-dash", "line-block"}
)
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
# A sentence ends where a capital or a digit follows its full stop, over quotes and brackets.
_END = re.compile(r"[.!?…]+[»”)’]*(?=\s+[«“(–]?\s?[A-ZÀ-ÖØ-Þ0-9])")
_SHORT = "|".join(map(re.escape, sorted(ABBREVIATIONS)))
# A full stop behind an abbreviation, an initial («G.») or a part of «d.lgs.» ends no sentence.
_ABBREVIATED = re.compile(rf"(?:(?<![^\W\d_])(?:{_SHORT}|[A-Z])|\.[a-z]{{1,3}})\.$", re.I)


@dataclass(frozen=True)
class Sentence:
    """A sentence, the number of its words, and the source line of the block that holds it."""

    text: str
    words: int
    line: int


@dataclass
class Passage:
    """The text under one heading ``h2``; ``heading`` is "" for the text before the first one.

    ``letters`` counts the letters of all its sentences.
    """

    heading: str
    line: int
    sentences: list[Sentence]
    letters: int = 0

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True)
class Readability:
    """The number of a chapter's words, its index (None without text), and those of its sections."""

    file: str
    title: str
    words: int
    index: int | None
    sections: tuple[tuple[str, int, int], ...]
    """For each section its heading, its source line, its index."""


def gulpease(letters: int, words: int, sentences: int) -> int | None:
    """The Gulpease index, rounded and limited to 0-100; None for a text without words."""
    if not words:
        return None
    return max(0, min(100, round(89 + (300 * sentences - 10 * letters) / words)))


def meaning(index: int) -> str:
    """For whom a text with this index is hard, as a message id."""
    return next(text for least, text in HARD_FOR if index < least)


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph. «art.», «n.», «d.lgs.» and initials do not end a sentence."""
    parts = []
    start = 0
    for end in _END.finditer(text):
        # Twelve characters hold the longest abbreviation and bound the time of the search.
        if end[0] == "." and _ABBREVIATED.search(text[max(start, end.end() - 12) : end.end()]):
            continue
        parts.append(text[start : end.end()].strip())
        start = end.end()
    return [part for part in (*parts, text[start:].strip()) if _WORD.search(part)]


def passages(body: etree._Element) -> list[Passage]:
    """The sections of a chapter's tree, one for each ``h2``, with the sentences of their text.

    Sections without a sentence are left out.
    """
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
    """The headings ``h2`` and the blocks of running text under ``element``, with their lines.

    Elements in another language are left out: Gulpease is made for Italian. ``line`` is that of the
    nearest ancestor that has one.
    """
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
    """The text of a block, without that of blocks inside it, which :func:`_walk` yields by itself.

    Words that the pipeline has generated are left out, too: the author cannot change them.
    """
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
    """The readability of a chapter and of its sections."""
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
    """Hints on a hard chapter, on its hard sections, and on its longest sentence if it is long."""
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
    """``text`` if it has at most ``most`` characters, else its first words and «…»."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]}…"
