"""The co-financing notice: its words, its pictures, and the block that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from book.compose.emblem import emblem_svg
from book.compose.notice import EMBLEM, in_language, notice_context, notice_pictures, project_line
from book.compose.templates import environment
from book.model.assets import Assets
from book.model.edition import Project
from book.model.loaded import TypesetEdition
from book.model.programme import Authority, Programme

EditionOf = Callable[..., TypesetEdition]
ProgrammeOf = Callable[[str], Programme]
X = "{http://www.w3.org/1999/xhtml}"


def page(loaded: TypesetEdition) -> etree._Element:
    jinja = environment(loaded)
    return etree.fromstring(jinja.get_template("notice.xhtml.j2").render(**notice_context(loaded)))


def lines(root: etree._Element) -> list[str]:
    """The text of every paragraph and list entry that has some."""
    blocks = (element for element in root.iter(f"{X}p", f"{X}li"))
    return [text for block in blocks if (text := "".join(map(str, block.itertext())).strip())]


def test_the_fami_notice_says_it_all_in_order(edition_of: EditionOf, repository: Path) -> None:
    assert lines(page(edition_of("reti-locali"))) == [
        "Progetto co-finanziato dall’Unione Europea",
        "Fondo Asilo, Migrazione e Integrazione (FAMI) 2014-2020",
        "Obiettivo Specifico 2. Integrazione / Migrazione legale",
        "Obiettivo nazionale 2. Integrazione – piani di intervento regionali per l’integrazione "
        "dei cittadini di paesi terzi",
        "Piano Regionale PROG-2463 – Lab’Impact",
        "CUP E89F18000510007",
        "Ministero dell’Interno",
    ]


def test_the_fse_notice_says_it_all_in_order(edition_of: EditionOf, repository: Path) -> None:
    shown = lines(page(edition_of("toolkit")))
    assert shown[:4] == [
        "Unione europea",
        "Fondo sociale europeo",
        "POR FSE 2014-2020, Regione Lombardia",
        "Asse IV, Azione 11.3.3",
    ]
    assert shown[5:] == ["CUP E49D20000010009", "Repubblica Italiana", "Regione Lombardia"]


def test_the_emblem_is_described_and_comes_first(edition_of: EditionOf, repository: Path) -> None:
    root = page(edition_of("reti-locali"))
    (picture,) = root.iter(f"{X}img")
    assert picture.get("src") == EMBLEM
    assert picture.get("alt") == notice_context(edition_of("reti-locali"))["notice"]["emblem_alt"]
    assert picture.get("alt")
    first = next(root.iter(f"{X}p"))
    assert first.get("class") == "notice-emblem"


def test_the_emblem_file_is_the_one_drawn_from_the_rule(edition_of: EditionOf) -> None:
    (path,) = notice_pictures(edition_of("reti-locali")).values()
    assert path.read_text("utf-8") == emblem_svg()


def test_a_disclaimer_is_shown_once(
    edition_of: EditionOf, programme_of: ProgrammeOf, repository: Path
) -> None:
    programmes = (
        programme_of("fami-2021-2027"),
        programme_of("pr-fse-plus-2021-2027-lombardia"),
    )
    shown = lines(page(replace(edition_of("reti-locali"), programmes=programmes)))
    assert shown.count(programmes[0].disclaimer["it"]) == 1
    assert shown.count("Cofinanziato dall’Unione europea") == 2
    assert {p.fund["it"] for p in programmes} <= set(shown)
    assert shown[-4:-1] == ["Ministero dell’Interno", "Repubblica Italiana", "Regione Lombardia"]


def test_an_english_edition_has_the_english_statement(
    edition_of: EditionOf, repository: Path
) -> None:
    shown = lines(page(edition_of("reti-locali", language="en-GB")))
    assert shown[0] == "Project co-funded by the European Union"
    assert "Regional Plan PROG-2463 – Lab’Impact" in shown


def test_a_language_without_words_of_its_own_falls_back_to_italian() -> None:
    assert in_language({"it": "Unione europea", "en": "European Union"}, "de") == "Unione europea"
    assert in_language({}, "it") == ""


def test_a_book_without_funding_has_nothing_to_say(
    edition_of: EditionOf, programme_of: ProgrammeOf
) -> None:
    for programmes in ((), (programme_of("none"),)):
        loaded = replace(edition_of("reti-locali"), programmes=programmes)
        assert notice_context(loaded)["programmes"] == []
        assert notice_pictures(loaded) == {}


@pytest.mark.parametrize(
    ("code", "label", "line"),
    [
        ("PROG-1", {"it": "Piano Regionale"}, "Piano Regionale PROG-1 – Rete"),
        ("PROG-1", {}, "PROG-1 – Rete"),
        (None, {"it": "Piano Regionale"}, "Rete"),
    ],
)
def test_the_project_line_says_what_is_known(
    programme_of: ProgrammeOf, code: str | None, label: dict[str, str], line: str
) -> None:
    programme = programme_of("fami-2014-2020").model_copy(update={"project_label": label})
    project = Project(name="Rete", code=code, cup="E89F18000510007")
    assert project_line([programme], project, "it") == line
    assert project_line([programme], None, "it") == ""


def test_a_logo_takes_the_place_of_the_name_once_its_file_is_there(
    edition_of: EditionOf, repository: Path, tmp_path: Path
) -> None:
    loaded = edition_of("reti-locali")
    programme = loaded.programmes[0].model_copy(
        update={"authorities": (Authority(name="Ministero dell’Interno", logo="interno.svg"),)}
    )
    logo = tmp_path / "assets" / "programmes" / "interno.svg"
    logo.parent.mkdir(parents=True)
    logo.write_text("<svg/>", "utf-8")
    loaded = replace(loaded, programmes=(programme,), assets=Assets(tmp_path))
    assert notice_pictures(loaded)["programmes/interno.svg"] == logo
    root = page(loaded)
    picture = list(root.iter(f"{X}img"))[1]
    assert picture.get("src") == "programmes/interno.svg"
    assert picture.get("alt") == "Ministero dell’Interno"


def test_words_with_markup_in_them_are_escaped(edition_of: EditionOf, repository: Path) -> None:
    project = Project(name="A & B <C>", cup="E89F18000510007")
    loaded = edition_of("reti-locali", project=project)
    assert "A & B <C>" in lines(page(loaded))
