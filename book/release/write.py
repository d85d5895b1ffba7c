"""Releases an edition: builds, validates and compares it, then writes it to ``dist`` or refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from book.compose.documents import Book
from book.driver.cache import Cache
from book.driver.delivery import MANIFEST, REPORTS, is_current
from book.driver.edition import Watch
from book.driver.inputs import inputs_of
from book.driver.outputs.table import formats
from book.driver.run import Order
from book.findings import Finding, has_errors, in_order
from book.model.load import load_edition
from book.model.loaded import LoadedEdition
from book.release import codes, refusals
from book.release.before import Releases, without_names
from book.release.checklist import Group, checklist
from book.release.licences import Licences, licences_of
from book.release.notes import Notes, notes_of
from book.release.pages import folios
from book.release.papers import papers
from book.release.provenance import manifest, packed
from book.release.repository import Commit, Repository
from book.release.text import TEXT_FILE, BookText, text_of
from book.release.version import Version, version_of
from book.report.facts import EditionFacts
from book.system.locks import locked
from book.system.whole import place, recover_all
from book.validation.run import Validated, validate


class Gate(Protocol):
    """The function that builds and validates: :func:`book.validation.run.validate`, or a test's."""

    def __call__(
        self,
        order: Order,
        watch: Watch,
        done: Callable[[EditionFacts], None],
        begins: Callable[[], None],
    ) -> list[Validated]: ...


@dataclass(frozen=True)
class Released:
    """The result: a release, or a refusal with errors among ``findings``, which are sorted.

    ``folder`` is the release's folder, None when refused. ``is_new`` says whether it was written
    now. ``groups`` is the checklist, ``notes`` are the release notes.
    """

    validated: Validated
    findings: tuple[Finding, ...]
    folder: Path | None = None
    is_new: bool = False
    notes: Notes | None = None
    groups: tuple[Group, ...] = ()

    @property
    def refused(self) -> bool:
        return self.folder is None


@dataclass(frozen=True)
class _Sources:
    """The sources of an edition, and the findings that can be made on them without a build.

    ``before`` is the text of the release before as it was published, with names that may have to
    be withheld now.
    """

    inputs: Mapping[str, Path]
    version: Version
    before: BookText | None
    commit: Commit | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Candidate:
    """A book that has been built, with all that its release is judged by and made of.

    ``before`` is the text of the release before without names that may not be shown now.
    """

    order: Order
    validated: Validated
    book: Book
    releases: Releases
    artefacts: Mapping[str, bytes]
    sources: _Sources
    text: BookText
    before: BookText | None
    licences: Licences

    @property
    def name(self) -> str:
        return self.book.loaded.name

    @property
    def built(self) -> Path:
        return self.order.folder / self.name


def release(
    order: Order,
    dist: Path,
    watch: Watch,
    done: Callable[[EditionFacts], None],
    begins: Callable[[], None] = lambda: None,
    gate: Gate = validate,
) -> Released:
    """Release the one edition that ``order`` names into ``dist/<edition>-<version>/``.

    Builds all formats, whatever ``order`` says. Papers are in the language of ``order``. A release
    that exists and has the same artefacts stays as it is. Nothing is written when there is an
    error. Raises what ``gate`` raises, and CannotWrite.
    """
    recover_all(dist)
    (validated,) = gate(replace(order, formats=formats()), watch, done, begins)
    facts = validated.facts
    releases = Releases(facts.name, order.root, dist, Repository(order.root))
    book = facts.book
    loaded = book.loaded if book else load_edition(order.root, facts.name)[0]
    # Findings are gathered as far as possible, so that one run tells everything: those of the
    # build, those of the sources, and, if the book was made, those of its files.
    findings = refusals.of_the_book(validated, loaded, order.language)
    if loaded is None:
        return Released(validated, tuple(in_order(findings)))
    sources = _sources(order, releases, loaded)
    findings += sources.findings
    if book is None or not facts.made:
        findings += refusals.of_the_released(releases, sources.version, {})
        return Released(validated, tuple(in_order(loaded.redaction.findings(findings))))
    candidate = _candidate(order, validated, book, releases, sources)
    findings += _judge_candidate(candidate)
    findings = in_order(loaded.redaction.findings(findings))
    if has_errors(findings) or not validated.passed:
        return Released(validated, tuple(findings))
    return _write_release(candidate, findings)


