"""The notice read from finished PDFs: right ones, and ones that a brand spoils."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest

from book.driver.run import Order, run
from book.model.loaded import LoadedEdition
from book.notice.evidence import Notice, Place
from book.notice.judge import judge
from book.notice.pdf_lines import family_of, page_lines
from book.notice.pdf_reader import read_pdf
from book.readback.pdf.document import FinishedPdf
from book.report.facts import EditionFacts
from book.system.checkout import CHECKOUT
from tests.support.books import lay, load
from tests.support.notices import broken
from tests.support.once import use_cache

EDITION = """\
title: Il libro di {name}
subtitle: Una pagina soltanto
language: it
date: 2021-03-25
version: 1.0.0
description: Un libro di una pagina.
licence: CC-BY-4.0
brand: {name}
programme: fami-2014-2020
project:
  name: Lab'Impact
  code: PROG-2463
  cup: E89F18000510007
contents:
  front: [presentazione.md]
"""
EMBLEM = ".notice-block .notice-emblem img"
STATEMENT = ".notice-block .notice-statement"
LOGO = ".notice-block .notice-authorities img"
LOGO_FILE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">
<rect width="60" height="60" fill="#006633"/><circle cx="30" cy="30" r="20" fill="#FFFFFF"/>
</svg>
"""


@dataclass(frozen=True)
class Spoilt:
    """A brand that breaks one rule: more CSS, and words of ``notice-block`` put for others."""

    rule: str
    css: str = ""
    words: dict[str, str] = field(default_factory=dict)


SPOILT = {
    "wording": Spoilt("EU-01", words={"{{ programme.statement }}": "Progetto cofinanziato"}),
    "abbreviated": Spoilt("EU-04", words={"{{ notice.cup }}": "{{ notice.cup }}, fondi UE"}),
    "serif": Spoilt("EU-05", f"{STATEMENT} {{ font-family: Lora }}"),
    "underlined": Spoilt("EU-06", f"{STATEMENT} {{ text-decoration: underline }}"),
    "struck": Spoilt("EU-06", f"{STATEMENT} {{ text-decoration: line-through }}"),
    "spaced": Spoilt("EU-06", f"{STATEMENT} {{ letter-spacing: 0.08em }}"),
    "leaning": Spoilt("EU-06", f"{STATEMENT} {{ transform: skewX(-12deg) }}"),
    "pale": Spoilt("EU-06", f"{STATEMENT} {{ opacity: 0.7 }}"),
    "red": Spoilt("EU-07", f"{STATEMENT} {{ color: #a00000 }}"),
    "overlapping": Spoilt("EU-08", ".notice-page .notice-words { margin-top: -18mm }"),
    "distant": Spoilt("EU-08", ".notice-page .notice-words { margin-top: 30mm }"),
    "tiny": Spoilt("EU-08", f".notice-page {STATEMENT} {{ font-size: 4pt }}"),
    "logo": Spoilt("EU-09", f".notice-page {LOGO} {{ height: 50mm; max-width: none }}"),
    "merged": Spoilt("EU-10", f".notice-page {LOGO} {{ margin: -75mm 0 0 10mm; height: 9mm }}"),
    "covered": Spoilt(
        "EU-12",
        ".notice-page { position: relative } .notice-page::after { content: ''; display: block;"
        " position: absolute; left: 0; top: 60mm; width: 12mm; height: 60mm; background: #fff }",
    ),
    "moved-off": Spoilt("EU-12", f".notice-page {EMBLEM} {{ margin-left: -45mm }}"),
    "white": Spoilt("EU-12", f"{STATEMENT} {{ color: #ffffff }}"),
    "pale-emblem": Spoilt("EU-12", f"{EMBLEM} {{ opacity: 0.4 }}"),
    "no-fund": Spoilt("EU-21", words={"{{ programme.fund }}": "–"}),
    "no-emblem": Spoilt("EU-21", f".notice-page {EMBLEM} {{ display: none }}"),
    "no-cup": Spoilt("EU-23", words={"{{ notice.cup }}": "–"}),
}


