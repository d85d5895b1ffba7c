"""The codes of ``./inv check`` for structure, readability, accessibility, links and pictures.

The codes for the Italian of a text (K1xx) are in :mod:`book.lint.language_codes`.
"""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

WARNING, HINT = Severity.WARNING, Severity.HINT

NO_ABSTRACT = define(
    "K001",
    HINT,
    N_("the chapter has no abstract"),
    N_("add abstract: two or three sentences that say what a reader finds here"),
)
LONG_ABSTRACT = define(
    "K002",
    HINT,
    N_("the abstract has {count} characters"),
    N_("keep it under {most}: what goes beyond belongs to the text"),
)
NO_KEYWORDS = define(
    "K003",
    HINT,
    N_("the chapter has no keywords"),
    N_("add keywords: [three, to, six] words by which people will look for it"),
)
SAME_KEYWORD = define(
    "K004",
    HINT,
    N_("the keyword «{keyword}» is there twice"),
    N_("delete one of them"),
)
CAPITALS = define(
    "K005",
    WARNING,
    N_("«{text}» is written in capitals"),
    N_("write it in lower case: capitals are the style sheet's, and a voice may spell them out"),
)
FULL_STOP = define(
    "K006",
    HINT,
    N_("the title «{text}» ends with a full stop"),
    N_("delete the full stop"),
)
SAME_TITLE = define(
    "K007",
    WARNING,
    N_("the title «{text}» is that of {other}, too"),
    N_("give each chapter a title of its own: the contents show nothing else"),
)
DESCRIPTION_SHORT = define(
    "K008",
    HINT,
    N_("the edition's description has {count} words"),
    N_("write at least {least}: catalogues and bookshops show nothing else"),
)
DESCRIPTION_LONG = define(
    "K009",
    HINT,
    N_("the edition's description has {count} words"),
    N_("keep it under {most}: catalogues cut what goes beyond"),
)
NO_EDITION_KEYWORDS = define(
    "K010",
    HINT,
    N_("the edition has no keywords"),
    N_("add subjects: keywords, by which people will look for the book"),
)
NO_HEADING = define(
    "K011",
    HINT,
    N_("{count} words without a heading from here on"),
    N_("add a heading where the topic changes, about every {most} words"),
)
EMPTY_SECTION = define(
    "K012",
    HINT,
    N_("no text stands under the heading «{text}»"),
    N_("write the section, or delete its heading"),
)
SAME_HEADING = define(
    "K013",
    HINT,
    N_("the heading «{text}» is there twice in the same section"),
    N_("tell the two apart: the contents show nothing else"),
)
HARD_CHAPTER = define(
    "K201",
    HINT,
    N_("the chapter is hard to read: Gulpease {index}"),
    N_("shorten the longest sentences; under {least} even readers with a diploma struggle"),
)
HARD_SECTION = define(
    "K202",
    HINT,
    N_("the section «{text}» is hard to read: Gulpease {index}"),
    N_("shorten its sentences, write out what nouns in a row say; aim at {least} or more"),
)
LONG_SENTENCE = define(
    "K203",
    HINT,
    N_("a sentence of {count} words: «{text}»"),
    N_("make two or three of it"),
)
ALT_SAYS_NOTHING = define(
    "K301",
    WARNING,
    N_("the alternative text «{text}» does not say what the picture shows"),
    N_('describe it to somebody on the telephone: alt="…"; if it says nothing, {{.decorative}}'),
)
ALT_LONG = define(
    "K302",
    HINT,
    N_("the alternative text has {count} characters"),
    N_("keep it under {most}, and tell the rest in the text where everybody reads it"),
)
ALT_PICTURE_OF = define(
    "K303",
    HINT,
    N_("the alternative text begins with «{text}»"),
    N_("start with what is shown: a voice says by itself that it is a picture"),
)
LINK_SAYS_NOTHING = define(
    "K310",
    WARNING,
    N_("the text «{text}» does not say where the link leads"),
    N_("link the words that name the target: [the regional guidelines](…)"),
)
LINK_IS_ADDRESS = define(
    "K311",
    HINT,
    N_("the text of the link is a long address"),
    N_("link the words that name the target: a voice reads an address letter by letter"),
)
LINK_AMBIGUOUS = define(
    "K312",
    HINT,
    N_("«{text}» links here to another address than on line {first}"),
    N_("give links that lead elsewhere other words"),
)
HEADER_EMPTY = define(
    "K320",
    HINT,
    N_("column {number} of the table has no header"),
    N_("write what the column holds in its first row"),
)
FOREIGN_PASSAGE = define(
    "K330",
    HINT,
    N_("this looks like English: «{text}»"),
    N_("put it between ::: {{lang=en}} and :::, or write [words]{{lang=en}}: voices then switch"),
)
COLOUR_ALONE = define(
    "K340",
    HINT,
    N_("«{text}»: colour alone says something here"),
    N_("say it in words or by a sign, too: not everybody sees the colour"),
)
ADDRESS_BAD = define(
    "K401",
    WARNING,
    N_("the address «{address}» cannot be right"),
    N_("copy it anew from the browser's address bar"),
)
ADDRESS_PLAIN = define(
    "K402",
    HINT,
    N_("the address «{address}» starts with http://"),
    N_("try https://: nearly all sites have it, and browsers warn of those without"),
)
ADDRESS_TRACKED = define(
    "K403",
    HINT,
    N_("the address carries a tracking parameter: {parameter}"),
    N_("delete the parameter: the address works without"),
)
ADDRESS_TWICE = define(
    "K404",
    HINT,
    N_("the same address is linked twice in one paragraph: «{address}»"),
    N_("link it once"),
)
PICTURE_UNUSED = define(
    "K501",
    HINT,
    N_("no chapter shows the picture «{path}»"),
    N_("delete the file, or put the picture where it belongs"),
)
PICTURE_COARSE = define(
    "K502",
    WARNING,
    N_("the picture «{path}» has {dpi} dpi at its size in print"),
    N_("find one with {needed} pixels of width or more, or show it smaller: width=50%"),
)
PICTURE_SOFT = define(
    "K503",
    HINT,
    N_("the picture «{path}» has {dpi} dpi at its size in print"),
    N_("for a sharp print find one with {needed} pixels of width, or show it smaller"),
)
PICTURE_HEAVY = define(
    "K504",
    HINT,
    N_("the picture «{path}» has {size} MB"),
    N_("save it with {needed} pixels of width: print shows no more"),
)
NO_CREDIT = define(
    "K505",
    HINT,
    N_("nobody is credited for the picture «{path}»"),
    N_('say whose it is and its licence: credit="…" after the picture'),
)
