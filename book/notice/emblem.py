"""Rules EU-13 to EU-20: the emblem itself, whatever page or file it was taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from book.messages import N_, translate
from book.notice.codes import CODES
from book.notice.drawing_raster import labels_of
from book.notice.drawing_svg import UnreadableDrawingError, read_svg
from book.notice.evidence import Drawing, Medium, Notice, Picture
from book.notice.geometry import Look, Measures, channels, is_white, measure
from book.notice.rule import Result, Rule, Verdict

EMBLEM_RULES = tuple(f"EU-{number}" for number in range(13, 21))
_SCALE_DIGITS = 5
"""Digits of the scale that count; a page's rounding must not have a drawing measured anew."""


@dataclass(frozen=True)
class _Case:
    """An emblem before a rule: its measures, how it is shown, and the language to answer in."""

    measures: Measures
    height: float | None
    """mm on the page; None for a file by itself."""
    small: bool
    ground: str
    language: str
    thresholds: Mapping[str, Any]

    def limit(self, name: str) -> float:
        """The threshold ``name``; for a file of pixels ``name_raster`` when there is one."""
        coarse = f"{name}_raster"
        if not self.measures.exact and coarse in self.thresholds:
            name = coarse
        return float(self.thresholds[name])

    def say(self, text: str, **values: str | float) -> str:
        """A message in the reader's language; numbers with three decimals and its comma."""
        shown = {k: v if isinstance(v, str) else self.number(v) for k, v in values.items()}
        return translate(text, self.language).format(**shown)

    def number(self, value: float) -> str:
        written = f"{value:.3f}".rstrip("0").rstrip(".")
        written = "0" if written == "-0" else written
        return written.replace(".", ",") if self.language.startswith("it") else written


@dataclass
class _Answer:
    """What a rule found: ``measured`` when all is well, ``off`` for what is not."""

    measured: str
    threshold: str
    off: list[str] = field(default_factory=list)
    verdict: Verdict | None = None


def judge_emblem(
    notice: Notice, rules: Mapping[str, Rule], file: str, language: str = "it"
) -> list[Result]:
    """EU-13 to EU-20 for the emblem of a notice; ``file`` is the artefact, for findings.

    Without an emblem the rules do not apply (that it is missing is for other rules to say); an
    emblem that cannot be measured is not measured. ``measured`` and ``threshold`` are in
    ``language``.
    """
    picture = notice.emblem
    chosen = [rules[name] for name in EMBLEM_RULES if name in rules]
    asks = (notice.medium, notice.where)
    if picture is None:
        text = translate(N_("no emblem"), language)
        return [_result(rule, Verdict.NOT_APPLICABLE, *asks, text) for rule in chosen]
    try:
        measures = emblem_measures(picture)
    except UnreadableDrawingError as error:
        text = translate(N_("the drawing cannot be measured: {what}"), language)
        text = text.format(what=error)
        return [_result(rule, Verdict.NOT_MEASURED, *asks, text) for rule in chosen]
    height = measures.height if picture.box.width and picture.box.height else None
    results = []
    for rule in chosen:
        small_page = float(str(rule.thresholds.get("small_page", 0)))
        shortest = min(notice.page.width, notice.page.height)
        small = notice.medium is Medium.PDF and shortest < small_page
        case = _Case(measures, height, small, notice.ground, language, rule.thresholds)
        results.append(_answered(rule, _RULES[rule.id](case), *asks, file))
    return results


def emblem_measures(picture: Picture) -> Measures:
    """The measures of an emblem as the page shows it; ``height`` is in mm.

    For a picture without size (a file by itself) they are in the drawing's own units. Raises
    UnreadableDrawingError.
    """
    drawing = picture.drawing
    if drawing is None:
        raise UnreadableDrawingError("–")
    width, height = drawing.width, drawing.height
    if not (picture.box.width and picture.box.height and width and height):
        return _measured(drawing, 1.0, 1.0)
    scale = (picture.box.width / width, picture.box.height / height)
    return _measured(drawing, *(float(f"{s:.{_SCALE_DIGITS}g}") for s in scale))


def alterations(picture: Picture) -> str:
    """For rule EU-10: what the picture shows besides an emblem, as a share of its area; or "".

    An SVG that cannot be measured because of what it contains (text, gradients, masks) is altered
    too: its name is returned. A raster that cannot be measured tells nothing: "".
    """
    try:
        measures = emblem_measures(picture)
    except UnreadableDrawingError as error:
        drawn = picture.drawing is not None and picture.drawing.raster is None
        return str(error) if drawn else ""
    limit = 0.001 if measures.exact else 0.01
    return f"{measures.foreign:.1%}" if measures.foreign > limit else ""


