"""What can be wrong with the registry of projects, beyond what any YAML can have wrong."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

SAME_CUP = define(
    "B080",
    Severity.ERROR,
    N_("The CUP {cup} is already that of {other}."),
    N_("Correct the CUP of one of the two projects: each has its own."),
)
UNKNOWN_PROGRAMME = define(
    "B081",
    Severity.ERROR,
    N_("There is no programme «{value}» in assets/programmes."),
    N_("Choose one of these: {allowed}."),
)
