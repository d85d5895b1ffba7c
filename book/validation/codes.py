"""The codes of findings for the messages of validators.

Each quotes the validator's rule and its message, which are English, and adds an explanation and a
remedy. All are warnings: the book is built, but it cannot be released.
"""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_


def _warning(id: str, problem: str, remedy: str) -> Code:
    return define(id, Severity.WARNING, problem, remedy)


# G001-G009: a check that is no verdict, whatever the validator.
NOT_RUN = _warning(
    "G001",
    N_("{validator} did not check {artefact} ({standard}): {reason}"),
    N_("get what is missing and run ./inv validate again: a check that did not run is no pass"),
)
CLAIM_CONTRADICTED = _warning(
    "G002",
    N_("{artefact} says that it conforms to «{claim}», and {validator} finds faults in it"),
    N_("mend what {validator} found: the claim goes out with the file"),
)
NOT_BUILT = _warning(
    "G003",
    N_("{artefact} is not there, so {validator} could not check it"),
    N_("build the edition again"),
)

# G010-G029: EPUBCheck. In each group the first code is for the rules that no other code covers.
EPUBCHECK = _warning(
    "G010",
    N_("the EPUB breaks a rule of the format. EPUBCheck {rule}: {message}"),
    N_("correct what stands at this place"),
)
EPUB_SYNTAX = _warning(
    "G011",
    N_("the EPUB has markup here that the format does not allow. EPUBCheck {rule}: {message}"),
    N_("correct the address, the attribute or the tag that the message names"),
)
EPUB_REMOTE = _warning(
    "G012",
    N_("the EPUB fetches something from the network. EPUBCheck {rule}: {message}"),
    N_("put the file into the edition or the brand and name it from there"),
)
EPUB_MISSING = _warning(
    "G013",
    N_("the EPUB names a file that it does not hold. EPUBCheck {rule}: {message}"),
    N_("correct the name, or add the file"),
)
EPUB_TARGET = _warning(
    "G014",
    N_("a link leads to a place that is not there. EPUBCheck {rule}: {message}"),
    N_("correct the target of the link"),
)
EPUB_ADDRESS = _warning(
    "G015",
    N_("an address is not written as addresses are. EPUBCheck {rule}: {message}"),
    N_("copy the address from the browser: % stands before two hexadecimal digits, a space is %20"),
)
EPUB_STYLE = _warning(
    "G016",
    N_("the EPUB's style sheet has a mistake. EPUBCheck {rule}: {message}"),
    N_("correct the rule in the brand's epub.css.j2"),
)
EPUB_LANGUAGE = _warning(
    "G017",
    N_("a language is not named as languages are. EPUBCheck {rule}: {message}"),
    N_("write the language's code: it, en, de, …"),
)
EPUB_PACKAGE = _warning(
    "G018",
    N_("the EPUB's metadata or list of files is wrong. EPUBCheck {rule}: {message}"),
    N_("correct the field that the metadata comes from"),
)

# G030-G059: Ace, by what the editor has to mend.
ACE = _warning(
    "G030",
    N_("not everybody can read this passage. Ace {rule} ({impact}): {message}"),
    N_("see what the rule asks: {help}"),
)
ACE_PICTURE = _warning(
    "G031",
    N_("a picture has no text for who cannot see it. Ace {rule} ({impact}): {message}"),
    N_("describe what the picture shows, or mark it as decoration: {{.decorative}}"),
)
ACE_LINK = _warning(
    "G032",
    N_("a link has no words: nobody can tell where it leads. Ace {rule} ({impact}): {message}"),
    N_("write the words of the link; a picture that is a link needs an alternative text"),
)
ACE_LANGUAGE = _warning(
    "G033",
    N_("this language does not exist, reading aloud goes wrong. Ace {rule} ({impact}): {message}"),
    N_("write the language's code: it, en, de, …"),
)
ACE_CONTRAST = _warning(
    "G034",
    N_("text is too faint on its ground. Ace {rule} ({impact}): {message}"),
    N_("make the colour darker, or the ground lighter"),
)
ACE_HEADING = _warning(
    "G035",
    N_("headings are empty or out of order. Ace {rule} ({impact}): {message}"),
    N_("go down one level at a time, and give every heading words"),
)
ACE_TABLE = _warning(
    "G036",
    N_("a table's heads do not belong to its cells. Ace {rule} ({impact}): {message}"),
    N_("give the table a first row with the names of the columns, all of them filled in"),
)
ACE_ROLE = _warning(
    "G037",
    N_("a role or an ARIA attribute is used wrongly. Ace {rule} ({impact}): {message}"),
    N_("correct the template that writes it"),
)
ACE_METADATA = _warning(
    "G038",
    N_("what the book says of its accessibility is wrong. Ace {rule} ({impact}): {message}"),
    N_("correct the field that it comes from; if there is none, report it: the pipeline writes it"),
)
ACE_PAGES = _warning(
    "G039",
    N_("page marks and page list do not agree. Ace {rule} ({impact}): {message}"),
    N_("build EPUB and PDF together"),
)
ACE_KEYBOARD = _warning(
    "G040",
    N_("something cannot be reached or left by keyboard. Ace {rule} ({impact}): {message}"),
    N_("correct the template or the style sheet that makes it so"),
)

