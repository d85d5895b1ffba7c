"""What reading a book's sources can find wrong: files, YAML, fields, contents, brand.

Codes ``E0xx`` speak of ``edition.yaml`` and of the chapters' front matter. The mistakes that
any YAML file can hold have a twin ``B0xx`` with the same number for the files of brands and
programmes (:func:`for_assets`).
"""

from __future__ import annotations

from dataclasses import replace

from book.findings import REGISTRY, Code, Finding, Severity, define
from book.messages import N_

_TWINS: dict[str, str] = {}


def _error(number: str, problem: str, remedy: str) -> Code:
    """An error of any YAML file: ``E<number>``, and its twin ``B<number>`` for assets."""
    twin = define(f"B{number}", Severity.ERROR, problem, remedy)
    code = define(f"E{number}", Severity.ERROR, problem, remedy)
    _TWINS[code.id] = twin.id
    return code


def for_assets(finding: Finding) -> Finding:
    """The same finding with the code of brand and programme files."""
    return replace(finding, code=REGISTRY[_TWINS.get(finding.code.id, finding.code.id)])


# The file and its bytes.

NOT_UTF8_GUESS = _error(
    "001",
    N_(
        "The file is not written in UTF-8: byte {byte} (number {offset} of the file) cannot be "
        "read; it looks like {guess}."
    ),
    N_("Save the file again with the encoding UTF-8."),
)
NOT_UTF8 = _error(
    "002",
    N_("The file is not valid UTF-8: byte {byte} (number {offset} of the file) cannot be read."),
    N_("Save the file again with the encoding UTF-8, and check the character at this place."),
)
UTF16 = _error(
    "003",
    N_("The file is written in {guess}, not in UTF-8 (its first bytes are {bytes})."),
    N_("Save the file again with the encoding UTF-8."),
)
CONTROL_IN_YAML = _error(
    "004",
    N_("There is an invisible character here that YAML does not allow: {character}."),
    N_("Delete the character; typing the line anew is the surest way."),
)
TOO_BIG = _error(
    "005",
    N_("The file has {size} bytes; the limit is {limit}."),
    N_("Check that this is the right file, or divide it."),
)
EMPTY_FILE = _error(
    "006",
    N_("The file is empty."),
    N_("Write at least the required fields: {fields}."),
)
UNREADABLE = _error(
    "007",
    N_("The file cannot be read: {reason}."),
    N_("Check that it is a file, and that you may read it."),
)

# The grammar of YAML.

YAML_SYNTAX = _error(
    "010",
    N_("The YAML cannot be understood at this place ({reason})."),
    N_("Compare this line and the one above it with the examples of the guide."),
)
YAML_COLON = _error(
    "011",
    N_(
        "The text of «{key}» contains a colon followed by a space, and so YAML takes it for "
        "another field."
    ),
    N_('Put the whole text in quotation marks: {key}: "…".'),
)
YAML_NO_SPACE = _error(
    "012",
    N_("There is no space after the colon of «{key}»."),
    N_("Write a space after the colon: {key}: …"),
)
YAML_INDENTATION = _error(
    "013",
    N_("This line is indented differently from the lines it belongs with."),
    N_(
        "Fields of the same level start in the same column; what belongs to a field is two "
        "spaces further in."
    ),
)
YAML_TAB = _error(
    "014",
    N_("A tab stands where YAML wants spaces (lines with tabs: {lines})."),
    N_("Replace each tab by two spaces."),
)
YAML_OPEN_QUOTE = _error(
    "015",
    N_("The quotation mark {mark} that opens here is never closed."),
    N_("Close the quotation mark at the end of the text."),
)
YAML_AFTER_QUOTE = _error(
    "016",
    N_("After the closing quotation mark {mark} there is more text."),
    N_(
        'Put the whole text between double quotation marks ("…"); inside it use «…» and the '
        "apostrophe as usual."
    ),
)
YAML_OPEN_BRACKET = _error(
    "017",
    N_("The bracket {mark} that opens here is not closed, or a comma is missing inside it."),
    N_("Close the bracket; if it belongs to the text, put the whole text in quotation marks."),
)
YAML_SPECIAL = _error(
    "018",
    N_("A text cannot start with the character {mark}, which has a meaning of its own in YAML."),
    N_('Put the whole text in quotation marks: "{mark}…".'),
)
YAML_NO_KEY = _error(
    "019",
    N_("This line is neither a field («name: text») nor an entry of a list («- text»)."),
    N_(
        "Write the name of the field and a colon before it; if the line continues the text "
        "above, indent it."
    ),
)
YAML_ESCAPE = _error(
    "020",
    N_(
        "Inside double quotation marks the backslash \\ has a meaning of its own, and here it "
        "cannot be understood."
    ),
    N_("Write the backslash twice (\\\\), or use single quotation marks."),
)
YAML_TWO_DOCUMENTS = _error(
    "021",
    N_("A line «---» or «...» starts a second document in the same file."),
    N_("Delete the line: the file holds one document alone."),
)
YAML_TAG = _error(
    "022",
    N_("Tags such as {tag} are not allowed here."),
    N_("Delete the tag; if the text starts with an exclamation mark, put it in quotation marks."),
)
YAML_ALIAS = _error(
    "023",
    N_("The alias *{name} points to nothing that was defined before it."),
    N_("Write the text itself; if the text starts with an asterisk, put it in quotation marks."),
)
YAML_EXPANSION = _error(
    "024",
    N_("The file holds more than {limit} values once its aliases are written out."),
    N_("Write fewer values, without aliases that repeat one another."),
)
YAML_DEPTH = _error(
    "025",
    N_("The values are nested more than {limit} levels deep."),
    N_("Use the fields that the guide describes; none of them lies so deep."),
)
DUPLICATE_KEY = _error(
    "026",
    N_("The field «{key}» is written twice: the first time at line {first}."),
    N_("Keep one of the two."),
)
NOT_A_MAPPING = _error(
    "027",
    N_("There are no fields here, but a list or a plain text."),
    N_("Write one field per line: «name: text»."),
)
KEY_NOT_TEXT = _error(
    "028",
    N_("The name of a field cannot be a list or a group of fields."),
    N_(
        "Write a plain name followed by a colon; put a text that starts with a bracket in "
        "quotation marks."
    ),
)
YAML_STRANGE_SPACE = _error(
    "029",
    N_("The line is indented with {character} instead of plain spaces."),
    N_("Delete the blanks at the start of the line and type plain spaces."),
)

