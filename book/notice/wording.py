"""The rules on the words of the notice: EU-01 to EU-04, EU-21, EU-23 and EU-24."""

from __future__ import annotations

import re
from collections.abc import Sequence

from book.compose.notice import in_language
from book.messages import N_
from book.notice.case import (
    IN_A_PICTURE,
    NO_NOTICE,
    Case,
    Judge,
    for_each_notice,
    is_empty,
    is_pictured,
)
from book.notice.evidence import Notice, Place
from book.notice.parts import SearchableText, disclaimers, main_words, statement_words
from book.notice.rule import Result

_EMBLEM = N_("the emblem")
_WITHOUT = N_("without {what}")
_COMPLETE = N_("emblem, «{statement}», «{fund}»")


def _broken_if_absent(judge: Judge) -> Judge:
    """Make ``judge`` a rule that a book without any notice breaks.

    Without this, the rule would not apply anywhere in such a book, and nothing would be told.
    """

    def judge_all(case: Case, notices: Sequence[Notice]) -> list[Result]:
        if notices and all(is_empty(notice) for notice in notices):
            return [case.broken(notices[0], case.say(NO_NOTICE), _expected_statements(case))]
        return judge(case, notices)

    return judge_all


def _expected_statements(case: Case) -> str:
    """The statements that the rule's programmes ask for, quoted."""
    texts = [in_language(p.statement, case.loaded.edition.language) for p in case.programmes]
    return _quoted(list(dict.fromkeys(texts)))


def _statement_found(case: Case, notice: Notice) -> str:
    """The words that resemble the statement most, quoted; «–» without any."""
    words = statement_words(notice.words, case.loaded)
    return f"«{' '.join(run.text.strip() for run in words)}»" if words else "–"


def _statement(case: Case, notice: Notice) -> Result:
    """EU-01: the notice says the statement word for word."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    admitted = _wordings(case)
    searchable = main_words(notice.words, case.loaded)
    said = next((text for text in admitted if searchable.find_exact(text)), None)
    wrong = [] if said else [_statement_found(case, notice)]
    return case.judged(wrong, notice, f"«{said}»", _quoted(admitted))


def _wordings(case: Case) -> list[str]:
    """The wordings that the rule admits, in the edition's language.

    They come from the file of rules, not from the programme's: a mistake in the programme's file
    must not change the rule.
    """
    wordings = case.limit("wordings")
    base = case.loaded.edition.language.split("-")[0]
    return [str(text) for text in wordings.get(base, wordings["it"])]


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"«{text}»" for text in texts)


def _statement_and_fund(case: Case, notice: Notice) -> Result:
    """EU-02 and EU-21: emblem, reference to the Union and reference to the fund stand together."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    searchable = main_words(notice.words, case.loaded)
    language = case.loaded.edition.language
    missing = [] if notice.emblem else [case.say(_EMBLEM)]
    asked = []
    for programme in case.programmes:
        statement = in_language(programme.statement, language)
        fund = in_language(programme.fund, language)
        several = _general_term_for_funds(case, language)
        if not _names_the_union(case, searchable, statement):
            missing.append(f"«{statement}»")
        # Both the fund's name in the law and its form in the programme's file are asked for.
        named = _says_any(searchable, [in_language(case.limit("fund"), language), *several])
        if not (named and _says_any(searchable, [fund, *several])):
            missing.append(f"«{fund}»")
        asked.append(case.say(_COMPLETE, statement=statement, fund=fund))
    wrong = [case.say(_WITHOUT, what=", ".join(missing))] if missing else []
    return case.judged(wrong, notice, ", ".join(asked), ", ".join(asked))


def _says_any(searchable: SearchableText, phrases: Sequence[str]) -> bool:
    """Whether one of ``phrases`` is said exactly."""
    return any(searchable.find_exact(phrase) for phrase in phrases)


