"""One edition from its folder to its artefacts."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from book.compose.compose import compose
from book.compose.documents import EPUB, PDF, PRINT, Book
from book.compose.stylesheet import page_style
from book.compose.templates import broken_template
from book.driver.cache import Cache, tool_versions
from book.driver.codes import EDITED_MEANWHILE, LAYOUT_KILLED, not_written
from book.driver.covers import COVER_JPEG, cover_files
from book.driver.delivery import deliver
from book.driver.inputs import State, inputs_of
from book.driver.layouts import Layouts
from book.driver.trees import chapter_trees
from book.driver.withheld import WithheldMarks
from book.driver.workers import WorkerEnded
from book.findings import Finding, has_errors, in_order
from book.lint.privacy import Allowed, allowed_for, check_privacy, hidden
from book.messages import N_
from book.model.assets import Assets
from book.model.cover_picture import BLEED
from book.model.load import load_edition
from book.model.loaded import WrittenEdition
from book.notice.examine import Examination, examine_pdf
from book.output.catalogue.pdf_facts import pdf_facts
from book.output.catalogue.write import catalogue_files
from book.output.epub.origins import Origin
from book.output.epub.write import epub_book
from book.output.page_turn import PageTurn
from book.output.pdf.write import pdf_book
from book.report.facts import Artefact, EditionFacts, Step
from book.report.page import report_html
from book.report.record import report_json
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite, locked

CATALOGUE = "catalogue"
"""The records for shops, libraries and readers, which describe the EPUB and the PDF."""
FORMATS = (EPUB, PDF, PRINT, CATALOGUE)
USUAL_FORMATS = (EPUB, PDF, CATALOGUE)
"""What is made when nobody names a format: the file for a printing house is made on demand."""
WAITING = N_("Waiting for another build of the same edition")
READING = N_("Reading the edition")
MARKDOWN = N_("Converting the chapters")
COMPOSING = N_("Composing the book")
COVER = N_("Drawing the cover")
PDF_STEP = N_("Laying out the PDF")
PRINT_STEP = N_("Laying out the PDF for print")
EPUB_STEP = N_("Packing the EPUB")
CATALOGUE_STEP = N_("Writing the catalogue records")
NOTICE = N_("Checking the co-financing notice")
REPORT = N_("Writing the report")
STEPS = (
    WAITING,
    READING,
    MARKDOWN,
    COMPOSING,
    COVER,
    PDF_STEP,
    PRINT_STEP,
    EPUB_STEP,
    CATALOGUE_STEP,
    NOTICE,
    REPORT,
)

_ATTEMPTS = 2
"""How often an edition is built while somebody edits its sources."""

Watch = Callable[[str, str], None]
"""Told the edition's name and the step that begins."""


@dataclass(frozen=True)
class Workshop:
    """What the editions of one build share.

    ``root`` holds ``chapters/`` and ``assets/``; ``output`` is where ``<edition>/`` goes.
    ``stopped`` tells whoever waits for another build to give up.
    """

    root: Path
    output: Path
    formats: tuple[str, ...]
    jobs: int
    language: str
    cache: Cache
    marks: WithheldMarks
    layouts: Layouts
    watch: Watch
    stopped: Callable[[], bool] = lambda: False


@dataclass
class _Record:
    """Steps and findings of an edition as they come."""

    name: str
    watch: Watch
    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.watch(self.name, name)
        start = time.perf_counter()
        yield
        self.steps.append(Step(name, time.perf_counter() - start))


def build_edition(workshop: Workshop, name: str) -> EditionFacts:
    """Build one edition and put its artefacts in place, one build of it at a time.

    When there is an error nothing is put in place: what the last good build left stays.
    """
    folder = workshop.output / name
    try:
        with locked(folder, lambda: workshop.watch(name, WAITING), workshop.stopped):
            return _from_one_state(workshop, name)
    except OSError as error:
        problem = CannotWrite.because(error, workshop.cache.folder)
        # Anything else that a system says outside a delivery is a defect of the pipeline.
        if problem is not error and not problem.is_full:
            raise
        file = f"chapters/{name}/edition.yaml"
        findings = (not_written(problem, folder, file, workshop.language),)
        return EditionFacts(name, workshop.root, made=False, findings=findings)


def _from_one_state(workshop: Workshop, name: str) -> EditionFacts:
    """Build from sources that nobody edits meanwhile: when somebody does, once more.

    Raises CannotWrite.
    """
    folders = (workshop.root / "chapters" / name, *Assets(workshop.root).folders)
    for _ in range(_ATTEMPTS):
        before = State.of(folders)
        record = _Record(name, workshop.watch)
        book, facts, artefacts = _attempt(workshop, record)
        edited = before.differing(State.of(folders))
        if not edited:
            if book is not None and artefacts:
                _deliver(workshop, book, artefacts, before)
            return facts
    at = edited[0]
    place = at.relative_to(workshop.root if at.is_relative_to(workshop.root) else CHECKOUT)
    record.findings.append(EDITED_MEANWHILE.at(place.as_posix()))
    return _not_made(workshop, record)


