"""Every rule about words, type, logos and display: kept by a right notice, broken alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from book.compose.emblem import Form
from book.findings import Severity
from book.notice.codes import CODES
from book.notice.evidence import Medium, Notice, Picture, Place, Words
from book.notice.judge import holds_back, judge, not_run
from book.notice.rule import RULES, Standing, Verdict, load_rules
from book.readback.geometry import Box
from tests.support.notices import FAMI, FSE, FSE_PLUS, broken, edition, emblem, right_notices

Spoil = Callable[[Notice], Notice]

JUDGED_HERE = {
    *(f"EU-{number:02}" for number in range(1, 13)),
    "EU-21",
    "EU-23",
    "EU-24",
}


def every(change: Callable[[Words], Words | None]) -> Spoil:
    """Change or leave out each run of words."""

    def spoil(notice: Notice) -> Notice:
        changed = [new for run in notice.words if (new := change(run)) is not None]
        return replace(notice, words=tuple(changed))

    return spoil


def first(**changes: object) -> Spoil:
    """Change the run that says the statement."""
    return lambda notice: replace(
        notice,
        words=(replace(notice.words[0], **changes), *notice.words[1:]),  # type: ignore[arg-type]
    )


def without(text: str) -> Spoil:
    return every(lambda run: None if text in run.text else run)


def also(text: str) -> Spoil:
    """With one more line of words."""
    more = Words(text, Box(30, 150, 80, 4), "Ubuntu", 9, "#000000")
    return lambda notice: replace(notice, words=(*notice.words, more))


def with_emblem(**changes: object) -> Spoil:
    def spoil(notice: Notice) -> Notice:
        assert notice.emblem is not None
        return replace(notice, emblem=replace(notice.emblem, **changes))  # type: ignore[arg-type]

    return spoil


def logo(width: float, height: float, alt: str = "Ministero", x: float = 100) -> Spoil:
    return lambda notice: replace(
        notice, logos=(Picture(Box(x, 150 - 70 * (x < 100), width, height), alt),)
    )


def at(place: Place, spoil: Spoil) -> Spoil:
    return lambda notice: spoil(notice) if notice.place is place else notice


def gone(notice: Notice) -> Notice:
    return replace(notice, emblem=None, words=())


ALONE: dict[str, tuple[str, str, Spoil]] = {
    "another wording": ("EU-01", FAMI, first(text="Progetto cofinanziato dall’Unione Europea")),
    "a shorter wording": ("EU-01", FAMI, first(text="Progetto co-finanziato")),
    "a longer wording": (
        "EU-01",
        FAMI,
        first(text="Progetto co-finanziato dall’Unione Europea e altri"),
    ),
    "in capitals": ("EU-01", FAMI, first(text="PROGETTO CO-FINANZIATO DALL’UNIONE EUROPEA")),
    "no fund (FSE)": ("EU-02", FSE, without("Fondo sociale")),
    "no emblem (FSE)": ("EU-02", FSE, lambda notice: replace(notice, emblem=None)),
    "not in full": ("EU-03", FSE_PLUS, first(text="Con il cofinanziamento dell’Unione europea")),
    "no emblem (2021-2027)": ("EU-03", FSE_PLUS, lambda notice: replace(notice, emblem=None)),
    "abbreviated": ("EU-04", FAMI, also("Con il sostegno dell’UE")),
    "abbreviated with stops": ("EU-04", FSE, also("Con il sostegno dell’U.E.")),
    "serif": ("EU-05", FAMI, first(family="Lora")),
    "nearly Ubuntu": ("EU-05", FAMI, first(family="Ubuntu Mono")),
    "italic": ("EU-06", FAMI, first(italic=True)),
    "underlined": ("EU-06", FAMI, first(underlined=True)),
    "shadow": ("EU-06", FAMI, first(effects=("shadow",))),
    "red": ("EU-07", FAMI, first(colour="#AA0000")),
    "dark grey": ("EU-07", FAMI, first(colour="#333333")),
    "over the emblem": ("EU-08", FAMI, first(box=Box(40, 90, 80, 4))),
    "far away": ("EU-08", FAMI, every(lambda run: replace(run, box=Box(30, 200, 80, 4)))),
    "tiny": ("EU-08", FAMI, first(size=4)),
    "huge": ("EU-08", FAMI, first(size=30)),
    "larger logo": ("EU-09", FAMI, logo(31, 21)),
    "logo over the emblem": ("EU-10", FAMI, logo(20, 10, x=50)),
    "second logo of support": ("EU-10", FSE_PLUS, logo(20, 10, alt="Coesione Italia 21-27")),
    "filtered": ("EU-10", FAMI, with_emblem(effects=("filter",), seen=0.0)),
    "black": ("EU-11", FAMI, with_emblem(drawing=emblem(Form.BLACK).drawing)),
    "blue and white": ("EU-11", FAMI, with_emblem(drawing=emblem(Form.REFLEX_BLUE).drawing)),
    "no notice page": ("EU-12", FAMI, at(Place.NOTICE, gone)),
    "no notice on the cover": ("EU-12", FAMI, at(Place.COVER, gone)),
    "late": ("EU-12", FAMI, at(Place.NOTICE, lambda notice: replace(notice, order=6))),
    "covered": ("EU-12", FAMI, with_emblem(seen=0.6)),
    "off the page": ("EU-12", FAMI, with_emblem(box=Box(-10, 76, 30, 20))),
    "pale ground": ("EU-12", FAMI, first(ground="#555555")),
    "hidden words": ("EU-12", FAMI, first(seen=False)),
    "no fund (FAMI)": ("EU-21", FAMI, without("Fondo Asilo")),
    "no emblem (FAMI)": ("EU-21", FAMI, lambda notice: replace(notice, emblem=None)),
    "no CUP": ("EU-23", FAMI, without("CUP")),
    "another CUP": (
        "EU-23",
        FAMI,
        every(lambda run: replace(run, text=run.text.replace("E89", "E88"))),
    ),
    "no colophon": ("EU-23", FAMI, at(Place.COLOPHON, gone)),
    "no disclaimer": ("EU-24", FSE_PLUS, without("Le opinioni")),
    "half a disclaimer": (
        "EU-24",
        FSE_PLUS,
        every(lambda run: replace(run, text=run.text.partition(" Né l’Unione")[0])),
    ),
}


@pytest.mark.parametrize("programme", [FAMI, FSE, FSE_PLUS])
@pytest.mark.parametrize("medium", [Medium.PDF, Medium.EPUB])
def test_a_right_notice_keeps_every_rule(tmp_path: Path, programme: str, medium: Medium) -> None:
    loaded = edition(tmp_path, programme)
    results = judge(right_notices(loaded, medium), loaded, "en")
    assert {r.rule.id for r in results} == set(load_rules()) - {"EU-22"}
    assert broken(results) == set()
    assert not any(map(holds_back, results))
    assert all(r.finding is None for r in results)


@pytest.mark.parametrize("name", ALONE)
def test_one_mistake_breaks_one_rule(tmp_path: Path, name: str) -> None:
    rule, programme, spoil = ALONE[name]
    loaded = edition(tmp_path, programme)
    results = judge([spoil(notice) for notice in right_notices(loaded)], loaded, "en")
    assert broken(results) == {rule}
    found = [r.finding for r in results if r.finding is not None]
    assert {finding.code for finding in found} == {CODES[rule]}
    assert all(finding.file == loaded.file and finding.sentence("en") for finding in found)
    demanded = load_rules()[rule].standing is Standing.DEMANDED
    assert any(map(holds_back, results)) is demanded


def test_every_rule_has_a_mistake_that_breaks_it_alone() -> None:
    assert {rule for rule, _, _ in ALONE.values()} == JUDGED_HERE


def test_a_book_without_any_notice_is_held_back(tmp_path: Path) -> None:
    for programme, rule in ((FAMI, "EU-21"), (FSE, "EU-02"), (FSE_PLUS, "EU-03")):
        loaded = edition(tmp_path / programme, programme)
        results = judge([gone(notice) for notice in right_notices(loaded)], loaded, "en")
        assert {rule, "EU-12", "EU-23"} <= broken(results)


def test_a_place_that_no_reader_found_is_missing(tmp_path: Path) -> None:
    loaded = edition(tmp_path)
    notices = [n for n in right_notices(loaded) if n.place is not Place.NOTICE]
    assert broken(judge(notices, loaded)) == {"EU-12"}


@pytest.mark.parametrize("alt", ["", "immagine1.png"])
def test_a_screen_is_told_whose_emblem_it_is(tmp_path: Path, alt: str) -> None:
    loaded = edition(tmp_path)
    spoil = at(Place.NOTICE, with_emblem(alt=alt))
    for medium, rules in ((Medium.EPUB, {"EU-12"}), (Medium.PDF, set())):
        results = judge([spoil(notice) for notice in right_notices(loaded, medium)], loaded, "en")
        assert broken(results) == rules


@pytest.mark.parametrize(
    ("programme", "key", "text", "rule"),
    [
        (FAMI, "statement", "Progetto cofinanziato dall’Unione Europea", "EU-01"),
        (FSE, "statement", "Comunità europea", "EU-02"),
        (FSE, "fund", "Fondo europeo", "EU-02"),
        (FSE_PLUS, "statement", "Con il sostegno dell’Unione europea", "EU-03"),
        (FAMI, "fund", "Fondo Asilo (FAMI) 2014-2020", "EU-21"),
    ],
)
def test_a_wrong_programme_file_does_not_move_the_rule(
    tmp_path: Path, programme: str, key: str, text: str, rule: str
) -> None:
    loaded = edition(tmp_path, programme)
    wrong = loaded.programmes[0].model_copy(update={key: {"it": text}})
    loaded = replace(loaded, programmes=(wrong,))
    assert broken(judge(right_notices(loaded), loaded)) == {rule}


def test_what_lines_and_apostrophes_change_is_no_mistake(tmp_path: Path) -> None:
    loaded = edition(tmp_path)
    lines = [
        Words(text, Box(30, 104 + 5 * n, 80, 4), "Ubuntu", 9, "#000000")
        for n, text in enumerate(("Progetto co‑finanziato dall'", "Unione  Europea"))
    ]
    notices = [replace(n, words=(*lines, *n.words[1:])) for n in right_notices(loaded)]
    assert broken(judge(notices, loaded)) == set()


def test_the_other_fund_name_of_the_esf_is_admitted(tmp_path: Path) -> None:
    loaded = edition(tmp_path, FSE)
    funds = "Fondi strutturali e di investimento europei"
    spoil = every(
        lambda run: replace(run, text=funds) if run.text == "Fondo sociale europeo" else run
    )
    assert broken(judge([spoil(n) for n in right_notices(loaded)], loaded)) == set()


def test_a_disclaimer_that_nobody_wrote_is_asked_of_a_person(tmp_path: Path) -> None:
    loaded = edition(tmp_path)
    results = judge(right_notices(loaded), loaded)
    verdicts = {r.verdict for r in results if r.rule.id == "EU-24"}
    assert verdicts == {Verdict.TO_CONFIRM, Verdict.NOT_APPLICABLE}


def test_what_did_not_run_is_never_a_pass(tmp_path: Path) -> None:
    loaded = edition(tmp_path)
    rows = not_run(Medium.EPUB, "no browser", loaded)
    assert len(rows) == len(load_rules()) - 3  # EU-02, EU-03: other programmes; EU-22: sources
    assert any(map(holds_back, rows))
    assert {row.verdict for row in rows} == {Verdict.NOT_MEASURED}


def test_a_book_without_funding_has_no_rules(tmp_path: Path) -> None:
    loaded = replace(edition(tmp_path), programmes=())
    assert judge(right_notices(edition(tmp_path / "other")), loaded) == []


def test_each_rule_has_its_finding_of_its_standing() -> None:
    rules = load_rules()
    assert list(rules) == [f"EU-{number:02}" for number in range(1, 25)]
    for name, rule in rules.items():
        warning = CODES[name].severity is Severity.WARNING
        assert warning is (rule.standing is Standing.DEMANDED), name
        assert rule.source and rule.title["it"] and rule.title["en"]
        assert CODES[name].id == f"N0{name[-2:]}"


def test_a_rule_twice_is_refused(tmp_path: Path) -> None:
    entry = RULES.read_text("utf-8").split("  - id: EU-02")[0].partition("rules:\n")[2]
    twice = tmp_path / "rules.yaml"
    twice.write_text(f"rules:\n{entry}{entry}", "utf-8")
    with pytest.raises(ValueError, match="twice"):
        load_rules(twice)