def _names_the_union(case: Case, searchable: SearchableText, statement: str) -> bool:
    """Whether the notice refers to the Union: for EU-02 by its name, else by a kind of statement.

    A statement that only resembles the right one counts here, because its exact wording is the
    subject of EU-01 and EU-03: each mistake breaks one rule.
    """
    union = case.rule.thresholds.get("union")
    if isinstance(union, dict):
        return bool(searchable.find_exact(in_language(union, case.loaded.edition.language)))
    return bool(searchable.find_exact(statement) or searchable.find_similar(statement))


def _general_term_for_funds(case: Case, language: str) -> list[str]:
    """The name of the funds as a group («fondi SIE»), which may replace that of one fund."""
    texts = case.rule.thresholds.get("several_funds")
    return [in_language(texts, language)] if isinstance(texts, dict) else []


def _funded_by(case: Case, notice: Notice) -> Result:
    """EU-03: one of the two wordings of 2021-2027, in full, together with the emblem."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    admitted = _wordings(case)
    searchable = main_words(notice.words, case.loaded)
    said = next((text for text in admitted if searchable.find_exact(text)), None)
    wrong = [] if said else [_statement_found(case, notice)]
    if notice.emblem is None:
        wrong.append(case.say(_WITHOUT, what=case.say(_EMBLEM)))
    return case.judged(wrong, notice, f"«{said}»", _quoted(admitted))


def _unabbreviated(case: Case, notice: Notice) -> Result:
    """EU-04: the words of the notice do not abbreviate the name of the Union («UE»)."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    short = sorted((str(a) for a in case.limit("abbreviations")), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, short))})(?!\w)")
    found = [
        f"«{run.text.strip()}»" for run in notice.words if pattern.search(run.text) is not None
    ]
    asked = case.say(N_("none of {names}"), names=", ".join(short))
    return case.judged(found, notice, case.say(N_("no abbreviation")), asked)


def _cup(case: Case, notices: Sequence[Notice]) -> list[Result]:
    """EU-23: the CUP stands in each place with a notice, and always in the colophon."""
    project = case.loaded.edition.project
    asked = f"CUP {project.cup}" if project else case.say(N_("the project's CUP"))
    results = []
    for notice in notices:
        if is_pictured(notice):
            results.append(case.not_applicable(notice, IN_A_PICTURE))
        elif is_empty(notice) and notice.place is not Place.COLOPHON:
            results.append(case.not_applicable(notice, NO_NOTICE))
        else:
            cited = project is not None and project.cup in re.sub(r"\s", "", notice.text)
            wrong = [] if cited else [case.say(_WITHOUT, what=asked)]
            results.append(case.judged(wrong, notice, asked, asked))
    return results


def _disclaimer(case: Case, notice: Notice) -> Result:
    """EU-24: notice page and colophon show the programmes' disclaimer in full.

    The conventions of a programme say whether it asks for one. When the programme's file has none,
    a person has to confirm that.
    """
    if notice.place is Place.COVER:
        return case.not_applicable(notice, N_("asked for on the notice page and in the colophon"))
    texts = disclaimers(case.loaded)
    if not texts:
        return case.to_confirm(
            notice, case.say(N_("the programme's file has no disclaimer: ask the Authority"))
        )
    searchable = SearchableText.of(notice.words)
    missing = [f"«{text[:60]}…»" for text in texts if not searchable.find_exact(text)]
    wrong = [case.say(_WITHOUT, what=", ".join(missing))] if missing else []
    full = case.say(N_("in full"))
    return case.judged(wrong, notice, full, ", ".join(f"«{text}»" for text in texts))


JUDGES: dict[str, Judge] = {
    "EU-01": _broken_if_absent(for_each_notice(_statement)),
    "EU-02": _broken_if_absent(for_each_notice(_statement_and_fund)),
    "EU-03": _broken_if_absent(for_each_notice(_funded_by)),
    "EU-04": for_each_notice(_unabbreviated),
    "EU-21": _broken_if_absent(for_each_notice(_statement_and_fund)),
    "EU-23": _cup,
    "EU-24": for_each_notice(_disclaimer),
}
