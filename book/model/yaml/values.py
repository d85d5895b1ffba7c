"""Explains wrong values, and guesses right ones: ISBN, CUP, dates, texts of a fixed form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from stdnum import ean
from stdnum import isbn as stdnum_isbn

from book.findings import Code
from book.model.yaml import field_codes

Explanation = tuple[Code, dict[str, Any]]
"""A code and the values for its texts."""

_MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})°? ([a-z]+) (\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./ -](\d{1,2})[./ -](\d{1,2})", re.ASCII)
_CUP_PLACES = "ADDADDDDDDDDDDD"
"""The form of a CUP: A for a capital letter, D for a digit."""
_PATTERNS = {
    "language": field_codes.BAD_LANGUAGE,
    "version": field_codes.BAD_VERSION,
    "url": field_codes.BAD_ADDRESS,
    "report": field_codes.BAD_ADDRESS,
    "recording": field_codes.BAD_ADDRESS,
    "thema": field_codes.BAD_THEMA,
    "colours": field_codes.BAD_COLOUR,
    "grounds": field_codes.BAD_COLOUR,
}


def shown(value: Any) -> str:
    """A value as findings quote it: on one line, cut after 80 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def bad_pattern(path: Iterable[str]) -> Code:
    """The code for a text that does not match its field's pattern; ``path`` are names of fields.

    The nearest name first: the first one that has a code of its own decides.
    """
    return next((_PATTERNS[k] for k in path if k in _PATTERNS), field_codes.BAD_PATTERN)


def bad_isbn(value: str) -> Explanation:
    """What is wrong with an ISBN: form or check digit (ISO 2108: weights 1 and 3, modulo 10)."""
    compact = stdnum_isbn.compact(value)
    quoted = shown(value)
    if len(compact) == 10 and stdnum_isbn.is_valid(compact):
        thirteen = stdnum_isbn.to_isbn13(compact)
        return field_codes.BAD_ISBN_TEN, {"value": quoted, "isbn": stdnum_isbn.format(thirteen)}
    digits = re.fullmatch(r"97[89]\d{10}", compact, re.ASCII)
    if not digits:
        return field_codes.BAD_ISBN, {"value": quoted, "count": sum(c.isdecimal() for c in compact)}
    right = ean.calc_check_digit(compact[:-1])
    whole = stdnum_isbn.format(compact[:-1] + right)
    values = {"value": quoted, "right": right, "wrong": compact[-1], "isbn": whole}
    return field_codes.BAD_ISBN_CHECK, {**values}


def bad_cup(value: str) -> Explanation:
    """What is wrong with a CUP: its length, or the first character that is not as it must be."""
    if len(value) != len(_CUP_PLACES):
        return field_codes.BAD_CUP_LENGTH, {"value": shown(value), "count": len(value)}
    position = next(
        index
        for index, (character, place) in enumerate(zip(value, _CUP_PLACES, strict=True))
        if not re.fullmatch("[A-Z]" if place == "A" else "[0-9]", character)
    )
    wrong = {"character": value[position], "position": position + 1}
    return field_codes.BAD_CUP, {"value": shown(value), **wrong}


def bad_date(value: str) -> Explanation:
    """What is wrong with a date: its form (with a guess of the right one), or its day."""
    text = shown(value)
    guess = _guessed(text.lower())
    if guess:
        return field_codes.BAD_DATE_GUESS, {"value": text, "guess": guess}
    if _YEAR_FIRST.fullmatch(text):
        return field_codes.NO_SUCH_DAY, {"value": text}
    return field_codes.BAD_DATE, {"value": text}


def bad_meeting_date(value: str) -> Explanation:
    """What is wrong with a meeting's date, which may lack its year or be undecided."""
    code, values = bad_date(value)
    return (field_codes.BAD_MEETING_DATE if code is field_codes.BAD_DATE else code), values


def _guessed(text: str) -> str | None:
    """The date in ISO 8601 that an Italian probably meant: day first, or the month in words."""
    numbers = _NUMBERS.fullmatch(text)
    words = _WORDS.fullmatch(text)
    year_first = _YEAR_FIRST.fullmatch(text)
    if numbers:
        day, month, year = (int(part) for part in numbers.groups())
    elif year_first:
        year, month, day = (int(part) for part in year_first.groups())
    elif words and words[2] in _MONTHS:
        day, month, year = int(words[1]), _MONTHS.index(words[2]) + 1, int(words[3])
    else:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
