"""What the Markdown stage has to say: families ``C`` (chapter text) and ``L`` (links, files)."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

UNREADABLE = define(
    "C001",
    ERROR,
    N_("pandoc cannot read the chapter: {reason}"),
    N_("halve the chapter until the passage is found; look for long runs of brackets or asterisks"),
)
CONTROL_CHARACTER = define(
    "C002",
    HINT,
    N_("control character {character} left out"),
    N_("delete the character; it often comes with text pasted from a PDF or a chat"),
)
TOO_DEEP = define(
    "C003",
    ERROR,
    N_("lists, quotes or boxes are nested more than {depth} deep"),
    N_("write the passage with fewer levels"),
)
LOOK_ALIKE = define(
    "C004",
    HINT,
    N_("«{word}» mixes the letters of two alphabets: {letter} only looks Latin"),
    N_("write the word anew; in an address, make sure that it leads where it says"),
)
TOO_BIG = define(
    "C005",
    ERROR,
    N_("the chapter has {size} characters or marks, at most {limit}"),
    N_("split the chapter"),
)
MAP_UNPROVED = define(
    "C006",
    HINT,
    N_("where text ends and code begins in the chapter is not proved: --fix leaves it alone"),
    N_(
        "take findings on it with care; write hieroglyphs as pictures, and split a very long "
        "chapter in two"
    ),
)
WORDS_LOST = define(
    "C007",
    WARNING,
    N_("these words are in no place of the book: «{words}»"),
    N_(
        "a row has no more cells than the rule under the table's header: write \\| for a bar that "
        "is text; a note holds no other note"
    ),
)
LEVEL_SKIPPED = define(
    "C010",
    HINT,
    N_("the heading «{text}» has level {written} and becomes level {level}"),
    N_("write {marks} in front of the heading: levels go down one by one"),
)
EMPTY_HEADING = define(
    "C011", WARNING, N_("a heading without text is left out"), N_("write the heading or delete it")
)
DUPLICATE_ID = define(
    "C012",
    WARNING,
    N_("the id «{id}» is used twice in the chapter; this one becomes «{renamed}»"),
    N_("give each heading, figure and table an id of its own"),
)
TOP_HEADING = define(
    "C013",
    HINT,
    N_("«# {text}» is the level of the chapter's title and becomes a section"),
    N_("write «## {text}»; the chapter's title stands in the front matter"),
)
NO_ALT = define(
    "C014",
    WARNING,
    N_("the picture has no alternative text"),
    N_("add a description between the square brackets"),
)
ALT_IS_CAPTION = define(
    "C015",
    HINT,
    N_("the alternative text of the picture is its caption"),
    N_('describe what the picture shows: {{alt="…"}} after the picture'),
)
WIDTH_UNKNOWN = define(
    "C016",
    HINT,
    N_("the picture's width «{width}» is not a percentage"),
    N_("write width=100%, width=66% or width=50%"),
)
NOTE_TWICE = define(
    "C020",
    HINT,
    N_("the note [^{label}] is called more than once; its text is printed each time"),
    N_("write a second note, or «see note …»"),
)
NOTE_UNCALLED = define(
    "C021",
    WARNING,
    N_("the note [^{label}] is never called: its text is not in the book"),
    N_("write [^{label}] where the note belongs, or delete the note"),
)
NOTE_MISSING = define(
    "C022",
    WARNING,
    N_("the call [^{label}] has no note"),
    N_("write the note: [^{label}]: text, on a line of its own after an empty line"),
)
NOTE_REDEFINED = define(
    "C023",
    WARNING,
    N_("the note [^{label}] is written twice: only one text is in the book"),
    N_("give each note a label of its own"),
)
NOTE_IN_NOTE = define(
    "C024",
    WARNING,
    N_("the note [^{label}] is called inside another note, where it cannot be printed"),
    N_("put its text into the other note, or call it from the running text"),
)
TABLE_WITHOUT_HEADER = define(
    "C030",
    HINT,
    N_("the table has no header row"),
    N_("write a first row with the names of the columns"),
)
UNKNOWN_BOX = define(
    "C040",
    WARNING,
    N_("there is no box called «{name}»"),
    N_(
        "perhaps «{nearest}»; boxes are riquadro, citazione, scheda, attenzione, epigrafe, "
        "descrizione-estesa"
    ),
)
DESCRIPTION_UNKNOWN = define(
    "C041",
    WARNING,
    N_("the extended description is for «{target}», which is no figure of the chapter"),
    N_("perhaps «{nearest}»; the figure's id stands after the picture: {{#fig:name}}"),
)
DESCRIPTION_OF_NOTHING = define(
    "C042",
    WARNING,
    N_("the extended description does not say which figure it describes"),
    N_("write the figure's id: ::: {{.descrizione-estesa for=fig:name}}"),
)
DESCRIPTION_TWICE = define(
    "C043",
    WARNING,
    N_("the figure «{target}» has an extended description already"),
    N_("put the two texts into one description"),
)
DESCRIPTION_EMPTY = define(
    "C044",
    WARNING,
    N_("the extended description is empty and is left out"),
    N_("write what the figure shows, or delete the description"),
)
UNKNOWN_SPEAKER = define(
    "C050",
    WARNING,
    N_("the speaker «{name}» is not in the front matter"),
    N_("perhaps «{nearest}»; else add the speaker to speakers"),
)
LABEL_NOT_BOLD = define(
    "C053",
    WARNING,
    N_("«{name}:» is a speaker's label, but is not bold: the words go to the turn before"),
    N_("write it as **{name}:** if a new turn begins here"),
)
TIME_BACKWARDS = define(
    "C051",
    HINT,
    N_("the time mark {time} comes after {previous}"),
    N_("check the two times against the recording"),
)
NOT_A_TIME = define(
    "C052",
    WARNING,
    N_("«{time}» is not a time"),
    N_("write hours, minutes and seconds: 00:12:35"),
)
ELEMENT_REMOVED = define(
    "C060",
    WARNING,
    N_("<{tag}> and what it holds has no place in a book and is left out"),
    N_("delete it; a picture belongs in images/, a recording is a link"),
)
TAG_REMOVED = define(
    "C061",
    HINT,
    N_("the tag <{tag}> is left out, its text is kept"),
    N_("use Markdown instead of HTML"),
)
ATTRIBUTE_REMOVED = define(
    "C062",
    WARNING,
    N_("the attribute {attribute} of <{tag}> is left out"),
    N_("delete it: scripts and inline styles have no place in a chapter"),
)
BAD_LANGUAGE = define(
    "C063",
    WARNING,
    N_("«{language}» is not a language code"),
    N_("write a BCP 47 code, for example lang=en or lang=fr"),
)
QUOTE_OPEN = define(
    "C064",
    HINT,
    N_("a quotation mark is not paired in this paragraph"),
    N_("open with « and close with », or write the missing mark"),
)
EMPHASIS_IN_LINK = define(
    "C065",
    HINT,
    N_("emphasis on a part of the link «{text}» is left out"),
    N_("emphasise the whole link or none of it"),
)
EMPTY_LINK = define(
    "C066",
    WARNING,
    N_("the link to «{target}» has no text and is left out"),
    N_("write the text of the link between the square brackets"),
)
BROKEN_LINK = define(
    "L001",
    ERROR,
    N_("the link «{target}» leads nowhere"),
    N_("perhaps «{nearest}»; an id stands after a heading: {{#id}}"),
)
NO_SUCH_CHAPTER = define(
    "L002",
    ERROR,
    N_("the link «{target}» leads to a chapter that is not in the edition"),
    N_("perhaps «{nearest}»; chapters are listed in edition.yaml under contents"),
)
BAD_SCHEME = define(
    "L003",
    WARNING,
    N_("the link «{target}» is left out, its text is kept"),
    N_("links start with https://, http:// or mailto:, or name a chapter's file"),
)
NOT_A_CHAPTER = define(
    "L004",
    ERROR,
    N_("the link «{target}» leads to a file that is not a chapter"),
    N_("link to a chapter's .md file or to an address on the web"),
)
PICTURE_MISSING = define(
    "L010",
    ERROR,
    N_("the picture «{path}» is not there"),
    N_("perhaps «{nearest}»; pictures are files in the edition's folder images/"),
)
PICTURE_OUTSIDE = define(
    "L011",
    ERROR,
    N_("the picture «{path}» is outside the edition's folder"),
    N_("copy the picture to the edition's folder images/"),
)
PICTURE_TYPE = define(
    "L012",
    ERROR,
    N_("pictures of the type of «{path}» cannot be used"),
    N_("save the picture as PNG, JPEG or SVG"),
)
PICTURE_REMOTE = define(
    "L013",
    ERROR,
    N_("the picture «{path}» is not in the edition's folder"),
    N_("download the picture to images/ (if its licence allows) and name that file"),
)
PICTURE_NAME = define(
    "L014",
    WARNING,
    N_("the name of the picture «{path}» has spaces, accents or signs"),
    N_("rename the file with letters without accents, digits and hyphens"),
)
PICTURE_UNREADABLE = define(
    "L015",
    ERROR,
    N_("the picture «{path}» cannot be used: {reason}"),
    N_("export it anew; an SVG may hold no script, no foreign objects and no outside files"),
)
