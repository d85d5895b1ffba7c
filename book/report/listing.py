"""Writes the results of a check in one of several formats: for people, programs and forges."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from book.findings import Finding, Severity
from book.lint.readability import Readability, meaning
from book.messages import N_, translate
from book.report.sarif import sarif

_MOST_ROWS = 50
"""The most findings in a comment; the rest is counted. Forges cut off long comments."""
_COUNTS = {
    Severity.ERROR: N_("errors: {count}"),
    Severity.WARNING: N_("warnings: {count}"),
    Severity.HINT: N_("hints: {count}"),
}
_GRAVITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.HINT: "info"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


@dataclass(frozen=True)
class Listing:
    """The results of a check: findings in order, readability of the chapters, repairs as a diff.

    ``sections`` says whether the readability of sections is written, too, in text for people.
    """

    findings: tuple[Finding, ...]
    readability: tuple[Readability, ...] = ()
    differences: str = ""
    sections: bool = False


def counts_in_words(findings: Iterable[Finding], language: str) -> str:
    """«errors: 1, warnings: 2», "" for none."""
    found = Counter(finding.severity for finding in findings)
    return ", ".join(
        translate(label, language).format(count=found[severity])
        for severity, label in _COUNTS.items()
        if found[severity]
    )


def counts(findings: Iterable[Finding], language: str) -> str:
    """«errors: 1, warnings: 2», or «none»."""
    return counts_in_words(findings, language) or translate(N_("none"), language)


def text(listing: Listing, language: str) -> str:
    """Text for a terminal: repairs, one finding a line, readability, the number of findings."""
    lines = [listing.differences] if listing.differences else []
    lines += [f"{finding.sentence(language)}\n" for finding in listing.findings]
    if listing.readability:
        lines.append("\n" + translate(N_("Readability (Gulpease, 0–100):"), language) + "\n")
        for entry in listing.readability:
            lines += _readability(entry, listing.sections, language)
    summary = translate(N_("Findings: {counts}."), language)
    lines.append("\n" + summary.format(counts=counts(listing.findings, language)) + "\n")
    return "".join(lines)


def _readability(entry: Readability, sections: bool, language: str) -> Iterator[str]:
    if entry.index is None:
        return
    yield f"{entry.index:5}  {entry.file} – {translate(meaning(entry.index), language)}\n"
    if sections:
        for heading, _, index in entry.sections:
            yield f"{index:9}  {heading or entry.title}\n"


def as_json(listing: Listing, language: str) -> str:
    """JSON for programs: findings as in ``report.json``, readability, repairs."""
    data = {
        "findings": [finding.as_data(language) for finding in listing.findings],
        "readability": [
            {
                "file": entry.file,
                "title": entry.title,
                "words": entry.words,
                "gulpease": entry.index,
                "sections": [
                    {"heading": heading, "line": line, "gulpease": index}
                    for heading, line, index in entry.sections
                ],
            }
            for entry in listing.readability
        ],
        "differences": listing.differences,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def github(listing: Listing, language: str) -> str:
    """Workflow commands of GitHub Actions: an annotation beside each line."""
    return "".join(f"{_annotation(finding, language)}\n" for finding in listing.findings)


def _annotation(finding: Finding, language: str) -> str:
    properties = {"file": finding.file, "line": finding.line, "col": finding.column}
    properties["title"] = f"{finding.code.id}"
    named = ",".join(f"{k}={_escaped(str(v), True)}" for k, v in properties.items() if v)
    said = f"{finding.problem(language)} — {finding.remedy(language)}"
    return f"::{_COMMANDS[finding.severity]} {named}::{_escaped(said, False)}"


def gitlab(listing: Listing, language: str) -> str:
    """A Code Quality report of GitLab: a remark beside each line of a merge request."""
    data = []
    for finding in listing.findings:
        said = f"{finding.problem(language)} — {finding.remedy(language)}"
        place = f"{finding.place()} {finding.code.id} {finding.problem('en')}"
        data.append(
            {
                "description": said,
                "check_name": finding.code.id,
                "fingerprint": hashlib.sha256(place.encode()).hexdigest(),
                "severity": _GRAVITIES[finding.severity],
                # GitLab refuses a remark without a line.
                "location": {"path": finding.file, "lines": {"begin": max(finding.line, 1)}},
            }
        )
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _escaped(value: str, is_property: bool) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if is_property else value


def markdown(listing: Listing, language: str) -> str:
    """Markdown for a comment on a merge request: errors and warnings, then hints, folded."""
    say = _translator(language)
    parts = [
        f"### {say(N_('Findings: {counts}.')).format(counts=counts(listing.findings, language))}"
    ]
    serious = [f for f in listing.findings if f.severity is not Severity.HINT]
    hints = [f for f in listing.findings if f.severity is Severity.HINT]
    parts += _tables(serious, language)
    if hints:
        label = say(_COUNTS[Severity.HINT]).format(count=len(hints))
        parts += _folded(label, _tables(hints, language))
    if listing.readability:
        rows = [
            f"| {_cell(entry.title)} | {entry.index} | {say(meaning(entry.index))} |"
            for entry in listing.readability
            if entry.index is not None
        ]
        titles = [say(N_("Chapter")), "Gulpease", say(N_("How it reads"))]
        table = [f"| {' | '.join(titles)} |", "| --- | ---: | --- |", *rows]
        parts += _folded(say(N_("Readability")), ["\n".join(table)])
    if listing.differences:
        fence = "`" * 4
        parts += _folded(say(N_("Repairs")), [f"{fence}diff\n{listing.differences}{fence}"])
    return "\n\n".join(parts) + "\n"


def _translator(language: str) -> Callable[[str], str]:
    return lambda message: translate(message, language)


def _folded(label: str, parts: Sequence[str]) -> list[str]:
    return ["<details>", f"<summary>{label}</summary>", *parts, "</details>"]


def _tables(findings: Sequence[Finding], language: str) -> list[str]:
    """A table for each file with the first :data:`_MOST_ROWS` findings; the rest as a number."""
    by_file = defaultdict(list)
    for finding in findings[:_MOST_ROWS]:
        by_file[finding.file].append(finding)
    parts = []
    for file, found in by_file.items():
        rows = [
            f"| {f.line or ''} | `{f.code.id}` | {_cell(f.problem(language))} "
            f"| {_cell(f.remedy(language))} |"
            for f in found
        ]
        titles = (N_("Line"), N_("Code"), N_("What is wrong"), N_("How to mend it"))
        head = f"| {' | '.join(translate(title, language) for title in titles)} |"
        parts += [f"**{_cell(file)}**", "\n".join([head, "| ---: | --- | --- | --- |", *rows])]
    if len(findings) > _MOST_ROWS:
        more = translate(N_("… and {count} more."), language)
        parts.append(more.format(count=len(findings) - _MOST_ROWS))
    return parts


def _cell(said: str) -> str:
    """Words of a source as the text of a table's cell.

    Markup is escaped. A zero-width space after @ keeps a forge from notifying a user of that name.
    """
    said = " ".join(said.replace("&", "&amp;").replace("<", "&lt;").split())
    for sign in "\\`*_[]|~#":
        said = said.replace(sign, f"\\{sign}")
    return said.replace("@", "@\u200b")


FORMATS: dict[str, Callable[[Listing, str], str]] = {
    "text": text,
    "json": as_json,
    "sarif": lambda listing, language: sarif(listing.findings, language),
    "github": github,
    "gitlab": gitlab,
    "markdown": markdown,
}


def written(listing: Listing, format: str, language: str) -> str:
    """The listing in one of :data:`FORMATS`."""
    return FORMATS[format](listing, language)
