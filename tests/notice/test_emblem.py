"""Rules EU-13 to EU-20: each kept by the right emblem, and broken by one mistake alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from book.compose.emblem import Form, emblem_svg
from book.notice.drawing_svg import read_svg
from book.notice.emblem import EMBLEM_RULES, alterations, is_colour, judge_emblem
from book.notice.emblem_file import emblem_report, judge_file
from book.notice.evidence import Drawing, Medium, Notice, Picture, Place
from book.notice.rule import Result, Verdict, load_rules
from book.readback.geometry import Box
from tests.support.emblems import FOUR_TO_THREE, SQUARE, Emblem

PAGE = Box(0, 0, 148, 210)


def shown(
    drawing: Drawing, box: tuple[float, float] | None = None, ground: str = "#FFFFFF"
) -> dict[str, Result]:
    """The verdicts on a drawing in a box of mm; 20 mm high and not stretched when none is given."""
    box = box or (20 * drawing.width / drawing.height, 20)
    picture = Picture(Box(20, 20, *box), "Emblema", drawing)
    notice = Notice(Medium.PDF, Place.NOTICE, "p. iv", PAGE, picture, (), ground=ground)
    return {r.rule.id: r for r in judge_emblem(notice, load_rules(), "libro.pdf", "en")}


def broken(results: dict[str, Result]) -> set[str]:
    return {name for name, result in results.items() if result.verdict is Verdict.BROKEN}


def test_the_right_emblem_keeps_every_rule() -> None:
    results = shown(read_svg(Emblem().svg().encode()))
    assert tuple(results) == EMBLEM_RULES
    kept = {n for n, r in results.items() if r.verdict is Verdict.KEPT}
    assert kept == set(EMBLEM_RULES) - {"EU-20"}
    assert results["EU-20"].verdict is Verdict.NOT_APPLICABLE
    assert all(result.finding is None for result in results.values())
    assert results["EU-13"].measured == "height 20 mm"


ALONE = {
    "ratio": ("EU-14", Emblem(ratio=1.45)),
    "ring": ("EU-15", Emblem(ring=0.32)),
    "number": ("EU-15", Emblem(number=11, moved=0, turned=0)),
    "centre": ("EU-15", Emblem(centre=(0.01, 0))),
    "one star moved": ("EU-15", Emblem(moved=1.7)),
    "star": ("EU-16", Emblem(star=0.062)),
    "tilt": ("EU-16", Emblem(tilt=36)),
    "points": ("EU-16", Emblem(points=6)),
    "stout": ("EU-16", Emblem(notch=0.6, star=0.046)),
    "turned": ("EU-17", Emblem(turned=15)),
    "blue": ("EU-18", Emblem(blue="#0044AA")),
    "green": ("EU-18", Emblem(blue="#008040")),
    "yellow": ("EU-19", Emblem(yellow="#FFDD22")),
}


@pytest.mark.parametrize("name", ALONE)
def test_one_mistake_breaks_one_rule(name: str) -> None:
    rule, emblem = ALONE[name]
    results = shown(read_svg(emblem.svg().encode()))
    # Eleven stars at equal intervals cannot stand on the hours.
    assert broken(results) - ({"EU-17"} if name == "number" else set()) == {rule}
    finding = results[rule].finding
    assert finding is not None
    assert finding.code.id == f"N0{rule[3:]}"
    assert results[rule].measured in finding.problem("en")


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pixels_tell_the_same(name: str, kind: str) -> None:
    rule, emblem = ALONE[name]
    drawing = Drawing(0, 0, raster=emblem.pixels(400, kind))
    picture = Picture(Box(0, 0, 0, 0), "", drawing)
    notice = Notice(Medium.EPUB, Place.COVER, "cover", PAGE, picture, ())
    results = {r.rule.id: r for r in judge_emblem(notice, load_rules(), "x", "en")}
    assert broken(results) - ({"EU-17"} if name == "number" else set()) == {rule}


@pytest.mark.slow
@pytest.mark.parametrize("rows", [210, 400, 1500])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("border", [0.0, 0.04])
def test_the_right_emblem_passes_as_pixels(
    rows: int, kind: str, border: float, tmp_path: Path
) -> None:
    path = tmp_path / f"emblema.{kind.lower()}"
    path.write_bytes(Emblem(border=border).pixels(rows, kind))
    text, well = emblem_report(path, "en")
    assert well, text
    ground = "#FFFFFF" if not border else "#AA2200"
    assert [r.measured for r in judge_file(path, "en", ground) if r.finding] == []


def test_height_on_the_page() -> None:
    drawing = read_svg(Emblem().svg().encode())
    assert broken(shown(drawing, (14.4, 9.6))) == {"EU-13"}
    assert broken(shown(drawing, (15, 10))) == set()


def test_a_small_page_asks_for_less() -> None:
    picture = Picture(Box(5, 5, 9, 6), "", read_svg(Emblem().svg().encode()))
    card = Notice(Medium.PDF, Place.COVER, "p. 1", Box(0, 0, 85, 55), picture, ())
    first = judge_emblem(card, load_rules(), "biglietto.pdf")[0]
    assert (first.rule.id, first.verdict) == ("EU-13", Verdict.KEPT)


def test_a_stretched_picture_is_one_mistake() -> None:
    results = shown(read_svg(Emblem().svg().encode()), (33, 20))
    assert broken(results) == {"EU-14"}
    assert "stretched in width by 10 %" in results["EU-14"].measured


def test_shapes_stretched_on_the_page_are_one_mistake() -> None:
    right = read_svg(Emblem().svg().encode())
    wide = tuple(
        replace(shape, points=tuple((1.2 * x, y) for x, y in shape.points))
        for shape in right.shapes
    )
    stretched = Drawing(right.width * 1.2, right.height, wide)
    assert broken(shown(stretched, (36, 20))) == {"EU-14"}


@pytest.mark.parametrize("border", [0.0, 0.02, 0.06])
def test_a_coloured_ground_asks_for_the_border(border: float) -> None:
    wrong = shown(read_svg(Emblem(border=border).svg().encode()), (30, 20), "#1A5C52")
    assert "EU-20" in broken(wrong)
    right = read_svg(Emblem(border=0.04).svg().encode())
    scale = 20 / 540
    size = (right.width * scale, right.height * scale)
    assert broken(shown(right, size, "#1A5C52")) == set()


def test_the_four_to_three_drawing_fails_with_its_figures(tmp_path: Path) -> None:
    for name, emblem, ratio in (("a", FOUR_TO_THREE, "1,333"), ("b", SQUARE, "1")):
        for suffix, data in (("svg", emblem.svg().encode()), ("png", emblem.pixels(480))):
            path = tmp_path / f"{name}.{suffix}"
            path.write_bytes(data)
            results = {r.rule.id: r for r in judge_file(path)}
            assert broken(results) == {"EU-14", "EU-15", "EU-16"}
            assert ratio in results["EU-14"].measured
            assert "0,296 H" in results["EU-15"].measured
            assert "0,005 H" in results["EU-15"].measured
            # Smooth edges, as Pillow paints them, make a star a quarter of a pixel larger.
            radii = ("r = 0,049 H",) if suffix == "svg" else ("r = 0,049 H", "r = 0,05 H")
            assert results["EU-16"].measured.startswith(radii)
            assert not emblem_report(path, "it")[1]


def test_eight_hundred_and_ten_by_five_hundred_and_forty_passes(tmp_path: Path) -> None:
    path = tmp_path / "emblema.svg"
    path.write_text(Emblem(height=540, ring=180 / 540, star=30 / 540).svg())
    assert 'width="810.0"' in path.read_text()
    assert emblem_report(path, "it")[1]


@pytest.mark.parametrize("form", Form)
def test_our_own_files_pass(form: Form, repository: Path) -> None:
    path = repository / "assets" / "emblem" / f"{form}.svg"
    text, well = emblem_report(path, "en")
    assert well, text
    confirmed = {r.rule.id for r in judge_file(path) if r.verdict is Verdict.TO_CONFIRM}
    wanted = {Form.BLACK: {"EU-18", "EU-19"}, Form.REFLEX_BLUE: {"EU-19"}}
    assert confirmed == wanted.get(form, set())
    picture = Picture(Box(0, 0, 0, 0), "", read_svg(emblem_svg(form).encode()))
    assert is_colour(picture) is (form in (Form.COLOUR, Form.BORDERED))


@pytest.mark.parametrize(
    "more",
    [
        '<rect x="700" y="20" width="90" height="60" fill="#CC0000"/>',
        '<circle cx="405" cy="530" r="40" fill="#FFFFFF"/>',
        '<text x="10" y="20">UE</text>',
        '<g opacity=".5"><rect width="10" height="10"/></g>',
    ],
)
def test_what_does_not_belong_is_seen(more: str, tmp_path: Path) -> None:
    path = tmp_path / "emblema.svg"
    path.write_text(Emblem().svg(more))
    assert not emblem_report(path, "en")[1]
    right = Picture(Box(0, 0, 0, 0), "", read_svg(Emblem().svg().encode()))
    assert alterations(right) == ""


def test_paint_at_the_edge_is_an_alteration() -> None:
    more = '<circle cx="405" cy="530" r="40" fill="#FFFFFF"/>'
    picture = Picture(Box(0, 0, 0, 0), "", read_svg(Emblem().svg(more).encode()))
    assert alterations(picture).endswith("%")


def test_a_covered_star_is_missed() -> None:
    more = '<rect x="350" y="20" width="110" height="140" fill="#003399"/>'
    assert broken(shown(read_svg(Emblem().svg(more).encode()))) == {"EU-15"}


def test_what_cannot_be_measured_is_not_kept(tmp_path: Path) -> None:
    small = Picture(PAGE, "", Drawing(10, 10, raster=Emblem().pixels(60)))
    notice = Notice(Medium.EPUB, Place.COVER, "cover", PAGE, small, ())
    verdicts = {r.verdict for r in judge_emblem(notice, load_rules(), "x")}
    assert verdicts == {Verdict.NOT_MEASURED}
    without = replace(notice, emblem=None)
    verdicts = {r.verdict for r in judge_emblem(without, load_rules(), "x")}
    assert verdicts == {Verdict.NOT_APPLICABLE}
    cut = Emblem().pixels(300)[:700]
    for name, data in (
        ("a.png", b"\x89PNG no"),
        ("d.png", cut),
        ("b.svg", b"<svg"),
        ("c.svg", b"<html/>"),
    ):
        (tmp_path / name).write_bytes(data)
        assert not emblem_report(tmp_path / name, "en")[1]
    assert not emblem_report(tmp_path / "manca.svg", "en")[1]
