"""Runs all checks of this room on an edition whose chapters have been parsed to trees."""

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
from book.markdown.kinds.kind import SourceKinds
from book.markdown.tree import ChapterTree
from book.model.assets import Assets
from book.model.loaded import ChapterSource, WrittenEdition
from book.model.yaml.encoding import CHAPTER_LIMIT, read_text


@dataclass(frozen=True)
class Checked:
    """The findings on an edition, in their order, and the readability of its Italian chapters."""

    findings: tuple[Finding, ...]
    readability: tuple[Readability, ...]


@dataclass(frozen=True)
class House:
    """What the checks of every edition need: the house's terms, and the folder of the dictionary.

    ``language`` is the language in which the findings are worded ("it" or "en").
    """

    terms: terms.TermList
    dictionaries: Path
    language: str


def load_house(assets: Assets, language: str) -> tuple[House, list[Finding]]:
    """Load the house's terms and find its dictionary; the findings are on the file of terms."""
    found, findings = terms.load_terms(assets)
    return House(found, assets.find(spelling.DICTIONARIES), language), findings


def check_sources(
    loaded: WrittenEdition,
    trees: Mapping[str, ChapterTree],
    house: House,
    only: Collection[str] | None = None,
) -> Checked:
    """Findings on an edition; ``trees`` are those of all its chapters, by slug.

    With ``only`` (file names of chapters) on these chapters alone.
    """
    chapters = [c for c in loaded.chapters.values() if only is None or c.name in only]
    proses = {c.name: _prose(c, loaded, trees[c.slug].kinds) for c in loaded.chapters.values()}
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
    # Which form of a word is the usual one depends on all chapters, even if few are checked.
    files = {chapter.file for chapter in chapters}
    findings += (f for f in terms.mixed_forms(proses.values(), house.terms) if f.file in files)
    if only is None:
        findings += _on_edition(loaded, trees, house.language)
    return Checked(tuple(in_order(findings)), tuple(measured))


def _on_source(
    chapter: ChapterSource, prose: Prose, house: House, dictionary: spelling.Dictionary
) -> Iterator[Finding]:
    """Findings on the words of a chapter: metadata, typography, terms, spelling, accessibility."""
    is_speech = chapter.front_matter.kind == "transcript"
    yield from structure.check_front_matter(chapter, prose)
    certain = [*typography.check(prose), *terms.check(prose, house.terms)]
    yield from certain
    yield from repeated.check(prose, is_speech=is_speech)
    # A word with a wrong accent is also unknown to the dictionary. One finding on it is enough.
    places = {finding.place() for finding in certain}
    english = accessibility.english_passages(prose)
    unknown = spelling.check(prose, dictionary, english, house.language)
    yield from (finding for finding in unknown if finding.place() not in places)
    yield from accessibility.check_prose(prose, english)


def _on_edition(
    loaded: WrittenEdition, trees: Mapping[str, ChapterTree], language: str
) -> Iterator[Finding]:
    """Findings on the edition as a whole: metadata, unused pictures, co-financing."""
    yield from structure.check_edition(loaded)
    shown = (picture.path for tree in trees.values() for picture in tree.pictures)
    yield from pictures.unused(loaded, shown)
    # Imported here because it is slow to load, and a check of single chapters does not need it.
    from book.notice.source_rules import judge_sources, registry_findings

    results = judge_sources(loaded, language)
    yield from (result.finding for result in results if result.finding is not None)
    yield from registry_findings(loaded)


def _prose(chapter: ChapterSource, loaded: WrittenEdition, kinds: SourceKinds) -> Prose:
    """The chapter's file as running text; its front matter is empty if it cannot be read again."""
    text, _ = read_text(chapter.path, chapter.file, CHAPTER_LIMIT)
    lines = loaded.redaction.text(text or "").split("\n")[: chapter.body_line - 1]
    matter = "".join(f"{line}\n" for line in lines)
    language = chapter.front_matter.language or loaded.edition.language
    return read_prose(matter, chapter.body, kinds, chapter.file, language)


def _beside(loaded: WrittenEdition, name: str) -> str:
    return f"{loaded.file.rpartition('/')[0]}/{name}"
