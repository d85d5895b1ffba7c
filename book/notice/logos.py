"""The rules on the emblem among other logos: EU-09 and EU-10."""

from __future__ import annotations

import re

from book.messages import N_
from book.notice.case import Case, Judge, for_each_emblem
from book.notice.emblem import alterations
from book.notice.evidence import Notice, Picture
from book.notice.rule import Result, matching


def _relative_size(case: Case, notice: Notice) -> Result:
    """EU-09: the emblem is at least as large as every other logo, in height or in width.

    A logo therefore breaks the rule only if it is both higher and wider than the emblem.
    """
    assert notice.emblem is not None
    emblem, tolerance = notice.emblem.box, float(case.limit("tolerance"))
    own = _size(case, notice.emblem)
    wrong = [
        f"{_name(case, logo)} {_size(case, logo)}"
        for logo in notice.logos
        if logo.box.height > emblem.height + tolerance and logo.box.width > emblem.width + tolerance
    ]
    if not notice.logos:
        return case.kept(notice, case.say(N_("no other logo")), own)
    largest = max(notice.logos, key=lambda logo: logo.box.height)
    return case.judged(wrong, notice, f"{_name(case, largest)} {_size(case, largest)}", own)


def _purity(case: Case, notice: Notice) -> Result:
    """EU-10: the emblem is not modified or merged with another logo.

    For programmes of 2021-2027 it is also the only logo of Union support: the logos of funds and
    programmes that earlier periods had may not stand beside it.
    """
    assert notice.emblem is not None
    wrong = [
        case.say(N_("{name} lies over the emblem"), name=_name(case, logo))
        for logo in notice.logos
        if logo.box.overlaps(notice.emblem.box)
    ]
    if notice.emblem.effects:
        effects = ", ".join(notice.emblem.effects)
        wrong.append(case.say(N_("the style sheet alters the emblem: {effects}"), effects=effects))
    if altered := alterations(notice.emblem):
        wrong.append(
            case.say(N_("what is no part of the emblem is drawn in it: {what}"), what=altered)
        )
    if matching([str(name) for name in case.limit("only_emblem")], case.programmes):
        supports = "|".join(re.escape(str(name)) for name in case.limit("support_logos"))
        pattern = re.compile(rf"(?<!\w)(?:{supports})(?!\w)", re.IGNORECASE)
        wrong += [
            case.say(N_("another logo of Union support, {name}"), name=_name(case, logo))
            for logo in notice.logos
            if pattern.search(logo.alt)
        ]
    alone = case.say(N_("whole and by itself"))
    return case.judged(wrong, notice, alone, alone)


def _name(case: Case, logo: Picture) -> str:
    return f"«{logo.alt}»" if logo.alt else case.say(N_("a logo without name"))


def _size(case: Case, picture: Picture) -> str:
    width, height = case.number(picture.box.width), case.number(picture.box.height)
    return f"{width} × {height} mm"


JUDGES: dict[str, Judge] = {
    "EU-09": for_each_emblem(_relative_size),
    "EU-10": for_each_emblem(_purity),
}
