"""What an output is: its row in the table, what its ``make`` function gets and returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from book.compose.documents import Book
from book.findings import Finding
from book.output.pdf.write import LayOut

Facts = TypeVar("Facts")


class When(StrEnum):
    """Which builds make an output, besides those where another output needs it."""

    ALWAYS = "always"
    """Every build; users cannot name it."""
    USUAL = "usual"
    """Builds whose user names it, or names no format."""
    ON_DEMAND = "on-demand"
    """Only builds whose user names it."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that an output makes.

    ``end`` is how the names of such files end (``-print.pdf``), or the name of a folder with a
    slash (``web/``), which stands for all files in it. ``label`` is a message id: the report shows
    it as what the file is. ``media_type`` is for files whose suffix does not tell it. ``is_main``:
    the terminal lists such files after a build, the report lists them first.
    """

    end: str
    label: str
    media_type: str = ""
    is_main: bool = False

    def matches(self, file: str) -> bool:
        """Whether ``file``, a name in the edition's folder, is of this kind."""
        if self.end.endswith("/"):
            return file.startswith(self.end)
        return "/" not in file and file.endswith(self.end)


@dataclass(frozen=True)
class Product:
    """What an output made.

    ``files`` are by their names in ``build/<edition>/``, with ``/`` between folders. ``facts`` is
    what other outputs and the report need to know: an object of a type that belongs to this output
    alone, see :meth:`BuildContext.facts`. ``pages`` gives the number of pages of files that have
    pages.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    facts: object = None
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BuildContext:
    """What an output is made from.

    ``book`` is the composed edition; ``lay_out`` lays out pages, in parallel and cached;
    ``products`` are what the outputs before this one made, by the names of the outputs.
    """

    book: Book
    lay_out: LayOut
    products: Mapping[str, Product] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, bytes]:
        """All files made so far, by name."""
        return {
            name: file for product in self.products.values() for name, file in product.files.items()
        }

    @property
    def pages(self) -> dict[str, int]:
        """The number of pages of the files made so far that have pages, by file name."""
        return {
            name: count
            for product in self.products.values()
            for name, count in product.pages.items()
        }

    def facts(self, kind: type[Facts]) -> Facts | None:
        """The facts of type ``kind``; None when no output of this build gave any."""
        # By type and not by the output's name: mypy then knows what the caller gets.
        for product in self.products.values():
            if isinstance(product.facts, kind):
                return product.facts
        return None

    def with_product(self, output: str, product: Product) -> BuildContext:
        """Add what ``output`` made. Raises ValueError for a file that another output made."""
        # The later one would silently take the place of the other in the edition's folder.
        if twice := sorted(self.files.keys() & product.files.keys()):
            raise ValueError(f"{output} makes files that another output made: {', '.join(twice)}")
        return replace(self, products={**self.products, output: product})


@dataclass(frozen=True)
class Output:
    """A row of the table of outputs.

    ``name`` is what users write after ``--format``; ``step`` (message id) what the build shows
    while it makes the output. ``needs`` names outputs that must be made before this one, even when
    no user names them; ``uses`` those that must be made before this one if they are made at all.
    ``files`` are the kinds of its files. ``make`` raises jinja2.TemplateError for a broken template
    or style sheet of the brand.
    """

    name: str
    step: str
    make: Callable[[BuildContext], Product]
    files: tuple[FileKind, ...]
    when: When = When.USUAL
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
