"""Translations of all that users read: gettext catalogues under ``book/locale``.

Message ids are English. ``N_`` marks a string for extraction where it is defined;
:func:`translate` looks it up where it is shown. Italian, the language of the editors, has a
complete catalogue. English has none: gettext then returns the id itself.
"""

from __future__ import annotations

import difflib
import gettext
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("it", "en")


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark ``message`` for extraction. Returns it unchanged; :func:`translate` translates it."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The message catalogue of ``language``; unknown languages give the English ids."""
    return gettext.translation("book", LOCALE, [language], fallback=True)


def translate(message: str, language: str) -> str:
    """``message`` (an English id) in ``language`` (BCP 47; the region makes no difference)."""
    return catalogue(language.split("-")[0]).gettext(message) if message else ""


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.65) -> str | None:
    """The known word that is most similar to ``word``; None when none is similar enough.

    ``cutoff`` is the least similarity, as a ratio of difflib. With 0 the result is None only if
    no word is known. Case and the hyphens before an option do not count.
    """
    by_small = {name.casefold().lstrip("-"): name for name in sorted(known)}
    small = word.casefold().lstrip("-")[:200]
    found = difflib.get_close_matches(small, list(by_small), n=1, cutoff=cutoff)
    return by_small[found[0]] if found else None


def did_you_mean(words: Iterable[str], known: Iterable[str], language: str) -> str:
    """« Did you mean base?», to be added to a sentence about unknown ``words``; "" for no idea."""
    alike = [near for word in words if (near := nearest(word, known))]
    text = translate(N_("Did you mean {nearest}?"), language)
    return " " + text.format(nearest=", ".join(dict.fromkeys(alike))) if alike else ""


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language for messages: ``--lang``, else the locale's, else Italian.

    ``arguments`` are those of the command line, ``environment`` its variables. The locale's
    variables are asked in the order of POSIX (XBD, section 8.2). Runs before the command line is
    parsed, because errors of the parser are translated, too.
    """
    for position, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            asked = value or "".join(arguments[position + 1 : position + 2])
            if asked in LANGUAGES:
                return asked
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return locale[:2] if locale[:2] in LANGUAGES else LANGUAGES[0]