DIVIDED = f"{STATEMENT} {{ max-width: 21mm; hyphens: manual }}"
"""A statement of which a line ends with a hyphen of its own."""


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, run_cache: Path
) -> Iterator[dict[str, EditionFacts]]:
    """One edition for each brand that is spoilt, and one that is not, built in one go."""
    root = tmp_path_factory.mktemp("spoilt")
    for name, spoilt in {"right": Spoilt(""), "divided": Spoilt("", DIVIDED), **SPOILT}.items():
        brand = root / "assets" / "brands" / name
        shutil.copytree(CHECKOUT / "assets" / "brands" / "ancilab", brand)
        with (brand / "notice.css.j2").open("a", encoding="utf-8") as css:
            css.write(spoilt.css + "\n")
        block = (CHECKOUT / "assets" / "templates" / "notice-block.xhtml.j2").read_text("utf-8")
        for old, new in spoilt.words.items():
            assert old in block
            block = block.replace(old, new)
        (brand / "templates").mkdir(exist_ok=True)
        (brand / "templates" / "notice-block.xhtml.j2").write_text(block, "utf-8")
        chapters = root / "chapters" / name
        chapters.mkdir(parents=True)
        (chapters / "edition.yaml").write_text(EDITION.format(name=name), "utf-8")
        text = "---\ntitle: Presentazione\n---\n\nUna pagina.\n"
        (chapters / "presentazione.md").write_text(text, "utf-8")
    _programme_with_logo(root / "assets" / "programmes")
    order = Order(
        root, output=use_cache(root / "out", run_cache), formats=("pdf",), jobs=1, language="en"
    )
    yield {facts.name: facts for facts in run(order, lambda *_: None, lambda _: None)}


def _programme_with_logo(folder: Path) -> None:
    folder.mkdir()
    file = CHECKOUT / "assets" / "programmes" / "fami-2014-2020.yaml"
    name = "- name: Ministero dell’Interno\n"
    text = file.read_text("utf-8")
    assert name in text
    text = text.replace(name, f"{name}    logo: ministero.svg\n")
    (folder / file.name).write_text(text, "utf-8")
    (folder / "ministero.svg").write_text(LOGO_FILE, "utf-8")


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_brand_is_caught_by_one_rule(built: dict[str, EditionFacts], name: str) -> None:
    facts = built[name]
    assert facts.made, facts.findings
    results = [r for r in facts.notice.results if r.medium == "pdf"]
    assert broken(results) == {SPOILT[name].rule}
    # What is drawn see-through is, in addition, out of the reach of the tags (P001).
    see_through = {"P001"} if "opacity" in SPOILT[name].css else set()
    assert {f.code.id for f in facts.findings} - see_through == {f"N0{SPOILT[name].rule[-2:]}"}


def test_a_right_book_breaks_nothing(built: dict[str, EditionFacts]) -> None:
    facts = built["right"]
    assert broken(list(facts.notice.results)) == set()
    assert facts.findings == ()


def test_a_hyphen_at_a_lines_end_is_read_as_it_is(built: dict[str, EditionFacts]) -> None:
    facts = built["divided"]
    statement = places(facts)[Place.NOTICE].words[:3]
    assert [line.text for line in statement] == ["Progetto", "co-", "finanziato"]
    assert broken(list(facts.notice.results)) == set()


def places(facts: EditionFacts) -> dict[Place, Notice]:
    return {notice.place: notice for notice in facts.notice.notices}


