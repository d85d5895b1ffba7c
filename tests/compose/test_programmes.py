"""The programmes that come with the pipeline: words of law, and what a person must confirm."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from book.model.edition import Project
from book.model.programme import Programme

FUNDED = [
    "fami-2014-2020",
    "fami-2021-2027",
    "por-fse-2014-2020-lombardia",
    "pr-fse-plus-2021-2027-lombardia",
]
ProgrammeOf = Callable[[str], Programme]


@pytest.mark.parametrize(
    ("name", "statement", "fund"),
    [
        (
            "fami-2014-2020",
            "Progetto co-finanziato dall’Unione Europea",
            "Fondo Asilo, Migrazione e Integrazione (FAMI) 2014-2020",
        ),
        ("por-fse-2014-2020-lombardia", "Unione europea", "Fondo sociale europeo"),
        (
            "fami-2021-2027",
            "Cofinanziato dall’Unione europea",
            "Fondo Asilo, Migrazione e Integrazione (FAMI) 2021-2027",
        ),
        (
            "pr-fse-plus-2021-2027-lombardia",
            "Cofinanziato dall’Unione europea",
            "Fondo sociale europeo Plus (FSE+)",
        ),
    ],
)
def test_statement_and_fund_are_word_for_word(
    programme_of: ProgrammeOf, name: str, statement: str, fund: str
) -> None:
    programme = programme_of(name)
    assert programme.statement["it"] == statement
    assert programme.fund["it"] == fund


@pytest.mark.parametrize("name", FUNDED)
def test_every_funded_programme_is_complete(programme_of: ProgrammeOf, name: str) -> None:
    programme = programme_of(name)
    assert programme.id == name
    assert programme.has_notice
    assert programme.authorities
    assert programme.to_confirm
    assert programme.sources
    assert programme.starts == int(programme.period[:4])
    assert programme.ends >= int(programme.period[-4:])
    assert set(programme.demands) <= set(Project.model_fields)
    assert "cup" in programme.demands


@pytest.mark.parametrize("name", FUNDED)
def test_every_text_is_there_in_both_languages(programme_of: ProgrammeOf, name: str) -> None:
    programme = programme_of(name)
    for texts in (programme.name, programme.statement, programme.fund):
        assert set(texts) == {"it", "en"}
    for optional in (programme.lines, programme.disclaimer, programme.project_label):
        assert set(optional) in (set(), {"it", "en"})
    if programme.lines:
        assert len(programme.lines["it"]) == len(programme.lines["en"])


@pytest.mark.parametrize("name", FUNDED)
def test_the_union_is_never_abbreviated(programme_of: ProgrammeOf, name: str) -> None:
    programme = programme_of(name)
    for text in programme.statement.values():
        assert not re.search(r"\b(UE|U\.E\.|EU|E\.U\.)", text)
        assert re.search(r"Unione [Ee]uropea|European Union", text)


@pytest.mark.parametrize("name", ["fami-2021-2027", "pr-fse-plus-2021-2027-lombardia"])
def test_the_newer_programmes_carry_the_disclaimer(programme_of: ProgrammeOf, name: str) -> None:
    assert "non riflettono necessariamente" in programme_of(name).disclaimer["it"]


def test_no_slip_of_the_source_documents_is_kept(programme_of: ProgrammeOf) -> None:
    text = str(programme_of("fami-2014-2020").model_dump())
    assert "ASILO." not in text
    assert "Asilo." not in text


def test_a_book_without_funding_has_no_notice(programme_of: ProgrammeOf) -> None:
    programme = programme_of("none")
    assert not programme.has_notice
    assert not programme.demands
