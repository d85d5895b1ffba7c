"""Finding codes of the release (family ``R``): the reasons for which it is refused.

Errors and warnings of the book itself, which prevent a release, too, have codes of their own.
"""

from __future__ import annotations

from book.findings import Code, Severity, define
from book.messages import N_


def _refusal(number: str, problem: str, remedy: str, severity: Severity = Severity.ERROR) -> Code:
    return define(f"R{number}", severity, problem, remedy)


VERSION_NOT_HIGHER = _refusal(
    "001",
    N_("the version {version} is not higher than {last}, which has been released"),
    N_("write a higher version, for example {next}"),
)
DATE_EARLIER = _refusal(
    "002",
    N_("the date {date} is before {last_date}, the date of release {last}"),
    N_("write the date of this edition"),
)
ARTEFACT_CHANGED = _refusal(
    "003",
    N_("the file {name} is another than the one released as {version}, or is gone"),
    N_(
        "raise the version, for example to {next}: what has been published stays as it is; if only "
        "the file in the release's folder is damaged or lost, put the published one back"
    ),
)
SOURCE_CHANGED = _refusal(
    "004",
    N_("this file has changed since version {version} was released (tag {tag})"),
    N_("raise the version, for example to {next}: what has been published stays as it is"),
)
DRAFT = _refusal(
    "005",
    N_("the chapter «{title}» is a draft"),
    N_("finish it and write status: final, or take the chapter out of the contents"),
)
NOT_APPROVED = _refusal(
    "006",
    N_("who speaks in «{title}» is named and has not approved the text, as far as is recorded"),
    N_("have it read and approved, and write approved: with the date; or leave out the names"),
)
CHECK_FAILED = _refusal(
    "007",
    N_("{validator} does not pass {artefact} ({standard})"),
    N_("mend what ./inv validate {edition} says of it"),
)
CHECK_NOT_RUN = _refusal(
    "008",
    N_("{validator} was not run on {artefact} ({standard}): {reason}"),
    N_("get what is missing and run ./inv validate {edition}"),
)
NOTHING_CHECKED = _refusal(
    "009",
    N_("no validator has looked at the edition"),
    N_("run ./inv validate {edition} and see what it says"),
)
UNCOMMITTED = _refusal(
    "010",
    N_("the file is not committed as it is, so no commit would hold what is released"),
    N_("commit it (git add, git commit), or undo the change"),
)
CHANGED_MEANWHILE = _refusal(
    "011",
    N_("a source was changed while the edition was being built"),
    N_("run ./inv release {edition} again"),
)
FONT_UNLICENSED = _refusal(
    "012",
    N_("no licence is recorded for the typeface {family}, which the book holds"),
    N_("add the family with its licence to assets/fonts/fonts.yaml"),
)

# Hints: they do not prevent a release.

NO_GIT = _refusal(
    "020",
    N_("git knows nothing of this folder ({reason}): the manifest names no commit"),
    N_("nothing to do, if the sources are not kept in git"),
    Severity.HINT,
)
SHALLOW = _refusal(
    "022",
    N_("git has only part of the history here, so earlier releases may go unnoticed"),
    N_("get the rest with: git fetch --unshallow --tags"),
    Severity.HINT,
)
BEFORE_UNREADABLE = _refusal(
    "021",
    N_("the text of release {version} cannot be read: the notes compare nothing"),
    N_("put its folder into dist/, or fetch its tag with git"),
    Severity.HINT,
)
