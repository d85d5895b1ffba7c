"""Finds all reasons for which an edition cannot be released, so that one run reports them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from book.findings import Finding, Severity
from book.messages import translate
from book.model.chapter import Transcript
from book.model.chapters import read_chapter
from book.model.load import EDITION_FILE
from book.model.loaded import ChapterSource, LoadedEdition
from book.model.privacy.people import PRIVATE_PEOPLE_FILE
from book.model.yaml.source import load_yaml
from book.release import codes
from book.release.before import Releases
from book.release.provenance import released_artefacts
from book.release.repository import Commit, NoGit, Repository
from book.release.text import BookText
from book.release.version import Version, version_of
from book.validation.run import Validated
from book.validators.verdict import Outcome


def of_the_book(validated: Validated, loaded: LoadedEdition | None, language: str) -> list[Finding]:
    """Errors and warnings of build and validators, and a finding for each check not passed."""
    facts = validated.facts
    findings = [f for f in facts.all_findings if f.severity is not Severity.HINT]
    if loaded is None or not facts.made:
        return findings
    name = loaded.name
    if not validated.checks:
        findings.append(codes.NOTHING_CHECKED.at(loaded.file, edition=name))
    for check in validated.checks:
        values: dict[str, Any] = {
            "validator": translate(check.validator, language),
            "artefact": check.artefact,
            "standard": translate(check.standard, language),
            "edition": name,
        }
        if check.outcome is Outcome.FAILED:
            findings.append(codes.CHECK_FAILED.at(loaded.file, **values))
        elif check.outcome is Outcome.NOT_RUN:
            findings.append(codes.CHECK_NOT_RUN.at(loaded.file, **values, reason=check.reason))
    return findings


def of_the_chapters(loaded: LoadedEdition) -> Iterator[Finding]:
    """Findings on drafts, and on transcripts that name speakers and are not approved."""
    for chapter in loaded.chapters.values():
        matter = chapter.front_matter
        if matter.status == "draft":
            yield codes.DRAFT.at(chapter.file, *_place(chapter, "status"), title=matter.title)
        if (
            isinstance(matter, Transcript)
            and matter.approved is None
            and any(speaker.name for speaker in matter.speakers)
        ):
            place = _place(chapter, "speakers")
            yield codes.NOT_APPROVED.at(chapter.file, *place, title=matter.title)


def of_the_version(
    loaded: LoadedEdition, releases: Releases, last: BookText | None
) -> Iterator[Finding]:
    """Findings on a version that is not higher than the last one, and on an earlier date.

    ``last`` is the text of the release before; None if it cannot be read. A version that has been
    released already is no mistake here: :func:`of_the_released` compares its files.
    """
    edition = loaded.edition
    version = version_of(edition.version)  # the model insists on three numbers
    everything = releases.all
    source, _ = load_yaml(loaded.folder / EDITION_FILE, loaded.file, "")

    def place(key: str) -> tuple[int, int]:
        return source.value_at((key,)) if source is not None else (0, 0)

    if everything and version < everything[-1] and version not in everything:
        yield codes.VERSION_NOT_HIGHER.at(
            loaded.file,
            *place("version"),
            version=edition.version,
            last=str(everything[-1]),
            next=str(everything[-1].following),
        )
    if last is not None and edition.date < last.date:
        yield codes.DATE_EARLIER.at(
            loaded.file,
            *place("date"),
            date=edition.date.isoformat(),
            last=last.version,
            last_date=last.date.isoformat(),
        )


def of_the_released(
    releases: Releases, version: Version, artefacts: Mapping[str, bytes]
) -> Iterator[Finding]:
    """If this version has been released already, findings on all that differs from the release.

    Compares the artefacts with the folder of the release or, if there is only a tag, the sources
    with the tag. ``artefacts`` are by name; empty when they could not be made.
    """
    after = str(max([version, *releases.all]).following)
    if version in releases.folders:
        folder = releases.folder(version)
        names = sorted({*artefacts, *released_artefacts(folder)}) if artefacts else []
        for name in names:
            if _content(folder / name) != artefacts.get(name):
                file = f"{folder.parent.name}/{folder.name}/{name}"
                yield codes.ARTEFACT_CHANGED.at(file, name=name, version=str(version), next=after)
    elif version in releases.tags:
        tag = releases.tag(version)
        for file in releases.changed_since(version):
            yield codes.SOURCE_CHANGED.at(file, version=str(version), tag=tag, next=after)


def of_the_repository(
    loaded: LoadedEdition, repository: Repository, inputs: Iterable[Path]
) -> tuple[Commit | None, list[Finding]]:
    """The commit of the sources (None without git), and findings on uncommitted files.

    Files that git ignores count only if they are among ``inputs``, the files that the book is made
    from. The private people file never counts: it is kept out of git on purpose.
    """
    root = repository.root
    used = {path.relative_to(root).as_posix() for path in inputs if path.is_relative_to(root)}
    try:
        commit = repository.commit()
        paths = (loaded.file.rpartition("/")[0], "assets")
        ignored = used.intersection(repository.ignored(paths))
        ignored -= {f"{paths[0]}/{PRIVATE_PEOPLE_FILE}"}
        files = sorted({*repository.uncommitted(paths), *ignored})
        findings = [codes.UNCOMMITTED.at(file) for file in files]
        if repository.is_shallow:
            findings.append(codes.SHALLOW.at(loaded.file))
        return commit, findings
    except NoGit as error:
        return None, [codes.NO_GIT.at(loaded.file, reason=str(error))]


def _place(chapter: ChapterSource, key: str) -> tuple[int, int]:
    """The place of a field of a chapter's front matter; (0, 0) if the chapter cannot be read."""
    raw, _ = read_chapter(chapter.path, chapter.name, chapter.file)
    return raw.source.value_at((key,)) if raw is not None else (0, 0)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