# Fields and their values.

UNKNOWN_KEY_NEAR = _error(
    "030",
    N_("The field «{key}» is not known; the nearest one is «{nearest}»."),
    N_("Correct the name to «{nearest}», or delete the field."),
)
UNKNOWN_KEY = _error(
    "031",
    N_("The field «{key}» is not known."),
    N_("Delete it, or use one of these: {known}."),
)
MISPLACED_KEY = _error(
    "032",
    N_("The field «{key}» does not belong here, but in «{home}»."),
    N_("Move it there."),
)
KEY_OF_OTHER_KIND = _error(
    "033",
    N_("Chapters of the kind «{kind}» have no field «{key}»; those of the kind {kinds} do."),
    N_("Correct the field «kind», or delete this field."),
)
MISSING = _error(
    "034",
    N_("The required field «{key}» is missing."),
    N_("Add it, for example: {example}"),
)
EMPTY_VALUE = _error(
    "035",
    N_("«{key}» has no content."),
    N_("Write it, for example: {example}"),
)
NOT_TEXT = _error(
    "036",
    N_("«{key}» must be a text, and here is a list or a group of fields."),
    N_(
        "Write the text after the colon, on one line; if it holds a colon, put it in quotation "
        "marks."
    ),
)
NOT_A_LIST = _error(
    "037",
    N_("«{key}» must be a list."),
    N_("Write each entry on a line of its own, indented, after a hyphen and a space: «- …»."),
)
NOT_A_GROUP = _error(
    "038",
    N_("«{key}» must be a group of fields."),
    N_("Write its fields below it, indented by two spaces: {known}."),
)
NOT_A_NUMBER = _error(
    "039",
    N_("«{key}» must be a number, and here is «{value}»."),
    N_("Write digits alone."),
)
NOT_TRUE_FALSE = _error(
    "040",
    N_("«{key}» is either true or false, and here is «{value}»."),
    N_("Write true or false."),
)
BAD_CHOICE_NEAR = _error(
    "041",
    N_("«{value}» is not allowed for «{key}»; the nearest is «{nearest}»."),
    N_("Choose one of these: {allowed}."),
)
BAD_CHOICE = _error(
    "042",
    N_("«{value}» is not allowed for «{key}»."),
    N_("Choose one of these: {allowed}."),
)
EMPTY_LIST = _error(
    "043",
    N_("«{key}» is an empty list."),
    N_("Write at least one entry."),
)
OUT_OF_RANGE = _error(
    "044",
    N_("The number {value} is out of range for «{key}»."),
    N_("Write a number {relation} {limit}."),
)
BAD_PATTERN = _error(
    "045",
    N_("«{value}» does not have the form that «{key}» needs."),
    N_("Write it in the form {pattern}"),
)
BAD_VALUE = _error(
    "046",
    N_("«{key}» cannot be «{value}» ({reason})."),
    N_("Correct it as the guide describes."),
)
BAD_ISBN_CHECK = _error(
    "050",
    N_(
        "The ISBN {value} is wrong: after these twelve digits the check digit is {right}, "
        "not {wrong}."
    ),
    N_(
        "Compare all the digits with the agency's letter; if the first twelve are right, "
        "write {isbn}."
    ),
)
BAD_ISBN_TEN = _error(
    "051",
    N_("{value} is an ISBN of ten digits; since 2007 an ISBN has thirteen."),
    N_("Write {isbn}."),
)
BAD_ISBN = _error(
    "052",
    N_("«{value}» is not an ISBN: it has {count} digits."),
    N_("Write the thirteen digits of the ISBN, starting with 978 or 979."),
)
BAD_CUP_LENGTH = _error(
    "053",
    N_("The CUP «{value}» has {count} characters instead of 15."),
    N_("Write a letter, two digits, a letter and eleven digits, without spaces: E89F18000510007."),
)
BAD_CUP = _error(
    "054",
    N_("In the CUP «{value}» the character «{character}» at place {position} is wrong."),
    N_("Write a capital letter, two digits, a capital letter and eleven digits: E89F18000510007."),
)
BAD_DATE_GUESS = _error(
    "055",
    N_("The date «{value}» is not written as year-month-day."),
    N_("Write {guess}."),
)
BAD_DATE = _error(
    "056",
    N_("«{value}» is not a date."),
    N_("Write year, month and day with hyphens, for example 2021-03-25."),
)
NO_SUCH_DAY = _error(
    "057",
    N_("The day {value} is not in the calendar."),
    N_("Correct month and day."),
)
BAD_MEETING_DATE = _error(
    "058",
    N_("«{value}» is not a meeting's date."),
    N_(
        "Write 2021-03-25; XXXX-03-25 when the year is not known; «da definire» when the date "
        "is not decided."
    ),
)
BAD_TIME = _error(
    "059",
    N_("«{value}» is not a time of the day."),
    N_("Write hours and minutes, for example 9:30 or 14.00."),
)
BAD_LANGUAGE = _error(
    "060",
    N_("«{value}» is not the code of a language."),
    N_("Write two small letters, for example it or en; with a country if needed: en-GB."),
)
BAD_VERSION = _error(
    "061",
    N_("«{value}» is not a version number."),
    N_("Write three numbers with full stops, for example 1.0.0."),
)
BAD_ADDRESS = _error(
    "062",
    N_("«{value}» is not a web address."),
    N_("Write the whole address, with https:// at the start."),
)
BAD_THEMA = _error(
    "063",
    N_("«{value}» is not a Thema code."),
    N_(
        "Write capital letters as in the Thema list, for example JKS; plain words go into keywords."
    ),
)
BAD_COLOUR = _error(
    "064",
    N_("«{value}» is not a colour."),
    N_("Write # and six hexadecimal digits, for example #1A3C6E."),
)