def test_what_is_read_is_what_was_set(built: dict[str, EditionFacts]) -> None:
    found = places(built["right"])
    assert list(found) == list(Place)
    notice = found[Place.NOTICE]
    assert (notice.where, notice.order, notice.ground) == ("p. ii", 3, "#FFFFFF")
    assert notice.emblem is not None and notice.emblem.drawing is not None
    box = notice.emblem.box
    assert (round(box.x, 1), round(box.width, 1), round(box.height, 1)) == (30.0, 30.0, 20.0)
    assert len(notice.emblem.drawing.shapes) == 13
    assert notice.emblem.seen == 1.0
    statement = notice.words[0]
    assert statement.text == "Progetto co-finanziato dall’Unione Europea"
    assert (statement.family, statement.size, statement.colour) == ("Ubuntu", 10.5, "#000000")
    assert statement.bold and not statement.italic and statement.seen
    (logo,) = notice.logos
    assert (logo.alt, round(logo.box.height)) == ("Ministero dell’Interno", 18)


def test_italics_are_seen(built: dict[str, EditionFacts]) -> None:
    path, _ = opened(built)
    with FinishedPdf(path) as pdf:
        lines = page_lines(pdf.texts(0), pdf.paintings(0))
    italic = {line.words.text for line in lines if line.words.italic}
    assert italic == {"Una pagina soltanto"}


def test_the_colophons_own_lines_are_no_part_of_its_notice(
    built: dict[str, EditionFacts],
) -> None:
    assert "Composto in" not in places(built["right"])[Place.COLOPHON].text


def test_on_a_cover_the_title_is_no_part_of_the_notice(built: dict[str, EditionFacts]) -> None:
    cover = places(built["right"])[Place.COVER]
    assert "Il libro" not in cover.text
    assert "CUP E89F18000510007" in cover.text


def opened(built: dict[str, EditionFacts]) -> tuple[Path, LoadedEdition]:
    root = built["right"].root
    loaded, findings = load(root, "right")
    assert loaded is not None, findings
    return root / "out" / "right" / "right.pdf", loaded


def test_without_structure_the_notice_is_still_found(
    built: dict[str, EditionFacts], tmp_path: Path
) -> None:
    path, loaded = opened(built)
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(bare)
    notices = read_pdf(bare, loaded)
    for notice in notices:
        assert notice.emblem is not None
        assert "Progetto co-finanziato dall’Unione Europea" in notice.text
    assert broken(judge(notices, loaded)) == set()


def test_without_a_named_place_the_place_is_missing(
    built: dict[str, EditionFacts], tmp_path: Path
) -> None:
    path, loaded = opened(built)
    cut = tmp_path / "cut.pdf"
    with pikepdf.open(path) as pdf:
        del pikepdf.NameTree(pdf.Root.Names.Dests)["notice"]
        pdf.save(cut)
    notices = read_pdf(cut, loaded)
    assert [notice.place for notice in notices] == [Place.COVER, Place.COLOPHON]
    assert broken(judge(notices, loaded)) == {"EU-12"}


@pytest.mark.slow
def test_a_book_without_funding_has_places_and_no_notice(tmp_path: Path, run_cache: Path) -> None:
    root = lay("base", tmp_path / "root")
    edition = root / "chapters" / "base" / "edition.yaml"
    edition.write_text(edition.read_text("utf-8").replace("fami-2014-2020", "none"), "utf-8")
    output = use_cache(tmp_path / "out", run_cache)
    order = Order(root, output=output, formats=("pdf",), jobs=1)
    (facts,) = run(order, lambda *_: None, lambda _: None)
    assert facts.made and facts.notice.results == ()
    loaded, _ = load(root)
    assert loaded is not None
    for notice in read_pdf(tmp_path / "out" / "base" / "base.pdf", loaded):
        assert notice.emblem is None and notice.words == ()


@pytest.mark.parametrize(
    ("font", "family"),
    [
        ("ABCDEF+Ubuntu-Bold", "Ubuntu"),
        ("Ubuntu", "Ubuntu"),
        ("Titillium-Web-Semi-Bold", "Titillium-Web"),
        ("Arial-BoldItalicMT", "Arial"),
        ("ArialMT", "Arial"),
        ("XYZABC+LiberationSans-Italic", "LiberationSans"),
        ("Ubuntu-Mono-Regular", "Ubuntu-Mono"),
    ],
)
def test_a_family_is_told_from_its_styles(font: str, family: str) -> None:
    assert family_of(font) == family
