"""The codes of ``./inv check`` for the Italian of a text: accents, signs, words."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

WARNING, HINT = Severity.WARNING, Severity.HINT

WRITE = N_("write «{proposal}»")
"""The remedy that codes with a proposal share."""

ACCENT = define("K101", WARNING, N_("«{written}» has the wrong accent"), WRITE)
NO_ACCENT = define("K102", WARNING, N_("«{written}» lacks its accent"), WRITE)
APOSTROPHE_FOR_ACCENT = define(
    "K103", HINT, N_("«{written}» has an apostrophe in the place of the accent"), WRITE
)
NEEDLESS_ACCENT = define("K104", WARNING, N_("«{written}» has an accent too many"), WRITE)
APOSTROPHE = define("K105", WARNING, N_("«{written}» has an apostrophe too many"), WRITE)
ELISION = define("K106", WARNING, N_("«{written}» lacks its apostrophe"), WRITE)
APOSTROPHE_SIGN = define(
    "K107", WARNING, N_("«{written}» has another sign in the place of the apostrophe"), WRITE
)
APOSTROPHE_SPACE = define("K108", WARNING, N_("a space after the apostrophe: «{written}»"), WRITE)
SPACE_BEFORE = define("K110", WARNING, N_("a space before the sign: «{written}»"), WRITE)
SPACE_INSIDE = define(
    "K111", WARNING, N_("a space inside brackets or quotation marks: «{written}»"), WRITE
)
SPACE_MISSING = define("K112", HINT, N_("no space after the sign: «{written}»"), WRITE)
SPACE_DOUBLED = define(
    "K113",
    HINT,
    N_("doubled spaces"),
    N_("leave one; ./inv check --fix does it"),
)
DOTS = define("K114", HINT, N_("«{written}»: an ellipsis has three dots"), WRITE)
DASH = define("K115", HINT, N_("«{written}»: the house sets asides between en dashes"), WRITE)
DASH_SPACE = define(
    "K116",
    HINT,
    N_("«{written}»: a hyphen with a space on one side"),
    N_("join the compound, or put the aside between spaced dashes"),
)
QUOTES = define(
    "K117",
    HINT,
    N_("{written}: the house quotes with «…», “…” inside them"),
    N_("write {proposal}"),
)
ORDINAL = define("K118", WARNING, N_("«{written}»: a Roman numeral is an ordinal by itself"), WRITE)
DEGREE = define("K119", HINT, N_("«{written}» has the sign of degrees"), WRITE)
DOUBLED = define("K120", WARNING, N_("the word «{word}» is there twice"), N_("delete one"))
REPEATED = define(
    "K121",
    HINT,
    N_("the word «{word}» is there twice"),
    N_("delete one, unless it is meant"),
)
HOUSE_TERM = define("K130", HINT, N_("«{written}»: the house writes «{proposal}»"), WRITE)
TERM_MIXED = define(
    "K131",
    HINT,
    N_("«{written}» ({count} in the chapter): elsewhere the edition writes «{usual}»"),
    N_("choose one form for the edition; in quotations the source's stays"),
)
UNKNOWN_WORD = define(
    "K140",
    HINT,
    N_("the dictionary does not know «{word}»"),
    N_("{advice}; words of the house stand in assets/terms/it.yaml, of the edition in parole.txt"),
)
