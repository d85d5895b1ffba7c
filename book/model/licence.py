"""The licences that a book may have: SPDX identifiers, names, addresses of their texts."""

from __future__ import annotations

from dataclasses import dataclass

ALL_RIGHTS_RESERVED = "all-rights-reserved"


@dataclass(frozen=True)
class Licence:
    """A licence with its name in one language; ``url`` is None when it has no public text."""

    id: str
    name: str
    url: str | None


_CC_ELEMENTS = {
    "it": {
        "BY": "Attribuzione",
        "NC": "Non commerciale",
        "ND": "Non opere derivate",
        "SA": "Condividi allo stesso modo",
    },
    "en": {
        "BY": "Attribution",
        "NC": "NonCommercial",
        "ND": "NoDerivatives",
        "SA": "ShareAlike",
    },
}
_CC_NAMES = {
    "it": "Creative Commons {elements} 4.0 Internazionale",
    "en": "Creative Commons {elements} 4.0 International",
}
_CC_IDS = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
)
_OTHERS: dict[str, dict[str, tuple[str, str | None]]] = {
    "CC0-1.0": {
        "it": (
            "Creative Commons Zero 1.0 Universale, donazione al pubblico dominio",
            "https://creativecommons.org/publicdomain/zero/1.0/deed.it",
        ),
        "en": (
            "Creative Commons Zero 1.0 Universal, Public Domain Dedication",
            "https://creativecommons.org/publicdomain/zero/1.0/deed.en",
        ),
    },
    "IODL-2.0": {
        "it": ("Italian Open Data License 2.0", "https://www.dati.gov.it/iodl/2.0/"),
        "en": ("Italian Open Data License 2.0", "https://www.dati.gov.it/iodl/2.0/"),
    },
    ALL_RIGHTS_RESERVED: {
        "it": ("Tutti i diritti riservati", None),
        "en": ("All rights reserved", None),
    },
}

LICENCE_IDS: tuple[str, ...] = (*_CC_IDS, *_OTHERS)
"""The values of ``licence`` in ``edition.yaml``: SPDX, and :data:`ALL_RIGHTS_RESERVED`."""


def licence_of(id: str, language: str) -> Licence:
    """The licence ``id`` with its name and address in Italian, or in English for other languages.

    Raises KeyError for an id that is not one of :data:`LICENCE_IDS`.
    """
    shown = "it" if language.split("-")[0] == "it" else "en"
    if id in _OTHERS:
        name, url = _OTHERS[id][shown]
        return Licence(id, name, url)
    if id not in _CC_IDS:
        raise KeyError(id)
    elements = id.removeprefix("CC-").removesuffix("-4.0")
    words = " - ".join if shown == "it" else "-".join
    named = words(_CC_ELEMENTS[shown][element] for element in elements.split("-"))
    return Licence(
        id,
        _CC_NAMES[shown].format(elements=named),
        f"https://creativecommons.org/licenses/{elements.lower()}/4.0/deed.{shown}",
    )
