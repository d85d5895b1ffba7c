"""Operators on the data: what an edition and a programme's file say."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from book.system.checkout import CHECKOUT
from tests.support.books import BASE, lay

EDITION = Path("chapters", BASE, "edition.yaml")
PROGRAMME = Path("assets", "programmes", "fami-2014-2020.yaml")
_STATEMENT = "it: Progetto co-finanziato dall’Unione Europea"
_FUND = "fund:\n  it: Fondo Asilo, Migrazione e Integrazione (FAMI) 2014-2020"
_CUP = "cup: E89F18000510007"


@dataclass(frozen=True)
class DataMutant:
    """``old`` in ``file`` becomes one of ``new``; ``breaking`` is whether a rule is broken."""

    file: Path
    old: str
    new: tuple[str, ...]
    breaking: bool = True

    def lay(self, name: str, root: Path) -> None:
        """Write the base book with this mistake into ``root``."""
        lay(BASE, root)
        (root / PROGRAMME).parent.mkdir(parents=True)
        shutil.copyfile(CHECKOUT / PROGRAMME, root / PROGRAMME)
        text = (root / self.file).read_text("utf-8")
        assert text.count(self.old) == 1, self.old
        chosen = random.Random(f"{name}, data").choice(self.new)
        (root / self.file).write_text(text.replace(self.old, chosen), "utf-8")


def _statement(*texts: str) -> DataMutant:
    return DataMutant(PROGRAMME, _STATEMENT, tuple(f"it: {text}" for text in texts))


DATA = {
    "statement shortened": _statement(
        "Progetto co-finanziato", "co-finanziato dall’Unione Europea"
    ),
    "statement misspelt": _statement(
        "Progetto cofinanziato dall’Unione Europea", "Progetto co-finanziato dalla Unione Europea"
    ),
    "statement abbreviated": _statement(
        "Progetto co-finanziato dall’UE", "Progetto co-finanziato dall’U.E."
    ),
    "statement of another programme": _statement("Cofinanziato dall’Unione europea"),
    "fund shortened": DataMutant(PROGRAMME, _FUND, ("fund:\n  it: Fondo FAMI",)),
    "fund misspelt": DataMutant(PROGRAMME, _FUND, (_FUND.replace("Asilo, M", "Asilo. M"),)),
    "fund left out": DataMutant(PROGRAMME, _FUND, ('fund:\n  it: ""',)),
    "abbreviation in a line": DataMutant(
        PROGRAMME, "- Obiettivo Specifico 2.", ("- Fondi UE. Obiettivo 2.", "- Misura U.E. 2.")
    ),
    "years over": DataMutant(PROGRAMME, "ends: 2024", ("ends: 2020", "ends: 2018")),
    "CUP of another project": DataMutant(EDITION, _CUP, ("cup: E49D20000010009",)),
    "CUP mistyped": DataMutant(EDITION, _CUP, ("cup: E89F18000510008", "cup: E89F18000150007")),
    "project of another name": DataMutant(
        EDITION, "name: Lab'Impact\n  code: PROG-2463", ("name: Altro\n  code: PROG-1",)
    ),
    "code left out": DataMutant(EDITION, "  code: PROG-2463\n", ("",)),
    "date after the programme": DataMutant(EDITION, "date: 2021-03-25", ("date: 2025-02-01",)),
    "another programme": DataMutant(
        EDITION, "fami-2014-2020", ("por-fse-2014-2020-lombardia", "fami-2021-2027")
    ),
    "another title": DataMutant(EDITION, "Il libro di base", ("Un libro sull’UE",), False),
    "another subtitle": DataMutant(EDITION, "Un laboratorio in tre", ("Una rete in tre",), False),
    "another date": DataMutant(EDITION, "date: 2021-03-25", ("date: 2022-06-30",), False),
    "another brand": DataMutant(
        EDITION, "brand: ancilab\nground: petrol", ("brand: sobrio\nground: black",), False
    ),
    "another authority": DataMutant(
        PROGRAMME, "- name: Ministero dell’Interno", ("- name: Regione Lombardia",), False
    ),
    "objective misspelt": DataMutant(
        PROGRAMME, "- Obiettivo Specifico 2.", ("- Obietivo Specifico 2.",), False
    ),
}
