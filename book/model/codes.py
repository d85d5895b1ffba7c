"""Finding codes for chapters, editions, brands, programmes and the registry of projects.

The codes for mistakes that any YAML file can hold are in :mod:`book.model.yaml.codes` and
:mod:`book.model.yaml.field_codes`.
"""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_


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
DECEPTIVE_IN_BODY = _edition(
    "106",
    N_("This line holds {character}, which makes it read otherwise than it is; it is left out."),
    N_("Delete the character, and ask whoever sent the text how it came there."),
    Severity.WARNING,
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
UNKNOWN_FORMAT = _edition(
    "131",
    N_("The brand has no page format «{value}»."),
    N_("Choose one of these: {allowed}."),
)
COVER_PICTURE_MISSING = _edition(
    "132",
    N_("The cover's picture «{value}» is not in the edition's folder."),
    N_("Copy it into the folder, or correct its name."),
)
COVER_PICTURE_UNREADABLE = _edition(
    "133",
    N_("The cover's picture «{value}» cannot be read as a JPEG or PNG."),
    N_("Save it as JPEG or PNG."),
)
COVER_PICTURE_COARSE = _edition(
    "134",
    N_(
        "The cover's picture «{value}» has {width} × {height} pixels: {dpi} to the inch at the "
        "size of the cover, and print needs {least}."
    ),
    N_("Use a picture of at least {needed_width} × {needed_height} pixels."),
    Severity.WARNING,
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
MISSING_COLOUR = define(
    "B092",
    Severity.ERROR,
    N_("The brand lacks colours: {roles}."),
    N_("Add each under «colours», as # and six hexadecimal digits."),
)
LOW_CONTRAST = define(
    "B093",
    Severity.WARNING,
    N_(
        "Text in «{text}» ({text_colour}) on «{ground}» ({ground_colour}) has a contrast of "
        "{ratio}:1, and needs {least}:1 to be read."
    ),
    N_("Make one of the two darker or lighter."),
)
LOGO_MISSING = define(
    "B094",
    Severity.ERROR,
    N_("The logo «{value}» is not in the brand's folder."),
    N_("Add the file, or delete «logo»: the publisher's name then stands in type."),
)
LOGO_TOO_SMALL = define(
    "B095",
    Severity.WARNING,
    N_("The logo is {height} mm high, less than the {least} mm that it needs."),
    N_("Raise «height», or correct «min_height»."),
)

# The registry of projects.

SAME_CUP = define(
    "B080",
    Severity.ERROR,
    N_("The CUP {cup} is already that of {other}."),
    N_("Correct the CUP of one of the two projects: each has its own."),
)
PROJECT_PROGRAMME_UNKNOWN = define(
    "B081",
    Severity.ERROR,
    N_("There is no programme «{value}» in assets/programmes."),
    N_("Choose one of these: {allowed}."),
)
