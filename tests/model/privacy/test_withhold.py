"""Consents, reasons, people files: who is named, who is not, and what an editor hears."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from book.findings import Finding, Severity
from book.model.chapter import Transcript
from book.model.load import load_edition
from book.model.loaded import WrittenEdition
from book.system.checkout import CHECKOUT
from tests.model.privacy.conftest import EDITION, Write


def load(root: Path, name: str = "prova") -> tuple[WrittenEdition | None, list[Finding]]:
    return load_edition(root, name)


def codes(findings: list[Finding]) -> list[str]:
    return [f.code.id for f in findings if f.code.id.startswith("V")]


def contributor(consent: str) -> str:
    return EDITION + f"contributors:\n  - name: Zelmira Immaginari\n{consent}"


@pytest.mark.parametrize(
    ("consent", "named", "expected"),
    [
        ("", False, ["V001"]),
        ("    consent: {web: yes, date: 2024-01-01}\n", False, ["V001"]),
        ("    consent: {ebook: yes}\n", False, ["V002"]),
        ("    consent: {ebook: no, date: 2024-01-01}\n", False, ["V003"]),
        ("    consent: {ebook: no, public_source: Gazzetta}\n", False, ["V003"]),
        ("    consent: {ebook: yes, date: 2024-01-01, revoked: 2024-02-02}\n", False, ["V003"]),
        ("    consent: {ebook: sì, date: 2024-01-01, scope: un incontro}\n", True, []),
        ("    consent: {public_source: Il programma}\n", True, []),
        ("    kind: organisation\n", True, []),
    ],
)
def test_consent(write: Write, consent: str, named: bool, expected: list[str]) -> None:
    loaded, findings = load(write({"edition.yaml": contributor(consent)}))
    assert loaded is not None
    assert codes(findings) == expected
    (person,) = loaded.edition.contributors
    name = "Zelmira Immaginari" if named else "Partecipante 1"
    assert person.name == name
    if not named:
        assert person.file_as == name
        assert [f.place() for f in findings] == ["chapters/prova/edition.yaml:8:5"]


def test_a_consent_for_one_medium_is_none_for_another(write: Write) -> None:
    text = contributor("    consent: {ebook: yes, web: no, date: 2024-01-01}\n")
    root = write({"edition.yaml": text})
    for medium, name in (("ebook", "Zelmira Immaginari"), ("web", "Partecipante 1")):
        loaded, _ = load_edition(root, "prova", medium=medium)  # type: ignore[arg-type]
        assert loaded is not None
        assert loaded.edition.contributors[0].name == name


def test_a_mistake_in_a_consent_is_an_error(write: Write) -> None:
    consent = "    consent: {ebook: forse, date: ieri, voce: sì}\n"
    loaded, findings = load(write({"edition.yaml": contributor(consent)}))
    assert loaded is None
    assert {f.code.id for f in findings if f.severity is Severity.ERROR} == {"E031", "E042", "E056"}
    assert not any("Zelmira" in f.sentence("it") for f in findings)


def test_pseudonyms_count_by_kind_of_body_in_reading_order(write: Write) -> None:
    speakers = "".join(
        f"  - {{id: S{n}, name: {name}, role: voce, organisation: {body}}}\n"
        for n, (name, body) in enumerate(
            [
                ("Prima Inesistente", "Comune di Nessunluogo"),
                ("Seconda Fasulla", "una cooperativa sociale"),
                ("Terza Fittizia", "il Comune di Altrove"),
                ("Quarta Irreale", "«Gli inventati»"),
            ]
        )
    )
    chapter = (
        f"---\ntitle: T\nkind: transcript\nspeakers:\n{speakers}---\n\n"
        "**S2:** Comincio io.\n\n**S0:** Poi io.\n\n**voce:** Chi?\n\n**Fasulla:** Io.\n"
    )
    loaded, findings = load(write({"capitolo.md": chapter}))
    assert loaded is not None
    matter = loaded.chapters["capitolo.md"].front_matter
    assert isinstance(matter, Transcript)
    assert [s.label for s in matter.speakers] == [
        "Partecipante 2, Comune",
        "Partecipante 1, Cooperativa sociale",
        "Partecipante 1, Comune",
        "Partecipante 1",
    ]
    assert codes(findings) == ["V001"] * 4
    assert "**Partecipante 1, Cooperativa sociale:** Io." in loaded.chapters["capitolo.md"].body
    assert "**voce:** Chi?" in loaded.chapters["capitolo.md"].body


def test_one_person_has_one_pseudonym_and_one_no_is_enough(reserved: Path) -> None:
    loaded, findings = load(reserved, "riserbo")
    assert loaded is not None
    assert codes(findings) == ["V003", "V003", "V004", "V004", "V004"]
    shown = "Partecipante 1, Comune"
    assert [c.name for c in loaded.edition.contributors] == ["Esempia Consentita", shown]
    laboratory = loaded.edition.laboratory
    assert laboratory is not None
    conductor = laboratory.speakers[0].name
    assert conductor == "Partecipante 1, Cooperativa sociale"
    assert [p.name for p in laboratory.meetings[0].speakers] == [shown, "Facilitatrice"]
    assert loaded.chapters["saggio.md"].front_matter.authors[0].name == conductor


def test_lines_stay_where_they_are(reserved: Path) -> None:
    loaded, _ = load(reserved, "riserbo")
    assert loaded is not None
    for chapter in loaded.chapters.values():
        text = chapter.path.read_text("utf-8")
        assert chapter.body.count("\n") + chapter.body_line - 1 == text.count("\n")


def test_people_files(write: Write) -> None:
    people = "people:\n  zel:\n    name: Zelmira Immaginari\n    role: sindaca\n"
    consent = "    consent: {ebook: yes, date: 2024-01-01}\n"
    edition = EDITION + "contributors:\n  - {id: zel, role: curator}\n  - id: chi\n"
    files = {"edition.yaml": edition, "people.yaml": people}
    root = write({**files, "people.private.yaml": people + consent})
    loaded, findings = load(root)
    assert loaded is not None
    assert codes(findings) == ["V008", "V009"]
    assert [c.name for c in loaded.edition.contributors] == ["Zelmira Immaginari", "Partecipante 1"]
    (root / "chapters/prova/people.private.yaml").unlink()
    loaded, findings = load(root)
    assert loaded is not None
    assert codes(findings) == ["V001", "V008"]
    assert [c.name for c in loaded.edition.contributors] == ["Partecipante 1", "Partecipante 2"]


def test_somebody_named_in_a_people_file_alone_is_withheld_in_texts(write: Write) -> None:
    people = "people: {zel: {name: Zelmira Immaginari}}\n"
    chapter = (
        "---\ntitle: T\nabstract: Di Immaginari.\n---\n\nDice Zelmira Immaginari.\n\nE Zelmira.\n"
    )
    loaded, findings = load(write({"people.yaml": people, "capitolo.md": chapter}))
    assert loaded is not None
    assert loaded.chapters["capitolo.md"].body == "\nDice Partecipante 1.\n\nE Zelmira.\n"
    found = [(f.code.id, f.line) for f in findings]
    assert found == [("V005", 3), ("V004", 6), ("V005", 8), ("V001", 1)]
    assert not any("mmaginari" in f.sentence("it") for f in findings)


def test_words_that_the_edition_allows(write: Write) -> None:
    allowed = "privacy: {allowed: [{value: Premio Zelmira Immaginari, reason: un premio}]}\n"
    chapter = "---\ntitle: T\n---\n\nIl Premio Zelmira Immaginari.\n"
    files = {"edition.yaml": contributor("") + allowed, "capitolo.md": chapter}
    loaded, findings = load(write(files))
    assert loaded is not None
    assert codes(findings) == ["V001"]
    assert "Premio Zelmira Immaginari" in loaded.chapters["capitolo.md"].body


def test_names_of_files_and_pictures_are_errors(write: Write) -> None:
    root = write(
        {"edition.yaml": contributor(""), "zelmira-immaginari.md": "---\ntitle: T\n---\nx"}
    )
    folder = root / "chapters" / "prova"
    (folder / "images").mkdir()
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Zelmira Immaginari", zip=True)
    Image.new("L", (4, 4)).save(folder / "images" / "a.png", pnginfo=note)
    exif = Image.Exif()
    exif[0x013B] = "Immaginari Zelmira"
    Image.new("L", (4, 4)).save(folder / "images" / "b.jpg", exif=exif)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>Zelmira Immagin&#97;ri</text></svg>'
    (folder / "images" / "c.svg").write_text(drawing, "utf-8")
    Image.new("L", (4, 4)).save(folder / "images" / "d.png")
    loaded, findings = load(root)
    assert loaded is None
    errors = [f for f in findings if f.severity is Severity.ERROR]
    assert [(f.code.id, f.file.rpartition("/")[2]) for f in errors] == [
        ("V007", "a.png"),
        ("V007", "b.jpg"),
        ("V007", "c.svg"),
        ("V006", "partecipante-1.md"),
    ]
    assert not any("mmaginari" in f.sentence("it").casefold() for f in findings)


def test_findings_on_a_book_that_cannot_be_read_tell_no_name(write: Write) -> None:
    text = contributor("") + "title: Ancora Zelmira Immaginari\nlicenza: Zelmira Immaginari\n"
    loaded, findings = load(write({"edition.yaml": text.replace("CC-BY", "Zelmira Immaginari")}))
    assert loaded is None
    assert not any("mmaginari" in f.sentence("it") for f in findings)


def test_git_ignores_the_private_file() -> None:
    lines = (CHECKOUT / ".gitignore").read_text("utf-8").splitlines()
    assert "/chapters/*/people.private.yaml" in lines
