"""What the notice must say: EU-01 to EU-04, EU-21, EU-23 and EU-24."""

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
    in_each,
    is_empty,
    is_pictured,
)
from book.notice.evidence import Notice, Place
from book.notice.parts import Spoken, disclaimers, main_words, statement_words
from book.notice.rule import Result

_EMBLEM = N_("the emblem")
_WITHOUT = N_("without {what}")
_COMPLETE = N_("emblem, «{statement}», «{fund}»")


def _required(judge: Judge) -> Judge:
    """A rule that a book without any notice breaks."""

    def judge_all(case: Case, notices: Sequence[Notice]) -> list[Result]:
        if notices and all(is_empty(notice) for notice in notices):
            return [case.broken(notices[0], case.say(NO_NOTICE), _asked(case))]
        return judge(case, notices)

    return judge_all


def _asked(case: Case) -> str:
    """The statements of the rule's programmes, as they are to be written."""
    texts = [in_language(p.statement, case.loaded.edition.language) for p in case.programmes]
    return _quoted(list(dict.fromkeys(texts)))


def _found(case: Case, notice: Notice) -> str:
    """What stands where the statement should, for a person."""
    words = statement_words(notice.words, case.loaded)
    return f"«{' '.join(run.text.strip() for run in words)}»" if words else "–"


def _statement(case: Case, notice: Notice) -> Result:
    """EU-01: the statement word for word."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    admitted = _wordings(case)
    spoken = main_words(notice.words, case.loaded)
    said = next((text for text in admitted if spoken.exactly(text)), None)
    wrong = [] if said else [_found(case, notice)]
    return case.judged(wrong, notice, f"«{said}»", _quoted(admitted))


def _wordings(case: Case) -> list[str]:
    """The wordings that the rule itself admits, whatever a programme's file says."""
    wordings = case.limit("wordings")
    base = case.loaded.edition.language.split("-")[0]
    return [str(text) for text in wordings.get(base, wordings["it"])]


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"«{text}»" for text in texts)


def _package(case: Case, notice: Notice) -> Result:
    """EU-02, EU-21: emblem, reference to the Union and reference to the fund together."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    spoken = main_words(notice.words, case.loaded)
    language = case.loaded.edition.language
    missing = [] if notice.emblem else [case.say(_EMBLEM)]
    asked = []
    for programme in case.programmes:
        statement = in_language(programme.statement, language)
        fund = in_language(programme.fund, language)
        several = _several_funds(case, language)
        if not _refers(case, spoken, statement):
            missing.append(f"«{statement}»")
        named = _says_one(spoken, [in_language(case.limit("fund"), language), *several])
        if not (named and _says_one(spoken, [fund, *several])):
            missing.append(f"«{fund}»")
        asked.append(case.say(_COMPLETE, statement=statement, fund=fund))
    wrong = [case.say(_WITHOUT, what=", ".join(missing))] if missing else []
    return case.judged(wrong, notice, ", ".join(asked), ", ".join(asked))


def _says_one(spoken: Spoken, phrases: Sequence[str]) -> bool:
    return any(spoken.exactly(phrase) for phrase in phrases)


def _refers(case: Case, spoken: Spoken, statement: str) -> bool:
    """Whether the Union is referred to: for EU-02 by its name, else by anything that names it.

    How the statement is worded is asked by EU-01 and EU-03, so that each catches its own.
    """
    union = case.rule.thresholds.get("union")
    if isinstance(union, dict):
        return bool(spoken.exactly(in_language(union, case.loaded.edition.language)))
    return bool(spoken.exactly(statement) or spoken.similarly(statement))


def _several_funds(case: Case, language: str) -> list[str]:
    texts = case.rule.thresholds.get("several_funds")
    return [in_language(texts, language)] if isinstance(texts, dict) else []


def _funded_by(case: Case, notice: Notice) -> Result:
    """EU-03: one of the two wordings of 2021-2027, in full, and the emblem with it."""
    if is_pictured(notice):
        return case.not_applicable(notice, IN_A_PICTURE)
    admitted = _wordings(case)
    spoken = main_words(notice.words, case.loaded)
    said = next((text for text in admitted if spoken.exactly(text)), None)
    wrong = [] if said else [_found(case, notice)]
    if notice.emblem is None:
        wrong.append(case.say(_WITHOUT, what=case.say(_EMBLEM)))
    return case.judged(wrong, notice, f"«{said}»", _quoted(admitted))


def _unabbreviated(case: Case, notice: Notice) -> Result:
    """EU-04: no «UE» in the words of the notice."""
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
    """EU-23: the CUP with every statement, and in the colophon."""
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
    """EU-24: the programmes' disclaimer in full, on the notice page and in the colophon.

    Whether a programme asks for one is said by its conventions: where its file has none, a
    person has to say so.
    """
    if notice.place is Place.COVER:
        return case.not_applicable(notice, N_("asked for on the notice page and in the colophon"))
    texts = disclaimers(case.loaded)
    if not texts:
        return case.to_confirm(
            notice, case.say(N_("the programme's file has no disclaimer: ask the Authority"))
        )
    spoken = Spoken.of(notice.words)
    missing = [f"«{text[:60]}…»" for text in texts if not spoken.exactly(text)]
    wrong = [case.say(_WITHOUT, what=", ".join(missing))] if missing else []
    full = case.say(N_("in full"))
    return case.judged(wrong, notice, full, ", ".join(f"«{text}»" for text in texts))


JUDGES: dict[str, Judge] = {
    "EU-01": _required(in_each(_statement)),
    "EU-02": _required(in_each(_package)),
    "EU-03": _required(in_each(_funded_by)),
    "EU-04": in_each(_unabbreviated),
    "EU-21": _required(in_each(_package)),
    "EU-23": _cup,
    "EU-24": in_each(_disclaimer),
}