def is_colour(picture: Picture) -> bool:
    """For rule EU-11: whether the emblem is in neither of the two monochrome forms.

    Raises UnreadableDrawingError.
    """
    return emblem_measures(picture).look is Look.COLOUR


def read_drawing(path: Path) -> Drawing:
    """The drawing in an SVG file, or a raster to be measured by its colours.

    Raises UnreadableDrawingError for an SVG that cannot be measured, OSError for no file.
    """
    data = path.read_bytes()
    if path.suffix.lower() == ".svg" or data.lstrip()[:5] in (b"<?xml", b"<svg "):
        return read_svg(data)
    return Drawing(0, 0, raster=data)


@lru_cache(maxsize=64)
def _measured(drawing: Drawing, across: float, down: float) -> Measures:
    labels = labels_of(drawing)
    if drawing.raster is not None and drawing.width and drawing.height:
        # A raster's units are its own pixels; on the page it fills the drawing's size.
        across *= drawing.width / (labels.image.width * labels.units[0])
        down *= drawing.height / (labels.image.height * labels.units[1])
    return measure(labels, (across, down))


def _result(
    rule: Rule, verdict: Verdict, medium: Medium, where: str, measured: str, threshold: str = ""
) -> Result:
    return Result(rule, verdict, str(medium), where, measured, threshold)


def _answered(rule: Rule, answer: _Answer, medium: Medium, where: str, file: str) -> Result:
    if answer.verdict is not None:
        return _result(rule, answer.verdict, medium, where, answer.measured, answer.threshold)
    if not answer.off:
        return _result(rule, Verdict.KEPT, medium, where, answer.measured, answer.threshold)
    measured = "; ".join(answer.off)
    finding = CODES[rule.id].at(file, where=where, measured=measured, threshold=answer.threshold)
    return Result(rule, Verdict.BROKEN, str(medium), where, measured, answer.threshold, finding)


def _height(case: _Case) -> _Answer:
    least = case.limit("least_height_small" if case.small else "least_height")
    threshold = f"≥ {case.number(least)} mm"
    if case.height is None:
        text = case.say(N_("a file has no size on paper"))
        return _Answer(text, threshold, verdict=Verdict.NOT_APPLICABLE)
    found = case.say(N_("height {found} mm"), found=case.height)
    # A hundredth of a millimetre is the rounding of points and pixels.
    return _Answer(found, threshold, [found] if case.height < least - 0.01 else [])


def _ratio(case: _Case) -> _Answer:
    asked, m = case.limit("ratio"), case.measures
    off = []
    if abs(m.ratio - asked) > case.limit("tolerance"):
        off.append(case.say(N_("ratio {found} instead of {asked}"), found=m.ratio, asked=asked))
        if m.stretch:
            text = N_("the drawing is stretched in width by {wider} %")
            off.append(case.say(text, wider=f"{100 * m.stretch:.0f}"))
    return _Answer(case.say(N_("ratio {found}"), found=m.ratio), case.number(asked), off)


def _ring(case: _Case) -> _Answer:
    m, number, radius = case.measures, int(case.limit("stars")), case.limit("radius")
    threshold = case.say(
        N_("{number} stars, R = {radius} H, in the centre"), number=str(number), radius=radius
    )
    off = []
    if len(m.stars) != number:
        off.append(
            case.say(
                N_("{found} stars instead of {asked}"), found=str(len(m.stars)), asked=str(number)
            )
        )
    if m.stars:
        farthest = max(m.stars, key=lambda star: abs(star.distance - radius))
        shown = m.radius
        if abs(m.radius - radius) <= case.limit("tolerance"):
            shown = farthest.distance
        if abs(shown - radius) > case.limit("tolerance"):
            off.append(
                case.say(N_("R = {found} H instead of {asked} H"), found=shown, asked=radius)
            )
        if max(map(abs, m.centre)) > case.limit("centre_tolerance"):
            x, y = m.centre
            off.append(case.say(N_("centre off by {x} H to the right and {y} H down"), x=x, y=y))
    gaps = [gap for gap in m.gaps if abs(gap - 360 / number) > case.limit("gap_degrees")]
    if gaps and len(m.stars) == number:
        worst = max(gaps, key=lambda gap: abs(gap - 360 / number))
        off.append(
            case.say(
                N_("{found}° between two stars instead of {asked}°"),
                found=worst,
                asked=360 / number,
            )
        )
    measured = case.say(
        N_("{number} stars, R = {radius} H"), number=str(len(m.stars)), radius=m.radius
    )
    return _Answer(measured, threshold, off)


