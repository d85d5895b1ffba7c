"""The entry to this room: judges an edition's artefacts and sources by all rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from book.findings import Finding
from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.notice.epub_reader import read_epub
from book.notice.evidence import Medium, Notice
from book.notice.judge import findings_of, holds_back, in_order, judge, not_run
from book.notice.parts import programmes_with_notice
from book.notice.pdf_reader import read_pdf
from book.notice.rule import Result, load_rules
from book.notice.source_rules import judge_sources, registry_findings
from book.validators.verdict import ValidatorFailed, ValidatorMissing

NO_BROWSER = N_("needs Chromium: {reason}")
NOT_BUILT = N_("the file is not there")


@dataclass(frozen=True)
class Examination:
    """The outcome for one edition: the results by rule and place, the evidence, the findings.

    ``to_confirm`` are the open questions that the programmes' files leave to a person.
    """

    results: tuple[Result, ...] = ()
    notices: tuple[Notice, ...] = ()
    to_confirm: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def holds_back(self) -> bool:
        """Whether a result stops a release: a demanded rule is broken or was not measured."""
        return any(holds_back(result) for result in self.results)


def examine_pdf(pdf: Path | bytes | None, loaded: LoadedEdition, language: str) -> Examination:
    """Judge the sources and, if there is one, the PDF. It is quick enough to run in every build.

    Raises pikepdf.PdfError for a file that is no PDF.
    """
    if not programmes_with_notice(loaded):
        return Examination()
    notices = read_pdf(pdf, loaded) if pdf is not None else []
    results = [*judge(notices, loaded, language), *judge_sources(loaded, language)]
    return _examined(results, notices, loaded)


def examine(
    pdf: Path | None, epub: Path | None, loaded: LoadedEdition, language: str
) -> Examination:
    """Judge sources, PDF and EPUB; the EPUB needs Chromium.

    A file that is missing, or an EPUB on a machine without Chromium, is not passed over:
    its rules are there as not run. Raises pikepdf.PdfError for a file that is no PDF,
    and what :func:`book.notice.epub_reader.read_epub` raises for one that is no EPUB.
    """
    if not programmes_with_notice(loaded):
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
    """Put the outcome together: results in the order of the rules, findings, open questions."""
    programmes = programmes_with_notice(loaded)
    open_questions = [text for programme in programmes for text in programme.to_confirm]
    return Examination(
        tuple(in_order(results, load_rules())),
        tuple(notices),
        tuple(dict.fromkeys(open_questions)),
        (*findings_of(results), *registry_findings(loaded)),
    )
