"""The codes of findings on co-financing, one for each rule.

N001 to N024 belong to the rules EU-01 to EU-24 on the notice (``assets/rules/visibility.yaml``),
N101 to N104 to the rules SRC-01 to SRC-04 on the sources (``assets/rules/sources.yaml``). Those
files give the source and the thresholds of each rule. A broken rule that a regulation or the funder
demands is a warning: the book is built, but cannot be released. The others are hints.
"""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_

CODES: dict[str, Code] = {}
"""The code of each rule on the notice, by the rule's id."""


def _rule(number: int, problem: str, remedy: str, severity: Severity = Severity.WARNING) -> Code:
    code = define(f"N{number:03}", severity, problem, remedy)
    CODES[f"EU-{number:02}"] = code
    return code


_rule(
    1,
    N_("Notice ({where}): the statement is not the one of the AMIF: {measured}."),
    N_("Write it word for word: {threshold}."),
)
_rule(
    2,
    N_("Notice ({where}): what the ESF 2014-2020 demands is not complete: {measured}."),
    N_("Show together {threshold}."),
)
_rule(
    3,
    N_("Notice ({where}): the statement of 2021-2027 is not there in full: {measured}."),
    N_("Write {threshold}, and show the emblem beside it."),
)
_rule(
    4,
    N_("Notice ({where}): the name of the Union is abbreviated: {measured}."),
    N_("Write «Unione europea» («European Union») in full."),
)
_rule(
    5,
    N_("Notice ({where}): the statement is set in {measured}, which is not admitted."),
    N_("Set it in one of these typefaces: {threshold}."),
)
_rule(
    6,
    N_("Notice ({where}): the statement is set with {measured}."),
    N_("Set it upright, without underline and without effects."),
)
_rule(
    7,
    N_("Notice ({where}): the statement has the colour {measured}."),
    N_("Give it Reflex Blue, black or white: {threshold}."),
)
_rule(
    8,
    N_("Notice ({where}): statement and emblem do not stand together as they must: {measured}."),
    N_("Put the statement beside the emblem, clear of it and in proportion: {threshold}."),
)
_rule(
    9,
    N_("Notice ({where}): a logo is larger than the emblem: {measured}."),
    N_("Make the logo no larger than the emblem, in height or in width: {threshold}."),
)
_rule(
    10,
    N_("Notice ({where}): the emblem is modified, merged or not alone: {measured}."),
    N_("Show the emblem by itself, as its file draws it: {threshold}."),
)
_rule(
    11,
    N_("Notice ({where}): the emblem is not in colour: {measured}."),
    N_("Show the emblem in blue and yellow."),
)
_rule(
    12,
    N_("Notice ({where}): it is not clearly visible: {measured}."),
    N_("Bring the notice into view: {threshold}."),
)
_rule(
    13,
    N_("Notice ({where}): the emblem is too small: {measured}."),
    N_("Show it at least at this height: {threshold} (a figure to confirm with the Authority)."),
    Severity.HINT,
)
_rule(
    14,
    N_("Notice ({where}): the emblem's proportions are off: {measured}."),
    N_("Show the emblem three parts wide and two high: {threshold}."),
)
_rule(
    15,
    N_("Notice ({where}): the circle of stars is not the emblem's: {measured}."),
    N_("Use the official drawing: {threshold}."),
)
_rule(
    16,
    N_("Notice ({where}): the stars are not the emblem's: {measured}."),
    N_("Use the official drawing: {threshold}."),
)
_rule(
    17,
    N_("Notice ({where}): the stars do not stand on the hours of a clock: {measured}."),
    N_("Use the official drawing: {threshold}."),
    Severity.HINT,
)
_rule(
    18,
    N_("Notice ({where}): the emblem's blue is not Reflex Blue: {measured}."),
    N_("Use the blue of the emblem: {threshold}."),
)
_rule(
    19,
    N_("Notice ({where}): the stars' yellow is not the emblem's: {measured}."),
    N_("Use the yellow of the emblem: {threshold}."),
)
_rule(
    20,
    N_("Notice ({where}): on a coloured ground the emblem has no white border: {measured}."),
    N_("Use the form with the border, or a white ground: {threshold}."),
)
_rule(
    21,
    N_("Notice ({where}): what the AMIF demands is not complete: {measured}."),
    N_("Show together {threshold}."),
)
_rule(
    22,
    N_("Notice ({where}): the approval of emblem and logo is not on record: {measured}."),
    N_("Ask for it in writing before publication, and record it: {threshold}."),
)
_rule(
    23,
    N_("Notice ({where}): the project's CUP is not there: {measured}."),
    N_("Cite it near the statement and in the colophon: {threshold}."),
)
_rule(
    24,
    N_("Notice ({where}): the disclaimer is not there in full: {measured}."),
    N_("Ask the Authority whether it is demanded, and write it as it stands: {threshold}."),
    Severity.HINT,
)

SOURCE_CODES: dict[str, Code] = {
    "SRC-01": define(
        "N101",
        Severity.WARNING,
        N_("The CUP is not the project's: {measured}."),
        N_("Write the project's own: {threshold}; or correct assets/projects."),
    ),
    "SRC-02": define(
        "N102",
        Severity.WARNING,
        N_("The project is not of this programme: {measured}."),
        N_("Write the project's programme: {threshold}; or correct assets/projects."),
    ),
    "SRC-03": define(
        "N103",
        Severity.WARNING,
        N_("The edition's date lies outside the programme's years: {measured}."),
        N_("Give the edition a date within them, {threshold}, or ask the Authority."),
    ),
    "SRC-04": define(
        "N104",
        Severity.WARNING,
        N_("The project lacks what the programme demands: {measured}."),
        N_("Write under «project» in edition.yaml: {threshold}."),
    ),
}
"""The code of each rule on the sources, by the rule's id."""
