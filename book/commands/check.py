"""``./inv check``: what is to be mended in the sources, without building anything."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.compose.glyphs import unset_characters
from book.driver.cache import Cache
from book.driver.changed import NO_REVISION, UnknownRevision, changed_since
from book.driver.trees import chapter_trees
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.findings import Finding, Severity, has_errors, in_order
from book.lint.check import Checked, House, check_sources, load_house
from book.lint.fix import fix_file
from book.lint.privacy import allowed_for, check_privacy
from book.markdown.anchors import broken_links
from book.markdown.context import nearest
from book.markdown.tree import ChapterTree
from book.messages import N_, translate
from book.model.assets import Assets
from book.model.load import EDITION_FILE, edition_names, load_edition
from book.model.loaded import WrittenEdition
from book.report.listing import FORMATS, Listing, written
from book.system.checkout import CHECKOUT
from book.system.whole import recover_all


@dataclass(frozen=True)
class Scope:
    """An edition to check: all of it (``only`` is None), or these chapters by file name."""

    edition: str
    only: tuple[str, ...] | None = None


class WrongUse(Exception):
    """Something was asked for that is not there; the message says what is."""


@dataclass(frozen=True)
class _Desk:
    """What the editions of one check share."""

    root: Path
    house: House
    cache: Cache
    language: str


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
    folder = Path(root).resolve() if root else CHECKOUT
    try:
        if format not in FORMATS:
            text = translate(N_("There is no format {names}. The formats are: {known}."), language)
            raise WrongUse(text.format(names=format, known=", ".join(FORMATS)))
        names = _changed(folder, since, language) if since else names
        scopes = scopes_of(names, folder, language) if names or not since else []
    except WrongUse as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    if since and not scopes and format == "text":  # a program is given an empty listing
        print(
            translate(N_("No edition has changed since {revision}."), language).format(
                revision=since
            )
        )
        return DONE
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


def _changed(root: Path, revision: str, language: str) -> Sequence[str]:
    """What has changed since a revision of git. Raises WrongUse."""
    try:
        changed = changed_since(root, revision)
    except UnknownRevision as error:
        text = translate(NO_REVISION, language)
        raise WrongUse(text.format(revision=revision, reason=error)) from error
    return [str(root / name) if "/" in name else name for name in changed.names]


def scopes_of(names: Sequence[str], root: Path, language: str) -> list[Scope]:
    """What the words of the command line ask for, by edition. Raises WrongUse."""
    known = edition_names(root)
    if not known:
        raise WrongUse(translate(N_("There are no editions under chapters/."), language))
    asked: dict[str, set[str] | None] = {}
    for name in names or known:
        edition, chapter = _named(name, root, known)
        if edition not in known:
            text = N_("There is no edition or chapter {name}; perhaps {nearest}.")
            files = [str(p.relative_to(root)) for p in (root / "chapters").glob("*/*.md")]
            near = nearest(name, files if name.endswith(".md") else known)
            raise WrongUse(translate(text, language).format(name=name, nearest=near))
        so_far = asked.setdefault(edition, set())
        if chapter is None or so_far is None:
            asked[edition] = None
        else:
            so_far.add(chapter)
    return [Scope(e, None if only is None else tuple(sorted(only))) for e, only in asked.items()]


def _named(name: str, root: Path, known: Sequence[str]) -> tuple[str, str | None]:
    """The edition that a word names, and its chapter if it names one; "" for nothing."""
    if name in known:
        return name, None
    for base in (Path.cwd(), root, root / "chapters"):
        path = Path(os.path.normpath(base / name))
        if not path.exists() or not path.is_relative_to(root / "chapters"):
            continue
        parts = path.relative_to(root / "chapters").parts
        if len(parts) == 1 or parts[1:] == (EDITION_FILE,):
            return parts[0], None
        if len(parts) == 2 and path.suffix == ".md":
            return parts[0], parts[1]
    return "", None


def _fix(scope: Scope, desk: _Desk) -> str:
    """Repair the chapters of an edition; the differences. A broken edition stays as it is."""
    loaded, _ = load_edition(desk.root, scope.edition)
    if loaded is None:
        return ""
    differences = []
    for chapter in loaded.chapters.values():
        if scope.only is None or chapter.name in scope.only:
            language = chapter.front_matter.language or loaded.edition.language
            signs = loaded.edition.typography.non_breaking
            difference = fix_file(chapter.path, chapter.file, language, signs=signs)[0]
            differences.append(loaded.redaction.quoted(difference))
    return "".join(differences)


def _check(scope: Scope, desk: _Desk) -> Checked:
    loaded, findings = load_edition(desk.root, scope.edition)
    if loaded is None:
        return Checked(tuple(findings), ())
    if scope.only is None:
        trees, more = chapter_trees(loaded, desk.cache, os.cpu_count() or 1)
        findings += more
        if not has_errors(findings):
            from book.compose.compose import compose  # a fifth of a second: for editions alone

            findings += compose(loaded, trees)[1]
    else:
        trees, more = _some_trees(loaded, scope.only, desk.cache)
        files = {loaded.chapters[n].file for n in scope.only if n in loaded.chapters}
        findings = [finding for finding in (*findings, *more) if finding.file in files]
    allowed, more = allowed_for(loaded)
    findings += [*more, *check_privacy(loaded, allowed, scope.only)]
    checked = check_sources(loaded, trees, desk.house, scope.only)
    findings = loaded.redaction.findings((*findings, *checked.findings))
    return Checked(tuple(in_order(findings)), checked.readability)


def _some_trees(
    loaded: WrittenEdition, names: Sequence[str], cache: Cache
) -> tuple[dict[str, ChapterTree], list[Finding]]:
    """The trees of some chapters, and what is wrong in them, their links and glyphs included.

    Of the other chapters only those are read into whose text a link leads.
    """
    wanted = {n: c for n, c in loaded.chapters.items() if n in names}
    trees, findings = chapter_trees(replace(loaded, chapters=wanted), cache, os.cpu_count() or 1)
    targets = {link.target for tree in trees.values() for link in tree.links}
    into = {slug for slug, dot, _ in (target.partition(".") for target in targets) if dot}
    linked = {n: c for n, c in loaded.chapters.items() if c.slug in into and n not in wanted}
    others, _ = chapter_trees(replace(loaded, chapters=linked), cache, os.cpu_count() or 1)
    sources = {chapter.slug: chapter for chapter in loaded.chapters.values()}
    # What no chapter holds, such as the laboratory's programme, is made by composing.
    made = {target for target in targets if target.partition(".")[0] not in sources}
    findings += broken_links({**trees, **others}, made | sources.keys(), sources)
    for chapter in wanted.values():
        findings += unset_characters(trees[chapter.slug].body.root, chapter.file, loaded)
    return trees, findings
