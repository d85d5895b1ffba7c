"""Judges an emblem file by itself, for a person who was given one (``./inv notice --emblem``).

EU-13 does not apply, because a file has no size on paper.
"""

from __future__ import annotations

from pathlib import Path

from book.messages import N_, translate
from book.notice.drawing_svg import UnreadableDrawingError
from book.notice.emblem import alterations, emblem_measures, judge_emblem, read_drawing
from book.notice.evidence import Medium, Notice, Picture, Place
from book.notice.judge import holds_back
from book.notice.rule import Result, Verdict, load_rules
from book.readback.geometry import Box

VERDICTS = {
    Verdict.KEPT: N_("kept"),
    Verdict.BROKEN: N_("broken"),
    Verdict.NOT_APPLICABLE: N_("not applicable"),
    Verdict.NOT_MEASURED: N_("not measured"),
    Verdict.TO_CONFIRM: N_("to confirm"),
}
_NOTHING = Box(0, 0, 0, 0)


def judge_file(path: Path, language: str = "it", ground: str = "#FFFFFF") -> list[Result]:
    """Judge the emblem in a file by the emblem's rules, on a ground of the colour ``#RRGGBB``.

    Raises UnreadableDrawingError for an SVG that cannot be measured, OSError when the file cannot
    be read.
    """
    picture = Picture(_NOTHING, "", read_drawing(path))
    notice = Notice(Medium.SOURCES, Place.COVER, path.name, _NOTHING, picture, (), ground=ground)
    return judge_emblem(notice, load_rules(), path.name, language)


def emblem_report(path: Path, language: str) -> tuple[str, bool]:
    """A report on an emblem file, with a line for each rule; and whether the emblem is right.

    It is right when every demanded rule was measured and none is broken. A monochrome form, which a
    person has to confirm, is no fault.
    """
    try:
        picture = Picture(_NOTHING, "", read_drawing(path))
        emblem_measures(picture)
    except OSError as error:
        text = translate(N_("{path} cannot be read: {reason}"), language)
        return text.format(path=path, reason=error.strerror or type(error).__name__), False
    except UnreadableDrawingError as error:
        text = translate(N_("{path} cannot be measured: {what}"), language)
        return text.format(path=path, what=error), False
    results = judge_file(path, language)
    lines = [_line(result, language) for result in results]
    altered = alterations(picture)
    if altered:
        text = translate(N_("EU-10 the drawing holds more than an emblem: {what}"), language)
        lines.append(text.format(what=altered))
    is_right = not altered and not any(holds_back(result) for result in results)
    verdict = N_("the emblem is right") if is_right else N_("the emblem is not right")
    return "\n".join([f"{path}: {translate(verdict, language)}", *lines]), is_right


def _line(result: Result, language: str) -> str:
    verdict = translate(VERDICTS[result.verdict], language)
    threshold = f" ({result.threshold})" if result.threshold else ""
    rule = result.rule
    return f"{rule.id} {verdict}: {result.measured}{threshold} – {rule.source}"
