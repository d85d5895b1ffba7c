"""What people read, in their language: gettext catalogues under ``book/locale``.

Message ids are English. ``N_`` marks a string for extraction where it is defined;
:func:`translate` looks it up where it is shown. Italian is the language of the house, so it
has a complete catalogue; English falls through to the id.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("it", "en")


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark ``message`` for translation without translating it yet."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The message catalogue of ``language``; unknown languages give the English ids."""
    return gettext.translation("book", LOCALE, [language], fallback=True)


def translate(message: str, language: str) -> str:
    """``message`` (an English id) in ``language`` (BCP 47; the region makes no difference)."""
    return catalogue(language.split("-")[0]).gettext(message) if message else ""


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to speak: of ``--lang``, else of the locale (POSIX order), else Italian."""
    for position, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            asked = value or "".join(arguments[position + 1 : position + 2])
            if asked in LANGUAGES:
                return asked
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return locale[:2] if locale[:2] in LANGUAGES else LANGUAGES[0]
