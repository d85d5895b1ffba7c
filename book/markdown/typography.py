"""Italian typography of plain text: quotation marks, apostrophes, dashes, no-break spaces.

Source of the rules: the norms of the publishing house. «…» outside and “…” inside, ’ for the
apostrophe, a spaced en dash for asides, … for three dots, È for E', and a no-break space where a
line must not end (after «art.», «n.», «p.», between a number and its unit). No other letter ever
changes.
"""

from __future__ import annotations

import re

OBJECT = "\ufffc"
"""A segment that stands for something that is not text, like code or the call of a note."""
NBSP = "\u00a0"
_UNITS = (
    "km|m|cm|mm|ha|mq|m²|kg|g|t|l|kWh|MB|GB|h|s|ore|ora|minuti|minuto|min|euro|€|°C|"
    "mila|milioni|milione|miliardi|miliardo|volte"
)
_BEFORE_ANYTHING = r"artt?|nn?|pp?|cfr|fig|figg|tab|cap|capp|par|vol|sez|lett|all|ss"
_BEFORE_NAMES = r"dott|dott\.ssa|on|sig|sig\.ra|prof|prof\.ssa|avv|ing|arch|geom|rag|don|mons"
_ACTS = r"d\.lgs|d\.l|d\.p\.r|d\.m|l\.r|r\.d|l"

Rules = tuple[tuple[re.Pattern[str], str], ...]

SIGNS: Rules = (
    (re.compile(r"(?<![\w'’])E['’](?=\s)"), "È"),
    (re.compile(r"(?<![\w'’])'(\w+)'(?!\w)"), r"“\1”"),
    (re.compile(r"'"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<=\s)-{1,3}(?=\s)"), "–"),
    (re.compile(r"\A-{2,3}(?=\s)"), "–"),
    (re.compile(r"(?<=\d)--(?=\d)"), "–"),
)
"""Rules that change visible signs: punctuation, and È."""
HOLDS: Rules = (
    (re.compile(rf"(?<!\w)((?:{_BEFORE_ANYTHING})\.) (?=[\d«]|[IVXLC]+\b)", re.I), rf"\1{NBSP}"),
    (re.compile(r"(?<!\w)((?:cfr|artt?|nn?|lett)\.) (?=\w)", re.I), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w.])((?i:{_BEFORE_NAMES})\.?)(?<=[.a-z]) (?=[A-ZÀ-Ý])"), rf"\1{NBSP}"),
    (re.compile(r"(?<![\w.])(d\.|l\.|r\.) (?=lgs|r\.|l\.|d\.)", re.I), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w.])((?:{_ACTS})\.) (?=\d)", re.I), rf"\1{NBSP}"),
    (re.compile(r"(?<!\w)(comma|commi) (?=\d)", re.I), rf"\1{NBSP}"),
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w’]))"), NBSP),
    (re.compile(r"€ (?=\d)"), f"€{NBSP}"),
    (re.compile(r"(?<![\w’])([A-Z]\.) (?=[A-Z][\w.])"), rf"\1{NBSP}"),
)
"""Rules that put a no-break space where a line must not end."""
RULES: Rules = (*SIGNS, *HOLDS)


def italian(text: str) -> str:
    """``text`` with the rules applied. Applying them twice gives the same as once."""
    return italian_segments([text])[0][0]


def italian_segments(segments: list[str], rules: Rules = RULES) -> tuple[list[str], int]:
    """Consecutive pieces of one paragraph with the rules applied, and the unpaired quotation marks.

    Pieces are the texts between the tags of a paragraph: the rules read across emphasis, but each
    piece must go back to its own element. A replacement goes to the piece of its first character.
    The second result is the number of quotation marks without a partner.
    """
    segments, unpaired = _quotes(segments)
    for pattern, replacement in rules:
        segments = _rewrite(segments, pattern, replacement)
    return segments, unpaired


def _rewrite(segments: list[str], pattern: re.Pattern[str], replacement: str) -> list[str]:
    text = "".join(segments)
    matches = list(pattern.finditer(text))
    if not matches:
        return segments
    edits = [(m.start(), m.end(), m.expand(replacement)) for m in matches]
    return _edit(segments, edits)


def _edit(segments: list[str], edits: list[tuple[int, int, str]]) -> list[str]:
    """Put replacements in place of spans of the joined segments.

    When lengths agree each character stays in its own segment; else the whole replacement goes
    where the span starts.
    """
    characters = list("".join(segments))
    for start, end, new in edits:
        if len(new) == end - start:
            characters[start:end] = list(new)
        else:
            characters[start:end] = [new, *[""] * (end - start - 1)]
    result, position = [], 0
    for segment in segments:
        result.append("".join(characters[position : position + len(segment)]))
        position += len(segment)
    return result


def _quotes(segments: list[str]) -> tuple[list[str], int]:
    """Pair straight double quotation marks: « » outside, “ ” inside another pair.

    A straight mark says neither whether it opens nor whether it closes. The characters around it
    tell (:func:`_may_open`), and the marks that are open: a stack. Guillemets and curly marks that
    the writer set are kept, but count for the nesting. A mark without a partner is left straight.
    """
    text = "".join(segments)
    edits: list[tuple[int, int, str]] = []
    open_marks: list[tuple[int, str]] = []
    opened: set[int] = set()
    unpaired = 0
    for match in re.finditer(r'["«»“”]', text):
        at, mark = match.start(), match[0]
        if mark in "«“":
            open_marks.append((at, mark))
        elif mark in "»”":
            wanted = "«" if mark == "»" else "“"
            # A pair cannot cross another: straight marks still open inside it have no partner.
            while open_marks and open_marks[-1][1] == '"':
                open_marks.pop()
                unpaired += 1
            if open_marks and open_marks[-1][1] == wanted:
                open_marks.pop()
        elif _may_open(text, at, opened):
            open_marks.append((at, '"'))
            opened.add(at)
        elif open_marks and open_marks[-1][1] == '"':
            start, _ = open_marks.pop()
            inner = any(m in '«"' for _, m in open_marks)
            edits.append((start, start + 1, "“" if inner else "«"))
            edits.append((at, at + 1, "”" if inner else "»"))
        elif not (at and text[at - 1].isdigit()):  # 27": inches
            unpaired += 1
    unpaired += sum(mark == '"' for _, mark in open_marks)
    return _edit(segments, edits), unpaired


def _may_open(text: str, at: int, opened: set[int]) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before == '"':  # the mark before may have been a closing one
        return at - 1 in opened and bool(after and not after.isspace())
    return (not before or before.isspace() or before in "([{«“'’/–—-") and bool(
        after and not after.isspace()
    )
