"""The co-financing notice: its words and its pictures.

The words come from the files of ``assets/programmes``, the emblem from ``assets/emblem``. An
authority whose logo file is missing is shown by its name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from book.compose.emblem import Form
from book.messages import N_, translate
from book.model.edition import Project
from book.model.loaded import LoadedEdition
from book.model.programme import Programme

EMBLEM_ALT = N_("Emblem of the European Union")
EMBLEM = f"emblem/{Form.COLOUR}.svg"
"""The emblem's path in the documents. :func:`notice_pictures` maps it to a file."""
_LOGOS = "programmes"


def notice_context(loaded: LoadedEdition) -> dict[str, Any]:
    """What ``notice-block.xhtml.j2`` shows: ``programmes`` and ``notice``.

    ``programmes`` is empty for a book without funding. Each has ``statement``, ``fund``,
    ``lines``, ``authorities`` (``name``, ``logo`` path or None) and ``disclaimer`` in the
    edition's language. ``notice`` has ``emblem`` (path), ``emblem_alt``, ``project`` and ``cup``.
    """
    edition = loaded.edition
    funded = [programme for programme in loaded.programmes if programme.has_notice]
    return {
        "programmes": [_programme(programme, edition.language) for programme in funded],
        "notice": {
            "emblem": EMBLEM,
            "emblem_alt": translate(EMBLEM_ALT, _base(edition.language)),
            "project": project_line(funded, edition.project, edition.language),
            "cup": f"CUP {edition.project.cup}" if edition.project else "",
        },
    }


def notice_pictures(loaded: LoadedEdition) -> dict[str, Path]:
    """The pictures of the notice: files by their path in the documents. Empty without funding."""
    funded = [programme for programme in loaded.programmes if programme.has_notice]
    if not funded:
        return {}
    logos = [a.logo for p in funded for a in p.authorities if a.logo]
    paths = [EMBLEM, *(f"{_LOGOS}/{logo}" for logo in dict.fromkeys(logos))]
    return {path: loaded.assets.find(path) for path in paths}


def project_line(programmes: list[Programme], project: Project | None, language: str) -> str:
    """«Piano Regionale PROG-2463 – Lab’Impact», without what programme and project do not give."""
    if project is None:
        return ""
    labels = [text for p in programmes if (text := in_language(p.project_label, language))]
    head = " ".join([*labels[:1], project.code or ""]).strip() if project.code else ""
    return " – ".join(part for part in (head, project.name) if part)


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in ``language``, else in Italian, the language of the programmes, else ""."""
    return texts.get(_base(language)) or texts.get("it", "")


def _base(language: str) -> str:
    return language.split("-")[0]


def _programme(programme: Programme, language: str) -> dict[str, Any]:
    return {
        "id": programme.id,
        "statement": in_language(programme.statement, language),
        "fund": in_language(programme.fund, language),
        "lines": programme.lines.get(_base(language)) or programme.lines.get("it", ()),
        "authorities": [
            {"name": a.name, "logo": f"{_LOGOS}/{a.logo}" if a.logo else None}
            for a in programme.authorities
        ],
        "disclaimer": in_language(programme.disclaimer, language),
    }
