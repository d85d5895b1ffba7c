"""Dates, hours, ordinals and lists of names in the language of a book."""

from __future__ import annotations

import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from book.messages import N_, translate
from book.model.dates import TO_BE_DECIDED
from book.model.laboratory import Meeting
from book.model.person import Person

_ORDINAL_MEETINGS = (
    N_("First meeting"),
    N_("Second meeting"),
    N_("Third meeting"),
    N_("Fourth meeting"),
    N_("Fifth meeting"),
    N_("Sixth meeting"),
    N_("Seventh meeting"),
    N_("Eighth meeting"),
    N_("Ninth meeting"),
    N_("Tenth meeting"),
    N_("Eleventh meeting"),
    N_("Twelfth meeting"),
)
_NO_YEAR = "XXXX-"


def long_date(date: datetime.date, language: str) -> str:
    """A date in words: «3 novembre 2020»; in ISO 8601 for a language that CLDR does not have."""
    return _in_words(date, "d MMMM y", language) or date.isoformat()


def meeting_date(value: str, language: str) -> str:
    """A meeting's date in words, without the year when that is not known (``XXXX-02-14``)."""
    if value == TO_BE_DECIDED:
        return translate("date to be decided", language)
    if value.startswith(_NO_YEAR):
        date = datetime.date.fromisoformat(value.replace("XXXX", "2000"))
        return _in_words(date, "d MMMM", language) or value.removeprefix(_NO_YEAR)
    return long_date(datetime.date.fromisoformat(value), language)


def _in_words(date: datetime.date, form: str, language: str) -> str:
    """A date in a pattern of CLDR; "" for a language that CLDR does not have."""
    try:
        return format_date(date, form, locale=Locale.parse(language, sep="-"))
    except UnknownLocaleError:
        return ""


def short_meeting_date(value: str, language: str) -> str:
    """A meeting's date for a table: «3.11.2020», «14.2», «da definire»."""
    if value == TO_BE_DECIDED:
        return translate("to be decided", language)
    year, month, day = value.split("-")
    short = f"{int(day)}.{int(month)}"
    return short if year == "XXXX" else f"{short}.{year}"


def hours(meeting: Meeting) -> str:
    """A meeting's hours: «9.30–13.30», «9.30», or ""."""
    return "–".join(f"{t.hour}.{t.minute:02}" for t in (meeting.start, meeting.end) if t)


def meeting_when(meeting: Meeting, language: str) -> str:
    """Date and hours of a meeting in a phrase."""
    date = meeting_date(meeting.date, language)
    if not meeting.start:
        return date
    return translate("{date}, {hours}", language).format(date=date, hours=hours(meeting))


def meeting_label(number: int | None, language: str) -> str:
    """«Primo incontro»; with a figure after the twelfth. None is the final conference."""
    if number is None:
        return translate("Final conference", language)
    if number <= len(_ORDINAL_MEETINGS):
        return translate(_ORDINAL_MEETINGS[number - 1], language)
    return translate("Meeting {number}", language).format(number=number)


def names(people: tuple[Person, ...], language: str) -> str:
    """A list of people, each with role and body: «A (ruolo, ente), B e C»."""
    shown = [_with_role(person) for person in people]
    if len(shown) < 2:
        return "".join(shown)
    return translate("{first} and {last}", language).format(
        first=", ".join(shown[:-1]), last=shown[-1]
    )


def _with_role(person: Person) -> str:
    details = ", ".join(d for d in (person.role, person.organisation) if d)
    return f"{person.name} ({details})" if details else person.name
