"""Findings on personal data in the sources of an edition. They stop a release.

A finding never repeats the value that it is about; :func:`hidden` masks values in lines of a source
that the report quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from book.findings import Finding
from book.lint.personal_data import Hit, hits
from book.model.allow_list import AllowedValue, load_allow_list
from book.model.loaded import WrittenEdition
from book.model.privacy import codes as privacy_codes
from book.model.privacy.redaction import spliced
from book.model.yaml.encoding import CHAPTER_LIMIT, read_text

_RESERVED_DOMAIN = re.compile(
    r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$"
)
"""Domains that nobody can own (RFC 2606). Examples in guides use them."""


@dataclass(frozen=True)
class Allowed:
    """Data that may be published: domains of e-mail addresses (lower case), and exact texts."""

    domains: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()


def allowed_for(loaded: WrittenEdition) -> tuple[Allowed, list[Finding]]:
    """The house's allow-list together with the edition's own; the findings on its file."""
    house, findings = load_allow_list(loaded.assets)
    values: Iterable[AllowedValue] = (*house.values, *loaded.edition.privacy.allowed)
    domains = frozenset(entry.domain for entry in house.domains)
    return Allowed(domains, tuple(entry.value for entry in values)), findings


def check_privacy(
    loaded: WrittenEdition, allowed: Allowed, only: Collection[str] | None = None
) -> list[Finding]:
    """Findings on personal data in ``edition.yaml`` and in the chapters of an edition.

    With ``only`` (file names of chapters) in these chapters alone.
    """
    files = [(c.path, c.file) for c in loaded.chapters.values() if only is None or c.name in only]
    if only is None:
        files.insert(0, (loaded.folder / "edition.yaml", loaded.file))
    findings = []
    for path, file in files:
        text, _ = read_text(path, file, CHAPTER_LIMIT)
        findings += personal_data(loaded.redaction.text(text or ""), file, 1, allowed)
    return findings


def personal_data(text: str, file: str, first_line: int, allowed: Allowed) -> list[Finding]:
    """A finding for each item of personal data in ``text`` that is not allowed, its value masked.

    The first line of ``text`` is line ``first_line`` of ``file``.
    """
    findings = []
    line, counted = first_line, 0
    for hit in _not_allowed(text, allowed):
        line += text.count("\n", counted, hit.start)
        counted = hit.start
        column = hit.start - (text.rfind("\n", 0, hit.start) + 1) + 1
        masked = _masked(hit, text[hit.start : hit.end])
        findings.append(hit.code.at(file, line, column, masked=masked))
    return findings


def hidden(text: str, allowed: Allowed) -> str:
    """``text`` with the letters and digits of personal data replaced by «•».

    The first two characters and the last stay. The length stays the same, so the columns that
    findings name stay right.
    """
    edits = []
    for hit in _not_allowed(text, allowed):
        masked = re.sub(r"\w", "•", text[hit.start + 2 : hit.end - 1])
        edits.append((hit.start + 2, hit.end - 1, masked))
    return spliced(text, edits)


def _not_allowed(text: str, allowed: Allowed) -> Iterator[Hit]:
    """The personal data in ``text`` that touch no allowed text and have no allowed domain."""
    values = "|".join(re.escape(v) for v in sorted(allowed.values, key=len, reverse=True))
    spans = [match.span() for match in re.finditer(values, text)] if values else []
    for hit in hits(text):
        # The spans are sorted and do not overlap: only the last that starts before the end of the
        # hit can touch it. A search in them stays fast in texts with thousands of hits.
        before = bisect_left(spans, hit.end, key=lambda span: span[0]) - 1
        if before >= 0 and spans[before][1] > hit.start:
            continue
        if hit.code is privacy_codes.EMAIL and _is_institutional(
            text[hit.start : hit.end], allowed
        ):
            continue
        yield hit


def _is_institutional(address: str, allowed: Allowed) -> bool:
    """Whether an e-mail address is of an allowed domain, of one under it, or of a reserved one."""
    domain = re.split(r"@|%40|[\])]\s?", address)[-1].casefold()
    if _RESERVED_DOMAIN.search(domain):
        return True
    return any(domain == known or domain.endswith(f".{known}") for known in allowed.domains)


def _masked(hit: Hit, written: str) -> str:
    """The beginning and the end of a value: enough to find it on its line, too little to use it."""
    if hit.code is privacy_codes.HOME_ADDRESS:
        return f"{written.split()[0]} …"
    if hit.code is privacy_codes.EMAIL:
        return f"{written[0]}…{written[-3:]}"
    return f"{written[:3].strip()}…{written[-2:].strip()}"
