"""Anchors: whether every link inside the book leads somewhere."""

from __future__ import annotations

from collections.abc import Container, Mapping

from book.findings import Finding
from book.markdown.codes import BROKEN_LINK
from book.markdown.context import nearest
from book.markdown.kinds.kind import UNREAD
from book.markdown.sourcemap import SourceMap
from book.markdown.tree import ChapterTree, ids_of
from book.model.loaded import ChapterSource


def anchors_of(tree: ChapterTree) -> frozenset[str]:
    """Every id in a chapter's tree, and the chapter's own."""
    return ids_of(tree.body.root) | {tree.slug}


def _fragments(anchors: frozenset[str]) -> set[str]:
    return {fragment for anchor in anchors if (fragment := anchor.partition(".")[2])}


def broken_links(
    trees: Mapping[str, ChapterTree],
    extra_anchors: Container[str],
    sources: Mapping[str, ChapterSource],
) -> list[Finding]:
    """A finding for each link to an id that is in no tree and not among ``extra_anchors``.

    ``trees`` and ``sources`` are by slug.
    """
    anchors: dict[str, frozenset[str]] = {}  # filled as they are asked for: most links work
    findings = []
    for slug, tree in trees.items():
        source = sources[slug]
        positions = SourceMap(source.body, source.body_line)
        for link in tree.links:
            if link.target in extra_anchors:
                continue
            target_slug, _, fragment = link.target.partition(".")
            if target_slug in trees and target_slug not in anchors:
                anchors[target_slug] = anchors_of(trees[target_slug])
            near_by = anchors.get(target_slug, frozenset())
            if link.target in near_by:
                continue
            near = nearest(fragment, _fragments(near_by))
            text = tree.kinds.hidden(positions.text, UNREAD)
            offset = text.find(link.written, positions.start_of(link.line))
            column = positions.column(offset) if offset >= 0 else 0
            findings.append(
                BROKEN_LINK.at(
                    source.file,
                    positions.line(offset) if offset >= 0 else link.line,
                    column,
                    target=link.written,
                    nearest=f"#{near}",
                )
            )
    return findings
