"""Finding codes for the import of documents and slides: I100 to I199.

An error means that no chapter was made. A warning asks the editor for a change. A hint reports
what was guessed, changed or left out: nothing may be changed silently.
"""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_


def _error(number: int, problem: str, remedy: str) -> Code:
    return define(f"I{number}", Severity.ERROR, problem, remedy)


def _warning(number: int, problem: str, remedy: str) -> Code:
    return define(f"I{number}", Severity.WARNING, problem, remedy)


def _hint(number: int, problem: str, remedy: str) -> Code:
    return define(f"I{number}", Severity.HINT, problem, remedy)


# The file.

UNREADABLE = _error(
    100, N_("The file cannot be read: {reason}."), N_("Check the file and who may read it.")
)
UNKNOWN_FORMAT = _error(
    101,
    N_("A file of the kind «{suffix}» cannot be imported."),
    N_("Save it as one of these kinds: {known}."),
)
TOO_BIG = _error(
    102,
    N_("The file has {size} bytes; {limit} are the most that are read."),
    N_("Make its pictures smaller, or divide it into chapters."),
)
DAMAGED = _error(
    103,
    N_("The file is damaged or is not what its name says: {reason}."),
    N_("Open it with the program that made it and save it anew."),
)
BOMB = _error(
    104,
    N_("Unpacked, the file would hold far more than a document does: {reason}."),
    N_("Ask whoever sent it for another copy; do not open this one."),
)
PROTECTED = _error(
    105,
    N_("The file is protected by a password, or in the format of Word and PowerPoint before 2007."),
    N_("Open it, take the password off and save it as .docx or .pptx."),
)
DECLARATIONS = _error(
    106,
    N_("Its part «{part}» declares entities or a document type, which no program writes there."),
    N_("Ask whoever sent it for another copy; do not open this one."),
)
NOT_CONVERTED = _error(
    107,
    N_("pandoc could not read the file: {reason}."),
    N_("Open it with the program that made it and save it anew, or divide it."),
)
TOO_DEEP = _error(
    108,
    N_("Lists, tables or quotations are nested too deep to be read."),
    N_("Copy the text into a new document without its formatting."),
)
NO_TEXT = _error(
    109,
    N_("There is no text in the file."),
    N_("A scan or a picture of a text must first be made into text."),
)
NOT_UTF8 = _error(
    110,
    N_("The page is not encoded in UTF-8."),
    N_("Save it anew as a web page with the encoding UTF-8."),
)

# The front matter.

TITLE_GUESSED = _hint(
    111,
    N_("The title «{title}» is a guess: the document has no line in the style of titles."),
    N_("Check it in the front matter."),
)
TITLE_MISSING = _warning(
    112,
    N_("The document has no title: the file's name stands in for it."),
    N_("Write the title in the front matter."),
)
AUTHOR_GUESSED = _hint(
    113,
    N_("The author is not known; the file's properties name «{name}», in a comment only."),
    N_("Write the authors in the front matter, after asking them; then delete the comment."),
)
KIND_GUESSED = _hint(
    114,
    N_("The chapter was taken for «{kind}» by what it holds."),
    N_("If it is another kind, import it again with --as, or change the field «kind»."),
)
FORM_FOUND = _hint(
    115,
    N_("The form was recognised: {fields} became fields of the front matter."),
    N_("Compare them with the document."),
)
FORM_ROW_UNKNOWN = _hint(
    116,
    N_("The form's row «{label}» is none of the known ones; it went under «facts»."),
    N_("Keep it there, or move it to the field that it belongs to."),
)
FORM_ROW_EMPTY = _hint(
    117,
    N_("The form's row «{label}» was not filled in."),
    N_("Ask for it if the chapter needs it."),
)
LANGUAGE = _hint(
    118,
    N_("The document says that its language is «{language}»."),
    N_("If so, take the mark of comment away before «language» in the front matter."),
)

# What was in the margins.

COMMENT = _warning(
    120,
    N_("A comment by {author} on «{words}»: {comment}"),
    N_("Settle it in the chapter; comments are not carried over."),
)
CHANGES_ACCEPTED = _hint(
    121,
    N_("Tracked changes were accepted: {insertions} insertion(s), {deletions} deletion(s)."),
    N_("If they were not agreed, settle them in the document and import it again."),
)
MARGINS_LEFT_OUT = _hint(
    122,
    N_("The running header or footer «{words}» was left out."),
    N_("The book has its own; copy what belongs in the text."),
)
CONTENTS_LEFT_OUT = _hint(
    123,
    N_("A table of contents of {count} line(s) was left out."),
    N_("The book makes its own."),
)
CHARTS = _warning(
    124,
    N_("{count} chart(s) could not be carried over."),
    N_("Export each as PNG or SVG, put it in images/ and name it in the chapter."),
)
DIAGRAMS = _warning(
    154,
    N_("{count} diagram(s) (SmartArt) could not be carried over."),
    N_("Export each as PNG or SVG, put it in images/ and name it in the chapter."),
)
EMBEDDED = _warning(
    155,
    N_("{count} embedded object(s), sound(s) or video(s) could not be carried over."),
    N_("Copy what matters as text, or link to where the recording is."),
)
NOTES_MISSING = _warning(
    125,
    N_("The document has {written} note(s), the chapter {kept}."),
    N_("Compare them and copy what is missing."),
)
MARKUP_LEFT_OUT = _hint(
    126,
    N_("Raw code ({kind}) was left out: «{words}»."),
    N_("Check that nothing is missing there."),
)
FORMULA = _warning(
    127,
    N_("The formula «{words}» became plain text."),
    N_("Write it as text, or put a picture of it with an alternative text."),
)
UNDERLINE = _hint(
    128,
    N_("Underlining was taken away {count} time(s), the first on «{words}»."),
    N_("A book underlines nothing but links; use italics where it must stand out."),
)

