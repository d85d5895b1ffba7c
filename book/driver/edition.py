"""Builds one edition: reads its folder, makes all outputs, and puts them in place."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import jinja2

from book.compose.compose import compose
from book.compose.documents import Book
from book.compose.templates import broken_template
from book.driver.cache import Cache, tool_versions
from book.driver.codes import EDITED_MEANWHILE, LAYOUT_KILLED, not_written
from book.driver.delivery import Delivery, deliver
from book.driver.inputs import State, inputs_of
from book.driver.layouts import Layouts
from book.driver.outputs.output import BuildContext, Output
from book.driver.outputs.table import kind_of, output_steps, reading_order
from book.driver.trees import chapter_trees
from book.driver.withheld import WithheldMarks
from book.driver.workers import WorkerEnded
from book.findings import Finding, has_errors, in_order
from book.lint.privacy import Allowed, allowed_for, check_privacy, hidden
from book.messages import N_
from book.model.assets import Assets
from book.model.load import load_edition
from book.model.loaded import TypesetEdition, WrittenEdition
from book.notice.examine import Examination, examine_pdf
from book.output.epub.write import EpubBook
from book.output.pdf.write import PdfBook
from book.report.facts import Artefact, EditionFacts, Step
from book.report.page import report_html
from book.report.pictures import report_pictures
from book.report.record import report_json
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite, locked

WAITING = N_("Waiting for another build of the same edition")
READING = N_("Reading the edition")
MARKDOWN = N_("Converting the chapters")
COMPOSING = N_("Composing the book")
NOTICE = N_("Checking the co-financing notice")
REPORT = N_("Writing the report")
DELIVERY = N_("Putting the files in place")

_ATTEMPTS = 2
"""How often an edition is built while somebody edits its sources."""

Watch = Callable[[str, str], None]
"""Called with the edition's name and the step that begins."""


def steps() -> tuple[str, ...]:
    """All steps that a build may take, in their order."""
    before, after = (WAITING, READING, MARKDOWN, COMPOSING), (NOTICE, REPORT, DELIVERY)
    return (*before, *output_steps(), *after)


@dataclass(frozen=True)
class BuildRun:
    """What the editions of one run share.

    ``root`` holds ``chapters/`` and ``assets/``; the artefacts of an edition go to
    ``output/<edition>/``. ``outputs`` are in the order of their making. ``language`` is that of the
    reports. ``stopped`` returns True when the run has been given up: builds that wait for a lock
    then stop waiting.
    """

    root: Path
    output: Path
    outputs: tuple[Output, ...]
    jobs: int
    language: str
    cache: Cache
    marks: WithheldMarks
    layouts: Layouts
    watch: Watch
    stopped: Callable[[], bool] = lambda: False


class BuildLog:
    """The steps and findings of one edition's build, as they come.

    The log counts every moment from its making on as part of a step, so that the times of the steps
    add up to the time that the user waited. ``clock`` returns seconds.
    """

    def __init__(self, name: str, watch: Watch, clock: Callable[[], float]) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self._watch = watch
        self._clock = clock
        self._since = clock()
        self._step: str | None = None
        self._seconds: dict[str, float] = {}

    def begin(self, step: str) -> None:
        """End the step that is under way and begin ``step``."""
        self.end_step()
        self._step = step
        self._watch(self.name, step)

    def end_step(self) -> None:
        """End the step that is under way. The time until the next one begins is the next one's."""
        if self._step is not None:
            self._count(self._step)
            self._step = None

    def steps(self) -> tuple[Step, ...]:
        """All steps so far with their times; the time of the last one is counted until now.

        A step that was taken twice, because the sources changed meanwhile, has the time of both.
        """
        if self._step is not None:
            self._count(self._step)
        return tuple(Step(name, seconds) for name, seconds in self._seconds.items())

    def _count(self, step: str) -> None:
        now = self._clock()
        self._seconds[step] = self._seconds.get(step, 0.0) + now - self._since
        self._since = now


