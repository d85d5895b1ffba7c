"""Recognises the house's forms for contributions and tools, and fills the front matter from them.

A form is a table of two columns, or a run of lines «Voce: contenuto». Contributors change its
labels, so each field has several; they are compared without case, accents and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from book.intake.documents import codes
from book.intake.documents.ast import Blocks, Inlines, Node, rows, text_of
from book.intake.documents.draft import Draft
from book.model.chapter import Contribution, Tool

_CONTRIBUTION = {
    "territory": "territorio, ambito, ambito territoriale, dove, luogo",
    "municipalities": "comuni, comune, comuni coinvolti",
    "province": "provincia",
    "organisations": "enti, enti e ruoli, enti e loro ruolo, organizzazioni, organizzazioni e "
    "ruoli, ente, ente proponente, ente capofila, soggetti",
    "period": "periodo, quando, durata e periodo, anni",
    "themes": "temi, tema, ambito tematico, area tematica",
    "target_groups": "destinatari, beneficiari, a chi si rivolge, target",
    "partners": "partner, partners, partenariato, rete",
    "instruments": "strumenti, strumenti adoperati, strumenti utilizzati, metodi",
    "resources": "risorse, risorse impiegate, costi, budget",
    "results": "risultati, risultati raggiunti, esiti",
    "indicators": "indicatori, indicatori di risultato",
    "difficulties": "difficoltà, criticità, che cosa non ha funzionato, cosa non ha funzionato, "
    "problemi incontrati, errori",
    "contacts": "contatti, contatto, riferimenti, referente, recapiti",
}
_TOOL = {
    "purpose": "a che cosa serve, a cosa serve, scopo, obiettivo, finalità",
    "when": "quando si usa, quando usarlo, quando",
    "participants": "con chi, partecipanti, chi partecipa",
    "duration": "durata, quanto dura, tempo, tempi",
    "materials": "che cosa occorre, cosa occorre, materiali, occorrente, che cosa serve, "
    "cosa serve",
    "output": "che cosa se ne ricava, cosa se ne ricava, risultato, prodotto, esito",
}
_COMMON = {
    "title": "titolo, titolo della pratica, nome della pratica, nome dello strumento",
    "authors": "autori, autore, autrice, a cura di, chi scrive, compilato da",
    "abstract": "sommario, in breve, abstract, sintesi",
    "keywords": "parole chiave, keywords",
}
_HEADINGS = frozenset({"voce", "campo", "contenuto", "descrizione"})
"""Labels of the header row of a form that is a table."""
_MODELS: dict[str, type[Contribution] | type[Tool]] = {"contribution": Contribution, "tool": Tool}
LEAST = 3
"""The least number of known labels that make a table or a run of lines a form."""
_SHORT = 45
"""The most characters of an entry in a list with commas; a longer one is a sentence."""
_LABEL = 40
"""The most characters of a label."""


def _labels(table: dict[str, str]) -> dict[str, str]:
    return {
        _normalised(label): field for field, names in table.items() for label in names.split(",")
    }


def _normalised(label: str) -> str:
    """A label for comparison: without accents, case, punctuation and remarks in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", label)
    bare = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z ]+", " ", bare.lower()).split())


FORMS = {"contribution": _labels(_CONTRIBUTION), "tool": _labels(_TOOL)}
_SHARED = _labels(_COMMON)


@dataclass(frozen=True)
class Row:
    """A row of a form: its label, and the lines or list entries of its answer."""

    label: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """A range of blocks, ``start`` to ``end`` (excluded), that may be a form."""

    start: int
    end: int
    rows: tuple[Row, ...]


def apply(draft: Draft) -> None:
    """Find the form, take the chapter's kind from it, and move its answers to the front matter.

    The place with the most known labels wins. At least half of its rows must have one.
    """
    kinds = [draft.kind] if draft.kind else list(FORMS)
    best: tuple[int, str, _Place] | None = None
    for place in _places(draft.blocks):
        for kind in kinds:
            known = sum(_normalised(row.label) in FORMS.get(kind, {}) for row in place.rows)
            if known >= LEAST and known * 2 >= len(place.rows) and (not best or known > best[0]):
                best = (known, kind, place)
    if best is None:
        return
    _, draft.kind, place = best
    del draft.blocks[place.start : place.end]
    _fill(draft, place.rows)