# G060-G079: veraPDF against PDF/UA. PDF/A has rules on structure, fonts, glyphs and languages, too,
# and they have the codes of this group: the remedy is the same.
PDF_UA = _warning(
    "G060",
    N_("the PDF breaks a rule of PDF/UA. veraPDF {rule}: {message}"),
    N_("correct what stands at this place, or the brand's pdf.css.j2"),
)
PDF_PICTURE = _warning(
    "G061",
    N_("a picture has no text for who cannot see it. veraPDF {rule}: {message}"),
    N_("describe what the picture shows, or mark it as decoration: {{.decorative}}"),
)
PDF_HEADING = _warning(
    "G062",
    N_("headings skip a level in the PDF. veraPDF {rule}: {message}"),
    N_("go down one level at a time; a style sheet must not hide a heading"),
)
PDF_TABLE = _warning(
    "G063",
    N_("a table's rows, columns or heads do not fit together. veraPDF {rule}: {message}"),
    N_("give every row the same number of cells, and the columns a head"),
)
PDF_LINK = _warning(
    "G064",
    N_("a link of the PDF does not say where it leads. veraPDF {rule}: {message}"),
    N_("write the words of the link"),
)
PDF_GLYPH = _warning(
    "G065",
    N_("a sign has no glyph in the typeface, and is a box on the page. veraPDF {rule}: {message}"),
    N_("use another sign, or add a typeface to the brand that has it"),
)
PDF_FONT = _warning(
    "G066",
    N_("a typeface is not embedded as it should be. veraPDF {rule}: {message}"),
    N_("replace the font file in assets/fonts with a whole one"),
)
PDF_LANGUAGE = _warning(
    "G067",
    N_("a language is missing or does not exist. veraPDF {rule}: {message}"),
    N_("write the language's code: it, en, de, …"),
)
PDF_UNTAGGED = _warning(
    "G068",
    N_("something on the page is neither text nor ornament. veraPDF {rule}: {message}"),
    N_("report it: the pipeline marks what stands on a page"),
)
PDF_STRUCTURE = _warning(
    "G069",
    N_("parts of the PDF stand in the wrong place of its structure. veraPDF {rule}: {message}"),
    N_("put lists, tables and captions only where they may stand"),
)
PDF_UNREADABLE = _warning(
    "G070",
    N_("veraPDF cannot read the PDF: {message}"),
    N_("build the edition again"),
)
# G080-G089: veraPDF against PDF/A, where PDF/UA asks nothing like it. Metadata is the exception:
# its rules of PDF/UA have the code of this group.
PDF_A = _warning(
    "G080",
    N_("the PDF cannot be kept for ever: it breaks a rule of PDF/A. veraPDF {rule}: {message}"),
    N_("correct what stands at this place, or the brand's pdf.css.j2"),
)
PDF_A_COLOUR = _warning(
    "G081",
    N_("a colour depends on the screen that shows it. veraPDF {rule}: {message}"),
    N_("give colours as #RRGGBB and pictures as RGB or grey"),
)
PDF_A_TRANSPARENT = _warning(
    "G082",
    N_("something is drawn see-through in a way that may not last. veraPDF {rule}: {message}"),
    N_("use a plain colour; save the picture without transparency"),
)
PDF_A_METADATA = _warning(
    "G083",
    N_("the PDF's metadata is not as PDF/A wants it. veraPDF {rule}: {message}"),
    N_("report it: the pipeline writes the metadata"),
)
PDF_A_PICTURE = _warning(
    "G084",
    N_("a picture is stored in a way that may not last. veraPDF {rule}: {message}"),
    N_("save the picture anew, as PNG or JPEG"),
)
