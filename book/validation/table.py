"""The table of validators. A new one is a file beside the others, and a row here."""

from __future__ import annotations

from typing import Any

from book.messages import translate
from book.system.needs import Need
from book.validation.ace import ACE
from book.validation.epubcheck import EPUBCHECK
from book.validation.notice import NOTICE
from book.validation.validator import Validator
from book.validation.verapdf import VERAPDF_ARCHIVE, VERAPDF_UA

VALIDATORS: tuple[Validator[Any], ...] = (EPUBCHECK, ACE, VERAPDF_UA, VERAPDF_ARCHIVE, NOTICE)
"""In the order of the checks in tables and reports."""


def names(language: str) -> list[str]:
    """The names of the validators in ``language``, each once."""
    return list(dict.fromkeys(translate(row.name, language) for row in VALIDATORS))


def system_needs() -> list[Need]:
    """What the validators need of the system, each once."""
    return list(dict.fromkeys(need for row in VALIDATORS for need in row.needs))