def _stars(case: _Case) -> _Answer:
    m, radius = case.measures, case.limit("radius")
    threshold = case.say(N_("5 points, r = {radius} H, upright"), radius=radius)
    if not m.stars:
        return _Answer(case.say(N_("no stars")), threshold, verdict=Verdict.NOT_APPLICABLE)
    off = []
    strange = [star for star in m.stars if star.points != 5]
    if strange:
        found = str(strange[0].points or "?")
        off.append(case.say(N_("{found} points instead of 5"), found=found))
    shown = m.star_radius
    if abs(shown - radius) <= case.limit("tolerance"):
        shown = max((star.radius for star in m.stars), key=lambda r: abs(r - radius))
    if abs(shown - radius) > case.limit("tolerance"):
        off.append(case.say(N_("r = {found} H instead of {asked} H"), found=shown, asked=radius))
    if not strange:
        tilt = max((star.tilt for star in m.stars), key=abs)
        if abs(tilt) > case.limit("upright_degrees"):
            off.append(case.say(N_("a star leans by {found}°"), found=abs(tilt)))
        form = max((star.spread for star in m.stars), key=lambda spread: abs(spread - 1))
        if abs(form - 1) > case.limit("form_tolerance"):
            off.append(
                case.say(N_("stars stouter or leaner than a pentagram: {found} of 1"), found=form)
            )
    measured = case.say(N_("5 points, r = {radius} H"), radius=m.star_radius)
    return _Answer(measured, threshold, off)


def _hours(case: _Case) -> _Answer:
    threshold = case.say(N_("at most {found}° off the hour"), found=case.limit("tolerance_degrees"))
    stars = case.measures.stars
    if not stars:
        return _Answer(case.say(N_("no stars")), threshold, verdict=Verdict.NOT_APPLICABLE)
    worst = max(abs(star.hour - round(star.hour)) * 30 for star in stars)
    measured = case.say(N_("{found}° off the hour"), found=worst)
    return _Answer(
        measured, threshold, [measured] if worst > case.limit("tolerance_degrees") else []
    )


def _blue(case: _Case) -> _Answer:
    if case.measures.look is Look.BLACK:
        return _monochrome(case)
    return _colour(case, case.measures.ground)


def _yellow(case: _Case) -> _Answer:
    if case.measures.look is not Look.COLOUR:
        return _monochrome(case)
    asked = channels(str(case.thresholds["colour"]))
    stars = case.measures.stars
    if not stars:
        text = case.say(N_("no stars"))
        return _Answer(text, str(case.thresholds["colour"]), verdict=Verdict.NOT_APPLICABLE)
    return _colour(
        case, max((s.colour for s in stars), key=lambda c: _distance(channels(c), asked))
    )


def _monochrome(case: _Case) -> _Answer:
    names = {Look.BLACK: N_("black on white"), Look.REFLEX_BLUE: N_("white stars on Reflex Blue")}
    form = case.say(names[case.measures.look])
    text = case.say(N_("monochrome form ({form}): to confirm with the Authority"), form=form)
    return _Answer(text, str(case.thresholds["colour"]), verdict=Verdict.TO_CONFIRM)


def _colour(case: _Case, found: str) -> _Answer:
    asked = str(case.thresholds["colour"])
    off = []
    if _distance(channels(found), channels(asked)) > case.limit("tolerance"):
        off.append(case.say(N_("{found} instead of {asked}"), found=found, asked=asked))
    return _Answer(found, asked, off)


def _distance(first: tuple[int, int, int], second: tuple[int, int, int]) -> int:
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def _border(case: _Case) -> _Answer:
    asked = case.limit("border")
    threshold = case.say(N_("white border {asked} H"), asked=asked)
    if is_white(case.ground):
        text = case.say(N_("white ground"))
        return _Answer(text, threshold, verdict=Verdict.NOT_APPLICABLE)
    sides = case.measures.border
    worst = max(sides, key=lambda side: abs(side - asked))
    measured = case.say(N_("white border {found} H"), found=worst)
    off = []
    if abs(worst - asked) > case.limit("tolerance"):
        off.append(
            case.say(
                N_("border {found} H instead of {asked} H on the ground {ground}"),
                found=worst,
                asked=asked,
                ground=case.ground,
            )
        )
    return _Answer(measured, threshold, off)


_RULES: dict[str, Callable[[_Case], _Answer]] = {
    "EU-13": _height,
    "EU-14": _ratio,
    "EU-15": _ring,
    "EU-16": _stars,
    "EU-17": _hours,
    "EU-18": _blue,
    "EU-19": _yellow,
    "EU-20": _border,
}