def _edition(number: str, problem: str, remedy: str, severity: Severity = Severity.ERROR) -> Code:
    return define(f"E{number}", severity, problem, remedy)


# Chapters.

NO_FRONT_MATTER = _edition(
    "100",
    N_("The chapter does not start with its front matter."),
    N_("Write at the start of the file a line «---», then title: …, then a line «---»."),
)
FRONT_MATTER_OPEN = _edition(
    "101",
    N_("The front matter that starts here with «---» is never closed."),
    N_("Write a line «---» after its last field."),
)
EMPTY_CHAPTER = _edition(
    "102",
    N_("The chapter is empty: after the front matter there are no words."),
    N_("Write the text of the chapter, or take the file out of the contents."),
)
CONTROL_IN_BODY = _edition(
    "103",
    N_(
        "The text contains {count} time(s) the invisible character {character}, here for the "
        "first time; it is left out."
    ),
    N_("Delete it from the source when you next edit the file."),
    Severity.HINT,
)
MEETING_UNKNOWN = _edition(
    "104",
    N_("The laboratory has no meeting number {number}."),
    N_("Use one of the numbers in edition.yaml: {known}."),
)
MEETING_WITHOUT_LABORATORY = _edition(
    "105",
    N_(
        "The chapter speaks of meeting number {number}, but edition.yaml describes no "
        "laboratory with numbered meetings."
    ),
    N_("Describe the meetings under «laboratory» in edition.yaml, or delete this field."),
)

