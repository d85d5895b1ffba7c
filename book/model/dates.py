"""Dates and times as programmes of meetings give them, some of them incomplete."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

TO_BE_DECIDED = "to-be-decided"
_TO_BE_DECIDED_WORDS = {TO_BE_DECIDED, "to be decided", "da definire", "da destinarsi"}
_WITHOUT_YEAR = re.compile(r"XXXX-(\d{2})-(\d{2})")


def _date(value: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise PydanticCustomError("date", "not a date: {value}", {"value": value}) from None


def _meeting_date(value: Any) -> str:
    text = str(value).strip()
    if text.lower() in _TO_BE_DECIDED_WORDS:
        return TO_BE_DECIDED
    without_year = _WITHOUT_YEAR.fullmatch(text)
    # 2000 is a leap year, so 29 February passes.
    _date(f"2000-{without_year[1]}-{without_year[2]}" if without_year else text)
    return text


def _clock(value: Any) -> datetime.time:
    text = str(value).strip().replace(".", ":")
    try:
        return datetime.datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise PydanticCustomError("time", "not a time: {value}", {"value": value}) from None


Date = Annotated[datetime.date, BeforeValidator(_date)]
"""A calendar date, YYYY-MM-DD (ISO 8601)."""

MeetingDate = Annotated[str, BeforeValidator(_meeting_date)]
"""``YYYY-MM-DD``, ``XXXX-MM-DD`` when the year is not known (EDTF, ISO 8601-2), or
``to-be-decided`` (also «da definire»)."""

Clock = Annotated[datetime.time, BeforeValidator(_clock)]
"""A time of the day: ``9:30`` or ``9.30``."""
