"""``docs/codici.md``: a table of all finding codes in Italian, for editors.

Run ``python -m book.reference`` after a code has been added or reworded.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from string import Formatter

import book
from book.findings import REGISTRY, Code
from book.messages import translate

FAMILIES: dict[str, str] = {
    "E": "Edizione e intestazioni dei capitoli",
    "C": "Testo dei capitoli",
    "L": "Collegamenti e immagini",
    "F": "Font e glifi",
    "B": "File dei marchi e dei programmi",
    "I": "Importazione",
    "K": "Cura del testo e delle immagini",
    "N": "Dicitura di cofinanziamento",
    "V": "Persone e dati personali",
    "P": "PDF",
    "U": "EPUB",
    "G": "Validatori",
    "R": "Rilascio",
}
_SEVERITIES = {"error": "errore", "warning": "avviso", "hint": "suggerimento"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_LANGUAGE = "it"
_INTRODUCTION = """\
# I codici delle segnalazioni

Ogni segnalazione ha un codice che non cambia da una versione all'altra: si può cercare in questa
pagina, citare in una mail, ritrovare in `report.html`. Su un terminale una segnalazione occupa una
riga: il file, la riga e la colonna, la gravità, il codice, che cosa non va e, dopo la lineetta,
come si rimedia.

- **Errore** (`error`): il libro non si può comporre. Resta al suo posto l'ultimo che è riuscito.
- **Avviso** (`warning`): il libro si compone, ma così non si pubblica.
- **Suggerimento** (`hint`): il libro è a posto; si potrebbe fare meglio.

I puntini «…» stanno per ciò che cambia da un caso all'altro: un nome, un numero, una riga. Pagina
prodotta da `python -m book.reference`: si corregge il codice, non questo file.
"""


def codes_page() -> str:
    """The page in Markdown: a table for each family, sorted by code."""
    _import_all_codes()
    sections = [_INTRODUCTION]
    for letter, name in FAMILIES.items():
        codes = sorted((c for c in REGISTRY.values() if c.id[0] == letter), key=lambda c: c.id)
        if codes:
            sections.append(_section(letter, name, codes))
    return "\n".join(sections)


def _import_all_codes() -> None:
    """Import all modules whose name ends in «codes»: codes are registered when they are defined."""
    for module in pkgutil.walk_packages(book.__path__, "book."):
        if module.name.endswith("codes"):
            importlib.import_module(module.name)


def _section(letter: str, name: str, codes: Iterable[Code]) -> str:
    """The table of a family. ``B`` codes with a twin ``E`` are shown beside the twin only."""
    rows = [
        f"| {_shown_id(code)} | {_SEVERITIES[code.severity]} "
        f"| {_sentence(code.problem)} | {_sentence(code.remedy)} |"
        for code in codes
        if not (letter == "B" and _same_elsewhere(code))
    ]
    lines = [f"## {letter} – {name}", ""]
    if letter == "B":
        lines += ["Gli altri codici `B` sono nella tabella `E`, accanto al codice gemello.", ""]
    head = ["| Codice | Gravità | Che cosa non va | Come si rimedia |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *head, *rows, ""])


def _shown_id(code: Code) -> str:
    """The code's id, with that of its twin for assets if both say the same."""
    twin = REGISTRY.get(f"B{code.id[1:]}") if code.id[0] == "E" else None
    if twin and _same_elsewhere(twin):
        return f"`{code.id}` `{twin.id}`"
    return f"`{code.id}`"


def _same_elsewhere(code: Code) -> bool:
    """Whether a ``B`` code has the same texts as the ``E`` code with the same number."""
    twin = REGISTRY.get(f"E{code.id[1:]}")
    return twin is not None and (twin.problem, twin.remedy) == (code.problem, code.remedy)


def _sentence(message: str) -> str:
    """A message in Italian as a sentence in a table: «…» for values, Markdown's signs escaped."""
    text = ""
    for literal, field, _, _ in Formatter().parse(translate(message, _LANGUAGE)):
        text += literal + ("…" if field is not None else "")
    text = _SPECIAL.sub(r"\\\1", text.replace("……", "…"))
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…", "?", "!")) else f"{text}."
