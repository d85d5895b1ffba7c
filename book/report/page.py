"""``report.html``: what a build did, for people who would rather look than read."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from book.messages import catalogue
from book.report.facts import EditionFacts
from book.report.summary import counts, verdict, words_in_all


def report_html(facts: EditionFacts, artefacts: Mapping[str, bytes], language: str) -> bytes:
    """The report of one edition as one self-contained HTML page, in ``language`` ("it" or "en").

    ``artefacts`` gives the files by their names in ``build/<edition>/``; the page's links to
    them are relative.
    """
    template = _environment(language).get_template("report.html.j2")
    page = template.render(
        facts=facts,
        language=language,
        verdict=verdict(facts),
        counts=counts(facts),
        words=words_in_all(facts),
    )
    return page.encode()


def _environment(language: str) -> Environment:
    jinja = Environment(
        loader=PackageLoader("book.report"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # newstyle=False: messages are str.format templates, and a "%" in one is only a "%".
    jinja.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(language.split("-")[0]), newstyle=False
    )
    return jinja
