"""The catalogue holds every message of the code, in Italian, with the same placeholders."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from book.messages import LOCALE, translate

TEMPLATE = LOCALE / "book.pot"
ITALIAN = LOCALE / "it" / "LC_MESSAGES" / "book.po"


def documented(command: str, repository: Path, **places: Path) -> list[str]:
    """pybabel's ``command`` as docs/architecture.md gives it, with other files for some options.

    ``places`` are by option letter; ``.`` (what is searched) is the repository.
    """
    text = (repository / "docs" / "architecture.md").read_text("utf-8")
    found = re.search(rf"^pybabel {command} .*(?:\\\n.*)*", text, re.M)
    assert found, f"docs/architecture.md does not give pybabel {command}"
    words = shlex.split(found[0])
    for option, place in places.items():
        words[words.index(f"-{option}") + 1] = str(place)
    return [str(repository) if word == "." else word for word in words]


def babel(words: list[str]) -> None:
    CommandLineInterface().run([words[0], "-q", *words[1:]])  # type: ignore[no-untyped-call]


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="it", domain="book")


def ids(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id]


def placeholders(text: str) -> Counter[tuple[str, str]]:
    return Counter((name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name)


@pytest.fixture(scope="module")
def italian() -> Catalog:
    return catalogue(ITALIAN)


def test_the_template_is_fresh(repository: Path, tmp_path: Path) -> None:
    made = tmp_path / "book.pot"
    babel(documented("extract", repository, F=LOCALE / "babel.cfg", o=made))
    in_code, known = set(ids(catalogue(made))), set(ids(catalogue(TEMPLATE)))
    assert (in_code - known, known - in_code) == (set(), set())
    assert made.read_bytes() == TEMPLATE.read_bytes()


def test_the_catalogue_is_as_the_tool_writes_it(repository: Path, tmp_path: Path) -> None:
    made = tmp_path / "it" / "LC_MESSAGES" / "book.po"
    made.parent.mkdir(parents=True)
    made.write_bytes(ITALIAN.read_bytes())
    babel(documented("update", repository, i=TEMPLATE, d=tmp_path))
    assert made.read_text("utf-8") == ITALIAN.read_text("utf-8")


def test_every_message_has_its_italian(italian: Catalog) -> None:
    assert ids(italian) == ids(catalogue(TEMPLATE))
    assert [m.id for m in italian if m.id and (m.fuzzy or not str(m.string).strip())] == []


def test_placeholders_are_the_same(italian: Catalog) -> None:
    different = [
        m.id for m in italian if placeholders(str(m.id)) != placeholders(str(m.string)) and m.id
    ]
    assert different == []


def test_the_edges_are_clean(italian: Catalog) -> None:
    badly_spaced = [m.id for m in italian if m.id and str(m.string) != str(m.string).strip()]
    typewriter = [m.id for m in italian if m.id and ("..." in str(m.string)) != ("..." in m.id)]
    assert (badly_spaced, typewriter) == ([], [])


def test_the_compiled_catalogue_is_fresh(repository: Path, tmp_path: Path) -> None:
    made = tmp_path / "it" / "LC_MESSAGES" / "book.po"
    made.parent.mkdir(parents=True)
    made.write_bytes(ITALIAN.read_bytes())
    babel(documented("compile", repository, d=tmp_path))
    assert made.with_suffix(".mo").read_bytes() == ITALIAN.with_suffix(".mo").read_bytes()


def test_messages_are_looked_up() -> None:
    assert translate("First meeting", "it") == "Primo incontro"
    assert translate("First meeting", "it-IT") == "Primo incontro"
    assert translate("First meeting", "en") == "First meeting"
    assert translate("First meeting", "de") == "First meeting"
