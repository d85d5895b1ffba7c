"""Finding codes for single fields of a YAML file: their names and their values."""

from __future__ import annotations

from book.messages import N_
from book.model.yaml.code_twins import error

UNKNOWN_KEY_NEAR = error(
    "030",
    N_("The field «{key}» is not known; the nearest one is «{nearest}»."),
    N_("Correct the name to «{nearest}», or delete the field."),
)
UNKNOWN_KEY = error(
    "031",
    N_("The field «{key}» is not known."),
    N_("Delete it, or use one of these: {known}."),
)
MISPLACED_KEY = error(
    "032",
    N_("The field «{key}» does not belong here, but in «{home}»."),
    N_("Move it there."),
)
KEY_OF_OTHER_KIND = error(
    "033",
    N_("Chapters of the kind «{kind}» have no field «{key}»; those of the kind {kinds} do."),
    N_("Correct the field «kind», or delete this field."),
)
MISSING = error(
    "034",
    N_("The required field «{key}» is missing."),
    N_("Add it, for example: {example}"),
)
EMPTY_VALUE = error(
    "035",
    N_("«{key}» has no content."),
    N_("Write it, for example: {example}"),
)
NOT_TEXT = error(
    "036",
    N_("«{key}» must be a text, and here is a list or a group of fields."),
    N_(
        "Write the text after the colon, on one line; if it holds a colon, put it in quotation "
        "marks."
    ),
)
NOT_A_LIST = error(
    "037",
    N_("«{key}» must be a list."),
    N_("Write each entry on a line of its own, indented, after a hyphen and a space: «- …»."),
)
NOT_A_GROUP = error(
    "038",
    N_("«{key}» must be a group of fields."),
    N_("Write its fields below it, indented by two spaces: {known}."),
)
NOT_A_NUMBER = error(
    "039",
    N_("«{key}» must be a number, and here is «{value}»."),
    N_("Write digits alone."),
)
NOT_TRUE_FALSE = error(
    "040",
    N_("«{key}» is either true or false, and here is «{value}»."),
    N_("Write true or false."),
)
BAD_CHOICE_NEAR = error(
    "041",
    N_("«{value}» is not allowed for «{key}»; the nearest is «{nearest}»."),
    N_("Choose one of these: {allowed}."),
)
BAD_CHOICE = error(
    "042",
    N_("«{value}» is not allowed for «{key}»."),
    N_("Choose one of these: {allowed}."),
)
EMPTY_LIST = error(
    "043",
    N_("«{key}» is an empty list."),
    N_("Write at least one entry."),
)
OUT_OF_RANGE = error(
    "044",
    N_("The number {value} is out of range for «{key}»."),
    N_("Write a number {relation} {limit}."),
)
BAD_PATTERN = error(
    "045",
    N_("«{value}» does not have the form that «{key}» needs."),
    N_("Write it in the form {pattern}"),
)
BAD_VALUE = error(
    "046",
    N_("«{key}» cannot be «{value}» ({reason})."),
    N_("Correct it as the guide describes."),
)
BAD_ISBN_CHECK = error(
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
BAD_ISBN_TEN = error(
    "051",
    N_("{value} is an ISBN of ten digits; since 2007 an ISBN has thirteen."),
    N_("Write {isbn}."),
)
BAD_ISBN = error(
    "052",
    N_("«{value}» is not an ISBN: it has {count} digits."),
    N_("Write the thirteen digits of the ISBN, starting with 978 or 979."),
)
BAD_CUP_LENGTH = error(
    "053",
    N_("The CUP «{value}» has {count} characters instead of 15."),
    N_("Write a letter, two digits, a letter and eleven digits, without spaces: E89F18000510007."),
)
BAD_CUP = error(
    "054",
    N_("In the CUP «{value}» the character «{character}» at place {position} is wrong."),
    N_("Write a capital letter, two digits, a capital letter and eleven digits: E89F18000510007."),
)
BAD_DATE_GUESS = error(
    "055",
    N_("The date «{value}» is not written as year-month-day."),
    N_("Write {guess}."),
)
BAD_DATE = error(
    "056",
    N_("«{value}» is not a date."),
    N_("Write year, month and day with hyphens, for example 2021-03-25."),
)
NO_SUCH_DAY = error(
    "057",
    N_("The day {value} is not in the calendar."),
    N_("Correct month and day."),
)
BAD_MEETING_DATE = error(
    "058",
    N_("«{value}» is not a meeting's date."),
    N_(
        "Write 2021-03-25; XXXX-03-25 when the year is not known; «da definire» when the date "
        "is not decided."
    ),
)
BAD_TIME = error(
    "059",
    N_("«{value}» is not a time of the day."),
    N_("Write hours and minutes, for example 9:30 or 14.00."),
)
BAD_LANGUAGE = error(
    "060",
    N_("«{value}» is not the code of a language."),
    N_("Write two small letters, for example it or en; with a country if needed: en-GB."),
)
BAD_VERSION = error(
    "061",
    N_("«{value}» is not a version number."),
    N_("Write three numbers with full stops, for example 1.0.0."),
)
BAD_ADDRESS = error(
    "062",
    N_("«{value}» is not a web address."),
    N_("Write the whole address, with https:// at the start."),
)
BAD_THEMA = error(
    "063",
    N_("«{value}» is not a Thema code."),
    N_(
        "Write capital letters as in the Thema list, for example JKS; plain words go into keywords."
    ),
)
BAD_COLOUR = error(
    "064",
    N_("«{value}» is not a colour."),
    N_("Write # and six hexadecimal digits, for example #1A3C6E."),
)