# Headings, lists, tables, characters.

FAKE_HEADING = _hint(
    130,
    N_("The line in bold «{words}» became a heading."),
    N_("If it is none, put it back between ** and **."),
)
NUMBERING = _hint(
    131,
    N_("The number «{number}» written by hand was taken off «{words}»."),
    N_("If it belongs to the words, put it back."),
)
LEVELS = _hint(
    132,
    N_("{count} heading(s) changed level, so that none is skipped; the first is «{words}»."),
    N_("Check that the sections are those of the document."),
)
LIST_MADE = _hint(
    133,
    N_("{count} paragraph(s) that began with «{mark}» became a list, from «{words}»."),
    N_("Check where the list begins and ends."),
)
INVISIBLE = _hint(
    134,
    N_("{count} soft hyphen(s) and other invisible characters were taken out."),
    N_("Nothing to do: no word has changed."),
)
SPACES = _hint(
    152,
    N_("{count} doubled, no-break or tabulated space(s) became single ones."),
    N_("Nothing to do: the book sets the spaces that hold by itself."),
)
EMPTY_PARAGRAPHS = _hint(153, N_("{count} empty paragraph(s) were left out."), N_("Nothing to do."))
PRIVATE_CHARACTER = _warning(
    135,
    N_("The character {character}, which only one font knows, was left out near «{words}»."),
    N_("Look at the document for what it shows, and write it as a word or a common character."),
)
QUOTES = _hint(
    136,
    N_("Quotation marks, apostrophes, dashes were set in {count} paragraph(s) as the house does."),
    N_("Nothing to do: no word has changed."),
)
HEADER_ROW = _hint(
    137,
    N_("The table «{words}» had no header row: its first row was taken for it."),
    N_("If the first row is like the others, write a header above it."),
)
BOX = _hint(
    138,
    N_("The table of one cell «{words}» became a box."),
    N_("Give it a title, or take the ::: lines away."),
)
PARAGRAPHS_OF_BREAKS = _hint(
    139,
    N_("{count} paragraph(s) divided by line breaks alone were divided properly."),
    N_("Nothing to do, unless they were verses: those take a | before each line."),
)
LINK_LOST = _hint(
    150,
    N_("The link on «{words}» led nowhere inside the document and became plain text."),
    N_("Link to a chapter or a heading by its name, if a link is wanted."),
)
LINK_UNSAFE = _warning(
    151,
    N_("The link on «{words}» to «{target}» became plain text."),
    N_("Only http, https and mailto addresses are linked; write the address of a page."),
)

# Pictures.

NO_ALT = _warning(
    140,
    N_("The picture {picture} has no alternative text."),
    N_('Say what it shows between the quotes of alt="…" in the chapter.'),
)
MACHINE_ALT = _warning(
    141,
    N_("The alternative text of {picture}, «{words}», was written by a program; it was left out."),
    N_('Say what the picture shows between the quotes of alt="…" in the chapter.'),
)
PICTURE_FORMAT = _warning(
    142,
    N_("The picture {picture} is in a format that no book shows ({format}); it was left out."),
    N_("Export it as PNG or SVG, put it in images/ and name it at the mark in the chapter."),
)
PICTURE_COARSE = _warning(
    143,
    N_("The picture {picture} has {width} × {height} pixels: too few for its width on the page."),
    N_("Ask for the original, at least {least} pixels wide."),
)
PICTURE_BROKEN = _warning(
    144,
    N_("The picture {picture} cannot be read ({reason}); it was left out."),
    N_("Ask for it as a file of its own, and put it at the mark in the chapter."),
)
PICTURE_ELSEWHERE = _warning(
    145,
    N_("The picture {picture} is not in the file but elsewhere; it was left out."),
    N_("Ask for it as a file of its own, and put it at the mark in the chapter."),
)
PICTURE_CONVERTED = _hint(
    146,
    N_("The picture {picture} was made from a file of the format {format}."),
    N_("Check that it looks as it should."),
)
DECORATION = _hint(
    147,
    N_("{count} picture(s) too small to show anything were left out."),
    N_("Nothing to do."),
)
CAPTION_GUESSED = _hint(
    148,
    N_("«{words}» was taken for the caption of {picture}."),
    N_("If it is part of the text, move it out of the square brackets."),
)

# Slides.

SLIDE_HIDDEN = _hint(
    160,
    N_("Slide {number}, «{words}», is hidden and was left out."),
    N_("Show it in the presentation and import it again, if it belongs in the chapter."),
)
SLIDE_WITHOUT_TITLE = _warning(
    161,
    N_("Slide {number} has no title: its section has a makeshift one."),
    N_("Write the section's heading in the chapter."),
)
SLIDE_GOES_ON = _hint(
    162,
    N_("Slide {number} has the title of the one before, «{words}»: they share a section."),
    N_("Nothing to do, unless they speak of different things."),
)
NOTES_KEPT = _hint(
    163,
    N_("The speaker's notes of {count} slide(s) became paragraphs after the slide's text."),
    N_("Make prose of points and notes: a chapter is read without the voice."),
)
SLIDES_ARE_A_SKELETON = _hint(
    164,
    N_("{count} slide(s) became a skeleton: a section for each, with its points as a list."),
    N_("Make prose of it before it goes into the book."),
)

# The command.

NAME_TAKEN = _error(
    190,
    N_("There is already a file {taken} in the edition; nothing was written."),
    N_("Rename the file handed in, or move the other one away: import never overwrites."),
)
NOT_WRITTEN = _error(
    191,
    N_("The chapter could not be written: {reason}."),
    N_("Nothing of it was left behind; check the folder of the edition and try again."),
)
