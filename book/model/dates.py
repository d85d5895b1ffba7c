"""Types for dates and times in the files; dates of meetings may be incomplete or undecided."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

TO_BE_DECIDED = "to-be-decided"
_TO_BE_DECIDED_WORDS = {TO_BE_DECIDED, "to be decided", "da definire", "da destinarsi"}
_WITHOUT_YEAR = re.compile(r"XXXX-(\d{2})-(\d{2})", re.ASCII)
# The one form of ISO 8601 that is allowed; Python would also read 20210325 and 2021-W12-4.
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

# The forms in the YAML file, for the JSON Schema.
IsoDate = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
MeetingDateText = Annotated[
    str, Field(pattern=r"^(([0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}|to-be-decided|[Dd]a definire)$")
]
ClockText = Annotated[str, Field(pattern=r"^[0-9]{1,2}[:.][0-9]{2}$")]


def _date(value: Any) -> datetime.date:
    text = str(value).strip()
    try:
        if not _ISO.fullmatch(text):
            raise ValueError(text)
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date", "not a date: {value}", {"value": text}) from None


def _meeting_date(value: Any) -> str:
    text = str(value).strip()
    if text.lower() in _TO_BE_DECIDED_WORDS:
        return TO_BE_DECIDED
    without_year = _WITHOUT_YEAR.fullmatch(text)
    # The year 2000 stands in for the unknown one: it is a leap year, so 29 February passes.
    try:
        _date(f"2000-{without_year[1]}-{without_year[2]}" if without_year else text)
    except PydanticCustomError:
        raise PydanticCustomError("meeting_date", "not a date: {value}", {"value": text}) from None
    return text


def _clock(value: Any) -> datetime.time:
    text = str(value).strip().replace(".", ":")
    try:
        return datetime.datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise PydanticCustomError("time", "not a time: {value}", {"value": text}) from None


Date = Annotated[datetime.date, BeforeValidator(_date, json_schema_input_type=IsoDate)]
"""A calendar date, YYYY-MM-DD (ISO 8601)."""

MeetingDate = Annotated[str, BeforeValidator(_meeting_date, json_schema_input_type=MeetingDateText)]
"""``YYYY-MM-DD``, ``XXXX-MM-DD`` when the year is not known (EDTF, ISO 8601-2), or
``to-be-decided`` (also «da definire»)."""

Clock = Annotated[datetime.time, BeforeValidator(_clock, json_schema_input_type=ClockText)]
"""A time of the day: ``9:30`` or ``9.30``."""
