"""«Page 45» is the same words in the EPUB and in the PDF, on every page of every edition."""

from __future__ import annotations

import itertools
import posixpath
import re
import zipfile
from pathlib import Path

import pytest

from book.model.load import edition_names
from book.readback.pdf.document import TaggedPdf
from book.readback.pdf.reading import SOFT_HYPHEN, reading_order
from book.system.checkout import CHECKOUT
from tests.support import epub_text
from tests.support.editions import BuiltEdition
from tests.support.pages import disagreements
from tests.support.pdf_words import main_text

EDITIONS = edition_names(CHECKOUT)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_has_the_same_words_in_both(
    edition: str, built: dict[str, BuiltEdition]
) -> None:
    assert disagreements(built[edition].pdf, built[edition].epub) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_page_list_names_all_pages_of_the_pdf_and_leads_to_all_marks(
    edition: str, built: dict[str, BuiltEdition]
) -> None:
    listed = epub_text.page_list(built[edition].epub)
    with TaggedPdf(built[edition].pdf) as pdf:
        assert [name for name, _ in listed] == [str(page.label) for page in pdf.pdf.pages]
    assert listed == epub_text.page_marks(built[edition].epub)
    assert len({address for _, address in listed}) == len(listed) > 40


def test_words_are_divided_by_page_ends(built: dict[str, BuiltEdition]) -> None:
    """What makes the comparison hard is there: pages that end within a word."""
    divided = 0
    for edition in built.values():
        with TaggedPdf(edition.pdf) as pdf:
            pieces = main_text(reading_order(pdf))
        divided += sum(
            before.page != after.page and before.text.endswith(SOFT_HYPHEN)
            for before, after in itertools.pairwise(pieces)
        )
    assert divided > 0


@pytest.mark.parametrize("direction", ["later", "earlier"])
def test_a_mark_one_word_off_is_found(
    direction: str, built: dict[str, BuiltEdition], tmp_path: Path
) -> None:
    edition = built["dimostrativa"]
    moved = tmp_path / "moved.epub"
    name, before = _with_a_mark_moved(edition.epub, moved, direction)
    assert set(disagreements(edition.pdf, moved)) == {name, before}


def _with_a_mark_moved(epub: Path, moved: Path, direction: str) -> tuple[str, str]:
    """Write ``moved``, a copy with one mark one word off; its page's name and the page's before."""
    mark = r'(<span id="page-\d+" [^>]*aria-label="(?P<name>\d+)"[^>]*></span>)'
    found = None
    with zipfile.ZipFile(epub) as source, zipfile.ZipFile(moved, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if found is None and posixpath.splitext(item.filename)[1] == ".xhtml":
                text = content.decode()
                found = re.search(rf"(\w+ ){mark}(\w+ )", text)
                if found:
                    before, whole, _, after = found.groups()
                    later = direction == "later"
                    order = [before, after, whole] if later else [whole, before, after]
                    content = text.replace(found[0], "".join(order)).encode()
            target.writestr(item, content)
    assert found is not None
    return found["name"], str(int(found["name"]) - 1)
