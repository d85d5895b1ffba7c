"""From places in artefacts to places in sources, where no validator is needed to ask."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from book.driver.run import Order, run
from book.model.assets import Assets
from book.output.epub.origins import Origin
from book.validation.ace import RULES as ACE_RULES
from book.validation.documents import PackedDocument
from book.validation.epub_places import line_in_template
from book.validation.epubcheck import RULES as EPUBCHECK_RULES
from book.validation.pdf_places import PdfPlaces
from book.validation.rules import Rules
from book.validation.sources import Sources
from book.validation.subject import Subject
from book.validation.validator import Validator, checks_by
from book.validation.verapdf import ARCHIVE_RULES, UA_RULES, VERAPDF_ARCHIVE, VERAPDF_UA
from book.validators import verapdf
from book.validators.verapdf import PdfMessage, PdfVerdict
from book.validators.verdict import Check, Outcome
from tests.support.books import BASE, lay
from tests.support.once import use_cache

EDITION = f"chapters/{BASE}/edition.yaml"
CHAPTER = f"chapters/{BASE}/presentazione.md"


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Iterator[Subject]:
    root = lay(BASE, tmp_path_factory.mktemp("places"))
    use_cache(root / "build", run_cache)
    (facts,) = run(Order(root=root), lambda *_: None, lambda _: None)
    assert facts.book is not None
    with Subject(facts, facts.book, root / "build" / BASE, "en") as made:
        yield made


def line(subject: Subject, file: str, text: str) -> int:
    lines = subject.sources.lines(file)
    return next(number for number, said in enumerate(lines, start=1) if text in said)


def packed(subject: Subject, name: str, text: str) -> tuple[int, int]:
    """Line and column, from 1, of the end of ``text`` in a file of the EPUB."""
    with zipfile.ZipFile(subject.epub) as archive:
        content = archive.read(name).decode()
    end = content.index(text) + len(text)
    return content.count("\n", 0, end) + 1, end - content.rfind("\n", 0, end)


@pytest.mark.parametrize(
    ("shown", "source"),
    [
        ("Il libro di base</dc:title>", "title:"),
        ("AnciLab Editore</dc:publisher>", "publisher:"),
        ("2021-03-25</dc:date>", "date:"),
        ("AnciLab</dc:", "name: AnciLab"),
        ("laboratori</dc:subject>", "- laboratori"),
    ],
)
def test_metadata_come_from_the_fields_of_the_edition(
    subject: Subject, shown: str, source: str
) -> None:
    place = subject.epub_places.at("EPUB/content.opf", *packed(subject, "EPUB/content.opf", shown))
    assert (place.file, place.line) == (EDITION, line(subject, EDITION, source))


@pytest.mark.parametrize(
    ("shown", "source"),
    [
        ('<a href="incontro.xhtml', "incontro.md"),
        ("<strong>", "**tre capitoli**"),
        ('class="abstract"', "abstract:"),
        ('<h1 id="presentazione.title">', "title:"),
    ],
)
def test_elements_come_from_lines_of_their_chapter(
    subject: Subject, shown: str, source: str
) -> None:
    name = "EPUB/presentazione.xhtml"
    place = subject.epub_places.at(name, *packed(subject, name, shown))
    assert (place.file, place.line) == (CHAPTER, line(subject, CHAPTER, source))


def test_entries_of_the_contents_come_from_what_they_lead_to(subject: Subject) -> None:
    at = packed(subject, "EPUB/nav.xhtml", '<a href="presentazione.xhtml#presentazione">')
    assert subject.epub_places.at("EPUB/nav.xhtml", *at).file == CHAPTER


def test_pictures_and_fonts_come_from_their_files(subject: Subject) -> None:
    place = subject.epub_places.at("EPUB/images/rete.svg", 3, 1)
    assert (place.file, place.line) == (f"chapters/{BASE}/images/rete.svg", 3)
    with zipfile.ZipFile(subject.epub) as archive:
        fonts = [name for name in archive.namelist() if "/fonts/" in name]
    for font in fonts:
        assert subject.epub_places.at(font, 0, 0).file.startswith("assets/fonts/")


def test_of_fields_of_one_name_the_outermost_is_meant(subject: Subject, tmp_path: Path) -> None:
    text = "deliveries:\r\n  - date: 2021-01-01\r\n    to: stores\r\ndate: 2020-01-01\r\n"
    (tmp_path / "x.yaml").write_bytes(text.encode())
    sources = Sources(replace(subject.book.loaded, assets=Assets(tmp_path, tmp_path)))
    assert sources.field("x.yaml", "nothing", "date").line == 4
    assert sources.field("x.yaml", "to").line == 3


def test_pictures_of_one_name_are_told_apart(subject: Subject) -> None:
    folder = subject.book.loaded.folder / "images"
    pictures = {f"images/{part}/rete.svg": folder / part / "rete.svg" for part in "ab"}
    places = replace(subject.epub_places, book=replace(subject.book, pictures=pictures))
    found = [places.at(f"EPUB/images/{name}", 1, 1).file for name in ("rete.svg", "rete-2.svg")]
    assert found == [f"chapters/{BASE}/{name}" for name in pictures]


def test_a_path_that_ends_in_a_text_points_at_what_holds_it(subject: Subject) -> None:
    content = b"<html><body><p>Una <b>rete</b> di valle</p></body></html>"
    document = PackedDocument(content, Origin(CHAPTER, "", (1, 2, 3, 4)), subject.sources)
    lines = [document.at_cfi(cfi).line for cfi in ("/2/2", "/2/2/1:3", "/2/2/2", "/2/2/3:1")]
    assert lines == [3, 3, 4, 3]


@pytest.fixture
def unreadable(subject: Subject, tmp_path: Path) -> Iterator[Subject]:
    """The same edition with a PDF that is none."""
    (tmp_path / subject.pdf.name).write_bytes(b"no PDF")
    with Subject(subject.facts, subject.book, tmp_path, "en") as made:
        yield made


def checks(row: Validator[PdfVerdict], subject: Subject) -> tuple[Check, ...]:
    """The checks of a validator that misses nothing."""
    (judged,) = checks_by(replace(row, missing=lambda: None), [subject], 1)
    return judged.checks


def judged(monkeypatch: pytest.MonkeyPatch, *said: PdfMessage, checks: int = 0) -> None:
    """Let veraPDF say this of every file."""

    def stand_in(paths: list[Path], flavour: str) -> list[PdfVerdict]:
        return [PdfVerdict(p, flavour, not said, len(said), 0, checks, said, "v") for p in paths]

    monkeypatch.setattr(verapdf, "check_pdfs", stand_in)


@pytest.mark.parametrize("row", [VERAPDF_UA, VERAPDF_ARCHIVE], ids=["UA", "archive"])
def test_a_pdf_that_cannot_be_read_fails_and_claims_nothing(
    unreadable: Subject, monkeypatch: pytest.MonkeyPatch, row: Validator[PdfVerdict]
) -> None:
    judged(monkeypatch, PdfMessage("unreadable", "", "error", "not a PDF", "", 1))
    (check,) = checks(row, unreadable)
    assert check.outcome is Outcome.FAILED
    assert [(f.code.id, f.file) for f in check.findings] == [("G070", EDITION)]


def test_a_verdict_on_nothing_is_no_pass(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch)
    (check,) = checks(VERAPDF_UA, subject)
    assert (check.outcome, check.reason) == (
        Outcome.NOT_RUN,
        "it found nothing that it could check",
    )
    judged(monkeypatch, checks=100)
    (check,) = checks(VERAPDF_UA, subject)
    assert check.outcome is Outcome.PASSED


def test_rules_of_the_style_sheet_come_from_the_brand_s(subject: Subject) -> None:
    name = "EPUB/style.css"
    style = "assets/brands/ancilab/epub.css.j2"
    for rule in (".part h1 {", ".edition-statement {", "figcaption {"):
        place = subject.epub_places.at(name, *packed(subject, name, "\n" + rule))
        assert place.file == style
        assert place.line == line(subject, style, rule)


def test_lines_with_values_are_told_by_their_neighbours() -> None:
    template = ["{% set a = 1 %}", "p {", "  color: {{ a }};", "}", "", "b { margin: 0 }"]
    rendered = ["/* common */", "p {", "  color: red;", "}", "", "b { margin: 0 }"]
    assert [line_in_template(rendered, template, n) for n in range(2, 7)] == [2, 3, 4, 5, 6]


def test_pages_of_the_pdf_come_from_their_documents(subject: Subject) -> None:
    places = subject.pdf_places
    assert isinstance(places, PdfPlaces)
    edition = subject.book.loaded.file
    assert places.of("root/document[0]/metadata[0]").file == edition
    found = {
        places.of(f"root/document[0]/pages[{n}](1 0 obj PDPage)").file
        for n in range(subject.facts.pages)
    }
    assert {CHAPTER, f"chapters/{BASE}/incontro.md", edition} <= found


@pytest.mark.parametrize(
    ("rules", "rule", "code"),
    [
        (EPUBCHECK_RULES, "CSS-008", "G016"),
        (EPUBCHECK_RULES, "OPF-092", "G017"),
        (EPUBCHECK_RULES, "OPF-003", "G018"),
        (EPUBCHECK_RULES, "NAV-011", "G010"),
        (ACE_RULES, "aria-roles", "G037"),
        (ACE_RULES, "td-headers-attr", "G036"),
        (ACE_RULES, "something-new", "G030"),
        (UA_RULES, "7.2-2", "G067"),
        (UA_RULES, "7.2-20", "G069"),
        (UA_RULES, "7.21.5-1", "G066"),
        (UA_RULES, "7.21.8-1", "G065"),
        (UA_RULES, "7.10-1", "G060"),
        (ARCHIVE_RULES, "6.2.11.8-1", "G065"),
        (ARCHIVE_RULES, "6.2.4.3-2", "G081"),
        (ARCHIVE_RULES, "6.3.2-1", "G080"),
    ],
)
def test_the_most_exact_entry_for_a_rule_counts(rules: Rules, rule: str, code: str) -> None:
    assert rules.code_of(rule).id == code
