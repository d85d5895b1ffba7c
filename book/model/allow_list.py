"""Allow-lists of contacts and other personal data that may be printed.

There are two: the house's ``assets/privacy/allowed.yaml``, for all editions, and ``privacy:
allowed`` in an edition.
"""

from __future__ import annotations

from pydantic import Field

from book.findings import Finding
from book.model.assets import Assets
from book.model.base import Model
from book.model.yaml.code_twins import for_assets
from book.model.yaml.source import load_yaml
from book.model.yaml.validation import validate

_PATH = "privacy/allowed.yaml"
ALLOW_LIST = f"assets/{_PATH}"


class AllowedDomain(Model):
    """A domain whose e-mail addresses are an institution's, with its subdomains."""

    domain: str = Field(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$", description="Dominio, senza @")
    reason: str = Field(min_length=1, description="Perché è ammesso")


class AllowedValue(Model):
    """A text that may stand in a book although it looks like personal data."""

    value: str = Field(min_length=1, description="Il testo ammesso, come sta nel libro")
    reason: str = Field(min_length=1, description="Perché è ammesso")


class AllowList(Model):
    """``assets/privacy/allowed.yaml``: what is allowed in every edition."""

    domains: tuple[AllowedDomain, ...] = Field((), description="Domini di posta istituzionali")
    values: tuple[AllowedValue, ...] = Field((), description="Numeri, indirizzi e altri testi")


class Privacy(Model):
    """What an edition says about personal data in its texts."""

    allowed: tuple[AllowedValue, ...] = Field(
        (), description="Testi che possono restare anche se sembrano dati personali"
    )


def load_allow_list(assets: Assets) -> tuple[AllowList, list[Finding]]:
    """The house's allow-list, and findings on its file. Empty when the file has mistakes."""
    source, findings = load_yaml(assets.find(_PATH), ALLOW_LIST, "domains, values")
    if source is None:
        return AllowList(), [for_assets(finding) for finding in findings]
    allowed, more = validate(AllowList, source)
    return allowed or AllowList(), [for_assets(finding) for finding in (*findings, *more)]
