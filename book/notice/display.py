"""The rules on colour and visibility of the notice: EU-11 and EU-12."""

from __future__ import annotations

from collections.abc import Sequence

from book.compose.notice import in_language
from book.messages import N_
from book.model.colour import contrast
from book.notice.case import NO_NOTICE, UNREADABLE, Case, Judge, for_each_emblem, is_empty
from book.notice.emblem import is_colour
from book.notice.evidence import Medium, Notice, Place
from book.notice.parts import statement_words
from book.notice.rule import Result
from book.notice.svg_style import UnreadableDrawingError


def _in_colour(case: Case, notice: Notice) -> Result:
    """EU-11: the emblem is in colour.

    The house refuses the monochrome forms. Reg. (EU) 821/2014, article 4(1), admits them in
    justified cases, but nothing justifies them in a file for the screen.
    """
    assert notice.emblem is not None
    try:
        colour = is_colour(notice.emblem)
    except UnreadableDrawingError as error:
        return case.not_measured(notice, UNREADABLE, what=error)
    shown = case.say(N_("in colour") if colour else N_("in one colour"))
    return case.judged([] if colour else [shown], notice, shown, case.say(N_("in colour")))


def _prominence(case: Case, notices: Sequence[Notice]) -> list[Result]:
    """EU-12: the notice is in every place that asks for it, early in the book, and visible.

    A place without evidence breaks the rule as one with empty evidence does.
    """
    asked = {Place(name) for name in case.limit("places")[str(notices[0].medium)]}
    results = []
    for notice in notices:
        if not is_empty(notice):
            results.append(_seen(case, notice))
        elif notice.place in asked:
            results.append(case.broken(notice, case.say(NO_NOTICE), _threshold(case)))
        else:
            results.append(case.not_applicable(notice, NO_NOTICE))
    missing = asked - {notice.place for notice in notices}
    for place in sorted(missing):
        absent = Notice(notices[0].medium, place, "", notices[0].page, None, ())
        results.append(case.broken(absent, case.say(NO_NOTICE), _threshold(case)))
    return results


def _seen(case: Case, notice: Notice) -> Result:
    """Judge the visibility of one notice: its position, its emblem, the words of its statement."""
    wrong = []
    first = int(case.limit("first_documents"))
    if notice.place is Place.NOTICE and notice.order > first:
        wrong.append(case.say(N_("document {order} of the book"), order=notice.order))
    if notice.medium is Medium.WEB and notice.first_screen is False:
        wrong.append(case.say(N_("not seen without scrolling")))
    wrong += _emblem_hidden(case, notice)
    wrong += _emblem_unnamed(case, notice)
    for run in statement_words(notice.words, case.loaded):
        if notice.emblem is not None and run.box.overlaps(notice.emblem.box):
            continue  # words over the emblem break EU-08
        text = run.text.strip()
        ratio = contrast(run.colour, run.ground)
        if not run.seen:
            wrong.append(case.say(N_("«{text}» does not show"), text=text))
        elif ratio < float(case.limit("contrast")):
            wrong.append(
                case.say(
                    N_("«{text}» has a contrast of {ratio}:1"), text=text, ratio=case.number(ratio)
                )
            )
    right = case.say(N_("whole, on document {order} of the book"), order=notice.order)
    return case.judged(wrong, notice, right, _threshold(case))


def _emblem_hidden(case: Case, notice: Notice) -> list[str]:
    """The faults that hide the emblem.

    Words and pictures over it, and effects on it, are not among them: they break EU-08 and EU-10.
    """
    emblem = notice.emblem
    if emblem is None:
        return []
    paged = notice.medium is Medium.PDF
    if paged and not emblem.box.within(notice.page, 0.5):
        return [case.say(N_("the emblem is not wholly on the page"))]
    over = [*(run.box for run in notice.words), *(logo.box for logo in notice.logos)]
    if emblem.effects or any(box.overlaps(emblem.box) for box in over):
        return []
    if emblem.seen < float(case.limit("seen")):
        share = case.number(100 * emblem.seen, 0)
        return [case.say(N_("the part of the emblem that shows: {share} %"), share=share)]
    return []


def _emblem_unnamed(case: Case, notice: Notice) -> list[str]:
    """The fault of an alternative text that does not name the Union (WCAG 2.1, 1.1.1).

    Only EPUB and web are judged, where the evidence has the text that a screen reader speaks.
    """
    if notice.emblem is None or notice.medium not in (Medium.EPUB, Medium.WEB):
        return []
    name = in_language(case.limit("named"), case.loaded.edition.language)
    if name.casefold() in notice.emblem.alt.casefold():
        return []
    text = N_("the emblem's alternative text does not name the Union: «{text}»")
    return [case.say(text, text=notice.emblem.alt)]


def _threshold(case: Case) -> str:
    """The thresholds of EU-12 in words."""
    return case.say(
        N_("within the first {first} documents, whole, with a contrast of {ratio}:1"),
        first=case.limit("first_documents"),
        ratio=case.number(case.limit("contrast")),
    )


JUDGES: dict[str, Judge] = {
    "EU-11": for_each_emblem(_in_colour),
    "EU-12": _prominence,
}
