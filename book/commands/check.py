"""``./inv check``: what is to be mended in the sources, without building anything."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.commands.asked import (
    NO_FORMAT,
    WrongUse,
    changed,
    command,
    insist,
    known_editions,
    meaning,
    nothing_changed,
    root_of,
)
from book.compose.glyphs import unset_characters
from book.driver.cache import Cache
from book.driver.trees import chapter_trees
from book.exit_codes import DONE, FAILED
from book.findings import Finding, Severity, has_errors, in_order
from book.lint.check import Checked, House, check_sources, load_house
from book.lint.fix import fix_file
from book.lint.privacy import allowed_for, check_privacy
from book.markdown.anchors import broken_links
from book.markdown.tree import ChapterTree
from book.messages import N_, did_you_mean, translate
from book.model.assets import Assets
from book.model.load import load_edition
from book.model.loaded import WrittenEdition
from book.report.listing import FORMATS, Listing, written
from book.system.whole import recover_all


@dataclass(frozen=True)
class Scope:
    """An edition to check: all of it (``only`` is None), or its chapters of these file names."""

    edition: str
    only: tuple[str, ...] | None = None


@dataclass(frozen=True)
class _Desk:
    """What is the same for all editions of one check."""

    root: Path
    house: House
    cache: Cache
    language: str


@command
def check_command(
    names: Sequence[str],
    *,
    format: str,
    root: str,
    language: str,
    strict: bool = False,
    fix: bool = False,
    since: str = "",
) -> int:
    """Check editions or chapter files, write what was found, and return the exit code.

    ``names`` are editions, or paths of files and folders; all editions when there are none.
    With ``since``, a revision of git, what has changed since takes their place.
    """
    insist([format], tuple(FORMATS), NO_FORMAT, language)
    folder = root_of(root)
    if since:
        names = [
            str(folder / name) if "/" in name else name
            for name in changed(folder, since, language).names
        ]
        if not names and format == "text":  # in the other formats a program gets an empty listing
            print(nothing_changed(since, language))
            return DONE
    scopes = scopes_of(names, folder, language) if names or not since else []
    house, findings = load_house(Assets(folder), language)
    recover_all(folder / "build")
    desk = _Desk(folder, house, Cache(folder / "build" / ".cache"), language)
    differences = "".join(_fix(scope, desk) for scope in scopes) if fix else ""
    results = [_check(scope, desk) for scope in scopes]
    listing = Listing(
        findings=tuple(in_order((*findings, *(f for r in results for f in r.findings)))),
        readability=tuple(entry for result in results for entry in result.readability),
        differences=differences,
        sections=any(scope.only for scope in scopes),
    )
    sys.stdout.write(written(listing, format, language))
    counts = Counter(finding.severity for finding in listing.findings)
    is_bad = counts[Severity.ERROR] or (strict and counts[Severity.WARNING])
    return FAILED if is_bad else DONE


def scopes_of(words: Sequence[str], root: Path, language: str) -> list[Scope]:
    """What ``words`` mean, by edition; all editions without any. Raises WrongUse."""
    known = known_editions(root, language)
    asked: dict[str, set[str] | None] = {}
    for word in words or known:
        meant = meaning(word, root, known)
        if meant is None:
            raise WrongUse(_nothing_so_named(word, root, known, language))
        edition, chapter = meant
        so_far = asked.setdefault(edition, set())
        if not chapter or so_far is None:
            asked[edition] = None
        else:
            so_far.add(chapter)
    return [Scope(e, None if only is None else tuple(sorted(only))) for e, only in asked.items()]


def _nothing_so_named(word: str, root: Path, known: Sequence[str], language: str) -> str:
    text = N_("There is no edition or chapter {name}. The editions are: {known}.")
    said = translate(text, language).format(name=word, known=", ".join(known))
    if not word.endswith(".md"):
        return said + did_you_mean([Path(word).name], known, language)
    files = [str(path.relative_to(root)) for path in (root / "chapters").glob("*/*.md")]
    return said + did_you_mean([word], files, language)


def _fix(scope: Scope, desk: _Desk) -> str:
    """Repair the chapters of an edition and return the differences; none for a broken edition."""
    loaded, _ = load_edition(desk.root, scope.edition)
    if loaded is None:
        return ""
    trees, _ = chapter_trees(loaded, desk.cache, os.cpu_count() or 1)
    known = {chapter.body: trees[chapter.slug].kinds for chapter in loaded.chapters.values()}
    differences = []
    for chapter in loaded.chapters.values():
        if scope.only is None or chapter.name in scope.only:
            language = chapter.front_matter.language or loaded.edition.language
            signs = loaded.edition.typography.non_breaking
            difference, _ = fix_file(chapter.path, chapter.file, language, signs=signs, known=known)
            differences.append(loaded.redaction.quoted(difference))
    return "".join(differences)


def _check(scope: Scope, desk: _Desk) -> Checked:
    loaded, findings = load_edition(desk.root, scope.edition)
    if loaded is None:
        return Checked(tuple(findings), ())
    trees, more = chapter_trees(loaded, desk.cache, os.cpu_count() or 1)
    findings += more
    if scope.only is None:
        if not has_errors(findings):
            from book.compose.compose import compose  # a fifth of a second: for editions alone

            findings += compose(loaded, trees)[1]
    else:
        findings += _links_and_glyphs(loaded, scope.only, trees)
        files = {loaded.chapters[n].file for n in scope.only if n in loaded.chapters}
        findings = [finding for finding in findings if finding.file in files]
    allowed, more = allowed_for(loaded)
    findings += [*more, *check_privacy(loaded, allowed, scope.only)]
    checked = check_sources(loaded, trees, desk.house, scope.only)
    findings = loaded.redaction.findings((*findings, *checked.findings))
    return Checked(tuple(in_order(findings)), checked.readability)


def _links_and_glyphs(
    loaded: WrittenEdition, names: Sequence[str], trees: Mapping[str, ChapterTree]
) -> list[Finding]:
    """What is wrong with the links and glyphs of some chapters."""
    sources = {chapter.slug: chapter for chapter in loaded.chapters.values()}
    targets = {link.target for tree in trees.values() for link in tree.links}
    # Targets outside chapters, such as the laboratory's programme, are made by composing.
    made = {target for target in targets if target.partition(".")[0] not in sources}
    return [
        *broken_links(trees, made | sources.keys(), sources),
        *(
            finding
            for name in names
            if (chapter := loaded.chapters.get(name))
            for finding in unset_characters(trees[chapter.slug].body.root, chapter.file, loaded)
        ),
    ]
