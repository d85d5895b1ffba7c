"""Which outputs a build makes for the formats that a user names, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from book.compose.documents import EPUB, PDF, PRINT
from book.driver.outputs import table
from book.driver.outputs.table import (
    CATALOGUE,
    COVERS,
    formats,
    kind_of,
    media_type,
    outputs_for,
    reading_order,
    usual_formats,
)


def names(asked: Iterable[str]) -> tuple[str, ...]:
    return tuple(output.name for output in outputs_for(asked))


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ((CATALOGUE,), (COVERS, PDF, EPUB, CATALOGUE)),
        ((CATALOGUE, PRINT), (COVERS, PDF, PRINT, EPUB, CATALOGUE)),
        ((EPUB,), (COVERS, EPUB)),
        ((EPUB, PDF), (COVERS, PDF, EPUB)),
        ((PRINT, PDF), (COVERS, PDF, PRINT)),
    ],
)
def test_outputs_are_made_with_what_they_need_and_after_it(
    asked: tuple[str, ...], made: tuple[str, ...]
) -> None:
    assert names(asked) == made


def test_users_may_name_all_but_the_covers_and_usually_get_all_but_the_print_file() -> None:
    assert formats() == (EPUB, PDF, PRINT, CATALOGUE)
    assert usual_formats() == (EPUB, PDF, CATALOGUE)
    assert names(formats()) == (COVERS, PDF, PRINT, EPUB, CATALOGUE)


def test_rows_name_only_rows_and_no_name_or_step_stands_twice() -> None:
    known = {output.name for output in table.OUTPUTS}
    assert len(known) == len({output.step for output in table.OUTPUTS}) == len(table.OUTPUTS)
    for output in table.OUTPUTS:
        assert {*output.needs, *output.uses} <= known - {output.name}


@pytest.mark.parametrize(
    ("file", "label", "type_"),
    [
        ("base.pdf", "PDF", "application/pdf"),
        ("base-print.pdf", "PDF for print", "application/pdf"),
        ("base.epub", "E-book", "application/epub+zip"),
        ("base.onix.xml", "ONIX record", "application/xml"),
        ("base.jsonld", "Schema.org record", "application/ld+json"),
        ("base.bib", "BibTeX entry", "application/x-bibtex"),
        ("base.opds.json", "OPDS entry", "application/opds-publication+json"),
        ("thumbnail.jpg", "Thumbnail", "image/jpeg"),
        ("accessibilita.html", "Accessibility statement", "text/html"),
        ("elsewhere/base.pdf", None, "application/pdf"),
        ("elsewhere/base.xyz", None, "application/octet-stream"),
    ],
)
def test_the_name_of_a_file_tells_what_it_is(file: str, label: str | None, type_: str) -> None:
    kind = kind_of(file)
    assert (kind.label if kind else None) == label
    assert media_type(file) == type_


def test_users_read_the_books_before_the_rest() -> None:
    files = ["a.bib", "z.txt", "cover.jpg", "a-print.pdf", "accessibilita.html", "a.pdf", "a.epub"]
    assert reading_order(files) == [
        *("a.epub", "a.pdf", "a-print.pdf", "cover.jpg", "accessibilita.html", "a.bib", "z.txt"),
    ]
