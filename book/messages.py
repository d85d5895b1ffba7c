"""What people read, in their language: gettext catalogues under ``book/locale``.

Message ids are English. ``N_`` marks a string for extraction where it is defined;
:func:`translate` looks it up where it is shown. Italian is the language of the house, so it
has a complete catalogue; English falls through to the id.
"""

from __future__ import annotations

import gettext
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
    """``message`` (an English id) in ``language``."""
    return catalogue(language).gettext(message) if message else ""
