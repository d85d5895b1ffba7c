"""The facts about a book's accessibility: what it has, and which supports it lacks where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from book.model.accessibility import Accessibility


class Support(StrEnum):
    """Properties on which readers can rely only if they hold everywhere in a book.

    The success criteria are those of WCAG 2.1.
    """

    DESCRIBED = "described"
    """Every informative picture has a text (WCAG 2.1, success criterion 1.1.1)."""
    TABLE_HEADERS = "table-headers"
    """Every table has header cells that say what they head (1.3.1)."""
    HEADINGS = "headings"
    """Headings start at the first level and go down one by one (1.3.1, 2.4.6)."""
    LANGUAGES = "languages"
    """Every document and every passage marked as foreign has a language code (3.1.1, 3.1.2)."""
    NAMES = "names"
    """Every document has a title, every link a name (2.4.2, 2.4.4, 4.1.2)."""
    REFERENCES = "references"
    """What refers to an element of its document finds it (4.1.2)."""
    CONTENTS = "contents"
    """The table of contents leads to every document of the body (2.4.5; EPUB 3.3)."""
    PAGE_LIST = "page-list"
    """Page marks and the list of pages agree (EPUB Accessibility 1.1, section 3.2)."""
    CONTRAST = "contrast"
    """No text of the style sheet's own colour is fainter than 4.5:1 (1.4.3)."""
    RESIZABLE = "resizable"
    """Nothing keeps the reader from other type, sizes and spaces (1.4.4, 1.4.10, 1.4.12)."""
    ORDER = "order"
    """The text is shown in the order in which it is written (1.3.2)."""
    STILL = "still"
    """Nothing sounds, moves or flashes (1.2, 1.4.2, 2.2.2, 2.3.1)."""


@dataclass(frozen=True)
class Lack:
    """A place without a support: the source file, the line (0 for none), details for a finding."""

    support: Support
    file: str
    line: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Facts:
    """What the documents of an EPUB have that readers should know before they open it.

    ``pictures`` counts informative pictures, without the cover and decoration.
    ``long_descriptions`` counts those that a link reaches, ``lost_descriptions`` the links to none.
    ``contrast`` is the
    least contrast ratio in the style sheet. ``lacks`` are the places where supports are missing.
    ``declared`` is what the edition declares.
    """

    pictures: int = 0
    long_descriptions: int = 0
    lost_descriptions: int = 0
    formulas: int = 0
    described_formulas: int = 0
    page_marks: int = 0
    text: bool = False
    headings: bool = False
    roles: bool = False
    notes: bool = False
    tables: bool = False
    index: bool = False
    speech: bool = False
    page_list: bool = False
    contrast: float = 21.0
    lacks: tuple[Lack, ...] = ()
    publisher: str = ""
    declared: Accessibility = field(default_factory=Accessibility)

    @property
    def lacking(self) -> frozenset[Support]:
        """The supports that are missing somewhere."""
        return frozenset(lack.support for lack in self.lacks)

    @property
    def undescribed(self) -> int:
        """The number of informative pictures without an alternative text."""
        return sum(lack.support is Support.DESCRIBED for lack in self.lacks)
