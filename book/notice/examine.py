"""An edition's notice as a whole: what artefacts and sources show, held against the rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from book.findings import Finding
from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.notice.epub_reader import read_epub
from book.notice.evidence import Medium, Notice
from book.notice.judge import findings_of, holds_back, in_order, judge, not_run
from book.notice.parts import funded
from book.notice.pdf_reader import read_pdf
from book.notice.rule import Result
from book.notice.rules import load_rules
from book.notice.source_rules import judge_sources, registry_findings
from book.validators.verdict import ValidatorFailed, ValidatorMissing

NO_BROWSER = N_("needs Chromium: {reason}")
NOT_BUILT = N_("the file is not there")


@dataclass(frozen=True)
class Examination:
    """What was found: one result for each rule and place, the evidence, the open questions.

    ``to_confirm`` is what the programmes' files leave to a person.
    """

    results: tuple[Result, ...] = ()
    notices: tuple[Notice, ...] = ()
    to_confirm: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def holds_back(self) -> bool:
        """Whether a release has to wait: a demanded rule is broken or was not measured."""
        return any(holds_back(result) for result in self.results)


def examine_pdf(pdf: Path | bytes | None, loaded: LoadedEdition, language: str) -> Examination:
    """The sources and, when there is one, the PDF; quick enough for every build.

    Raises pypdfium2.PdfiumError for a file that is no PDF.
    """
    if not funded(loaded):
        return Examination()
    notices = read_pdf(pdf, loaded) if pdf is not None else []
    results = [*judge(notices, loaded, language), *judge_sources(loaded, language)]
    return _examined(results, notices, loaded)


def examine(
    pdf: Path | None, epub: Path | None, loaded: LoadedEdition, language: str
) -> Examination:
    """Sources, PDF and EPUB. A file that is missing, or cannot be read here, is not passed over.

    Its rules are there as not run. Raises pypdfium2.PdfiumError for a file that is no PDF,
    and what :func:`book.notice.epub_reader.read_epub` raises for one that is no EPUB.
    """
    if not funded(loaded):
        return Examination()
    found = examine_pdf(pdf, loaded, language)
    results, notices = list(found.results), list(found.notices)
    if pdf is None:
        results += not_run(Medium.PDF, translate(NOT_BUILT, language), loaded)
    if epub is None:
        results += not_run(Medium.EPUB, translate(NOT_BUILT, language), loaded)
    else:
        try:
            shown = read_epub(epub, loaded, language=language)
        except (ValidatorMissing, ValidatorFailed) as error:
            why = translate(NO_BROWSER, language).format(reason=error)
            results += not_run(Medium.EPUB, why, loaded)
        else:
            results += judge(shown, loaded, language)
            notices += shown
    return _examined(results, notices, loaded)


def _examined(results: list[Result], notices: list[Notice], loaded: LoadedEdition) -> Examination:
    open_questions = [text for programme in funded(loaded) for text in programme.to_confirm]
    return Examination(
        tuple(in_order(results, load_rules())),
        tuple(notices),
        tuple(dict.fromkeys(open_questions)),
        (*findings_of(results), *registry_findings(loaded)),
    )
