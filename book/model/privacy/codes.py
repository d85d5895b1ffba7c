"""Finding codes about consents, names and personal data in a text (family ``V``).

No message may hold a name, a number or an address that must not be published. Messages name
people by their pseudonyms (``shown``) and mask values (``masked``).
"""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

# People.

NO_CONSENT = define(
    "V001",
    WARNING,
    N_("no consent is recorded for the person named here, who appears as «{shown}»"),
    N_(
        "write consent: {{ebook: yes, date: …}}, or consent: {{public_source: …}} if a public "
        "document credits the name; for a body kind: organisation; for a role alone role: …"
    ),
)
CONSENT_UNDATED = define(
    "V002",
    WARNING,
    N_("the consent has no date, so it cannot be shown; the person appears as «{shown}»"),
    N_("write date: YYYY-MM-DD beside it"),
)
WITHHELD = define(
    "V003",
    HINT,
    N_("the consent says no or is withdrawn; the person appears as «{shown}»"),
    N_("nothing to do"),
)
NAME_REPLACED = define(
    "V004",
    HINT,
    N_("the text names somebody who appears as «{shown}»; replaced {count} time(s) from here on"),
    N_("read whether the sentence still holds, and write the role in the source"),
)
PART_OF_NAME = define(
    "V005",
    WARNING,
    N_("a word here is first name or surname of the person who appears as «{shown}»"),
    N_(
        "write the role instead; if somebody or something else is meant, name the words under "
        "privacy: allowed in edition.yaml"
    ),
)
NAME_IN_FILE_NAME = define(
    "V006",
    ERROR,
    N_("the name of this file holds the name of the person who appears as «{shown}»"),
    N_("give the file another name, and correct contents, links and pictures that use it"),
)
NAME_IN_PICTURE = define(
    "V007",
    ERROR,
    N_("the file holds the name of the person who appears as «{shown}», perhaps in its metadata"),
    N_("save the picture without metadata, or take the name out of its text"),
)
UNKNOWN_PERSON = define(
    "V008",
    HINT,
    N_("no people file says who this is; shown as «{shown}»"),
    N_("add the person to people.yaml or people.private.yaml, or write the role here"),
)
PEOPLE_TWICE = define(
    "V009",
    WARNING,
    N_("the id «{id}» stands in two people files; {name} is the one that counts"),
    N_("keep it in one of them"),
)

# Personal data in a text.

PHONE = define(
    "V101",
    WARNING,
    N_("a telephone number: {masked}"),
    N_("delete it, or write whose office answers and allow it under privacy: allowed"),
)
EMAIL = define(
    "V102",
    WARNING,
    N_("an e-mail address: {masked}"),
    N_("delete it, or allow it (privacy: allowed) if it is an office's"),
)
TAX_CODE = define(
    "V103",
    WARNING,
    N_("a tax code (codice fiscale): {masked}"),
    N_("delete it"),
)
BANK_ACCOUNT = define(
    "V104",
    WARNING,
    N_("a bank account (IBAN): {masked}"),
    N_("delete it, or allow it (privacy: allowed) if it is a body's"),
)
VAT_NUMBER = define(
    "V105",
    WARNING,
    N_("a VAT number (partita IVA): {masked}"),
    N_("delete it, or allow it (privacy: allowed) if it is a body's"),
)
HOME_ADDRESS = define(
    "V106",
    WARNING,
    N_("the street address of a person, it seems: {masked}"),
    N_("delete it, or allow it (privacy: allowed) if it is an office's"),
)
NUMBER_PLATE = define(
    "V107",
    WARNING,
    N_("a car's number plate: {masked}"),
    N_("delete it"),
)
