"""What sources can have wrong about the co-financing: N101 to N104 are rules SRC-01 to SRC-04."""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_

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
"""The kind of finding of each rule, by the rule's id."""
