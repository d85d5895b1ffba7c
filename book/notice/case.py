"""The context in which a rule judges, and the making of its results.

The modules ``wording``, ``typesetting``, ``logos`` and ``display`` hold the rules as functions of a
:class:`Case` and of notices.
"""

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
    """One rule applied to one edition.

    ``programmes`` are the programmes of the edition to which the rule applies, at least one.
    ``language`` is the language in which the results are worded ("it" or "en").
    """

    rule: Rule
    loaded: LoadedEdition
    programmes: tuple[Programme, ...]
    language: str

    def say(self, text: str, /, **values: Any) -> str:
        """The message ``text`` in the language of the results, filled with ``values``."""
        return translate(text, self.language).format(**values)

    def number(self, value: float, decimals: int = 1) -> str:
        """A number as the language of the results writes it, with at most ``decimals`` decimals."""
        pattern = "0." + "#" * decimals if decimals else "0"
        return str(format_decimal(value, format=pattern, locale=self.language))

    def limit(self, name: str) -> Any:
        """The threshold ``name`` of the rule. Raises KeyError when the rules' file has none."""
        return self.rule.thresholds[name]

    def kept(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        """The result that the notice keeps the rule; ``measured`` says what was found."""
        return self._result(Verdict.KEPT, notice, measured, threshold)

    def broken(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        """The result that the notice breaks the rule. Only this one carries a finding."""
        return self._result(Verdict.BROKEN, notice, measured, threshold)

    def judged(self, wrong: Sequence[str], notice: Notice, right: str, threshold: str) -> Result:
        """Broken if there are faults (``wrong``), else kept; ``right`` says what was then found."""
        if wrong:
            return self.broken(notice, "; ".join(wrong), threshold)
        return self.kept(notice, right, threshold)

    def not_applicable(self, notice: Notice, why: str, **values: Any) -> Result:
        """The result that the rule has nothing to judge here; ``why`` is a message id."""
        return self._result(Verdict.NOT_APPLICABLE, notice, self.say(why, **values), "")

    def not_measured(self, notice: Notice, why: str, **values: Any) -> Result:
        """The result that measuring failed; it never counts as kept. ``why`` is a message id."""
        return self._result(Verdict.NOT_MEASURED, notice, self.say(why, **values), "")

    def to_confirm(self, notice: Notice, measured: str, threshold: str = "") -> Result:
        """The result that a person has to decide."""
        return self._result(Verdict.TO_CONFIRM, notice, measured, threshold)

    def where(self, notice: Notice) -> str:
        """The place of a notice for a person: «copertina, p. 1»."""
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
"""Applies one rule to all notices of one medium; returns one result for each notice, or more."""


def for_each_notice(judge: Callable[[Case, Notice], Result]) -> Judge:
    """Make a rule out of ``judge``, which judges one notice.

    The rule does not apply to a place that shows nothing of a notice.
    """

    def judge_all(case: Case, notices: Sequence[Notice]) -> list[Result]:
        return [
            case.not_applicable(notice, NO_NOTICE) if is_empty(notice) else judge(case, notice)
            for notice in notices
        ]

    return judge_all


def for_each_statement(judge: Callable[[Case, Notice, list[Words]], Result]) -> Judge:
    """Make a rule out of ``judge``, which judges the words of a statement.

    The rule does not apply where no statement is found.
    """

    def judge_words(case: Case, notice: Notice) -> Result:
        words = statement_words(notice.words, case.loaded)
        if not words:
            pictured = is_pictured(notice)
            return case.not_applicable(notice, IN_A_PICTURE if pictured else NO_STATEMENT)
        return judge(case, notice, words)

    return for_each_notice(judge_words)


def for_each_emblem(judge: Callable[[Case, Notice], Result]) -> Judge:
    """Make a rule out of ``judge``, which judges an emblem.

    The rule does not apply where no emblem is found.
    """

    def judge_emblem(case: Case, notice: Notice) -> Result:
        if notice.emblem is None:
            return case.not_applicable(notice, NO_EMBLEM)
        return judge(case, notice)

    return for_each_notice(judge_emblem)


def is_empty(notice: Notice) -> bool:
    """Whether a place shows neither an emblem nor words of a notice."""
    return notice.emblem is None and not notice.words


def is_pictured(notice: Notice) -> bool:
    """Whether the whole place is a picture: the cover of an EPUB. Its words cannot be read."""
    return notice.medium is Medium.EPUB and notice.place is Place.COVER and not notice.words
