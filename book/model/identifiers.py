"""Types for the identifiers of a book (ISBN, URN) and of the project that funds it (CUP)."""

from __future__ import annotations

import re
import uuid
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from stdnum import isbn as stdnum_isbn

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.anci.lombardia.it/ancilab-editore/")
"""The namespace of the URNs. Changing it would give published editions another identifier."""
CUP_PATTERN = re.compile(r"[A-Z]\d{2}[A-Z]\d{11}", re.ASCII)


def _isbn(value: str) -> str:
    compact = stdnum_isbn.compact(value)
    if len(compact) != 13 or not stdnum_isbn.is_valid(compact):
        raise PydanticCustomError("isbn", "not a valid ISBN-13: {value}", {"value": value})
    return compact


def _cup(value: str) -> str:
    if not CUP_PATTERN.fullmatch(value):
        raise PydanticCustomError("cup", "not a valid CUP: {value}", {"value": value})
    return value


Isbn = Annotated[
    str,
    AfterValidator(_isbn),
    WithJsonSchema({"type": "string", "pattern": "^97[89][0-9 -]{10,14}$"}),
]
"""An ISBN-13, without hyphens once validated (ISO 2108; check digit with weights 1 and 3)."""

Cup = Annotated[
    str,
    AfterValidator(_cup),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z][0-9]{2}[A-Z][0-9]{11}$"}),
]
"""Codice unico di progetto: 15 characters (delibera CIPE 143/2002; no public check digit)."""


def urn_of_edition(publisher: str, edition: str) -> str:
    """The stable ``urn:uuid`` of an edition that has no ISBN (RFC 9562, version 5)."""
    return uuid.uuid5(NAMESPACE, f"{publisher}/{edition}").urn


def hyphenated(isbn: str) -> str:
    """An ISBN with its hyphens, as it is printed in a colophon."""
    return stdnum_isbn.format(isbn)
