"""The chapter trees of an edition: from the cache, or made by the Markdown stage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from book.driver.cache import Cache, hashes_of, key_of, stamps_of
from book.findings import REGISTRY, Finding
from book.markdown.chapter import chapter_tree
from book.markdown.kinds.kind import Note, SourceKinds
from book.markdown.tree import ChapterTree, Heading, Link, Picture, Tree
from book.model.loaded import ChapterSource, WrittenEdition


def chapter_trees(
    loaded: WrittenEdition, cache: Cache, jobs: int
) -> tuple[dict[str, ChapterTree], list[Finding]]:
    """Every chapter's tree by slug, and the findings of all of them, in reading order."""
    sources = list(loaded.chapters.values())
    # By their whole paths: a chapter names a picture with its folder.
    pictures = {
        path.relative_to(loaded.folder).as_posix(): path
        for path in loaded.folder.rglob("*")
        if path.suffix not in {".md", ".yaml"}
    }
    # Every chapter's key has all pictures of the edition: which ones a chapter names is not known
    # before it has been read. So a changed picture makes all chapters anew.
    edition = loaded.edition.model_dump(mode="json")
    stamps = stamps_of(pictures)
    hashes = hashes_of(pictures)

    def tree_of(source: ChapterSource) -> tuple[ChapterTree, list[Finding]]:
        matter = source.front_matter.model_dump(mode="json")
        where = (source.slug, source.file, source.body, source.body_line)
        key = key_of("tree", edition, matter, where, hashes)
        if (kept := cache.get(key)) is not None:
            return _unpack(json.loads(kept))
        tree, findings = chapter_tree(source, loaded.edition, loaded.folder)
        # A picture edited in between may have been read in either state.
        if stamps == stamps_of(pictures):
            cache.put(key, json.dumps(_pack(tree, findings)).encode())
        return tree, findings

    # Threads: most of the time goes by in pandoc, a process of its own.
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(tree_of, sources))
    trees = {tree.slug: tree for tree, _ in results}
    return trees, [finding for _, findings in results for finding in findings]


def _pack(tree: ChapterTree, findings: Sequence[Finding]) -> dict[str, Any]:
    said = [
        {
            "code": f.code.id,
            "file": f.file,
            "line": f.line,
            "column": f.column,
            "values": dict(f.values),
        }
        for f in findings
    ]
    return {"tree": asdict(tree), "findings": said}


def _unpack(data: dict[str, Any]) -> tuple[ChapterTree, list[Finding]]:
    tree = data["tree"]
    made = ChapterTree(
        slug=tree["slug"],
        body=Tree(tree["body"]["xhtml"]),
        headings=tuple(Heading(**heading) for heading in tree["headings"]),
        links=tuple(Link(**link) for link in tree["links"]),
        pictures=tuple(Picture(**picture) for picture in tree["pictures"]),
        words=tree["words"],
        kinds=_kinds(tree["kinds"]),
    )
    findings = [
        Finding(REGISTRY[f["code"]], f["file"], f["line"], f["column"], f["values"])
        for f in data["findings"]
    ]
    return made, findings


def _kinds(data: dict[str, Any]) -> SourceKinds:
    notes = tuple(Note(**note) for note in data["notes"])
    return SourceKinds(data["letters"], data["exact"], notes)
