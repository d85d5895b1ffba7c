"""The rules on the emblem itself, EU-13 to EU-20, for a page as for a file by itself.

:mod:`book.notice.drawing_raster` paints the emblem's drawing, :mod:`book.notice.geometry` measures
it, and the functions here hold the measures against the thresholds. ``H`` in messages is the
emblem's height.
"""

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
"""Significant digits of a scale. Places where the page shows the same drawing in the same size
differ in the last digits; rounded, they find the measures in the cache."""


@dataclass(frozen=True)
class _EmblemCase:
    """One rule applied to one emblem: its measures, how the page shows it, the rule's thresholds.

    ``ground`` is the colour behind the emblem. ``language`` is that of the results.
    """

    measures: Measures
    height: float | None
    """Height in mm on the page; None for a file by itself."""
    small: bool
    """Whether the page is small, so that the emblem may be smaller, too."""
    ground: str
    language: str
    thresholds: Mapping[str, Any]

    def limit(self, name: str) -> float:
        """The threshold ``name``; for a raster ``name_raster``, if the rule has that.

        The edges of a raster are known only to a pixel, so its tolerances are wider.
        """
        coarse = f"{name}_raster"
        if not self.measures.exact and coarse in self.thresholds:
            name = coarse
        return float(self.thresholds[name])

    def say(self, text: str, **values: str | float) -> str:
        """The message ``text`` in the language of the results, filled with ``values``."""
        shown = {k: v if isinstance(v, str) else self.number(v) for k, v in values.items()}
        return translate(text, self.language).format(**shown)

    def number(self, value: float) -> str:
        """A number with at most three decimals, as the language of the results writes it."""
        written = f"{value:.3f}".rstrip("0").rstrip(".")
        written = "0" if written == "-0" else written
        return written.replace(".", ",") if self.language.startswith("it") else written


@dataclass
class _Answer:
    """What a rule found: ``measured`` for the case that it is kept, and the ``faults``, if any.

    A ``verdict`` overrides both: it is given when the rule does not decide by faults.
    """

    measured: str
    threshold: str
    faults: list[str] = field(default_factory=list)
    verdict: Verdict | None = None


def judge_emblem(
    notice: Notice, rules: Mapping[str, Rule], file: str, language: str = "it"
) -> list[Result]:
    """Judge the emblem of a notice by EU-13 to EU-20; ``file`` is the artefact, for findings.

    Without an emblem the rules do not apply: other rules report that it is missing. An emblem whose
    drawing cannot be read has the verdict NOT_MEASURED. ``measured`` and ``threshold`` of the
    results are in ``language``.
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
        case = _EmblemCase(measures, height, small, notice.ground, language, rule.thresholds)
        results.append(_answered(rule, _RULES[rule.id](case), *asks, file))
    return results


def emblem_measures(picture: Picture) -> Measures:
    """The measures of an emblem as the page shows it, with ``height`` in mm.

    For a picture without a box (a file by itself) they are those of the drawing, with ``height`` in
    its own units. Raises UnreadableDrawingError when the drawing cannot be measured.
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
    """For rule EU-10: what the picture shows besides the emblem; "" when it shows nothing else.

    The answer is the foreign share of the picture's area, in per cent. For an SVG with something
    that no emblem has (text, gradients, masks) it is the name of that. For a raster that cannot be
    measured it is "": that is no sign of an alteration.
    """
    try:
        measures = emblem_measures(picture)
    except UnreadableDrawingError as error:
        drawn = picture.drawing is not None and picture.drawing.raster is None
        return str(error) if drawn else ""
    # Compression scatters odd pixels over a raster; up to one per cent of them is no addition.
    limit = 0.001 if measures.exact else 0.01
    return f"{measures.foreign:.1%}" if measures.foreign > limit else ""


def is_colour(picture: Picture) -> bool:
    """For rule EU-11: whether the emblem is in colour, not in one of the two monochrome forms.

    Raises UnreadableDrawingError when the drawing cannot be measured.
    """
    return emblem_measures(picture).look is Look.COLOUR


def read_drawing(path: Path) -> Drawing:
    """Read the drawing in an SVG file, or a raster file.

    Raises UnreadableDrawingError for an SVG that cannot be measured, OSError when the file cannot
    be read. A raster is opened later, by :func:`emblem_measures`.
    """
    data = path.read_bytes()
    if path.suffix.lower() == ".svg" or data.lstrip()[:5] in (b"<?xml", b"<svg "):
        return read_svg(data)
    return Drawing(0, 0, raster=data)


