"""The notice of an EPUB as Chromium shows it: of the base book, and of the same one spoilt."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from book.compose.emblem import Form, emblem_svg
from book.driver.run import Order, run
from book.messages import translate
from book.model.loaded import LoadedEdition
from book.notice.epub_reader import read_epub
from book.notice.evidence import Medium, Notice, Place, Words
from book.readback.epub_files import PackedFile, epub_files
from book.validators import browser as browsers
from book.validators.browser import chromium, offline_page
from book.validators.verdict import ValidatorMissing
from tests.support.books import lay, load
from tests.support.once import use_cache

STATEMENT = "Progetto co-finanziato dall’Unione Europea"
MM = 25.4 / 96
Change = Callable[[dict[str, str]], None]


@dataclass(frozen=True)
class Bench:
    """The finished base book and a browser to look at it with."""

    epub: Path
    loaded: LoadedEdition
    running: Browser

    right: list[Notice]
    """What is read of it all."""

    def spoilt(self, folder: Path, change: Change, *others: Place) -> list[Notice]:
        """The evidence of the notice page after ``change`` of text files by their short names.

        ``others`` are read too.
        """
        target = folder / "spoilt.epub"
        with zipfile.ZipFile(self.epub) as archive, zipfile.ZipFile(target, "w") as changed:
            contents = {name: archive.read(name) for name in archive.namelist()}
            texts = {
                name.removeprefix("EPUB/"): content.decode()
                for name, content in contents.items()
                if name.endswith((".xhtml", ".css", ".svg", ".opf"))
            }
            before = dict(texts)
            change(texts)
            assert texts != before, "nothing was changed"
            contents |= {f"EPUB/{name}": text.encode() for name, text in texts.items()}
            for name, content in contents.items():
                if name.removeprefix("EPUB/") not in before.keys() - texts.keys():
                    changed.writestr(name, content)
        return read_epub(target, self.loaded, (Place.NOTICE, *others))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("base")
    root = lay("base", folder / "root")
    output = use_cache(folder / "out", run_cache)
    (facts,) = run(Order(root, output=output, formats=("epub",), jobs=1), print, print)
    assert facts.made, facts.findings
    loaded, findings = load(root)
    assert loaded is not None, findings
    with chromium() as running:
        epub = folder / "out" / "base" / "base.epub"
        yield Bench(epub, loaded, running, read_epub(epub, loaded))


def css(rules: str) -> Change:
    """Add rules at the end of the style sheet."""

    def change(texts: dict[str, str]) -> None:
        texts["style.css"] += rules

    return change


def replaced(file: str, old: str, new: str) -> Change:
    def change(texts: dict[str, str]) -> None:
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new)

    return change


def at(notices: list[Notice], where: str) -> Notice:
    (found,) = (notice for notice in notices if notice.where == where)
    return found


def statement(notice: Notice) -> Words:
    """The first run of words, with which the statement begins."""
    assert notice.words[0].text.startswith("Progetto")
    return notice.words[0]


def test_where_is_said_in_the_language_of_who_reads(bench: Bench) -> None:
    found = read_epub(bench.epub, bench.loaded, (Place.COLOPHON,), "it")
    by_night = translate("{where}, dark mode", "it")
    assert [notice.where for notice in found][:2] == [
        "colophon.xhtml, 360 px",
        by_night.format(where="colophon.xhtml, 360 px"),
    ]


def test_each_place_is_read_on_both_screens_and_by_night(bench: Bench) -> None:
    notices = bench.right
    assert [notice.where for notice in notices] == [
        "cover.xhtml, 360 px",
        "cover.xhtml, 1280 px",
        "notice.xhtml, 360 px",
        "notice.xhtml, 360 px, dark mode",
        "notice.xhtml, 1280 px",
        "notice.xhtml, 1280 px, dark mode",
        "colophon.xhtml, 360 px",
        "colophon.xhtml, 360 px, dark mode",
        "colophon.xhtml, 1280 px",
        "colophon.xhtml, 1280 px, dark mode",
    ]
    assert {notice.medium for notice in notices} == {Medium.EPUB}
    assert {notice.first_screen for notice in notices} == {None}
    orders = {notice.place: notice.order for notice in notices}
    assert orders[Place.COVER] == 1
    assert orders[Place.NOTICE] <= 3
    assert orders[Place.COLOPHON] > orders[Place.NOTICE]


def test_the_notice_of_the_base_book_is_taken_down_as_it_is(bench: Bench) -> None:
    notice = at(bench.right, "notice.xhtml, 1280 px")
    assert notice.page.width == pytest.approx(1280 * MM, abs=0.01)
    assert notice.ground == "#FFFFFF"
    assert notice.text.startswith(f"{STATEMENT} Fondo Asilo, Migrazione e Integrazione (FAMI)")
    assert "CUP E89F18000510007" in notice.text
    emblem = notice.emblem
    assert emblem is not None
    assert emblem.alt == "Emblema dell’Unione europea"
    # 5 em of 16 px high, 3:2.
    assert emblem.box.height == pytest.approx(80 * MM, abs=0.01)
    assert emblem.box.width == pytest.approx(120 * MM, abs=0.01)
    assert (emblem.effects, emblem.seen) == ((), 1)
    assert emblem.box.within(notice.page)
    assert emblem.drawing is not None
    assert {shape.fill for shape in emblem.drawing.shapes} == {"#003399", "#FFCC00"}
    words = statement(notice)
    assert words.text == STATEMENT
    assert (words.family, words.size, words.colour) == ("Ubuntu", 12, "#000000")
    assert (words.bold, words.italic, words.underlined, words.effects) == (True, False, False, ())
    assert words.seen
    assert not words.box.overlaps(emblem.box)
    assert all(run.family == "Ubuntu" for run in notice.words)


def test_on_a_narrow_screen_a_run_is_a_line(bench: Bench) -> None:
    notice = at(bench.right, "notice.xhtml, 360 px")
    first, second = notice.words[:2]
    assert f"{first.text} {second.text}" == STATEMENT
    assert second.box.y >= first.box.y + first.box.height - 0.5
    assert all(run.box.within(notice.page) for run in notice.words)


def test_the_cover_is_one_picture(bench: Bench) -> None:
    cover = at(bench.right, "cover.xhtml, 360 px")
    assert (cover.emblem, cover.words) == (None, ())
    (picture,) = cover.logos
    assert STATEMENT in picture.alt
    assert picture.drawing is not None
    assert (picture.drawing.width, picture.drawing.height) == (1600, 2560)
    assert picture.drawing.raster is not None
    assert picture.drawing.raster.startswith(b"\xff\xd8")


def test_the_same_book_gives_the_same_evidence_in_the_same_browser(bench: Bench) -> None:
    with chromium() as running:
        assert running is bench.running
    assert running.is_connected()
    assert read_epub(bench.epub, bench.loaded) == bench.right


@pytest.mark.parametrize(
    ("rules", "broken"),
    [
        (".notice-statement {font-style: italic}", {"italic": True}),
        ("body {font-style: italic} .notice-block {font-style: inherit}", {"italic": True}),
        (".notice-block .notice-words {text-decoration: underline}", {"underlined": True}),
        (".notice-block {color: #C00}", {"colour": "#CC0000"}),
        (".notice-statement {-webkit-text-fill-color: hsl(120 100% 25%)}", {"colour": "#008000"}),
        (".notice-statement {color: rgba(0, 0, 0, 0.5)}", {"colour": "#7F7F7F"}),
        (".notice-block {font-family: 'Titillium Web', 'Ubuntu'}", {"family": "Ubuntu"}),
        (".notice-block .notice-statement {font-size: 50%}", {"size": 6}),
        (".notice-block .notice-statement {font-weight: 400}", {"bold": False}),
        (".notice-statement {text-shadow: 1px 1px #888}", {"effects": ("text-shadow",)}),
        (".notice-statement {-webkit-text-stroke: 1px red}", {"effects": ("text-stroke",)}),
        (".notice-statement {letter-spacing: 0.2em}", {"effects": ("letter-spacing",)}),
        (".notice-statement {text-transform: uppercase}", {"effects": ("text-transform",)}),
        (".notice-statement {font-variant: small-caps}", {"effects": ("small-caps",)}),
        (".notice-words {text-decoration: line-through}", {"effects": ("line-through",)}),
        (".notice-words {transform: skewX(20deg)}", {"effects": ("transform",)}),
        (".notice-words {scale: 0.2}", {"effects": ("transform",)}),
        (".notice-statement::first-line {font-style: oblique}", {"effects": ("first-line",)}),
        (".notice-statement::first-letter {font-size: 300%}", {"effects": ("first-letter",)}),
        (
            ".notice-block {background: #fff linear-gradient(red, blue)}",
            {"effects": ("background-image",)},
        ),
        (".notice-block {filter: blur(2px)}", {"effects": ("filter",)}),
        ("section {opacity: 0.1}", {"effects": ("opacity",)}),
        (".notice-statement {position: relative; left: -9999px}", {"seen": False}),
        (".notice-words {height: 0; overflow: hidden}", {"seen": False}),
        (
            "section::after {content: ''; position: absolute; inset: 0; background: #fff}",
            {"seen": False},
        ),
        (".notice-block {background: #039}", {"ground": "#003399"}),
    ],
)
def test_the_evidence_shows_what_a_style_sheet_does_to_the_statement(
    bench: Bench, tmp_path: Path, rules: str, broken: dict[str, object]
) -> None:
    notices = bench.spoilt(tmp_path, css(rules))
    right = statement(at(bench.right, "notice.xhtml, 1280 px"))
    words = statement(at(notices, "notice.xhtml, 1280 px"))
    names = ("italic", "underlined", "colour", "family", "bold", "effects", "seen", "ground")
    shown = {name: getattr(words, name) for name in (*names, "size")}
    expected = {name: getattr(right, name) for name in (*names, "size")} | broken
    assert shown == expected


def test_the_family_is_the_one_that_is_there_not_the_one_named(
    bench: Bench, tmp_path: Path
) -> None:
    def without_the_fonts(texts: dict[str, str]) -> None:
        texts["style.css"] = texts["style.css"].replace("url(", "url(no-")

    words = statement(at(bench.spoilt(tmp_path, without_the_fonts), "notice.xhtml, 1280 px"))
    assert words.family
    assert words.family != "Ubuntu"


@pytest.mark.parametrize(
    ("rules", "effects", "seen"),
    [
        ("img {filter: grayscale(1)}", ("filter",), 0),
        (".notice-emblem {opacity: 0.3}", ("opacity",), 0),
        ("img {transform: rotate(90deg)}", ("transform",), 0),
        ("img {scale: -1 1}", ("transform",), 0),
        (".notice-emblem img {border-radius: 50%}", ("border-radius",), None),
        (".notice-emblem img {object-fit: cover; width: 60px}", ("cropped",), 1),
        (".notice-emblem img {border-color: red}", ("border",), 1),
        (".notice-emblem img {box-shadow: 0 0 4px #000}", ("box-shadow",), 1),
        (".notice-emblem {background-image: url(images/cover.jpg)}", ("background-image",), 1),
        (".notice-emblem {position: absolute; left: -9999px}", (), 0),
        (".notice-emblem {clip-path: inset(0 50% 0 0); width: 120px}", ("clip-path",), 0.5),
        (".notice-words {margin-top: -3.4em; background: #fff}", (), None),
    ],
)
def test_the_evidence_shows_what_a_style_sheet_does_to_the_emblem(
    bench: Bench, tmp_path: Path, rules: str, effects: tuple[str, ...], seen: float | None
) -> None:
    emblem = at(bench.spoilt(tmp_path, css(rules)), "notice.xhtml, 1280 px").emblem
    assert emblem is not None
    assert emblem.effects == effects
    if seen is None:
        assert 0.2 < emblem.seen < 1
    else:
        assert emblem.seen == pytest.approx(seen, abs=0.1)


def test_a_stretched_emblem_has_the_stretched_box(bench: Bench, tmp_path: Path) -> None:
    notices = bench.spoilt(tmp_path, css(".notice-block .notice-emblem img {width: 60mm}"))
    for width in (360, 1280):
        emblem = at(notices, f"notice.xhtml, {width} px").emblem
        assert emblem is not None
        assert emblem.box.width == pytest.approx(60, abs=0.1)
        assert emblem.box.height == pytest.approx(80 * MM, abs=0.1)


def test_an_emblem_that_is_fitted_into_its_box_has_the_painted_one(
    bench: Bench, tmp_path: Path
) -> None:
    rules = ".notice-emblem img {width: 60mm; object-fit: contain; object-position: left}"
    plain = at(bench.right, "notice.xhtml, 1280 px").emblem
    emblem = at(bench.spoilt(tmp_path, css(rules)), "notice.xhtml, 1280 px").emblem
    assert emblem is not None
    assert plain is not None
    assert emblem.box.x == pytest.approx(plain.box.x, abs=0.02)
    assert emblem.box.width == pytest.approx(plain.box.width, abs=0.02)
    assert emblem.box.height == pytest.approx(plain.box.height, abs=0.02)


@pytest.mark.parametrize(
    "change",
    [
        css(".notice-emblem img {display: none}"),
        css(".notice-emblem {visibility: hidden}"),
        css(".notice-block .notice-emblem img {height: 0; min-height: 0; border: 0}"),
        replaced("notice.xhtml", "images/emblem.svg", "images/nessuno.svg"),
        replaced("notice.xhtml", "images/emblem.svg", "https://example.org/emblem.svg"),
        replaced("images/emblem.svg", "<svg", "<svg <"),
    ],
)
def test_an_emblem_that_does_not_show_is_none(bench: Bench, tmp_path: Path, change: Change) -> None:
    assert at(bench.spoilt(tmp_path, change), "notice.xhtml, 1280 px").emblem is None


def test_another_drawing_is_read_from_its_file(bench: Bench, tmp_path: Path) -> None:
    def exchanged(texts: dict[str, str]) -> None:
        texts["images/emblem.svg"] = emblem_svg(Form.REFLEX_BLUE)

    emblem = at(bench.spoilt(tmp_path, exchanged), "notice.xhtml, 360 px").emblem
    assert emblem is not None
    assert emblem.drawing is not None
    assert {shape.fill for shape in emblem.drawing.shapes} == {"#003399", "#FFFFFF"}


def test_an_empty_alternative_text_is_seen(bench: Bench, tmp_path: Path) -> None:
    change = replaced("notice.xhtml", "Emblema dell’Unione europea", "")
    notices = bench.spoilt(tmp_path, change, Place.COLOPHON)
    emblem = at(notices, "notice.xhtml, 360 px").emblem
    other = at(notices, "colophon.xhtml, 360 px").emblem
    assert emblem is not None
    assert other is not None
    assert (emblem.alt, other.alt) == ("", "Emblema dell’Unione europea")


def test_the_words_are_those_of_the_document(bench: Bench, tmp_path: Path) -> None:
    change = replaced("notice.xhtml", STATEMENT, "Progetto co-finanziato dall’UE")
    notices = bench.spoilt(tmp_path, change, Place.COLOPHON)
    assert statement(at(notices, "notice.xhtml, 1280 px")).text == "Progetto co-finanziato dall’UE"
    assert statement(at(notices, "colophon.xhtml, 1280 px")).text == STATEMENT


def test_words_that_do_not_show_are_no_words(bench: Bench, tmp_path: Path) -> None:
    notices = bench.spoilt(tmp_path, css(".notice-cup {display: none}"))
    assert "CUP" not in at(notices, "notice.xhtml, 360 px").text
    assert "Piano Regionale" in at(notices, "notice.xhtml, 360 px").text


def test_words_of_the_style_sheet_are_words(bench: Bench, tmp_path: Path) -> None:
    notices = bench.spoilt(tmp_path, css(".notice-statement::after {content: ' (UE)'}"))
    added = at(notices, "notice.xhtml, 360 px").words[-1]
    assert (added.text, added.effects) == ("(UE)", ("generated",))


def test_statement_over_the_emblem_overlaps_it(bench: Bench, tmp_path: Path) -> None:
    notices = bench.spoilt(tmp_path, css(".notice-words {margin-top: -3em}"))
    notice = at(notices, "notice.xhtml, 1280 px")
    assert notice.emblem is not None
    assert statement(notice).box.overlaps(notice.emblem.box)


def test_night_is_told_from_day(bench: Bench, tmp_path: Path) -> None:
    rules = "@media (prefers-color-scheme: dark) {.notice-block {background: none; color: #EEE}}"
    rules += " .notice-emblem img {border: 0}"
    notices = bench.spoilt(tmp_path, css(rules))
    day, night = (at(notices, f"notice.xhtml, 360 px{mode}") for mode in ("", ", dark mode"))
    assert (day.ground, statement(day).colour) == ("#FFFFFF", "#000000")
    # Chromium's own dark page.
    assert (night.ground, statement(night).colour) == ("#121212", "#EEEEEE")


def test_a_white_border_round_the_emblem_is_its_ground(bench: Bench, tmp_path: Path) -> None:
    coloured = ".notice-block {background: #A8461F}"
    border = ".notice-emblem img {border-width: %s}"
    with_border = bench.spoilt(tmp_path, css(coloured))
    with_hair = bench.spoilt(tmp_path, css(coloured + border % "1px"))
    assert at(with_border, "notice.xhtml, 360 px").ground == "#FFFFFF"
    assert at(with_hair, "notice.xhtml, 360 px").ground == "#A8461F"


def test_another_logo_and_its_link_are_taken_down(bench: Bench, tmp_path: Path) -> None:
    logo = (
        '<a href="https://example.org/"><img src="data:image/svg+xml,'
        "%3Csvg xmlns='http://www.w3.org/2000/svg' width='200' height='100'%3E"
        "%3Crect width='200' height='100' fill='%23FF0000'/%3E%3C/svg%3E"
        '" alt="Altro logo"/></a>'
    )
    change = replaced("notice.xhtml", "Ministero dell’Interno", logo)
    notice = at(bench.spoilt(tmp_path, change), "notice.xhtml, 1280 px")
    (other,) = notice.logos
    assert other.alt == "Altro logo"
    # «max-height: 5em» of the house.
    assert other.box.height == pytest.approx(80 * MM, abs=0.1)
    assert other.drawing is not None
    assert [shape.fill for shape in other.drawing.shapes] == ["#FF0000"]
    assert notice.links == ("https://example.org/",)


def test_a_place_that_is_not_there_is_said_to_be_missing(bench: Bench, tmp_path: Path) -> None:
    change = replaced("content.opf", '<itemref idref="page-notice"/>', "")
    notices = bench.spoilt(tmp_path, change)
    (missing,) = (notice for notice in notices if notice.place is Place.NOTICE)
    assert (missing.where, missing.order, missing.emblem, missing.words) == (
        "content.opf",
        0,
        None,
        (),
    )


def test_a_colophon_without_the_notice_has_no_words_of_it(bench: Bench, tmp_path: Path) -> None:
    def taken_out(texts: dict[str, str]) -> None:
        head, _, _ = texts["colophon.xhtml"].partition('<div class="colophon-notice">')
        texts["colophon.xhtml"] = f"{head}</section></body></html>"

    notices = bench.spoilt(tmp_path, taken_out, Place.COLOPHON)
    empty = at(notices, "colophon.xhtml, 1280 px")
    assert (empty.emblem, empty.words) == (None, ())
    assert empty.order > 0


def test_a_notice_at_the_end_of_the_spine_says_so(bench: Bench, tmp_path: Path) -> None:
    def moved(texts: dict[str, str]) -> None:
        reference = '<itemref idref="page-notice"/>'
        package = texts["content.opf"].replace(reference, "")
        texts["content.opf"] = package.replace("</spine>", f"{reference}</spine>")

    notices = bench.spoilt(tmp_path, moved)
    length = len(epub_files(bench.epub).spine)
    assert at(notices, "notice.xhtml, 360 px").order == length > 3


def test_a_book_without_funding_has_no_notice(bench: Bench, tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    edition = root / "chapters" / "base" / "edition.yaml"
    text = edition.read_text("utf-8").replace("programme: fami-2014-2020", "programme: none")
    edition.write_text(text, "utf-8")
    loaded, _ = load(root)
    assert loaded is not None
    assert read_epub(bench.epub, loaded) == []


def test_a_page_gets_its_own_files_and_nothing_else(bench: Bench) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
        '<img src="https://example.org/a.png"/><img src="b.png"/><br/></body></html>'
    )
    files = {"a b.xhtml": PackedFile("application/xhtml+xml", page.encode())}
    with offline_page(bench.running, files) as opened:
        opened.open("a b.xhtml")
        assert opened.page.evaluate("document.contentType") == "application/xhtml+xml"
        assert sorted(opened.refused) == [
            "https://book.invalid/b.png",
            "https://example.org/a.png",
        ]
        with pytest.raises(KeyError):
            opened.open("c.xhtml")


def test_what_is_missing_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not within the browser of this module.
    monkeypatch.setattr(browsers, "_here", threading.local())
    monkeypatch.setattr(browsers, "system_family", lambda: "debian")
    with monkeypatch.context() as without_playwright:
        without_playwright.setattr(browsers, "find_spec", lambda name: None)
        with pytest.raises(ValidatorMissing, match="Python package playwright"), chromium():
            pass
    monkeypatch.setattr(browsers, "browser", lambda: None)
    with pytest.raises(ValidatorMissing, match="apt-get install -y chromium"), chromium():
        pass
