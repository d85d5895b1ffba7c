"""Operators on the documents: words, other logos, what is left out, the order of an EPUB."""

from __future__ import annotations

import random

from lxml import etree

from book.markdown.tree import q
from book.notice.evidence import Medium, Place
from tests.support.mutation.operator import BREAKING, HARMLESS, Spot, address
from tests.support.notice_bench import Change, Edit, find

_LOGO = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 60' width='60' height='60'>"
    "<rect width='60' height='60' fill='#006633'/></svg>"
)
_REFERENCE = 'idref="page-notice"/>'


def _shortened(text: str, chance: random.Random) -> str:
    words = text.split()
    count = chance.randint(1, len(words) - 2)
    return " ".join(words[count:] if chance.random() < 0.5 else words[:-count])


def _misspelt(text: str, chance: random.Random) -> str:
    """A letter doubled, left out or replaced."""
    at = chance.choice([n for n, letter in enumerate(text) if letter.isalpha()])
    return text[:at] + chance.choice((text[at] * 2, "", "x")) + text[at + 1 :]


def _renumbered(text: str, chance: random.Random) -> str:
    """One digit is another."""
    at = chance.choice([n for n, letter in enumerate(text) if letter.isdigit()])
    return text[:at] + str((int(text[at]) + chance.randint(1, 9)) % 10) + text[at + 1 :]


def _abbreviated(text: str, chance: random.Random) -> str:
    return text.replace("Unione Europea", chance.choice(("UE", "U.E.", "EU")))


def _left_out(part: str) -> None:
    def edit_of(spot: Spot, chance: random.Random) -> Edit:
        def edit(root: etree._Element) -> None:
            element = find(root, spot.place, part)
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

        return edit

    BREAKING.edit(f"{part} left out", edit_of)


def with_logo(place: Place, side: float, alt: str = "Regione Lombardia") -> Edit:
    """Put a square logo, ``side`` mm wide and high, after the words."""

    def edit(root: etree._Element) -> None:
        line = etree.Element(q("p"))
        style = f"display: block; height: {side:.2f}mm; width: {side:.2f}mm; max-height: none"
        etree.SubElement(line, q("img"), src=address(_LOGO), alt=alt, style=style)
        find(root, place, "words").addnext(line)

    return edit


def logo_upon(place: Place, side: float) -> Edit:
    """Put a logo, ``side`` mm wide and high, over the emblem."""

    def edit(root: etree._Element) -> None:
        emblem = find(root, place, "emblem")
        emblem.set("style", "position: relative")
        size = f"height: {side:.1f}mm; width: {side:.1f}mm; min-height: 0; border: 0"
        style = f"position: absolute; left: 2mm; top: 1mm; {size}"
        etree.SubElement(emblem, q("img"), src=address(_LOGO), alt="Ministero", style=style)

    return edit


def _alternative_text(name: str, text: str) -> None:
    def edit_of(spot: Spot, chance: random.Random) -> Edit | None:
        if spot.medium is not Medium.EPUB:
            return None
        return lambda root: find(root, spot.place, "picture").set("alt", text)

    BREAKING.edit(f"alternative text {name}", edit_of)


def _late(spot: Spot, chance: random.Random) -> Change | None:
    if spot != Spot(Medium.EPUB, Place.NOTICE):
        return None
    before = chance.randint(3, 8)
    return Change(package=lambda package: moved(package, before))


def moved(package: str, before: int) -> str:
    """A package document whose spine has the notice after ``before`` other documents."""
    parts = package.split("<itemref ")
    own = next(part for part in parts if part.startswith(_REFERENCE))
    parts.remove(own)
    assert len(parts) > before + 1
    parts.insert(before + 1, own)
    return "<itemref ".join(parts)


def _more_beside(spot: Spot, chance: random.Random) -> Edit:
    """A paragraph at the end of the document, outside the notice."""
    text = chance.choice(("Seconda ristampa.", "Stampato in Italia.", "Con una nota."))

    def edit(root: etree._Element) -> None:
        notice = find(root, spot.place, "block").getparent()
        assert notice is not None
        paragraph = etree.Element(q("p"))
        paragraph.text = text
        notice.append(paragraph)

    return edit


def _cup_first(spot: Spot, chance: random.Random) -> Edit:
    """CUP before project."""
    return lambda root: find(root, spot.place, "project").addprevious(find(root, spot.place, "cup"))


write = BREAKING.write
for _part in ("statement", "fund"):
    write(f"{_part} shortened", _part, _shortened)
    write(f"{_part} misspelt", _part, _misspelt)
write("statement abbreviated", "statement", _abbreviated)
write("statement in other case", "statement", lambda t, c: t.replace("Europea", "europea"))
write("statement with more words", "statement", lambda t, c: f"{t} e dalla Regione")
write("CUP of another project", "cup", lambda t, c: "CUP E49D20000010009")
write("CUP mistyped", "cup", _renumbered)
write("abbreviation in a line", "project", lambda t, c: f"{t}, fondi {c.choice(('UE', 'U.E.'))}")
for _part in ("emblem", "statement", "fund", "cup", "words", "block"):
    _left_out(_part)
BREAKING.edit("a larger logo", lambda s, c: with_logo(s.place, c.uniform(1.55, 1.9) * s.height))
BREAKING.edit("a logo upon it", lambda s, c: logo_upon(s.place, c.uniform(0.3, 0.6) * s.height))
_alternative_text("emptied", "")
_alternative_text("of something else", "immagine1.png")
BREAKING.add("late in the book", _late)

HARMLESS.edit("a smaller logo", lambda s, c: with_logo(s.place, c.uniform(0.4, 0.95) * s.height))
HARMLESS.edit("more words beside the notice", _more_beside)
HARMLESS.edit("CUP before project", _cup_first)
HARMLESS.write("another project's name", "project", lambda t, c: f"{t} {c.randint(2, 9)}")