def _sources(order: Order, releases: Releases, loaded: LoadedEdition) -> _Sources:
    """Gather the sources, and findings on chapters, repository, version and release before."""
    inputs = inputs_of(loaded)
    version = version_of(loaded.edition.version)
    commit, of_the_repository = refusals.of_the_repository(
        loaded, releases.repository, inputs.values()
    )
    before, of_the_release_before = _before(order, releases, version)
    findings = (
        *refusals.of_the_chapters(loaded),
        *of_the_repository,
        *of_the_release_before,
        *refusals.of_the_version(loaded, releases, before),
    )
    return _Sources(inputs, version, before, commit, findings)


def _candidate(
    order: Order, validated: Validated, book: Book, releases: Releases, sources: _Sources
) -> _Candidate:
    """Gather what the release is judged by: artefacts, text, licences."""
    loaded = book.loaded
    artefacts = _artefacts(order.folder / loaded.name, validated.facts)
    text, before = text_of(book), sources.before
    return _Candidate(
        order=order,
        validated=validated,
        book=book,
        releases=releases,
        artefacts=artefacts,
        sources=sources,
        text=text,
        before=before and without_names(before, text, loaded.redaction),
        licences=licences_of(book, text.pictures, artefacts, loaded.edition.publisher),
    )


def _before(
    order: Order, releases: Releases, version: Version
) -> tuple[BookText | None, list[Finding]]:
    """The text of the release before; a hint if there is one that cannot be read."""
    last = releases.before(version)
    if last is None:
        return None, []
    text = releases.text(last, Cache(order.folder / ".cache"), order.processes)
    if text is not None:
        return text, []
    file = f"chapters/{releases.edition}/edition.yaml"
    return None, [codes.BEFORE_UNREADABLE.at(file, version=str(last))]


def _judge_candidate(candidate: _Candidate) -> list[Finding]:
    """Findings on the built files: licences, changes during the build, changes since a release."""
    loaded, releases = candidate.book.loaded, candidate.releases
    findings = [
        codes.FONT_UNLICENSED.at("assets/fonts/fonts.yaml", family=family)
        for family in candidate.licences.unknown
    ]
    inputs = candidate.sources.inputs
    if not all(is_current(candidate.built, name, inputs) for name in candidate.artefacts):
        findings.append(codes.CHANGED_MEANWHILE.at(loaded.file, edition=loaded.name))
    findings += refusals.of_the_released(releases, candidate.sources.version, candidate.artefacts)
    return findings


def _write_release(candidate: _Candidate, findings: list[Finding]) -> Released:
    """Write the release, unless it is there already."""
    edition, order = candidate.book.loaded.edition, candidate.order
    pdf = f"{candidate.name}.pdf"
    pages = folios(candidate.built / pdf, candidate.text) if pdf in candidate.artefacts else {}
    notes = notes_of(candidate.text, candidate.before, pages, order.language)
    groups = checklist(
        candidate.book.loaded,
        candidate.validated.facts,
        candidate.artefacts,
        candidate.licences,
        order.language,
    )
    last = candidate.releases.before(candidate.sources.version)
    unread = str(last) if last is not None and candidate.before is None else ""
    whole = {
        **candidate.artefacts,
        **papers(
            edition, candidate.text, notes, groups, candidate.licences, order.language, unread
        ),
        TEXT_FILE: (candidate.text.model_dump_json(indent=1) + "\n").encode(),
        MANIFEST: manifest(
            candidate.name,
            edition,
            artefacts=candidate.artefacts,
            inputs=candidate.sources.inputs,
            checks=candidate.validated.checks,
            tools=candidate.validated.facts.tools,
            commit=candidate.sources.commit,
            before=str(last) if last is not None else None,
        ),
    }
    folder = candidate.releases.folder(candidate.sources.version)
    files = packed(whole, folder.name)
    with locked(folder):
        # A release that has all its files stays, even if the papers would differ now, for example
        # by a delivery recorded since.
        there = _files_in(folder)
        is_new = not there.keys() >= files.keys()
        if is_new:
            # place() replaces the whole folder. Files that people have added, such as receipts,
            # are written again.
            own = {name: path.read_bytes() for name, path in there.items() if name not in files}
            place(folder, {**own, **files})
    return Released(candidate.validated, tuple(findings), folder, is_new, notes, groups)


def _artefacts(folder: Path, facts: EditionFacts) -> dict[str, bytes]:
    """The artefacts of the build by name, without its reports, which depend on the time."""
    names = (made.name for made in facts.artefacts if made.name not in REPORTS)
    return {name: (folder / name).read_bytes() for name in names}


def _files_in(folder: Path) -> dict[str, Path]:
    """All files of a folder by name, hidden ones too, which artefacts may be; {} for none."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}