@dataclass(frozen=True)
class BuiltEdition:
    """An edition that was built without errors: its facts, and what is to be delivered.

    ``outputs`` gives the names of the files of each output, by the output's name; ``files`` has
    the reports, too.
    """

    facts: EditionFacts
    loaded: TypesetEdition
    files: dict[str, bytes]
    outputs: dict[str, tuple[str, ...]]


def build_edition(run: BuildRun, name: str) -> EditionFacts:
    """Build one edition and put its artefacts in place, one build of it at a time.

    When there is an error nothing is put in place: what the last good build left stays.
    """
    log = BuildLog(name, run.watch, perf_counter)
    folder = run.output / name
    try:
        with locked(folder, lambda: log.begin(WAITING), run.stopped):
            return _from_one_state(run, log)
    except OSError as error:
        problem = CannotWrite.because(error, run.cache.folder)
        # An OSError from elsewhere than the delivery, other than a full disk, is a defect of the
        # pipeline: it must not be told as a folder that cannot be written to.
        if problem is not error and not problem.is_full:
            raise
        file = f"chapters/{name}/edition.yaml"
        findings = (not_written(problem, folder, file, run.language),)
        return EditionFacts(name, run.root, made=False, findings=findings)


def _from_one_state(run: BuildRun, log: BuildLog) -> EditionFacts:
    """Build from sources that nobody edits meanwhile. If somebody does, build once more.

    Raises CannotWrite.
    """
    # The state is read before anything else reads the sources, and again when everything is made.
    # Stages read files on their own, at different moments; this is how a build knows that they all
    # read the same. The second reading is the last thing before the delivery.
    folders = (run.root / "chapters" / log.name, *Assets(run.root).folders)
    for _ in range(_ATTEMPTS):
        log.end_step()
        log.findings.clear()
        before = State.of(folders)
        built = _attempt(run, log)
        if built is not None:
            log.begin(DELIVERY)
        edited = before.differing(State.of(folders))
        if edited:
            # Errors, too, may come from a file that was half written: build again before telling.
            continue
        if built is None:
            return _not_made(run, log)
        _deliver(run, built, before)
        return replace(built.facts, steps=log.steps(), delivered=True)
    at = edited[0]
    place = at.relative_to(run.root if at.is_relative_to(run.root) else CHECKOUT)
    log.findings += [EDITED_MEANWHILE.at(place.as_posix())]
    return _not_made(run, log)


def _attempt(run: BuildRun, log: BuildLog) -> BuiltEdition | None:
    """Build from the sources as they are now; None when there is an error."""
    loaded, allowed = _loaded(run, log)
    book = None if loaded is None else _composed(run, log, loaded)
    if book is None:
        return None
    made = _made(run, log, book)
    if made is None:
        return None
    log.begin(NOTICE)
    files = made.files
    examined = examine_pdf(files.get(f"{log.name}.pdf"), book.loaded, run.language)
    log.findings += examined.findings
    if has_errors(log.findings):
        return None
    log.begin(REPORT)
    # Drawing the pictures takes nearly all the time of a report. They come first, so that the times
    # in its text count them.
    facts = _facts(run, log, made, examined, allowed)
    pictures = report_pictures(facts, files, run.language)
    facts = replace(facts, steps=log.steps())
    files["report.html"] = report_html(facts, pictures, run.language)
    files["report.json"] = report_json(facts, run.language)
    outputs = {name: tuple(product.files) for name, product in made.products.items()}
    return BuiltEdition(facts, book.loaded, files, outputs)


