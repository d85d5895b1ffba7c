"""Clean verbatim: removes filler sounds and slips of the tongue, and reports each change.

Only what carries no meaning is removed: filler sounds (``ehm``), a function word said twice
(``il il``), a phrase said twice, a word broken off and said again. A content word said twice, as
in «molto molto», stays: it may be emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from book.findings import Finding
from book.intake.transcripts.codes import CLEANED
from book.intake.transcripts.turns import Paragraph, Piece, Turn

_FILLER = r"(?:e+h+m+|u+h+m+|e+m{2,}|m{2,}h*|u+h+|e+h{2,}|a+h+m+)"
_FILLERS = re.compile(rf"(?<![\w'’-]){_FILLER}(?![\w'’-])(?:\s*(?:,|\.{{3}}|…))?\s*", re.I)
_FUNCTION = (
    r"il|l[oaei]|gli|l['’]|un[oa]?|d[aei]|a|in|con|su|per|tra|fra|che|ed?|o|ma|se|non|è|si|mi"
    r"|ti|[cv]i|ne|io|noi|loro|quest[oa]|quell[oa]|cioè|quindi|allora|perché|come|quando|dove"
    r"|anche|poi|però|h[ao]|hanno|abbiamo|era|sono|siamo|nostr[oa]"
    r"|(?:d|n|a|da|su|de|ne)(?:l|ll[oae]|i|gli)|all?[oae]?|ai|agli"
)
_TWICE = re.compile(
    rf"(?<![\w'’])({_FUNCTION})"
    r"(?:(?:,|\.{3}|…)?\s+\1)+(?![\w'’])",
    re.I,
)
_PHRASE_TWICE = re.compile(
    r"(?<![\w'’])((?:[\w'’]{1,30}\s){1,3}[\w'’]{1,30})(?:(?:,|…)?\s\1)+(?![\w'’])", re.I
)
_BROKEN_OFF = re.compile(r"(?<!\w)(\w{1,15})(?:-|…|\.{3})\s+(?=\1\w)", re.I)
_SHOWN = 24
"""Characters before and after a change that its finding quotes."""


@dataclass(frozen=True)
class Change:
    """A change: the passage before and after, and the line of the file that was handed in."""

    line: int
    before: str
    after: str

    def finding(self, file: str) -> Finding:
        """The change as a finding."""
        return CLEANED.at(file, self.line, before=self.before, after=self.after)


def clean(turns: Sequence[Turn]) -> tuple[list[Turn], list[Change]]:
    """The turns without fillers and repetitions, and the changes. Empty turns are left out."""
    changes: list[Change] = []
    cleaned = []
    for turn in turns:
        paragraphs = [_paragraph(paragraph, changes) for paragraph in turn.paragraphs]
        kept = tuple(paragraph for paragraph in paragraphs if paragraph.pieces)
        if kept:
            cleaned.append(Turn(turn.speaker, kept))
    return cleaned, changes


def _paragraph(paragraph: Paragraph, changes: list[Change]) -> Paragraph:
    pieces: list[Piece] = []
    for piece in paragraph.pieces:
        text = clean_text(piece.text, paragraph.line, changes)
        if text:
            pieces.append(replace(piece, text=text))
    return replace(paragraph, pieces=tuple(pieces))


def clean_text(text: str, line: int, changes: list[Change]) -> str:
    """``text`` without fillers and repetitions; the changes are added to ``changes``."""
    # Fillers go first, so that «il ehm il» becomes «il il» for the next steps. A word broken off
    # goes before repetitions, so that «vo- volevo, volevo» becomes one word.
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_FILLERS, lambda match: ""),
        (_BROKEN_OFF, lambda match: ""),
        (_TWICE, lambda match: match[1]),
        (_PHRASE_TWICE, lambda match: match[1]),
    )
    for pattern, new in steps:
        text = _replace(pattern, new, text, line, changes)
    return text.strip()


def _replace(
    pattern: re.Pattern[str],
    new: Callable[[re.Match[str]], str],
    text: str,
    line: int,
    changes: list[Change],
) -> str:
    """Replace each match of ``pattern`` by what ``new`` makes of it, and note the change.

    When a removed word began a sentence, the next word gets its capital.
    """
    pieces: list[str] = []
    left = ""  # the end of the text so far, for the findings
    position = 0
    for match in pattern.finditer(text):
        pieces.append(text[position : match.start()])
        left = (left + pieces[-1][-_SHOWN:])[-_SHOWN:]
        replacement, following = new(match), text[match.end() : match.end() + 1]
        starts = not left.strip() or left.rstrip()[-1:] in ".?!…"
        position = match.end()
        if not replacement and starts and following.islower() and match[0][:1].isupper():
            replacement, position = following.upper(), position + 1
        pieces.append(replacement)
        rest = text[position:][:_SHOWN]
        changes.append(
            Change(
                line,
                f"{left}{text[match.start() : position]}{rest}".strip(),
                f"{left}{replacement}{rest}".strip(),
            )
        )
        left = (left + replacement)[-_SHOWN:]
    pieces.append(text[position:])
    # A removed filler may leave a space before a comma.
    return re.sub(r"\s+([,.;:?!…])", r"\1", " ".join("".join(pieces).split()))
