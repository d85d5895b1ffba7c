"""Finding codes of the EPUB (family ``U``)."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

DEAD_LINK = define(
    "U001",
    Severity.ERROR,
    N_("the link to «{target}» leads to no document of the EPUB"),
    N_("link to a chapter or a section that the EPUB holds"),
)
UNREADABLE_PICTURE = define(
    "U002",
    Severity.ERROR,
    N_("the picture {path} cannot be put into the EPUB: {reason}"),
    N_("check that the file is there and can be read"),
)
FOREIGN_PICTURE = define(
    "U003",
    Severity.ERROR,
    N_("the picture {path} is of a kind that reading systems need not show"),
    N_("save it as JPEG, PNG, GIF, WebP or SVG"),
)
BROKEN_STYLE = define(
    "U004",
    Severity.ERROR,
    N_("the brand's EPUB style sheet cannot be made: {reason}"),
    N_("mend epub.css.j2 in the brand's folder"),
)
UNREADABLE_FONT = define(
    "U005",
    Severity.ERROR,
    N_("the font {path} cannot be put into the EPUB: {reason}"),
    N_("check the fonts of brand.yaml and the files in assets/fonts"),
)

# Claims of accessibility that the EPUB does not make, and why.
PICTURES_UNDESCRIBED = define(
    "U030",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: pictures without an alternative text: {count}"),
    N_("describe every picture, or mark as {{.decorative}} what says nothing"),
)
TABLES_UNHEADED = define(
    "U031",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: tables without header cells: {count}"),
    N_("give every table a header row, or {{.row-headers}} where the first column heads the rows"),
)
HEADINGS_SKIP = define(
    "U032",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: the heading «{detail}» is not of the next level"),
    N_("begin every document with a first-level heading and go down one by one"),
)
LANGUAGE_UNKNOWN = define(
    "U033",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: «{detail}» is not a language code"),
    N_("write a BCP 47 code, for example lang=en or lang=fr"),
)
NAMELESS = define(
    "U034",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: «{detail}» has no title or name"),
    N_("give every document a title and every link a text"),
)
REFERENCE_LOST = define(
    "U035",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: «{detail}» is named and is not in the document"),
    N_("name an id that is there; if a template names it, tell whoever maintains it"),
)
NAVIGATION_INCOMPLETE = define(
    "U036",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: contents or page list do not lead to «{detail}»"),
    N_("tell whoever maintains the pipeline"),
)
FAINT_TEXT = define(
    "U037",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: a colour of text has a contrast of {detail}:1"),
    N_("use colours of 4.5:1 at least on white and on black, or set colour and ground together"),
)
STYLE_IN_THE_WAY = define(
    "U038",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: the style sheet says «{detail}»"),
    N_("use em and percentages, leave heights and the order of the text alone"),
)
NOT_STILL = define(
    "U039",
    Severity.HINT,
    N_("the EPUB does not claim {claims}: «{detail}» may sound, move or flash"),
    N_("use a still picture, and no animation in drawings and style sheets"),
)