def _made(run: BuildRun, log: BuildLog, book: Book) -> BuildContext | None:
    """Make all outputs of the run; None when one cannot be made."""
    context = BuildContext(book, run.layouts.lay_out)
    try:
        for output in run.outputs:
            log.begin(output.step)
            product = output.make(context)
            log.findings += product.findings
            context = context.with_product(output.name, product)
    except jinja2.TemplateError as error:
        log.findings += [broken_template(error, book.loaded.edition.brand)]
        return None
    except WorkerEnded as error:
        # SIGKILL that this process did not send is how Linux ends a process when memory runs out.
        # After run.stopped() the SIGKILL was ours. Any other end is a defect.
        if error.signal != signal.SIGKILL or run.stopped():
            raise
        log.findings += [LAYOUT_KILLED.at(book.loaded.file)]
        return None
    return context


def _deliver(run: BuildRun, built: BuiltEdition, state: State) -> None:
    """Put the files in place, which were made from ``state``. Raises CannotWrite."""
    loaded, name = built.loaded, built.facts.name
    delivery = Delivery(
        edition=name,
        files=built.files,
        outputs=built.outputs,
        sources=state.hashes(state.below(loaded.folder)),
        inputs=state.hashes(inputs_of(loaded, state.below)),
    )
    # Files of other formats may show a name that is withheld now, so none of them is kept.
    keep = not run.marks.has_changed(name, loaded.redaction)
    try:
        deliver(run.output / name, delivery, keep=keep)
    except CannotWrite as error:
        error.needed = sum(map(len, built.files.values()))
        raise
    # Only now: if the process is killed before, the next build finds the change again.
    run.marks.settle(name, loaded.redaction)


def _loaded(run: BuildRun, log: BuildLog) -> tuple[WrittenEdition | None, Allowed]:
    """The edition, and what may stand in it of what looks like personal data."""
    log.begin(READING)
    loaded, findings = load_edition(run.root, log.name)
    log.findings += findings
    if loaded is None:
        return None, Allowed()
    if run.marks.has_changed(log.name, loaded.redaction):
        # In this order: a build that is killed while it empties the cache leaves a mark by which
        # the next one empties it again.
        run.marks.unsettle(log.name)
        run.cache.empty()
    allowed, findings = allowed_for(loaded)
    log.findings += [*findings, *check_privacy(loaded, allowed)]
    return loaded, allowed


def _composed(run: BuildRun, log: BuildLog, loaded: WrittenEdition) -> Book | None:
    log.begin(MARKDOWN)
    trees, findings = chapter_trees(loaded, run.cache, run.jobs)
    log.findings += findings
    if has_errors(log.findings):
        return None
    log.begin(COMPOSING)
    book, findings = compose(loaded, trees)
    log.findings += findings
    return None if has_errors(log.findings) else book


def _not_made(run: BuildRun, log: BuildLog) -> EditionFacts:
    findings = tuple(in_order(log.findings))
    return EditionFacts(log.name, run.root, made=False, findings=findings)


def _facts(
    run: BuildRun, log: BuildLog, made: BuildContext, examined: Examination, allowed: Allowed
) -> EditionFacts:
    book = made.book
    chapters = book.loaded.chapters.values()
    redaction = book.loaded.redaction
    pdf, epub = made.facts(PdfBook), made.facts(EpubBook)
    return EditionFacts(
        name=log.name,
        root=run.root,
        made=True,
        title=book.loaded.edition.title,
        language=book.loaded.edition.language,
        findings=tuple(in_order(redaction.findings(log.findings))),
        hide=lambda text: hidden(redaction.quoted(text), allowed),
        artefacts=_artefacts(made),
        pages=pdf.pages if pdf else 0,
        words=tuple((c.front_matter.title, c.file, book.trees[c.slug].words) for c in chapters),
        tools=tool_versions(),
        notice=examined,
        book=book,
        origins=epub.origins if epub else {},
    )


def _artefacts(made: BuildContext) -> tuple[Artefact, ...]:
    """The files in the order in which users read them."""
    files, pages = made.files, made.pages
    listed = []
    for name in reading_order(files):
        kind = kind_of(name)
        label, is_main = (kind.label, kind.is_main) if kind else ("", False)
        listed.append(Artefact(name, len(files[name]), label, is_main, pages.get(name, 0)))
    return tuple(listed)