def _attempt(
    workshop: Workshop, record: _Record
) -> tuple[Book | None, EditionFacts, dict[str, bytes]]:
    """The book, its facts and artefacts with the reports; no artefacts when there is an error."""
    loaded, allowed = _loaded(workshop, record)
    book = None if loaded is None else _composed(workshop, record, loaded)
    if book is None:
        return None, _not_made(workshop, record), {}
    try:
        made = _artefacts(workshop, record, book)
    except jinja2.TemplateError as error:
        record.findings.append(broken_template(error, book.loaded.edition.brand))
        return book, _not_made(workshop, record), {}
    except WorkerEnded as error:
        if error.signal != signal.SIGKILL or workshop.stopped():
            raise
        record.findings.append(LAYOUT_KILLED.at(book.loaded.file))
        return book, _not_made(workshop, record), {}
    artefacts = made.files
    with record.step(NOTICE):
        pdf = artefacts.get(f"{record.name}.pdf")
        examined = examine_pdf(pdf, book.loaded, workshop.language)
        record.findings += examined.findings
    if has_errors(record.findings):
        return book, _not_made(workshop, record), {}
    facts = _facts(workshop, record, book, made, examined, allowed)
    with record.step(REPORT):
        artefacts["report.html"] = report_html(facts, artefacts, workshop.language)
        artefacts["report.json"] = report_json(facts, workshop.language)
    return book, facts, artefacts


def _deliver(workshop: Workshop, book: Book, artefacts: Mapping[str, bytes], state: State) -> None:
    """Put the artefacts in place, made from ``state``. Raises CannotWrite."""
    loaded, name = book.loaded, book.loaded.name
    sources = state.hashes(state.below(loaded.folder))
    inputs = state.hashes(inputs_of(loaded, state.below))
    keep = not workshop.marks.has_changed(name, loaded.redaction)
    try:
        deliver(workshop.output / name, artefacts, sources, name, inputs, keep=keep)
    except CannotWrite as error:
        error.needed = sum(map(len, artefacts.values()))
        raise
    workshop.marks.settle(name, loaded.redaction)


def _loaded(workshop: Workshop, record: _Record) -> tuple[WrittenEdition | None, Allowed]:
    """The edition, and what may stand in it of what looks like personal data."""
    with record.step(READING):
        loaded, findings = load_edition(workshop.root, record.name)
        record.findings += findings
        if loaded is None:
            return None, Allowed()
        if workshop.marks.has_changed(record.name, loaded.redaction):
            workshop.marks.unsettle(record.name)
            workshop.cache.empty()
        allowed, findings = allowed_for(loaded)
        record.findings += [*findings, *check_privacy(loaded, allowed)]
    return loaded, allowed


def _not_made(workshop: Workshop, record: _Record) -> EditionFacts:
    findings = tuple(in_order(record.findings))
    return EditionFacts(record.name, workshop.root, made=False, findings=findings)


def _composed(workshop: Workshop, record: _Record, loaded: WrittenEdition) -> Book | None:
    with record.step(MARKDOWN):
        trees, findings = chapter_trees(loaded, workshop.cache, workshop.jobs)
        record.findings += findings
    if has_errors(record.findings):
        return None
    with record.step(COMPOSING):
        book, findings = compose(loaded, trees)
        record.findings += findings
    return None if has_errors(record.findings) else book


@dataclass
class _Made:
    """The artefacts by file name; the pages of the PDF (0 without one); whence the EPUB comes."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: int = 0
    origins: Mapping[str, Origin] = field(default_factory=dict)


def _artefacts(workshop: Workshop, record: _Record, book: Book) -> _Made:
    """Make what the workshop's formats ask for.

    Raises jinja2.TemplateError for a broken style sheet or cover of the brand.
    """
    name, loaded = record.name, book.loaded
    done = _Made()
    artefacts = done.files
    turns: tuple[PageTurn, ...] = ()
    with record.step(COVER):
        artefacts |= cover_files(loaded, workshop.layouts.lay_out)
    for output, step, file, bleed in (
        (PDF, PDF_STEP, f"{name}.pdf", 0.0),
        (PRINT, PRINT_STEP, f"{name}-print.pdf", BLEED),
    ):
        if output in workshop.formats:
            with record.step(step):
                style = page_style(loaded, bleed)
                lay_out = workshop.layouts.lay_out
                made, findings = pdf_book(book, style, lay_out, loaded.readable, output)
                artefacts[file] = made.pdf
                if output == PDF:
                    done.pages, turns = made.pages, made.turns
                record.findings += [f for f in findings if f not in record.findings]
    if EPUB in workshop.formats:
        with record.step(EPUB_STEP):
            packed, findings = epub_book(book, artefacts[COVER_JPEG], turns)
            artefacts[f"{name}.epub"] = packed.epub
            done.origins = packed.origins
            record.findings += findings
        if CATALOGUE in workshop.formats:
            with record.step(CATALOGUE_STEP):
                sizes = {file: len(content) for file, content in artefacts.items()}
                facts = pdf_facts(artefacts[f"{name}.pdf"])
                artefacts |= catalogue_files(book, packed.claims, done.pages, sizes, facts)
    return done


def with_needs(formats: Sequence[str]) -> tuple[str, ...]:
    """``formats`` in the order of their making, with those that one of them describes."""
    wanted = {*formats, *((EPUB, PDF) if CATALOGUE in formats else ())}
    return tuple(name for name in FORMATS if name in wanted)


def _facts(
    workshop: Workshop,
    record: _Record,
    book: Book,
    made: _Made,
    examined: Examination,
    allowed: Allowed,
) -> EditionFacts:
    chapters = book.loaded.chapters.values()
    redaction = book.loaded.redaction
    return EditionFacts(
        name=record.name,
        root=workshop.root,
        made=True,
        title=book.loaded.edition.title,
        language=book.loaded.edition.language,
        findings=tuple(in_order(redaction.findings(record.findings))),
        hide=lambda text: hidden(redaction.quoted(text), allowed),
        steps=tuple(record.steps),
        artefacts=tuple(Artefact(n, len(content)) for n, content in made.files.items()),
        pages=made.pages,
        words=tuple((c.front_matter.title, c.file, book.trees[c.slug].words) for c in chapters),
        tools=tool_versions(),
        notice=examined,
        book=book,
        origins=made.origins,
    )
