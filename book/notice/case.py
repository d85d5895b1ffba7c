"""What a rule judges by, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.model.programme import Programme
from book.notice.codes import CODES
from book.notice.evidence import Medium, Notice, Place, Words
from book.notice.parts import statement_words
from book.notice.rule import Result, Rule, Verdict

PLACES = {
    Place.COVER: N_("cover"),
    Place.NOTICE: N_("notice page"),
    Place.COLOPHON: N_("colophon"),
}
NO_NOTICE = N_("there is no notice here")
NO_EMBLEM = N_("there is no emblem here")
NO_STATEMENT = N_("there is no statement here")
UNREADABLE = N_("the drawing cannot be measured: {what}")
IN_A_PICTURE = N_("the words are part of a picture")


@dataclass(frozen=True)
class Case:
    """One rule held against one edition.

    ``programmes`` are the edition's that the rule applies to, at least one; ``language`` is that
    of whoever reads the results ("it" or "en").
    """

    rule: Rule
    loaded: LoadedEdition
    programmes: tuple[Programme, ...]
    language: str

    def say(self, text: str, /, **values: Any) -> str:
        """A message in the reader's language."""
        return translate(text, self.language).format(**values)

    def number(self, value: float, decimals: int = 1) -> str:
        """A number in the reader's language."""
        pattern = "0." + "#" * decimals if decimals else "0"
        return str(format_decimal(value, format=pattern, locale=self.language))

    def limit(self, name: str) -> Any:
        """A threshold of the rule. Raises KeyError for one that the file does not have."""
        return self.rule.thresholds[name]

    def kept(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        return self._result(Verdict.KEPT, notice, measured, threshold)

    def broken(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        return self._result(Verdict.BROKEN, notice, measured, threshold)

    def judged(self, wrong: Sequence[str], notice: Notice, right: str, threshold: str) -> Result:
        """Broken when something is ``wrong``, else kept with what is ``right``."""
        if wrong:
            return self.broken(notice, "; ".join(wrong), threshold)
        return self.kept(notice, right, threshold)

    def not_applicable(self, notice: Notice, why: str, **values: Any) -> Result:
        return self._result(Verdict.NOT_APPLICABLE, notice, self.say(why, **values), "")

    def not_measured(self, notice: Notice, why: str, **values: Any) -> Result:
        return self._result(Verdict.NOT_MEASURED, notice, self.say(why, **values), "")

    def to_confirm(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        return self._result(Verdict.TO_CONFIRM, notice, measured, threshold)

    def where(self, notice: Notice) -> str:
        """«copertina, p. 1»."""
        place = translate(PLACES[notice.place], self.language)
        return f"{place}, {notice.where}" if notice.where else place

    def _result(self, verdict: Verdict, notice: Notice, measured: str, threshold: str) -> Result:
        where = self.where(notice)
        finding = None
        if verdict is Verdict.BROKEN:
            values: dict[str, Any] = {"where": where, "measured": measured, "threshold": threshold}
            finding = CODES[self.rule.id].at(self.loaded.file, **values)
        return Result(self.rule, verdict, str(notice.medium), where, measured, threshold, finding)


Judge = Callable[[Case, Sequence[Notice]], list[Result]]
"""Holds one rule against the notices of one medium."""


def in_each(judge: Callable[[Case, Notice], Result]) -> Judge:
    """A rule that is held against each notice by itself; where there is none, it does not apply."""

    def judge_all(case: Case, notices: Sequence[Notice]) -> list[Result]:
        return [
            case.not_applicable(notice, NO_NOTICE) if is_empty(notice) else judge(case, notice)
            for notice in notices
        ]

    return judge_all


def of_statement(judge: Callable[[Case, Notice, list[Words]], Result]) -> Judge:
    """A rule about the words of the statement, wherever there are some."""

    def judge_words(case: Case, notice: Notice) -> Result:
        words = statement_words(notice.words, case.loaded)
        if not words:
            pictured = is_pictured(notice)
            return case.not_applicable(notice, IN_A_PICTURE if pictured else NO_STATEMENT)
        return judge(case, notice, words)

    return in_each(judge_words)


def of_emblem(judge: Callable[[Case, Notice], Result]) -> Judge:
    """A rule about the emblem, wherever there is one."""

    def judge_emblem(case: Case, notice: Notice) -> Result:
        if notice.emblem is None:
            return case.not_applicable(notice, NO_EMBLEM)
        return judge(case, notice)

    return in_each(judge_emblem)


def is_empty(notice: Notice) -> bool:
    """Whether a place shows nothing of a notice."""
    return notice.emblem is None and not notice.words


def is_pictured(notice: Notice) -> bool:
    """Whether a place is a picture as a whole, so that its words cannot be read as text."""
    return notice.medium is Medium.EPUB and notice.place is Place.COVER and not notice.words
