"""``report.html``: what a build did, for people who would rather look than read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup
from PIL import Image

from book.messages import N_
from book.notice.table import rows
from book.report.excerpts import by_file
from book.report.facts import Artefact, EditionFacts
from book.report.notice import notice_views
from book.report.pages import PageView, Picture, page_views, picture, spreads
from book.report.rendering import environment
from book.report.summary import Verdict, counts, verdict, words_in_all
from book.report.verdicts import verdict_rows

_COVER = "cover.jpg"
_COVER_SIZE = (480, 768)
"""Pixels, at most: twice what the page shows."""
_VERDICTS = {
    Verdict.READY: N_("Ready to be published"),
    Verdict.DRAFT: N_("A draft: chapters are still to be finished"),
    Verdict.CORRECT: N_("To be corrected before it is published"),
    Verdict.NOT_MADE: N_("Not made: there are errors to correct"),
}
_KINDS = {
    ".epub": N_("E-book"),
    "-print.pdf": N_("PDF for print"),
    ".pdf": N_("PDF"),
    "cover.jpg": N_("Cover picture"),
    "card.jpg": N_("Card for the web"),
    "thumbnail.jpg": N_("Thumbnail"),
    "accessibilita.html": N_("Accessibility statement"),
    ".onix.xml": N_("ONIX record"),
    ".jsonld": N_("Schema.org record"),
    ".bib": N_("BibTeX entry"),
    ".opds.json": N_("OPDS entry"),
}
"""What a file is, by the end of its name; in the order in which the report lists them."""
_STYLE = "report.css"
_SCRIPT = "report.js"


def report_html(facts: EditionFacts, artefacts: Mapping[str, bytes], language: str) -> bytes:
    """The report of one edition as one self-contained HTML page, in ``language`` ("it" or "en").

    ``artefacts`` gives the files by their names in ``build/<edition>/``: the cover and the PDF
    are shown (a part of the page that has nothing to show is not there), links to the files are
    relative. Raises pypdfium2.PdfiumError when the PDF is none.
    """
    pdf = artefacts.get(f"{facts.name}.pdf")
    pages = page_views(pdf) if pdf else []
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
        seconds=sum(step.seconds for step in facts.steps),
        most_seconds=max((step.seconds for step in facts.steps), default=0.0),
        artefacts=_listed(facts.artefacts),
        cover=_cover(artefacts, pages),
        pages=pages,
        spreads=spreads(pages),
        viewer_pages=[{"label": page.label, **asdict(page.large)} for page in pages],
        rules=rows(facts.notice.results, language),
        to_confirm=facts.notice.to_confirm,
        verdicts=verdict_rows(facts, language) if facts.checks else [],
        notices=notice_views(pdf, facts.notice.notices, language) if pdf else [],
        files=by_file(facts.all_findings, facts.root, facts.hide),
        chapter_titles={file: title for title, file, _ in facts.words},
        style=Markup(_resource(_STYLE)),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )
    return page.encode()


def _cover(artefacts: Mapping[str, bytes], pages: list[PageView]) -> Picture | None:
    """The cover, or in its stead the first page."""
    if _COVER in artefacts:
        with Image.open(BytesIO(artefacts[_COVER])) as image:
            small = image.convert("RGB")
            small.thumbnail(_COVER_SIZE)
            return picture(small)
    return pages[0].thumbnail if pages else None


def _listed(artefacts: Sequence[Artefact]) -> list[tuple[str, Artefact]]:
    """Each artefact with what it is, those to be read first."""
    order = list(_KINDS)
    known = [
        (next((i for i, end in enumerate(order) if a.name.endswith(end)), len(order)), a)
        for a in artefacts
    ]
    known.sort(key=lambda pair: (pair[0], pair[1].name))
    return [(_KINDS[order[i]] if i < len(order) else "", a) for i, a in known]


def _environment(language: str) -> Environment:
    jinja = environment("book.report", language)

    def number(value: float, decimals: int = 0) -> str:
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
