"""Checks that the target of every link inside the book exists."""

from __future__ import annotations

from collections.abc import Container, Mapping

from book.findings import Finding
from book.markdown.codes import BROKEN_LINK
from book.markdown.context import suggestion
from book.markdown.kinds.kind import UNREAD
from book.markdown.sourcemap import SourceMap
from book.markdown.tree import ChapterTree, ids_of
from book.model.loaded import ChapterSource


def anchors_of(tree: ChapterTree) -> frozenset[str]:
    """Every id in a chapter's tree, and the chapter's slug, which is the id of its document."""
    return ids_of(tree.body.root) | {tree.slug}


def _fragments(anchors: frozenset[str]) -> set[str]:
    return {fragment for anchor in anchors if (fragment := anchor.partition(".")[2])}


def broken_links(
    trees: Mapping[str, ChapterTree],
    extra_anchors: Container[str],
    sources: Mapping[str, ChapterSource],
) -> list[Finding]:
    """A finding for each link to an id that is in no tree and not among ``extra_anchors``.

    ``trees`` and ``sources`` are by slug. ``extra_anchors`` are the ids of the composed documents.
    They hold the ids of the chapters, too, so that a link that works needs no look into a tree.
    """
    # The ids of a tree are gathered only when a link to it is not among extra_anchors.
    anchors: dict[str, frozenset[str]] = {}
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
            near = suggestion(fragment, _fragments(near_by))
            # The link's line may be that of its block: the target is sought from there on, but
            # not in code and comments, which may show the same target.
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