def _places(blocks: Blocks) -> list[_Place]:
    """All tables of two columns, and all runs of lines with known labels."""
    places = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block["t"] == "Table":
            found = _rows_of_table(block)
            places += [_Place(index, index + 1, found)] if found else []
            index += 1
            continue
        end = index
        lines: list[Row] = []
        while end < len(blocks) and (row := _row_of_line(blocks[end])):
            lines.append(row)
            end += 1
        if lines:
            places.append(_Place(index, end, tuple(lines)))
        index = max(end, index + 1)
    return places


def _rows_of_table(table: Node) -> tuple[Row, ...]:
    """The rows of a table of two columns, without a header; none for other tables."""
    found = []
    for _, row_cells in rows(table):
        if len(row_cells) != 2:
            return ()
        label = text_of(row_cells[0][4]).rstrip(" :")
        found.append(Row(label, _entries(row_cells[1][4])))
    return tuple(row for row in found if _normalised(row.label) not in _HEADINGS)


def _row_of_line(block: Node) -> Row | None:
    """The row of a line such as «Territorio: un Comune»; None if its label is not known."""
    if block["t"] not in ("Para", "Plain"):
        return None
    label, colon, value = text_of([block]).partition(":")
    if not colon or len(label) > _LABEL or not _is_known(label):
        return None
    # Further lines of the same paragraph, after line breaks, belong to the answer.
    lines = _lines(block["c"])
    return Row(label.strip(), (value.strip(), *lines[1:]) if len(lines) > 1 else (value.strip(),))


def _is_known(label: str) -> bool:
    plain = _normalised(label)
    return plain in _SHARED or any(plain in labels for labels in FORMS.values())


def _entries(blocks: Blocks) -> tuple[str, ...]:
    """The texts of an answer: one for each list entry, line or other block."""
    found: list[str] = []
    for block in blocks:
        if block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            found += [text_of(item) for item in items]
        elif block["t"] in ("Para", "Plain"):
            found += _lines(block["c"])
        else:
            found.append(text_of([block]))
    return tuple(filter(None, found))


def _lines(inlines: Inlines) -> list[str]:
    lines: list[Inlines] = [[]]
    for inline in inlines:
        if inline["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(inline)
    return [text_of(line) for line in lines]


def _fill(draft: Draft, found: tuple[Row, ...]) -> None:
    """Fill the draft's fields from the rows. Unknown rows become facts, empty ones are reported."""
    labels = FORMS[draft.kind]
    filled = []
    facts = []
    for row in found:
        field = labels.get(_normalised(row.label)) or _SHARED.get(_normalised(row.label))
        if not any(row.entries):
            draft.report(codes.FORM_ROW_EMPTY, label=row.label)
        elif field is None:
            draft.report(codes.FORM_ROW_UNKNOWN, label=row.label)
            facts.append({"label": row.label, "value": "; ".join(row.entries)})
        else:
            filled.append(row.label)
            _answer(draft, field, row.entries)
    if facts:
        draft.fields["facts"] = facts
    draft.report(codes.FORM_FOUND, fields=", ".join(filled))


def _answer(draft: Draft, field: str, entries: tuple[str, ...]) -> None:
    """Put an answer into its field. A second answer to the same field is added to the first."""
    if field == "title":
        draft.title = " ".join(entries)
    elif field == "abstract":
        draft.abstract = " ".join(entries)
    elif field == "authors":
        draft.authors = (*draft.authors, *_split_entries(entries))
    elif field == "keywords" or _is_list(draft.kind, field):
        draft.fields[field] = [*draft.fields.get(field, []), *_split_entries(entries)]
    else:
        before = [draft.fields[field]] if field in draft.fields else []
        draft.fields[field] = "; ".join([*before, *(e.rstrip(" ;") for e in entries)])


def _is_list(kind: str, field: str) -> bool:
    default: Any = _MODELS[kind].model_fields[field].default
    return isinstance(default, tuple)


def _split_entries(entries: tuple[str, ...]) -> list[str]:
    """The entries of a list: by line and semicolon, else by comma if all parts are short.

    A single line with brackets is not split at commas, which may be inside the brackets.
    """
    parts = [part.strip() for entry in entries for part in entry.split(";") if part.strip()]
    if len(parts) == 1 and "(" not in parts[0]:
        by_comma = [part.strip() for part in parts[0].split(",") if part.strip()]
        if all(len(part) <= _SHORT for part in by_comma):
            parts = by_comma
    return [part.rstrip(".") if len(parts) > 1 else part for part in parts]