# The edition.

NO_EDITION_FILE = _edition(
    "110",
    N_("The folder has no edition.yaml."),
    N_("Write it, or move the folder elsewhere: each folder under chapters/ is a book."),
)
NO_EDITION_FOLDER = _edition(
    "111",
    N_("There is no edition «{name}»."),
    N_("These are there: {known}."),
)
BAD_EDITION_NAME = _edition(
    "112",
    N_("«{name}» cannot be the name of an edition's folder."),
    N_("Use small letters without accents, digits and hyphens, for example reti-locali."),
)
NO_CONTENTS = _edition(
    "113",
    N_("The contents name no chapter."),
    N_("Write the chapters' file names under contents: in chapters, or in parts."),
)
CHAPTER_TWICE = _edition(
    "114",
    N_("The chapter «{name}» is named twice: the first time at line {first}."),
    N_("Keep one of the two lines."),
)
CHAPTER_ORPHAN = _edition(
    "115",
    N_("No line of the contents names this chapter, so the book does not have it."),
    N_("Name it under contents in edition.yaml, or move the file out of the folder."),
    Severity.WARNING,
)
CHAPTER_MISSING_NEAR = _edition(
    "116",
    N_("The file «{name}» is not in the folder; the nearest name there is «{nearest}»."),
    N_("Write «{nearest}» if that is the chapter, or add the file."),
)
CHAPTER_MISSING = _edition(
    "117",
    N_("The file «{name}» is not in the folder."),
    N_("Add the file, or delete this line."),
)
CHAPTER_OUTSIDE = _edition(
    "118",
    N_("«{name}» leads out of the edition's folder."),
    N_("Copy the chapter into the folder and write its file name alone."),
)
CHAPTER_NOT_A_NAME = _edition(
    "119",
    N_("«{name}» is not the name of a chapter file."),
    N_("Write the name of a file of this folder that ends in .md, without folders."),
)
SLUGS_COLLIDE = _edition(
    "120",
    N_(
        "The file names «{name}» and «{other}» (line {first}) become the same address "
        "«{slug}» in the book."
    ),
    N_("Rename one of the two files so that letters or digits differ."),
)
PROGRAMME_WITHOUT_LABORATORY = _edition(
    "121",
    N_("The contents ask for «{name}», but there is no laboratory to make it from."),
    N_("Describe the meetings under «laboratory», or delete this line."),
)
MEETING_TWICE = _edition(
    "122",
    N_("Two meetings have the number {number}: the first is at line {first}."),
    N_("Give each meeting a number of its own."),
)
MEETING_ENDS_EARLY = _edition(
    "123",
    N_("The meeting ends at {end}, which is not after its start at {start}."),
    N_("Correct one of the two times."),
)
ISBN_TWICE = _edition(
    "124",
    N_("The formats «{first}» and «{second}» have the same ISBN."),
    N_("Give each format an ISBN of its own, or delete the one that is not assigned."),
)
UNKNOWN_LICENCE_NEAR = _edition(
    "125",
    N_("The licence «{value}» is not known; the nearest is «{nearest}»."),
    N_("Choose one of these: {allowed}."),
)
UNKNOWN_LICENCE = _edition(
    "126",
    N_("The licence «{value}» is not known."),
    N_("Choose one of these: {allowed}."),
)
UNKNOWN_BRAND = _edition(
    "127",
    N_("There is no brand «{value}» in assets/brands."),
    N_("Choose one of these: {allowed}."),
)
UNKNOWN_GROUND = _edition(
    "128",
    N_("The brand has no cover ground «{value}»."),
    N_("Choose one of these: {allowed}."),
)
UNKNOWN_PROGRAMME = _edition(
    "129",
    N_("There is no programme «{value}» in assets/programmes."),
    N_("Choose one of these: {allowed}."),
)
PROGRAMME_TWICE = _edition(
    "130",
    N_("The programme «{value}» is named twice."),
    N_("Keep one of the two."),
)

# Brand and programme files.

PROGRAMME_ID = define(
    "B090",
    Severity.ERROR,
    N_("The programme calls itself «{value}», but its file is {name}.yaml."),
    N_("Write id: {name}, or rename the file."),
)
NOT_IN_BRAND = define(
    "B091",
    Severity.ERROR,
    N_("«{key}» is «{value}», which the brand does not define under «{table}»."),
    N_("Choose one of these: {allowed}."),
)
