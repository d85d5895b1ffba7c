"""Whatever an editor writes, every record stays well-formed and gives the words back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from book.output.catalogue.record import single_line
from tests.output.catalogue.conftest import Make
from tests.support.catalogue import (
    ONIX,
    bib_fields,
    citations,
    onix_products,
    opds_publication,
    page,
    said,
)

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""A book that fails is small enough to be read as it comes."""
SIGNS = "aB èÈ'’\"“«»&<>{}[]()\\$%#_~^@,;:.=-–—…/|\u00a0\n\t€ß字\u0301🙂"
WORDS = st.text(SIGNS, min_size=1, max_size=24).filter(
    lambda text: bool(single_line(text).replace("\u00a0", ""))
)
PEOPLE: st.SearchStrategy[list[dict[str, str]]] = st.lists(
    st.builds(
        dict,
        name=WORDS,
        role=st.sampled_from(["author", "curator", "editor", "speaker", "translator"]),
        kind=st.sampled_from(["person", "organisation"]),
    ),
    max_size=3,
)
BOOKS = st.fixed_dictionaries(
    {
        "title": WORDS,
        "subtitle": WORDS,
        "series": WORDS,
        "publisher": WORDS,
        "place": WORDS,
        "description": WORDS,
        "contributors": PEOPLE,
        "subjects": st.fixed_dictionaries({"keywords": st.lists(WORDS, max_size=3)}),
    }
)


@pytest.mark.slow
@settings(max_examples=60, phases=PHASES)
@given(changes=BOOKS)
def test_the_words_come_back(make: Make, changes: dict[str, Any]) -> None:
    records = make(**changes)
    title, description = single_line(changes["title"]), single_line(changes["description"])
    names = sorted(single_line(person["name"]) for person in changes["contributors"])
    product = onix_products(records["onix.xml"])["E101"]
    assert said(product, "DescriptiveDetail/TitleDetail/TitleElement/TitleText") == [title]
    assert said(product, "CollateralDetail/TextContent/Text") == [description]
    people = product.findall(f"{ONIX}DescriptiveDetail/{ONIX}Contributor")
    assert (
        sorted(n for p in people for n in said(p, "PersonName") + said(p, "CorporateName")) == names
    )
    data = json.loads(records["jsonld"])
    assert (data["name"], data["description"]) == (title, description)
    metadata = opds_publication(records["opds.json"])["metadata"]
    assert (metadata["title"], metadata["description"]) == (title, description)
    root = page(records["accessibilita.html"])
    assert root.findtext(".//cite") == title
    assert [single_line(name) for name in names if name not in root.text_content()] == []
    # TeX counts braces, whatever stands before them.
    for value in bib_fields(records["bib"]).values():
        assert _depths(value)[0] == 0
        assert min(_depths(value)) >= 0


@settings(max_examples=8, phases=PHASES)
@given(changes=BOOKS)
def test_a_citation_is_read_back(make: Make, changes: dict[str, Any]) -> None:
    (citation,) = citations(make(**changes)["bib"])
    assert citation["id"] == "prova"
    assert citation["issued"]["date-parts"] == [[2021, 5, 31]]


def _depths(value: str) -> list[int]:
    """The depth of braces after the last sign, then after each."""
    depths = [0]
    for sign in value:
        depths.append(depths[-1] + (sign == "{") - (sign == "}"))
    return [depths[-1], *depths]
