"""Renders the papers of a release: release notes, checklist, licences, as HTML, Markdown, CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from book.compose.wording import long_date
from book.messages import N_, translate
from book.model.edition import Edition
from book.model.licence import licence_of
from book.release.checklist import Group
from book.release.licences import Licences
from book.release.marks import Change, Run
from book.release.notes import Notes
from book.release.text import BookText
from book.report.rendering import environment

NOTES_MARKDOWN = "note-di-rilascio.md"
NOTES_HTML = "note-di-rilascio.html"
CHECKLIST_MARKDOWN = "cosa-consegnare.md"
CHECKLIST_HTML = "cosa-consegnare.html"
LICENCES_HTML = "licenze.html"
LICENCES_CSV = "licenze.csv"
_STYLE = "paper.css"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")
_PLACES = {"cover": N_("cover"), "notice": N_("notice page")}
_MARKS = {Change.KEPT: "", Change.REMOVED: "~~", Change.ADDED: "**"}


def papers(
    edition: Edition,
    text: BookText,
    notes: Notes,
    groups: Sequence[Group],
    licences: Licences,
    language: str,
    unread: str = "",
) -> dict[str, bytes]:
    """The papers by file name, in ``language``.

    ``unread`` is the version of the release before if its text cannot be read, else "".
    """
    shared: dict[str, Any] = {
        "language": language,
        "book_language": edition.language,
        "title": edition.title,
        "version": edition.version,
        "date": long_date(edition.date, language),
        "style": Markup(files("book.release").joinpath("templates", _STYLE).read_text("utf-8")),
    }
    html, markdown = _environment(language, is_html=True), _environment(language, is_html=False)
    made = {}
    for name, template, context in (
        (NOTES_HTML, "notes.html.j2", {"notes": notes, "unread": unread}),
        (NOTES_MARKDOWN, "notes.md.j2", {"notes": notes, "unread": unread}),
        (CHECKLIST_HTML, "checklist.html.j2", {"groups": groups}),
        (CHECKLIST_MARKDOWN, "checklist.md.j2", {"groups": groups}),
        (LICENCES_HTML, "licences.html.j2", _licences_context(edition, text, licences, language)),
    ):
        jinja = html if name.endswith(".html") else markdown
        page = jinja.get_template(template).render(**shared, **context)
        made[name] = _spaced(page).encode() if jinja is markdown else page.encode()
    made[LICENCES_CSV] = _licences_csv(licences, _places(text, language), language)
    return made


def _licences_context(
    edition: Edition, text: BookText, licences: Licences, language: str
) -> dict[str, Any]:
    return {
        "licence": licence_of(edition.licence, language),
        "licences": licences,
        "places": _places(text, language),
    }


def _places(text: BookText, language: str) -> dict[str, str]:
    """The names of the places of pictures: titles of chapters by id, and the two other places."""
    titles = {chapter.id: chapter.title for chapter in text.chapters}
    return {**titles, **{id: translate(words, language) for id, words in _PLACES.items()}}


def _licences_csv(licences: Licences, places: Mapping[str, str], language: str) -> bytes:
    """Typefaces and pictures as CSV (RFC 4180), for people who keep lists of rights."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    heads = (N_("Kind"), N_("Name"), N_("Where"), N_("Made by"), N_("Licence"), N_("Address"))
    writer.writerow([translate(head, language) for head in (*heads, "SHA-256")])
    for face in licences.typefaces:
        kind = translate(N_("typeface"), language)
        name = f"{face.family} {face.version}".strip()
        where = "; ".join(face.files)
        writer.writerow([kind, name, where, face.designer, face.licence, face.url or "", ""])
    for picture in licences.pictures:
        kind = translate(N_("picture"), language)
        place = places.get(picture.place, picture.place)
        credit, terms = (translate(said, language) for said in (picture.credit, picture.terms))
        name = picture.file or translate(N_("motif of the cover"), language)
        writer.writerow([kind, name, place, credit, terms, picture.url or "", picture.sha256])
    return target.getvalue().encode()


def _environment(language: str, *, is_html: bool) -> Environment:
    jinja = environment("book.release", language, is_html=is_html)
    jinja.filters.update({"md": as_markdown, "marked": _marked})
    return jinja


def as_markdown(text: str) -> str:
    """``text`` with the special characters of Markdown escaped."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _marked(run: Run) -> str:
    """A run in Markdown: ``~~removed~~``, ``**added**``.

    The marks must be next to words, not to spaces (CommonMark, section 6.2), so spaces at the ends
    of the run go outside.
    """
    inner = run.text.strip()
    mark = _MARKS[run.change]
    if not mark or not inner:
        return as_markdown(run.text)
    head = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :]
    return f"{head}{mark}{as_markdown(inner)}{mark}{tail}"


def _spaced(page: str) -> str:
    """``page`` with single empty lines, and none between the entries of a list.

    Jinja leaves an empty line for each of its statements.
    """
    page = re.sub(r"\n{3,}", "\n\n", page)
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", page).strip() + "\n"
