"""``report.html``: what a build did, in pictures, tables and findings, for the people who edit."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup

from book.messages import N_
from book.notice.table import rows
from book.report.excerpts import by_file
from book.report.facts import Artefact, EditionFacts, in_lines
from book.report.pages import spreads
from book.report.pictures import ReportPictures
from book.report.rendering import environment
from book.report.summary import Verdict, counts, verdict, words_in_all
from book.report.verdicts import verdict_rows

_VERDICTS = {
    Verdict.READY: N_("Ready to be published"),
    Verdict.DRAFT: N_("A draft: chapters are still to be finished"),
    Verdict.CORRECT: N_("To be corrected before it is published"),
    Verdict.NOT_MADE: N_("Not made: there are errors to correct"),
}
_STYLE = "report.css"
_SCRIPT = "report.js"


def report_html(facts: EditionFacts, pictures: ReportPictures, language: str) -> bytes:
    """The report of one edition as one self-contained HTML page, in ``language`` ("it" or "en").

    The page leaves out each section that has nothing to show. Links to files are relative to
    ``build/<edition>/``.
    """
    pages = pictures.pages
    script = _resource(_SCRIPT)
    template = _environment(language).get_template("report.html.j2")
    page = template.render(
        facts=facts,
        language=language,
        verdict=verdict(facts),
        verdict_text=_VERDICTS[verdict(facts)],
        counts=counts(facts),
        words=words_in_all(facts),
        most_words=max((words for _, _, words in facts.words), default=0),
        seconds=facts.seconds,
        most_seconds=max((step.seconds for step in facts.steps), default=0.0),
        artefacts=[(line, _link(line, facts.artefacts)) for line in in_lines(facts.artefacts)],
        cover=pictures.cover,
        pages=pages,
        spreads=spreads(pages),
        viewer_pages=[{"label": page.label, **asdict(page.large)} for page in pages],
        rules=rows(facts.notice.results, language),
        to_confirm=facts.notice.to_confirm,
        verdicts=verdict_rows(facts, language) if facts.checks else [],
        notices=pictures.notices,
        files=by_file(facts.all_findings, facts.root, facts.hide),
        chapter_titles={file: title for title, file, _ in facts.words},
        style=Markup(_resource(_STYLE)),
        script=Markup(script),
        # The page's Content-Security-Policy allows this script alone, by its hash: no other runs,
        # even if text from a source were taken for markup.
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )
    return page.encode()


def _link(line: Artefact, artefacts: Sequence[Artefact]) -> str:
    """Where a line of the list leads: the file, or the page of a folder that readers begin with."""
    start = f"{line.name}index.html"
    is_there = any(each.name == start for each in artefacts)
    return start if line.name.endswith("/") and is_there else line.name


def _environment(language: str) -> Environment:
    jinja = environment("book.report", language)

    def number(value: float, decimals: int = 0) -> str:
        # A pattern of the Unicode CLDR; the locale gives the signs.
        pattern = "#,##0" + "." * bool(decimals) + "0" * decimals
        return str(format_decimal(value, format=pattern, locale=language))

    def size(value: int) -> str:
        kilobytes = value / 1024
        if kilobytes < 1024:
            return f"{number(kilobytes)} kB"
        return f"{number(kilobytes / 1024, 1)} MB"

    filters: dict[str, Any] = {"number": number, "size": size}
    jinja.filters.update(filters)
    return jinja


def _resource(name: str) -> str:
    """A file beside the templates, with the line ends that the script's hash is taken of."""
    return files("book.report").joinpath("templates", name).read_text(encoding="utf-8")
