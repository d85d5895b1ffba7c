"""The results as a table for people and for JSON: rule, verdict, measured, threshold, source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from book.compose.notice import in_language
from book.messages import N_, translate
from book.notice.evidence import Medium
from book.notice.judge import holds_back
from book.notice.rule import Result, Standing, Verdict

VERDICTS = {
    Verdict.KEPT: N_("kept"),
    Verdict.BROKEN: N_("broken"),
    Verdict.NOT_APPLICABLE: N_("does not apply"),
    Verdict.NOT_MEASURED: N_("not run"),
    Verdict.TO_CONFIRM: N_("to be confirmed"),
}
STANDINGS = {
    Standing.DEMANDED: N_("demanded"),
    Standing.RECOMMENDED: N_("recommended"),
    Standing.UNCONFIRMED: N_("unconfirmed"),
}
MEDIA = {
    Medium.PDF: N_("PDF"),
    Medium.EPUB: N_("EPUB"),
    Medium.WEB: N_("web"),
    Medium.SOURCES: N_("sources"),
}
_MOST_LISTED = 3
"""Places that a row names one by one; of more, it gives the counts."""


@dataclass(frozen=True)
class Row:
    """One rule in one medium, with all ``places`` in which it had the same outcome.

    ``where`` sums up the places. ``standing``, ``verdict`` and ``medium`` are the values for JSON;
    the fields whose names end in ``_text`` say them in the language of the table. ``holds_back``
    says whether the outcome stops a release.
    """

    rule: str
    title: str
    standing: str
    standing_text: str
    verdict: str
    verdict_text: str
    medium: str
    medium_text: str
    places: tuple[str, ...]
    where: str
    measured: str
    threshold: str
    source: str
    holds_back: bool

    def as_data(self) -> dict[str, Any]:
        """The row for JSON."""
        return {
            "rule": self.rule,
            "title": self.title,
            "standing": self.standing,
            "verdict": self.verdict,
            "medium": self.medium,
            "places": list(self.places),
            "measured": self.measured,
            "threshold": self.threshold,
            "source": self.source,
        }


def rows(results: Iterable[Result], language: str) -> list[Row]:
    """The results as rows, in their order. Results that differ only in their place share a row."""
    shared: dict[tuple[str, ...], list[Result]] = {}
    for result in results:
        found = (result.verdict, result.measured, result.threshold)
        shared.setdefault((result.rule.id, result.medium, *found), []).append(result)
    return [_row(alike, language) for alike in shared.values()]


def _summary(places: Sequence[str]) -> str:
    """Few places by name: «copertina, p. 1; colophon, p. ii»; many counted: «colophon ×4»."""
    if len(places) <= _MOST_LISTED:
        return "; ".join(places)
    counted = Counter(place.partition(",")[0] for place in places)
    return "; ".join(f"{place} ×{count}" for place, count in counted.items())


def _row(alike: list[Result], language: str) -> Row:
    """The row of results that differ only in their place."""
    result = alike[0]
    rule = result.rule
    places = tuple(dict.fromkeys(r.where for r in alike if r.where))
    return Row(
        rule=rule.id,
        title=in_language(rule.title, language),
        standing=str(rule.standing),
        standing_text=translate(STANDINGS[rule.standing], language),
        verdict=str(result.verdict),
        verdict_text=translate(VERDICTS[result.verdict], language),
        medium=result.medium,
        medium_text=translate(MEDIA[Medium(result.medium)], language),
        places=places,
        where=_summary(places),
        measured=result.measured,
        threshold=result.threshold,
        source=rule.source,
        holds_back=any(holds_back(each) for each in alike),
    )
