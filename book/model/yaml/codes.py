"""Finding codes for the bytes and the grammar of a YAML file, whatever its fields."""

from __future__ import annotations

from book.messages import N_
from book.model.yaml.code_twins import error

# The file and its bytes.

NOT_UTF8_GUESS = error(
    "001",
    N_(
        "The file is not written in UTF-8: byte {byte} (number {offset} of the file) cannot be "
        "read; it looks like {guess}."
    ),
    N_("Save the file again with the encoding UTF-8."),
)
NOT_UTF8 = error(
    "002",
    N_("The file is not valid UTF-8: byte {byte} (number {offset} of the file) cannot be read."),
    N_("Save the file again with the encoding UTF-8, and check the character at this place."),
)
UTF16 = error(
    "003",
    N_("The file is written in {guess}, not in UTF-8 (its first bytes are {bytes})."),
    N_("Save the file again with the encoding UTF-8."),
)
CONTROL_IN_YAML = error(
    "004",
    N_("There is an invisible character here that YAML does not allow: {character}."),
    N_("Delete the character; typing the line anew is the surest way."),
)
TOO_BIG = error(
    "005",
    N_("The file has {size} bytes; the limit is {limit}."),
    N_("Check that this is the right file, or divide it."),
)
EMPTY_FILE = error(
    "006",
    N_("The file is empty."),
    N_("Write at least the required fields: {fields}."),
)
UNREADABLE = error(
    "007",
    N_("The file cannot be read: {reason}."),
    N_("Check that it is a file, and that you may read it."),
)

# The grammar of YAML.

YAML_SYNTAX = error(
    "010",
    N_("The YAML cannot be understood at this place ({reason})."),
    N_("Compare this line and the one above it with the examples of the guide."),
)
YAML_COLON = error(
    "011",
    N_(
        "The text of «{key}» contains a colon followed by a space, and so YAML takes it for "
        "another field."
    ),
    N_('Put the whole text in quotation marks: {key}: "…".'),
)
YAML_NO_SPACE = error(
    "012",
    N_("There is no space after the colon of «{key}»."),
    N_("Write a space after the colon: {key}: …"),
)
YAML_INDENTATION = error(
    "013",
    N_("This line is indented differently from the lines it belongs with."),
    N_(
        "Fields of the same level start in the same column; what belongs to a field is two "
        "spaces further in."
    ),
)
YAML_TAB = error(
    "014",
    N_("A tab stands where YAML wants spaces (lines with tabs: {lines})."),
    N_("Replace each tab by two spaces."),
)
YAML_OPEN_QUOTE = error(
    "015",
    N_("The quotation mark {mark} that opens here is never closed."),
    N_("Close the quotation mark at the end of the text."),
)
YAML_AFTER_QUOTE = error(
    "016",
    N_("After the closing quotation mark {mark} there is more text."),
    N_(
        'Put the whole text between double quotation marks ("…"); inside it use «…» and the '
        "apostrophe as usual."
    ),
)
YAML_OPEN_BRACKET = error(
    "017",
    N_("The bracket {mark} that opens here is not closed, or a comma is missing inside it."),
    N_("Close the bracket; if it belongs to the text, put the whole text in quotation marks."),
)
YAML_SPECIAL = error(
    "018",
    N_("A text cannot start with the character {mark}, which has a meaning of its own in YAML."),
    N_('Put the whole text in quotation marks: "{mark}…".'),
)
YAML_NO_KEY = error(
    "019",
    N_("This line is neither a field («name: text») nor an entry of a list («- text»)."),
    N_(
        "Write the name of the field and a colon before it; if the line continues the text "
        "above, indent it."
    ),
)
YAML_ESCAPE = error(
    "020",
    N_(
        "Inside double quotation marks the backslash \\ has a meaning of its own, and here it "
        "cannot be understood."
    ),
    N_("Write the backslash twice (\\\\), or use single quotation marks."),
)
YAML_TWO_DOCUMENTS = error(
    "021",
    N_("A line «---» or «...» starts a second document in the same file."),
    N_("Delete the line: the file holds one document alone."),
)
YAML_TAG = error(
    "022",
    N_("Tags such as {tag} are not allowed here."),
    N_("Delete the tag; if the text starts with an exclamation mark, put it in quotation marks."),
)
YAML_ALIAS = error(
    "023",
    N_("The alias *{name} points to nothing that was defined before it."),
    N_("Write the text itself; if the text starts with an asterisk, put it in quotation marks."),
)
YAML_EXPANSION = error(
    "024",
    N_("The file holds more than {limit} values, those counted that its aliases repeat."),
    N_("Write fewer values, and no aliases that repeat one another."),
)
YAML_DEPTH = error(
    "025",
    N_("The values are nested more than {limit} levels deep."),
    N_("Use the fields that the guide describes; none of them lies so deep."),
)
DUPLICATE_KEY = error(
    "026",
    N_("The field «{key}» is written twice: the first time at line {first}."),
    N_("Keep one of the two."),
)
NOT_A_MAPPING = error(
    "027",
    N_("There are no fields here, but a list or a plain text."),
    N_("Write one field per line: «name: text»."),
)
KEY_NOT_TEXT = error(
    "028",
    N_("The name of a field cannot be a list or a group of fields."),
    N_(
        "Write a plain name followed by a colon; put a text that starts with a bracket in "
        "quotation marks."
    ),
)
YAML_STRANGE_SPACE = error(
    "029",
    N_("The line is indented with {character} instead of plain spaces."),
    N_("Delete the blanks at the start of the line and type plain spaces."),
)
