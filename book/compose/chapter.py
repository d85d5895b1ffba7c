"""What a chapter's template shows beside its text, and the chapter's entry in the contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from book.compose.documents import Matter, TocEntry
from book.compose.wording import meeting_label, names
from book.markdown.tree import Heading
from book.messages import N_, translate
from book.model.chapter import Contribution, Essay, FactRow, Text, Tool, Transcript
from book.model.edition import Part

FrontMatter = Text | Essay | Transcript | Contribution | Tool

_EYEBROWS = {
    "contribution": N_("Best practice"),
    "essay": N_("Essay"),
    "tool": N_("Tool"),
    "transcript": N_("Transcript"),
}
_SHEET_LABELS = {"contribution": N_("Fact sheet"), "tool": N_("The tool in brief")}

_CONTRIBUTION = {
    "territory": N_("Territory"),
    "municipalities": N_("Municipalities"),
    "province": N_("Province"),
    "period": N_("Period"),
    "organisations": N_("Organisations"),
    "partners": N_("Partners"),
    "themes": N_("Themes"),
    "target_groups": N_("Target groups"),
    "instruments": N_("Instruments"),
    "resources": N_("Resources"),
    "results": N_("Results"),
    "indicators": N_("Indicators"),
    "difficulties": N_("What did not work"),
    "contacts": N_("Contacts"),
}
_TOOL = {
    "purpose": N_("Purpose"),
    "when": N_("When"),
    "participants": N_("With whom"),
    "duration": N_("Duration"),
    "materials": N_("What it takes"),
    "output": N_("What it gives"),
}

CHAPTER = "chapter"
# The usual titles of front and back matter. A document with any other title is a chapter. The keys
# are values of ``epub:type`` and, with ``doc-`` before them, roles of DPUB-ARIA 1.1.
_FRONT = {
    "introduction": ("presentazione", "introduzione", "presentation", "introduction"),
    "foreword": ("foreword",),
    "preface": ("prefazione", "premessa", "preface"),
    "acknowledgments": ("ringraziamenti", "acknowledgments", "acknowledgements"),
}
_BACK = {
    "glossary": ("glossario", "glossary"),
    "bibliography": ("bibliografia", "norme e documenti", "riferimenti", "bibliography"),
    "credits": ("crediti", "crediti delle immagini", "credits", "picture credits"),
    "appendix": ("appendice", "appendix"),
    "afterword": ("postfazione", "afterword"),
    "conclusion": ("conclusioni", "conclusione", "conclusions", "conclusion"),
    "acknowledgments": ("ringraziamenti", "acknowledgments", "acknowledgements"),
}
_BY_TITLE = {
    matter: {title: part for part, titles in parts.items() for title in titles}
    for matter, parts in ((Matter.FRONT, _FRONT), (Matter.BACK, _BACK))
}


def chapter_context(
    front_matter: FrontMatter, matter: Matter, part: Part | None, language: str
) -> dict[str, Any]:
    """What ``chapter.xhtml.j2`` shows beside the chapter's body.

    ``front_matter`` is typeset. ``part`` is the part of the book with the chapter, None outside
    parts. ``language`` (BCP 47) is the chapter's.
    """
    return {
        "language": language,
        "running_head": front_matter.short_title or front_matter.title,
        "front_matter": front_matter,
        "part_of_book": part_of_book(front_matter.title, matter),
        "eyebrow": front_matter.eyebrow or _eyebrow(front_matter, part, language),
        "byline": front_matter.byline or names(front_matter.authors, language),
        "facts": fact_rows(front_matter, language),
        "sheet_label": translate(_SHEET_LABELS.get(front_matter.kind, ""), language),
    }


def _eyebrow(front_matter: FrontMatter, part: Part | None, language: str) -> str:
    """The line above the title: part and meeting for an account of a meeting, else the kind.

    For example «Parte prima · Primo incontro».
    """
    if isinstance(front_matter, Text | Transcript) and front_matter.meeting is not None:
        words = [part.label if part else None, meeting_label(front_matter.meeting, language)]
    elif isinstance(front_matter, Contribution | Tool) or front_matter.kind in _EYEBROWS:
        words = [translate(_EYEBROWS[front_matter.kind], language)]
    else:
        words = [part.label if part else None]
    return " · ".join(word for word in words if word)


def fact_rows(front_matter: FrontMatter, language: str) -> tuple[FactRow, ...]:
    """The fields of a chapter's form that have a value, as rows with labels in ``language``."""
    if not isinstance(front_matter, Contribution | Tool):
        return ()
    labels = _CONTRIBUTION if isinstance(front_matter, Contribution) else _TOOL
    rows = []
    for field, label in labels.items():
        value = getattr(front_matter, field)
        text = ", ".join(value) if isinstance(value, tuple) else value
        if text:
            rows.append(FactRow(label=translate(label, language), value=text))
    return (*rows, *front_matter.facts)


def part_of_book(title: str, matter: Matter) -> str:
    """The ``epub:type`` of a chapter by its title, like ``glossary`` or ``chapter``.

    With ``doc-`` before it, it is the chapter's role (DPUB-ARIA 1.1).
    """
    return _BY_TITLE.get(matter, {}).get(title.strip().casefold(), CHAPTER)


def chapter_entry(title: str, anchor: str, headings: Sequence[Heading]) -> TocEntry:
    """The entry of a chapter in the table of contents, with its sections below it."""
    return TocEntry(title, anchor, _section_entries(headings))


def _section_entries(headings: Sequence[Heading]) -> tuple[TocEntry, ...]:
    """Headings of levels 2 and 3 as nested entries. Those of 3 before any of 2 are not nested."""
    entries: list[tuple[Heading, list[TocEntry]]] = []
    for heading in headings:
        if heading.level == 2 or (heading.level == 3 and not entries):
            entries.append((heading, []))
        elif heading.level == 3:
            entries[-1][1].append(TocEntry(heading.text, heading.anchor))
    return tuple(TocEntry(h.text, h.anchor, tuple(below)) for h, below in entries)
