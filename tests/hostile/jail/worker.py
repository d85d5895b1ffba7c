"""The jailed process: takes jobs as lines of JSON, answers each with a line of JSON."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from book.driver import run
from book.findings import Finding, has_errors, in_order
from book.intake.documents import import_document
from book.intake.transcripts import import_transcript, looks_like_transcript
from book.markdown import pandoc
from book.markdown.anchors import broken_links
from book.markdown.chapter import chapter_tree
from book.model.load import load_edition
from tests.support.effort import processor_seconds

EDITION = "base"
_PANDOC_SECONDS = 2.0
_PATIENCE = 300.0


def read(root: Path, chapters: list[str]) -> dict[str, Any]:
    """Load the edition and make the trees of some of its chapters."""
    loaded, findings = load_edition(root, EDITION)
    trees = {}
    if loaded is not None:
        sources = {s.slug: s for s in loaded.chapters.values() if s.name in chapters}
        for slug, source in sources.items():
            trees[slug], more = chapter_tree(source, loaded.edition, loaded.folder)
            findings += more
        anchors = {source.slug for source in loaded.chapters.values()}
        findings += broken_links(trees, anchors, sources)
    return {
        "findings": _said(findings),
        "stopped": has_errors(findings),
        "trees": {slug: tree.body.xhtml for slug, tree in trees.items()},
    }


def take_in(path: Path) -> dict[str, Any]:
    """Import a file as the command does, and read the chapter that comes of it."""
    if looks_like_transcript(path.name, path.read_bytes()):
        imported = import_transcript(path, clean=False)
        findings, text = list(imported.findings), imported.text
    else:
        made, findings = import_document(path)
        text = made.text if made else ""
    return {"findings": _said(findings), "stopped": has_errors(findings), "text": text}


def build(root: Path) -> dict[str, Any]:
    """Build the edition whole."""
    order = run.Order(root=root, editions=(EDITION,), output=root / "build", jobs=1, language="en")
    facts = run.run(order, lambda name, step: None, lambda made: None)[0]
    return {"findings": _said(facts.findings), "stopped": not facts.made}


def _said(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    for finding in findings:
        finding.sentence("it").encode()
    return [finding.sentence("en") for finding in in_order(findings)]


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What comes of a job: ``findings``, or ``error`` with a traceback; ``seconds`` it took.

    They are of processor time, for other programs may keep the machine busy.
    """
    start = processor_seconds()
    try:
        if job["kind"] == "read":
            result = read(Path(job["root"]), job["chapters"])
        elif job["kind"] == "import":
            result = take_in(Path(job["path"]))
        else:
            result = build(Path(job["root"]))
    except Exception:
        result = {"error": traceback.format_exc(), "findings": []}
    return {**result, "seconds": processor_seconds() - start}


def _limit_pandoc() -> None:
    """Give pandoc little processor time and much patience, however busy the machine is.

    What keeps pandoc busy for long keeps it so for very long: there is no need to wait.
    """
    limit = pandoc._limit
    pandoc._limit = lambda process, seconds: limit(process, _PANDOC_SECONDS)
    defaults = pandoc.run.__kwdefaults__
    assert defaults is not None and defaults["time_limit"] == pandoc.TIME_LIMIT
    defaults["time_limit"] = _PATIENCE


if __name__ == "__main__":
    _limit_pandoc()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
