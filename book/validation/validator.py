"""A row of the table of validators, and the checks that its verdicts on editions become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from book.findings import Finding, in_order
from book.messages import N_, translate
from book.report.facts import EditionFacts
from book.system.needs import Need
from book.validation.codes import CLAIM_CONTRADICTED, NOT_BUILT, NOT_RUN
from book.validation.subject import Subject
from book.validators.verdict import Check, Outcome, ValidatorFailed, ValidatorMissing

NOTHING_CHECKED = N_("it found nothing that it could check")
_MISSING = N_("{what} is missing on this machine; get it with: {how}")
_BROKE_DOWN = N_("it broke down: {reason}")
_NOT_THERE = N_("the file is not there")
Verdict = TypeVar("Verdict")


@dataclass(frozen=True)
class Judgement:
    """What a validator says of one artefact of an edition.

    ``version`` is the validator's, and that of what it runs on. ``claims`` are the standards that
    the artefact says it conforms to: with findings they are contradicted (G002). ``not_run`` is the
    reason, in the reader's language, why the validator judged nothing; "" when it did.
    ``artefact`` is a file's name, "" for the file that the validator's row names.
    """

    version: str = ""
    passed: bool = False
    findings: Sequence[Finding] = ()
    claims: Sequence[str] = ()
    not_run: str = ""
    artefact: str = ""


def _unchanged(facts: EditionFacts, verdict: object) -> EditionFacts:
    return facts


@dataclass(frozen=True)
class Validator(Generic[Verdict]):
    """One row of the table of validators.

    ``name`` and what ``standard`` returns are message ids. ``artefact`` is the file that is
    checked. ``missing`` says what the validator needs and this machine does not have. ``run``
    judges the subjects whose artefact is there, all in one start, with so many jobs at once; it
    returns one verdict each, in order, and may raise ValidatorMissing and ValidatorFailed.
    ``judge`` turns a verdict into findings at the places of the sources. ``record`` puts into an
    edition's facts what its report shows of the verdict beside the checks.

    ``needs`` are the libraries and programs of the system that the validator uses. Validators with
    the same needs take turns: two that each start Java would be slower side by side, not faster.
    """

    name: str
    standard: Callable[[Subject], str]
    artefact: Callable[[Subject], Path]
    missing: Callable[[], ValidatorMissing | None]
    run: Callable[[Sequence[Subject], int], Sequence[Verdict]]
    judge: Callable[[Subject, Verdict], Sequence[Judgement]]
    needs: tuple[Need, ...] = ()
    record: Callable[[EditionFacts, Verdict], EditionFacts] = _unchanged


@dataclass(frozen=True)
class EditionChecks(Generic[Verdict]):
    """The checks of one validator on one edition; ``verdict`` is None when it did not run."""

    validator: Validator[Verdict]
    checks: tuple[Check, ...]
    verdict: Verdict | None = None

    def added_to(self, facts: EditionFacts) -> EditionFacts:
        """The facts of the edition with these checks."""
        facts = replace(facts, checks=(*facts.checks, *self.checks))
        return facts if self.verdict is None else self.validator.record(facts, self.verdict)


def checks_by(
    validator: Validator[Verdict], subjects: Sequence[Subject], jobs: int
) -> list[EditionChecks[Verdict]]:
    """Start a validator once for all subjects; return the checks of each, in order.

    A subject whose artefact is missing has a check that did not run. So have all subjects when the
    validator is missing or breaks down.
    """
    there = [subject for subject in subjects if validator.artefact(subject).is_file()]
    # By id(): a subject is a mutable dataclass and has no hash.
    done: dict[int, EditionChecks[Verdict]] = {}
    try:
        if lacking := validator.missing():
            raise lacking
        verdicts = validator.run(there, jobs) if there else []
        for subject, verdict in zip(there, verdicts, strict=True):
            # A validator of another group may be tracing its own messages in the same edition.
            with subject.tracing:
                told = validator.judge(subject, verdict)
            checks = tuple(_check(validator, subject, each) for each in told)
            done[id(subject)] = EditionChecks(validator, checks, verdict)
    except (ValidatorMissing, ValidatorFailed) as error:
        for subject in there:
            reason = _why_not(error, subject.language)
            check = _check(validator, subject, Judgement(not_run=reason))
            done[id(subject)] = EditionChecks(validator, (check,))
    return [
        done.get(id(s)) or EditionChecks(validator, (_not_there(validator, s),)) for s in subjects
    ]


def _check(validator: Validator[Verdict], subject: Subject, told: Judgement) -> Check:
    name, standard = validator.name, validator.standard(subject)
    artefact = told.artefact or validator.artefact(subject).name
    file = subject.book.loaded.file
    if told.not_run:
        not_run = NOT_RUN.at(
            file,
            validator=translate(name, subject.language),
            artefact=artefact,
            standard=translate(standard, subject.language),
            reason=told.not_run,
        )
        found = (not_run, *told.findings)
        return Check(name, "", artefact, standard, Outcome.NOT_RUN, found, told.not_run)
    # A claim is metadata that readers and shops see. With faults it is false: a finding of its own.
    contradicted = [
        CLAIM_CONTRADICTED.at(file, artefact=artefact, claim=claim, validator=name)
        for claim in (told.claims if told.findings else ())
    ]
    outcome = Outcome.PASSED if told.passed else Outcome.FAILED
    found = tuple(in_order((*told.findings, *contradicted)))
    return Check(name, told.version, artefact, standard, outcome, found)


def _not_there(validator: Validator[Verdict], subject: Subject) -> Check:
    """The check of a file that was not delivered."""
    name, artefact = validator.name, validator.artefact(subject).name
    finding = NOT_BUILT.at(subject.book.loaded.file, artefact=artefact, validator=name)
    reason = translate(_NOT_THERE, subject.language)
    standard = validator.standard(subject)
    return Check(name, "", artefact, standard, Outcome.NOT_RUN, (finding,), reason)


def _why_not(error: ValidatorMissing | ValidatorFailed, language: str) -> str:
    """Why a validator did not run, in ``language``: what is missing and how to get it."""
    if isinstance(error, ValidatorMissing):
        return translate(_MISSING, language).format(what=error.what, how=error.how)
    return translate(_BROKE_DOWN, language).format(reason=error)
