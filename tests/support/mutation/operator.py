"""What makes a mutant: an operator, which says whether what it does breaks a rule."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from book.notice.evidence import Medium, Place
from tests.support.notice_bench import Change, Edit, find, rule


@dataclass(frozen=True)
class Spot:
    """Where a mutant lives."""

    medium: Medium
    place: Place

    @property
    def height(self) -> float:
        """How high the right emblem is there, mm."""
        if self.medium is Medium.EPUB:
            return 80 * 25.4 / 96
        return {Place.COVER: 14.0, Place.NOTICE: 20.0, Place.COLOPHON: 12.0}[self.place]


Operator = Callable[[Spot, random.Random], Change | None]
"""Changes a spot by numbers drawn by lot; None where it can do nothing."""
Draw = Callable[[random.Random, float], str]
"""Draws text by lot, for an emblem of this height in mm."""
Write = Callable[[str, random.Random], str]
"""Writes words anew."""


@dataclass(frozen=True)
class Operators:
    """A family of operators by name: those that break a rule, or those that break none."""

    by_name: dict[str, Operator]

    def add(self, name: str, operator: Operator) -> None:
        assert name not in self.by_name
        self.by_name[name] = operator

    def style(
        self, name: str, part: str, draw: Draw | str, only: Medium | None = None, pseudo: str = ""
    ) -> None:
        """Declarations for a part of the notice, in one medium ``only`` or in both."""

        def operator(spot: Spot, chance: random.Random) -> Change | None:
            if only not in (None, spot.medium):
                return None
            text = draw if isinstance(draw, str) else draw(chance, spot.height)
            return rule(spot.place, part, text, pseudo)

        self.add(name, operator)

    def draw(self, name: str, draw: Callable[[random.Random], str | bytes]) -> None:
        """Another drawing (SVG, or PNG as bytes) in the emblem's stead."""

        def operator(spot: Spot, chance: random.Random) -> Change:
            source = address(draw(chance))
            return Change(
                edits=(lambda root: find(root, spot.place, "picture").set("src", source),)
            )

        self.add(name, operator)

    def edit(self, name: str, draw: Callable[[Spot, random.Random], Edit | None]) -> None:
        """An edit of the document; None where there is nothing to edit."""

        def operator(spot: Spot, chance: random.Random) -> Change | None:
            edit = draw(spot, chance)
            return None if edit is None else Change(edits=(edit,))

        self.add(name, operator)

    def write(self, name: str, part: str, write: Write) -> None:
        """Other words for a part."""

        def draw(spot: Spot, chance: random.Random) -> Edit:
            def edit(root: etree._Element) -> None:
                element = find(root, spot.place, part)
                text = etree.tostring(element, encoding="unicode", method="text", with_tail=False)
                before = text.strip()
                element.text = write(before, chance)
                assert element.text != before

            return edit

        self.edit(name, draw)


BREAKING = Operators({})
HARMLESS = Operators({})


def address(content: str | bytes) -> str:
    """A data address of a drawing (text) or of a PNG (bytes)."""
    kind = "image/svg+xml" if isinstance(content, str) else "image/png"
    data = content.encode() if isinstance(content, str) else content
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def signed(chance: random.Random, least: float, most: float) -> float:
    """A number of either sign whose size is between the two."""
    return chance.choice((-1, 1)) * chance.uniform(least, most)
