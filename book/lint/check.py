"""All that is said about the sources of a loaded edition whose chapters are trees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from book.findings import Finding, in_order
from book.lint import (
    accessibility,
    links,
    pictures,
    readability,
    repeated,
    spelling,
    structure,
    terms,
    typography,
)
from book.lint.prose import Prose, read_prose
from book.lint.readability import Readability
from book.markdown.tree import ChapterTree
from book.model.assets import Assets
from book.model.loaded import ChapterSource, WrittenEdition
from book.model.yaml.encoding import CHAPTER_LIMIT, read_text


@dataclass(frozen=True)
class Checked:
    """What was found in an edition, and how easy its chapters read, in reading order."""

    findings: tuple[Finding, ...]
    readability: tuple[Readability, ...]


@dataclass(frozen=True)
class House:
    """What holds for every edition: its terms and its dictionary's folder.

    ``language`` is that of whoever reads the findings.
    """

    terms: terms.TermList
    dictionaries: Path
    language: str


def load_house(assets: Assets, language: str) -> tuple[House, list[Finding]]:
    """The house's words and dictionary."""
    found, findings = terms.load_terms(assets)
    return House(found, assets.find(spelling.DICTIONARIES), language), findings


def check_sources(
    loaded: WrittenEdition,
    trees: Mapping[str, ChapterTree],
    house: House,
    only: Collection[str] | None = None,
) -> Checked:
    """Findings on an edition; ``trees`` are by slug.

    With ``only`` (file names of chapters) on these chapters alone; only their trees are read.
    """
    chapters = [c for c in loaded.chapters.values() if only is None or c.name in only]
    proses = {c.name: _prose(c, loaded) for c in loaded.chapters.values()}
    findings: list[Finding] = []
    words, more = terms.edition_words(loaded.folder, _beside(loaded, terms.EDITION_WORDS))
    findings += more
    dictionary = spelling.Dictionary(house.dictionaries, house.terms.known | words)
    measured = []
    for chapter in chapters:
        body = trees[chapter.slug].body.root
        prose = proses[chapter.name]
        findings += _on_source(chapter, prose, house, dictionary)
        findings += accessibility.check_tree(trees[chapter.slug], body, prose)
        findings += structure.check_body(body, chapter.file)
        findings += links.check(body, chapter.file)
        findings += pictures.check(body, loaded, chapter.file)
        if prose.is_italian:
            sections = readability.passages(body)
            result = readability.measure(chapter.file, chapter.front_matter.title, sections)
            findings += readability.check(result, sections)
            measured.append(result)
    files = {chapter.file for chapter in chapters}
    findings += (f for f in terms.mixed_forms(proses.values(), house.terms) if f.file in files)
    if only is None:
        findings += _on_edition(loaded, trees, house.language)
    return Checked(tuple(in_order(findings)), tuple(measured))


def _on_source(
    chapter: ChapterSource, prose: Prose, house: House, dictionary: spelling.Dictionary
) -> Iterator[Finding]:
    is_speech = chapter.front_matter.kind == "transcript"
    yield from structure.check_front_matter(chapter, prose)
    said = [*typography.check(prose), *terms.check(prose, house.terms)]
    yield from said
    yield from repeated.check(prose, is_speech=is_speech)
    places = {finding.place() for finding in said}
    english = accessibility.english_passages(prose)
    unknown = spelling.check(prose, dictionary, english, house.language)
    yield from (finding for finding in unknown if finding.place() not in places)
    yield from accessibility.check_prose(prose, english)


def _on_edition(
    loaded: WrittenEdition, trees: Mapping[str, ChapterTree], language: str
) -> Iterator[Finding]:
    yield from structure.check_edition(loaded)
    shown = (picture.path for tree in trees.values() for picture in tree.pictures)
    yield from pictures.unused(loaded, shown)
    from book.notice.source_rules import judge_sources, registry_findings  # slow to load

    results = judge_sources(loaded, language)
    yield from (result.finding for result in results if result.finding is not None)
    yield from registry_findings(loaded)


def _prose(chapter: ChapterSource, loaded: WrittenEdition) -> Prose:
    """The chapter's file as running text; one that changed and can no longer be read is empty."""
    text, _ = read_text(chapter.path, chapter.file, CHAPTER_LIMIT)
    language = chapter.front_matter.language or loaded.edition.language
    return read_prose(loaded.redaction.text(text or ""), chapter.file, language)


def _beside(loaded: WrittenEdition, name: str) -> str:
    return f"{loaded.file.rpartition('/')[0]}/{name}"
