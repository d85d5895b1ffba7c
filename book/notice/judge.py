"""Applies all rules to the evidence: one result for each rule in each place of each medium."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from book.findings import Finding
from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.notice import display, logos, typesetting, wording
from book.notice.case import NO_NOTICE, Case, Judge, is_empty
from book.notice.emblem import EMBLEM_RULES, judge_emblem
from book.notice.evidence import Medium, Notice
from book.notice.parts import programmes_with_notice
from book.notice.rule import RULES, Result, Rule, Standing, Verdict, load_rules, matching

JUDGES: dict[str, Judge] = {
    **wording.JUDGES,
    **typesetting.JUDGES,
    **logos.JUDGES,
    **display.JUDGES,
}
"""The rules on evidence. EU-13 to EU-20 are in :mod:`book.notice.emblem`, EU-22 is in
:mod:`book.notice.source_rules`."""
_OTHER_PROGRAMME = N_("it is a rule of other programmes")


def judge(
    notices: Sequence[Notice],
    loaded: LoadedEdition,
    language: str = "it",
    rules: Path = RULES,
) -> list[Result]:
    """Judge the notices of an edition by EU-01 to EU-21, EU-23 and EU-24.

    The results are in the order of the rules, then of the notices; their texts are in ``language``
    ("it" or "en"). An edition without a programme that asks for a notice has no results. Raises
    what :func:`book.notice.rule.load_rules` raises.
    """
    programmes = programmes_with_notice(loaded)
    results: list[Result] = []
    if not programmes:
        return results
    known = load_rules(rules)
    # By medium, because some rules look at all notices of an artefact together.
    for _, group in groupby(sorted(notices, key=_medium), key=_medium):
        of_medium = list(group)
        results += _emblem(of_medium, loaded, known, language)
        for name, judge_rule in JUDGES.items():
            applied = matching(known[name].programmes, programmes)
            case = Case(known[name], loaded, applied, language)
            if applied:
                results += judge_rule(case, of_medium)
            else:
                results.append(_of_other_programme(case, of_medium[0]))
    return in_order(results, known)


def in_order(results: Iterable[Result], rules: Mapping[str, Rule]) -> list[Result]:
    """Sort results by rule, in the order of ``rules``; those of other rules come last.

    The results of one rule keep their order.
    """
    numbers = {name: number for number, name in enumerate(rules)}
    return sorted(results, key=lambda result: numbers.get(result.rule.id, len(numbers)))


def findings_of(results: Iterable[Result]) -> list[Finding]:
    """The findings of broken rules."""
    return [result.finding for result in results if result.finding is not None]


def holds_back(result: Result) -> bool:
    """Whether a result stops a release: a demanded rule is broken or could not be measured."""
    bad = result.verdict in (Verdict.BROKEN, Verdict.NOT_MEASURED)
    return bad and result.rule.standing is Standing.DEMANDED


def not_run(medium: Medium, why: str, loaded: LoadedEdition) -> list[Result]:
    """The results of a medium that could not be read: every rule is not measured, because ``why``.

    They stop a release as broken rules do: a notice that nobody has measured is not known to hold.
    """
    known = load_rules()
    programmes = programmes_with_notice(loaded)
    return [
        Result(rule, Verdict.NOT_MEASURED, str(medium), "", why, "")
        for name, rule in known.items()
        if (name in JUDGES or name in EMBLEM_RULES) and matching(rule.programmes, programmes)
    ]


def _emblem(
    notices: Sequence[Notice], loaded: LoadedEdition, rules: Mapping[str, Rule], language: str
) -> list[Result]:
    """EU-13 to EU-20 for each notice; they do not apply to a place without a notice."""
    results = []
    for notice in notices:
        case = Case(rules[EMBLEM_RULES[0]], loaded, programmes_with_notice(loaded), language)
        placed = replace(notice, where=case.where(notice))
        if is_empty(notice):
            cases = [replace(case, rule=rules[name]) for name in EMBLEM_RULES]
            results += [each.not_applicable(notice, NO_NOTICE) for each in cases]
        else:
            results += judge_emblem(placed, rules, loaded.file, language)
    return results


def _of_other_programme(case: Case, notice: Notice) -> Result:
    """The one result, for a whole medium, of a rule that no programme of the edition asks for."""
    text = translate(_OTHER_PROGRAMME, case.language)
    return Result(case.rule, Verdict.NOT_APPLICABLE, str(notice.medium), "", text, "")


def _medium(notice: Notice) -> int:
    """The position of a notice's medium, to sort by."""
    return list(Medium).index(notice.medium)
