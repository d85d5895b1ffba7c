"""Licences: their names and addresses in both languages."""

from __future__ import annotations

import pytest

from book.model.licence import ALL_RIGHTS_RESERVED, LICENCE_IDS, licence_of


def test_creative_commons_in_both_languages() -> None:
    italian = licence_of("CC-BY-NC-SA-4.0", "it")
    assert italian.name == (
        "Creative Commons Attribuzione - Non commerciale - Condividi allo stesso modo "
        "4.0 Internazionale"
    )
    assert italian.url == "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.it"
    english = licence_of("CC-BY-4.0", "en-GB")
    assert english.name == "Creative Commons Attribution 4.0 International"
    assert english.url == "https://creativecommons.org/licenses/by/4.0/deed.en"


@pytest.mark.parametrize("language", ["it", "en", "fr"])
@pytest.mark.parametrize("id", LICENCE_IDS)
def test_every_licence_has_a_name_and_a_secure_address(id: str, language: str) -> None:
    licence = licence_of(id, language)
    assert licence.id == id
    assert licence.name
    if id == ALL_RIGHTS_RESERVED:
        assert licence.url is None
    else:
        assert licence.url is not None
        assert licence.url.startswith("https://")


def test_an_unknown_licence_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        licence_of("CC-BY-3.0", "it")
