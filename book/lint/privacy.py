"""Personal data in the sources of an edition: findings that stop a release.

A value is never repeated in a finding, and :func:`hidden` masks it where lines are quoted.
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

_NOBODYS = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$")
"""Domains that are nobody's (RFC 2606): examples in guides use them."""


@dataclass(frozen=True)
class Allowed:
    """What may be printed: e-mail domains (small letters) and whole texts."""

    domains: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()


def allowed_for(loaded: WrittenEdition) -> tuple[Allowed, list[Finding]]:
    """The house's allow-list and the edition's own."""
    house, findings = load_allow_list(loaded.assets)
    values: Iterable[AllowedValue] = (*house.values, *loaded.edition.privacy.allowed)
    domains = frozenset(entry.domain for entry in house.domains)
    return Allowed(domains, tuple(entry.value for entry in values)), findings


def check_privacy(
    loaded: WrittenEdition, allowed: Allowed, only: Collection[str] | None = None
) -> list[Finding]:
    """Personal data in the edition's fields and chapters; ``only`` in the chapters named."""
    files = [(c.path, c.file) for c in loaded.chapters.values() if only is None or c.name in only]
    if only is None:
        files.insert(0, (loaded.folder / "edition.yaml", loaded.file))
    findings = []
    for path, file in files:
        text, _ = read_text(path, file, CHAPTER_LIMIT)
        findings += personal_data(loaded.redaction.text(text or ""), file, 1, allowed)
    return findings


def personal_data(text: str, file: str, first_line: int, allowed: Allowed) -> list[Finding]:
    """Telephone numbers, e-mail addresses, tax codes, accounts, homes in ``text``, values masked.

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
    """``text`` with personal data masked, letter by letter, so that columns stay right."""
    edits = []
    for hit in _not_allowed(text, allowed):
        shade = re.sub(r"\w", "•", text[hit.start + 2 : hit.end - 1])
        edits.append((hit.start + 2, hit.end - 1, shade))
    return spliced(text, edits)


def _not_allowed(text: str, allowed: Allowed) -> Iterator[Hit]:
    values = "|".join(re.escape(v) for v in sorted(allowed.values, key=len, reverse=True))
    kept = [match.span() for match in re.finditer(values, text)] if values else []
    for hit in hits(text):
        before = bisect_left(kept, hit.end, key=lambda span: span[0]) - 1
        if before >= 0 and kept[before][1] > hit.start:
            continue
        if hit.code is privacy_codes.EMAIL and _is_institutional(
            text[hit.start : hit.end], allowed
        ):
            continue
        yield hit


def _is_institutional(address: str, allowed: Allowed) -> bool:
    domain = re.split(r"@|%40|[\])]\s?", address)[-1].casefold()
    if _NOBODYS.search(domain):
        return True
    return any(domain == known or domain.endswith(f".{known}") for known in allowed.domains)


def _masked(hit: Hit, written: str) -> str:
    """Enough of a value to find it on its line, too little to use it: «347…36»."""
    if hit.code is privacy_codes.HOME_ADDRESS:
        return f"{written.split()[0]} …"
    if hit.code is privacy_codes.EMAIL:
        return f"{written[0]}…{written[-3:]}"
    return f"{written[:3].strip()}…{written[-2:].strip()}"