@lru_cache(maxsize=64)
def _measured(drawing: Drawing, across: float, down: float) -> Measures:
    """The measures of a drawing that the page widens by ``across`` and heightens by ``down``.

    Cached, because an edition shows the same emblem in many places.
    """
    labels = labels_of(drawing)
    if drawing.raster is not None and drawing.width and drawing.height:
        # The scales are for the units of the drawing, but the labels of a raster count its pixels.
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
    if not answer.faults:
        return _result(rule, Verdict.KEPT, medium, where, answer.measured, answer.threshold)
    measured = "; ".join(answer.faults)
    finding = CODES[rule.id].at(file, where=where, measured=measured, threshold=answer.threshold)
    return Result(rule, Verdict.BROKEN, str(medium), where, measured, answer.threshold, finding)


def _height(case: _EmblemCase) -> _Answer:
    """EU-13: the emblem has at least the minimum height on the page."""
    least = case.limit("least_height_small" if case.small else "least_height")
    threshold = f"≥ {case.number(least)} mm"
    if case.height is None:
        text = case.say(N_("a file has no size on paper"))
        return _Answer(text, threshold, verdict=Verdict.NOT_APPLICABLE)
    found = case.say(N_("height {found} mm"), found=case.height)
    # Converting from pt and px rounds by up to a hundredth of a millimetre.
    return _Answer(found, threshold, [found] if case.height < least - 0.01 else [])


def _ratio(case: _EmblemCase) -> _Answer:
    """EU-14: width and height have the proportion 3:2."""
    asked, m = case.limit("ratio"), case.measures
    faults = []
    if abs(m.ratio - asked) > case.limit("tolerance"):
        faults.append(case.say(N_("ratio {found} instead of {asked}"), found=m.ratio, asked=asked))
        if m.stretch:
            text = N_("the drawing is stretched in width by {wider} %")
            faults.append(case.say(text, wider=f"{100 * m.stretch:.0f}"))
    return _Answer(case.say(N_("ratio {found}"), found=m.ratio), case.number(asked), faults)


def _ring(case: _EmblemCase) -> _Answer:
    """EU-15: twelve stars at equal distances on a circle of H/3 round the emblem's centre."""
    m, number, radius = case.measures, int(case.limit("stars")), case.limit("radius")
    threshold = case.say(
        N_("{number} stars, R = {radius} H, in the centre"), number=str(number), radius=radius
    )
    faults = []
    if len(m.stars) != number:
        faults.append(
            case.say(
                N_("{found} stars instead of {asked}"), found=str(len(m.stars)), asked=str(number)
            )
        )
    if m.stars:
        # If the circle as a whole has the wrong radius, the message gives its radius. Else it gives
        # the distance of the star that is farthest from its place.
        farthest = max(m.stars, key=lambda star: abs(star.distance - radius))
        shown = m.radius
        if abs(m.radius - radius) <= case.limit("tolerance"):
            shown = farthest.distance
        if abs(shown - radius) > case.limit("tolerance"):
            faults.append(
                case.say(N_("R = {found} H instead of {asked} H"), found=shown, asked=radius)
            )
        if max(map(abs, m.centre)) > case.limit("centre_tolerance"):
            x, y = m.centre
            faults.append(case.say(N_("centre off by {x} H to the right and {y} H down"), x=x, y=y))
    gaps = [gap for gap in m.gaps if abs(gap - 360 / number) > case.limit("gap_degrees")]
    # With another number of stars all gaps are wrong; that was told above.
    if gaps and len(m.stars) == number:
        worst = max(gaps, key=lambda gap: abs(gap - 360 / number))
        faults.append(
            case.say(
                N_("{found}° between two stars instead of {asked}°"),
                found=worst,
                asked=360 / number,
            )
        )
    measured = case.say(
        N_("{number} stars, R = {radius} H"), number=str(len(m.stars)), radius=m.radius
    )
    return _Answer(measured, threshold, faults)


