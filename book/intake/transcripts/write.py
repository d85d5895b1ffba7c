"""Writes turns as the Markdown of a chapter, as an editor would have written it by hand.

The time of a turn is in its label, ``**FAC [00:04:10]:**``. The Markdown room keeps it as data and
does not print it. The page shows the times of the sections, beside their headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from book.intake.transcripts.cast import GUESS, Member, cast_of, scalar, table
from book.intake.transcripts.cues import clock
from book.intake.transcripts.turns import Paragraph, Turn

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>~^]|&(?=[#\w])")
"""Characters that have a meaning in Markdown wherever they stand."""
_LIST_MARK = re.compile(r"(\w{1,9})([.)])(?=\s|$)")
"""The marker of an ordered list, with a letter or Roman numeral, too."""
_PASSAGE = re.compile(
    r"(?P<gap>\[(?:incomprensibile|inudibile|inaudible|voci sovrapposte|audio assente)"
    r"(?: \d{2}:\d{2}:\d{2})?\])"
    r"|[\[(](?P<scene>applaus[io]|risat[ae]|ride|ridono|musica|silenzio|pausa|brusio|"
    r"applause|laughter|laughs|music|silence)\.?[\])]",
    re.I,
)


@dataclass(frozen=True)
class Written:
    """A chapter's text, and its speakers."""

    text: str
    cast: tuple[Member, ...]


def write(turns: Sequence[Turn], title: str, section_minutes: int) -> Written:
    """The whole file of a chapter: front matter, sections, turns."""
    cast = cast_of(turn.speaker for turn in turns)
    head = [
        "---",
        f"title: {scalar(title)} {GUESS}",
        "kind: transcript",
        "# meeting: il numero dell'incontro, se è nel programma del laboratorio",
        "# recording: l'indirizzo della registrazione, se è pubblica",
        *table(cast.values()),
        "---",
    ]
    body = _Body(section_minutes * 60)
    for turn in turns:
        body.turn(cast[turn.speaker].id, turn)
    return Written("\n".join(head) + "\n\n" + "\n\n".join(body.blocks) + "\n", (*cast.values(),))


class _Body:
    """Writes the blocks of a chapter's body, with a heading every ``section_seconds``."""

    def __init__(self, section_seconds: float) -> None:
        self.blocks: list[str] = []
        self._every = section_seconds
        self._sections = 0
        self._since: float | None = None

    def turn(self, id: str, turn: Turn) -> None:
        """Add a turn. Its label is repeated after a heading in the middle of it."""
        for number, paragraph in enumerate(turn.paragraphs):
            is_labelled = number == 0
            # A paragraph below a heading needs a label even in the middle of a turn: readers would
            # not know whose words they are.
            if self._is_due(paragraph, is_labelled):
                self._section(paragraph)
                is_labelled = True
            text = "".join(_markdown(paragraph))
            if is_labelled:
                at = "" if paragraph.start is None else f" [{clock(paragraph.start)}]"
                self.blocks.append(f"**{id}{at}:** {text}")
            else:
                self.blocks.append(_not_a_block(text))

    def _is_due(self, paragraph: Paragraph, is_first: bool) -> bool:
        """Whether a new section starts with this paragraph.

        Sections start with a turn. Inside a long turn they start later, after 1.5 times the
        length of a section.
        """
        if paragraph.start is None:
            return False
        if self._since is None:
            return is_first
        elapsed = paragraph.start - self._since
        return elapsed >= self._every * (1 if is_first else 1.5)

    def _section(self, paragraph: Paragraph) -> None:
        self._sections += 1
        self._since = paragraph.start
        time = clock(paragraph.start or 0)
        self.blocks.append(f"## Parte {self._sections} {{time={time}}}")


def _markdown(paragraph: Paragraph) -> list[str]:
    """The pieces of a paragraph as Markdown, with a comment before each doubtful one."""
    pieces = []
    for number, piece in enumerate(paragraph.pieces):
        pieces.append(" " if number else "")
        if piece.doubt is not None:
            pieces.append(f"<!-- da riascoltare: {clock(piece.doubt)} --> ")
        pieces.append(escaped(piece.text))
    return pieces


def escaped(text: str) -> str:
    """Words as Markdown, with special characters escaped.

    Marks of inaudible words stay as they are; notes such as «(applausi)» become ``*[Applausi.]*``.
    """
    pieces = []
    position = 0
    for match in _PASSAGE.finditer(text):
        pieces.append(_SPECIAL.sub(r"\\\g<0>", text[position : match.start()]))
        scene = match["scene"]
        pieces.append(f"*[{scene[:1].upper()}{scene[1:]}.]*" if scene else match["gap"])
        position = match.end()
    pieces.append(_SPECIAL.sub(r"\\\g<0>", text[position:]))
    return "".join(pieces)


def _not_a_block(text: str) -> str:
    """A paragraph with its start escaped where Markdown would make a list or a heading of it."""
    if match := _LIST_MARK.match(text):
        return f"{match[1]}\\{text[match.end(1) :]}"
    if text[:1] in "-+:#%=|(.!\"'$/;,?@" and not text.startswith("<!--"):
        return f"\\{text}"
    return text
