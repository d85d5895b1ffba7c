"""What a listener would stumble over in what is announced of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.support.reading.announce import Announcement, Kind, Piece, Said


class Stumble(StrEnum):
    """What is wrong, with the success criterion of WCAG 2.2 that speaks of it."""

    NO_TITLE = "document without title"  # 2.4.2
    NO_LANGUAGE = "document without language"  # 3.1.1
    NO_LANDMARK = "document without a named landmark"  # 1.3.1
    NO_FIRST_HEADING = "text with headings but none of level 1"  # 1.3.1
    TWO_FIRST_HEADINGS = "more than one heading of level 1"  # 1.3.1
    LEVEL_SKIPPED = "heading level skipped"  # 1.3.1
    LANDMARK_WITHOUT_NAME = "landmark without name"  # 2.4.6
    LINK_WITHOUT_NAME = "link without name"  # 2.4.4
    LINK_OF_ADDRESS = "link named by its address alone"  # 2.4.4
    PICTURE_WITHOUT_NAME = "picture without name"  # 1.1.1
    FIGURE_WITHOUT_NAME = "figure without name"  # 1.1.1
    TABLE_WITHOUT_NAME = "table without name"  # 1.3.1
    CELL_WITHOUT_HEADER = "cell that no header is tied to"  # 1.3.1
    CALL_ASTRAY = "note call that leads to no note"  # 2.4.4
    NOTE_NOT_CALLED = "note that no call leads to"  # 2.4.3
    NO_WAY_BACK = "note without a way back to its call"  # 2.4.3
    NOTHING_SAID = "stop at which nothing is said"  # 2.4.3


@dataclass(frozen=True)
class Fault:
    """A stumble at an announcement: the words heard there, the id and the path (EPUB CFI)."""

    stumble: Stumble
    words: str
    id: str
    path: str


_LINKS = frozenset({Piece.LINK, Piece.NOTE_CALL, Piece.WAY_BACK})
_NAMELESS = frozenset({"main"})
"""Landmarks of which a document has one, so that the role is name enough."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)


def faults(announced: Sequence[Announcement]) -> list[Fault]:
    """All faults of one document, in order; of a kind each time that it occurs."""
    found = [*_of_document(announced), *_of_headings(announced), *_of_notes(announced)]
    for number, one in enumerate(announced):
        after = announced[number + 1] if number + 1 < len(announced) else None
        found += [_fault(stumble, one) for stumble in _of_one(one, after)]
    return found


def _fault(stumble: Stumble, one: Announcement, said: Said | None = None) -> Fault:
    id = (said.id if said else "") or one.id
    return Fault(stumble, one.words or one.name, id, one.path)


def _of_document(announced: Sequence[Announcement]) -> Iterator[Fault]:
    document = announced[0]
    if not document.name:
        yield _fault(Stumble.NO_TITLE, document)
    if not document.language:
        yield _fault(Stumble.NO_LANGUAGE, document)
    landmarks = [one for one in announced if one.kind is Kind.LANDMARK]
    groups = [one for one in announced if one.kind is Kind.GROUP and one.depth == 1]
    pieces = {said.piece for one in announced[1:] for said in one.said}
    only_picture = pieces <= {Piece.PICTURE, Piece.PAGE} and Piece.PICTURE in pieces
    if not any(one.name for one in (*landmarks, *groups)) and not only_picture:
        yield _fault(Stumble.NO_LANDMARK, document)
    for one in landmarks:
        if not one.name and one.role not in _NAMELESS:
            yield _fault(Stumble.LANDMARK_WITHOUT_NAME, one)


def _of_headings(announced: Sequence[Announcement]) -> Iterator[Fault]:
    headings = [one for one in announced if one.kind is Kind.HEADING]
    first = [one for one in headings if one.level == 1]
    if headings and not first:
        yield _fault(Stumble.NO_FIRST_HEADING, headings[0])
    for one in first[1:]:
        yield _fault(Stumble.TWO_FIRST_HEADINGS, one)
    level = 0
    for one in headings:
        if one.level > level + 1:
            yield _fault(Stumble.LEVEL_SKIPPED, one)
        level = one.level


def _of_notes(announced: Sequence[Announcement]) -> Iterator[Fault]:
    """Calls lead to notes of the same document, and each note back to one of its calls."""
    calls = list(_pieces(announced, Piece.NOTE_CALL))
    notes = {one.id: number for number, one in enumerate(announced) if one.kind is Kind.NOTE}
    called: dict[str, set[str]] = {}
    for one, said in calls:
        target = said.target.removeprefix("#")
        called.setdefault(target, set()).add(said.id)
        if target not in notes:
            yield _fault(Stumble.CALL_ASTRAY, one, said)
    for id, number in notes.items():
        if id not in called:
            yield _fault(Stumble.NOTE_NOT_CALLED, announced[number])
        ways = {
            said.target.removeprefix("#")
            for _, said in _pieces(_whole(announced, number), Piece.WAY_BACK)
        }
        if not ways & called.get(id, set()) - {""}:
            yield _fault(Stumble.NO_WAY_BACK, announced[number])


def _pieces(announced: Sequence[Announcement], piece: Piece) -> Iterator[tuple[Announcement, Said]]:
    for one in announced:
        for said in one.said:
            if said.piece is piece:
                yield one, said


def _whole(announced: Sequence[Announcement], start: int) -> list[Announcement]:
    """An announcement with all that stands in it."""
    whole = [announced[start]]
    for one in announced[start + 1 :]:
        if one.depth <= announced[start].depth:
            break
        whole.append(one)
    return whole


def _of_one(one: Announcement, after: Announcement | None) -> Iterator[Stumble]:
    holds = after is not None and after.depth > one.depth
    match one.kind:
        case Kind.FIGURE if not one.name:
            yield Stumble.FIGURE_WITHOUT_NAME
        case Kind.TABLE if not one.name:
            yield Stumble.TABLE_WITHOUT_NAME
        case Kind.CELL if one.role == "cell" and not one.headers:
            yield Stumble.CELL_WITHOUT_HEADER
    if (not (one.name or one.words or holds) and one.kind not in (Kind.SEPARATOR, Kind.CELL)) or (
        not holds and one.kind in (Kind.LIST, Kind.DEFINITIONS, Kind.TABLE)
    ):
        yield Stumble.NOTHING_SAID
    for said in one.said:
        yield from _of_piece(said)


def _of_piece(said: Said) -> Iterator[Stumble]:
    words = said.words.strip()
    if said.piece is Piece.PICTURE and not words:
        yield Stumble.PICTURE_WITHOUT_NAME
    elif said.piece in _LINKS and not words:
        yield Stumble.LINK_WITHOUT_NAME
    elif said.piece is Piece.LINK and _ADDRESS.fullmatch(words):
        yield Stumble.LINK_OF_ADDRESS
    elif said.piece is Piece.PAGE and not words:
        yield Stumble.NOTHING_SAID
