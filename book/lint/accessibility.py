"""Checks on the accessibility of a chapter, as far as its source shows it.

They cover success criteria 1.1.1 (alternative texts), 1.3.1 (table headers), 1.4.1 (use of colour),
2.4.4 (link texts) and 3.1.2 (language of parts) of WCAG 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from book.findings import Finding
from book.lint import codes
from book.lint.italian_words import listed
from book.lint.prose import Kind, Prose
from book.lint.readability import beginning
from book.markdown.dom import elements, line_of, text_of
from book.markdown.tree import ChapterTree

LONGEST_ALT = 500
"""Characters. A screen reader speaks so many in about thirty seconds, and its user cannot move
inside of an alternative text."""
_LONGEST_ADDRESS = 60
"""Characters of an address that is shown as the text of its link."""
_GENERIC = listed(
    "immagine immagini foto fotografia figura logo grafico schema tabella mappa icona disegno "
    "screenshot schermata image picture photo figure img"
)
_PICTURE_OF = re.compile(
    r"(?:immagine|foto|fotografia|figura|picture|image|photo)\s+(?:di|del|della|che|raffigurante|"
    r"che mostra|of)\b",
    re.I,
)
_FILE_NAME = re.compile(
    r"[\w.-]+\.(?:png|jpe?g|svg|gif|tiff?|webp)|(?:img|dsc|pict|foto)[\d_-]*", re.I
)
# Texts of links that say nothing out of their context. Screen readers list links by themselves.
_EMPTY_TEXTS = frozenset(
    (
        *("qui", "clicca qui", "cliccare qui", "clicca", "premi qui", "link", "a questo link"),
        *("questo link", "leggi", "leggi qui", "leggi tutto", "leggi di più", "scopri di più"),
        *("vedi", "vedi qui", "continua", "apri", "scarica", "scarica qui", "pagina", "sito"),
        *("a questo indirizzo", "questa pagina", "questo sito", "here", "click here", "more"),
    )
)
# Frequent words that Italian does not have. «a», «i», «in» and «no» are left out: both languages
# have them.
_ENGLISH = listed(
    "the of and to is that with for are this from by be which it have has not they their we our "
    "you your can will would should about into these those what when who"
)
_ITALIAN = listed("il lo la gli le di del della che è un una per con non sono nel nella")
_WORD = re.compile(r"[^\W\d_]+")
_COLOURS = (
    "rosso|rossa|rossi|rosse|verde|verdi|giallo|gialla|gialli|gialle|blu|azzurro|azzurri|viola"
)
_COLOUR = re.compile(
    rf"(?<!\w)(?:evidenziat|segnat|indicat|scritt|riportat|contrassegnat|marcat|mostrat)[aeio]\s+"
    rf"(?:in|con il|col)\s+(?:colore\s+)?(?:{_COLOURS})(?!\w)",
    re.I,
)


def check_tree(tree: ChapterTree, body: etree._Element, prose: Prose) -> Iterator[Finding]:
    """Findings on the pictures, links and tables of a chapter. ``body`` is its parsed tree."""
    for picture in tree.pictures:
        yield from _alternative_text(picture.path, picture.alt, prose.file, picture.line)
    yield from _links(body, prose)
    for table in elements(body, "table"):
        yield from _header(table, prose.file)


def _alternative_text(path: str, alt: str, file: str, line: int) -> Iterator[Finding]:
    """Findings on the alternative text of the picture at ``path``; none for an empty text.

    An empty text declares a decoration; the figures pass judges whether that is meant.
    """
    plain = alt.strip(" .").lower()
    if not plain:
        return
    stem = PurePosixPath(path).stem.lower()
    # «Figura 3» and «immagine_2» say as little as «figura».
    is_generic = plain in _GENERIC or re.sub(r"[\W\d_]+", "", plain) in _GENERIC
    if is_generic or plain == stem or _FILE_NAME.fullmatch(plain):
        yield codes.ALT_SAYS_NOTHING.at(file, line, text=alt)
    elif opening := _PICTURE_OF.match(plain):
        yield codes.ALT_PICTURE_OF.at(file, line, text=alt[: opening.end()])
    if len(alt) > LONGEST_ALT:
        yield codes.ALT_LONG.at(file, line, count=len(alt), most=LONGEST_ALT)


def _links(body: etree._Element, prose: Prose) -> Iterator[Finding]:
    """Findings on texts of links that are empty of meaning, addresses, or used for two targets."""
    targets: dict[str, tuple[str, int]] = {}
    for link in elements(body, "a"):
        href = link.get("href", "")
        # Links with a role (calls of notes and the like) and time marks are the pipeline's own.
        if not href or link.get("role") or "time-mark" in link.get("class", ""):
            continue
        text = " ".join(text_of(link).split())
        line = line_of(link)
        plain = text.lower().strip(" .:»«")
        if plain in _EMPTY_TEXTS:
            yield codes.LINK_SAYS_NOTHING.at(prose.file, line, text=text)
            continue
        if re.match(r"https?://|www\.", plain):
            if len(text) > _LONGEST_ADDRESS:
                yield codes.LINK_IS_ADDRESS.at(prose.file, line)
            continue
        # Two places of the same document count as one target.
        known, first = targets.setdefault(plain, (href, line))
        if known.partition("#")[0] != href.partition("#")[0] and plain:
            yield codes.LINK_AMBIGUOUS.at(prose.file, line, text=text, first=first)


def _header(table: etree._Element, file: str) -> Iterator[Finding]:
    """A hint for each empty header cell, except the first: the corner of a table may be empty.

    Tables with several rows of headers are passed over: an empty cell there may belong to a cell
    above it.
    """
    rows = [row for head in elements(table, "thead") for row in elements(head, "tr")]
    if len(rows) != 1:
        return
    line = int(table.get("data-line") or 0)
    for column, cell in enumerate(rows[0], start=1):
        if column > 1 and not text_of(cell).strip():
            yield codes.HEADER_EMPTY.at(file, line, number=column)


def english_passages(prose: Prose) -> list[tuple[int, int]]:
    """The sentences that look like English, as start and end offsets in the file.

    Passages that declare their language are masked in ``prose``, so they are not among them.
    """
    return [
        (block.start + found.start(), block.start + found.end())
        for block, mask in prose.pieces()
        if block.kind is not Kind.TABLE
        for found in re.finditer(r"[^.!?\n]+", mask)
        if _is_english(found[0])
    ]


def check_prose(prose: Prose, english: list[tuple[int, int]]) -> Iterator[Finding]:
    """Hints on the ``english`` passages, and on text that refers to something by colour alone."""
    for start, end in english:
        text = beginning(" ".join(prose.mask[start:end].split()))
        yield codes.FOREIGN_PASSAGE.at(*prose.place(start), text=text)
    for block, mask in prose.pieces():
        for found in _COLOUR.finditer(mask):
            place = prose.place(block.start + found.start())
            yield codes.COLOUR_ALONE.at(*place, text=" ".join(found[0].split()))


def _is_english(sentence: str) -> bool:
    """Whether at least three words, and a quarter of all, are frequent in English, none in Italian.

    One or two English words in an Italian sentence are loanwords, not a passage in English.
    """
    words = [word.lower() for word in _WORD.findall(sentence)]
    english = sum(word in _ENGLISH for word in words)
    return english >= 3 and english * 4 >= len(words) and not any(w in _ITALIAN for w in words)
