from __future__ import annotations

import pytest

from book.compose.typeset import typeset
from book.model.chapter import Contribution, FactRow
from book.model.edition import Contents, Edition, Part, Typography
from book.model.laboratory import Laboratory, Meeting
from book.model.person import Contributor, Role

EDITION = Edition(
    title="T",
    date="2021-01-01",
    version="1.0.0",
    description="D",
    licence="CC-BY-4.0",
    contents=Contents(chapters=("a.md",)),
)


def test_prose_is_set_at_every_depth_and_addresses_are_not() -> None:
    matter = Contribution(
        kind="contribution",
        title="L'art. 55",
        themes=("l'ascolto", 'il "patto"'),
        facts=(FactRow(label="Atto", value="d.g.r. n. 7"),),
    )
    done = typeset(matter, EDITION, "it")
    assert done.title == "L’art.\u00a055"
    assert done.themes == ("l’ascolto", "il «patto»")
    assert done.facts[0].value.endswith("n.\u00a07")
    meeting = Meeting(title="L'avvio", date="da definire", recording="https://a.it/?q='n. 1'")
    laboratory = typeset(Laboratory(title="L'uso", meetings=(meeting,)), EDITION, "it-IT")
    assert laboratory.meetings[0].title == "L’avvio"
    assert laboratory.meetings[0].recording == "https://a.it/?q='n. 1'"


@pytest.mark.parametrize("language", ["en", "de"])
def test_other_languages_are_left_alone(language: str) -> None:
    matter = Contribution(kind="contribution", title="It's art. 55")
    assert typeset(matter, EDITION, language) == matter


def test_an_edition_can_switch_it_off() -> None:
    edition = EDITION.model_copy(update={"typography": Typography(non_breaking=False)})
    matter = Contribution(kind="contribution", title="L'art. 55")
    assert typeset(matter, edition, "it") == matter


def test_the_editions_own_words_are_set_and_its_roles_stay() -> None:
    edition = EDITION.model_copy(
        update={
            "title": "L'orto",
            "contributors": (Contributor(name="D'Alessio", role=Role.CURATOR),),
            "contents": Contents(parts=(Part(title="L'avvio", chapters=("l'a.md",)),)),
        }
    )
    done = typeset(edition, edition, "it")
    assert done.title == "L’orto"
    assert done.contributors[0].role is Role.CURATOR
    assert done.contributors[0].name == "D'Alessio"
    assert done.contents.parts[0].title == "L’avvio"
    assert done.contents.parts[0].chapters == ("l'a.md",)