def _stars(case: _EmblemCase) -> _Answer:
    """EU-16: the stars have five points on a circle of H/18, one of them straight up."""
    m, radius = case.measures, case.limit("radius")
    threshold = case.say(N_("5 points, r = {radius} H, upright"), radius=radius)
    if not m.stars:
        return _Answer(case.say(N_("no stars")), threshold, verdict=Verdict.NOT_APPLICABLE)
    faults = []
    other_forms = [star for star in m.stars if star.points != 5]
    if other_forms:
        found = str(other_forms[0].points or "?")
        faults.append(case.say(N_("{found} points instead of 5"), found=found))
    shown = m.star_radius
    if abs(shown - radius) <= case.limit("tolerance"):
        shown = max((star.radius for star in m.stars), key=lambda r: abs(r - radius))
    if abs(shown - radius) > case.limit("tolerance"):
        faults.append(case.say(N_("r = {found} H instead of {asked} H"), found=shown, asked=radius))
    # Tilt and form are measures of a five-pointed star; they mean nothing for another shape.
    if not other_forms:
        tilt = max((star.tilt for star in m.stars), key=abs)
        if abs(tilt) > case.limit("upright_degrees"):
            faults.append(case.say(N_("a star leans by {found}°"), found=abs(tilt)))
        form = max((star.spread for star in m.stars), key=lambda spread: abs(spread - 1))
        if abs(form - 1) > case.limit("form_tolerance"):
            faults.append(
                case.say(N_("stars stouter or leaner than a pentagram: {found} of 1"), found=form)
            )
    measured = case.say(N_("5 points, r = {radius} H"), radius=m.star_radius)
    return _Answer(measured, threshold, faults)


def _hours(case: _EmblemCase) -> _Answer:
    """EU-17: the stars stand where a clock has its hours. An hour is 30 degrees."""
    threshold = case.say(N_("at most {found}° off the hour"), found=case.limit("tolerance_degrees"))
    stars = case.measures.stars
    if not stars:
        return _Answer(case.say(N_("no stars")), threshold, verdict=Verdict.NOT_APPLICABLE)
    worst = max(abs(star.hour - round(star.hour)) * 30 for star in stars)
    measured = case.say(N_("{found}° off the hour"), found=worst)
    return _Answer(
        measured, threshold, [measured] if worst > case.limit("tolerance_degrees") else []
    )


def _blue(case: _EmblemCase) -> _Answer:
    """EU-18: the rectangle is Reflex Blue. The monochrome form in black has no blue."""
    if case.measures.look is Look.BLACK:
        return _monochrome(case)
    return _colour(case, case.measures.ground)


def _yellow(case: _EmblemCase) -> _Answer:
    """EU-19: the stars are yellow; the star that differs most is judged."""
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


def _monochrome(case: _EmblemCase) -> _Answer:
    """The answer on the colour of a monochrome emblem: a person decides whether it is justified."""
    names = {Look.BLACK: N_("black on white"), Look.REFLEX_BLUE: N_("white stars on Reflex Blue")}
    form = case.say(names[case.measures.look])
    text = case.say(N_("monochrome form ({form}): to confirm with the Authority"), form=form)
    return _Answer(text, str(case.thresholds["colour"]), verdict=Verdict.TO_CONFIRM)


def _colour(case: _EmblemCase, found: str) -> _Answer:
    asked = str(case.thresholds["colour"])
    faults = []
    if _distance(channels(found), channels(asked)) > case.limit("tolerance"):
        faults.append(case.say(N_("{found} instead of {asked}"), found=found, asked=asked))
    return _Answer(found, asked, faults)


def _distance(first: tuple[int, int, int], second: tuple[int, int, int]) -> int:
    """The largest difference of two colours in one channel, from 0 to 255."""
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def _border(case: _EmblemCase) -> _Answer:
    """EU-20: on a coloured ground the emblem has a white border of H/25; a white one needs none."""
    asked = case.limit("border")
    threshold = case.say(N_("white border {asked} H"), asked=asked)
    if is_white(case.ground):
        text = case.say(N_("white ground"))
        return _Answer(text, threshold, verdict=Verdict.NOT_APPLICABLE)
    sides = case.measures.border
    worst = max(sides, key=lambda side: abs(side - asked))
    measured = case.say(N_("white border {found} H"), found=worst)
    faults = []
    if abs(worst - asked) > case.limit("tolerance"):
        faults.append(
            case.say(
                N_("border {found} H instead of {asked} H on the ground {ground}"),
                found=worst,
                asked=asked,
                ground=case.ground,
            )
        )
    return _Answer(measured, threshold, faults)


_RULES: dict[str, Callable[[_EmblemCase], _Answer]] = {
    "EU-13": _height,
    "EU-14": _ratio,
    "EU-15": _ring,
    "EU-16": _stars,
    "EU-17": _hours,
    "EU-18": _blue,
    "EU-19": _yellow,
    "EU-20": _border,
}
