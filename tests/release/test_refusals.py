"""A refusal says every reason at once, each where it is to be mended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from book.model.privacy.people import PRIVATE_PEOPLE_FILE
from book.release.before import Releases
from book.release.repository import Repository
from book.release.text import BookText
from book.release.version import Version, released_as, version_of, versions_in
from book.validators.verdict import Check, Outcome
from tests.support.books import BASE, lay
from tests.support.clones import git
from tests.support.shelf import CHECKS, Shelf, said

NAMED = """speakers:
  - id: FAC
    name: Nome Cognome
    role: facilitatrice
    consent: {ebook: yes, date: 2021-03-01}
"""
PLAIN = """speakers:
  - id: FAC
    role: facilitatrice
"""


def released(shelf: Shelf, version: str, date: str) -> None:
    """A release that lies in ``dist`` already, with no more than its text."""
    folder = shelf.dist / f"{BASE}-{version}"
    folder.mkdir(parents=True)
    text = BookText(
        edition=BASE, version=version, date=date, facts={"title": "x"}, contributors=(), chapters=()
    )
    (folder / "testo.json").write_text(text.model_dump_json(), "utf-8")


def test_every_reason_at_once(shelf: Shelf) -> None:
    released(shelf, "1.2.0", "2021-06-01")
    released(shelf, "0.9.0", "2021-05-01")
    shelf.write("contributo.md", "kind: contribution", "kind: contribution\nstatus: bozza")
    shelf.write("incontro.md", PLAIN, NAMED)
    (shelf.folder / "avanzo.md").write_text("---\ntitle: Avanzo\n---\n\nTesto.\n", "utf-8")
    failing = Shelf(
        shelf.root,
        (
            CHECKS[0],
            Check("veraPDF", "1.31", f"{BASE}.pdf", "PDF/UA-1", Outcome.FAILED),
            Check("Ace", "", f"{BASE}.epub", "EPUB Accessibility 1.1", Outcome.NOT_RUN, (), "gone"),
        ),
    )
    refused = failing.release(failing.composing)
    assert refused.refused
    assert said(refused) == [
        "chapters/base/avanzo.md: warning E115: No line of the contents names this chapter, so "
        "the book does not have it. — Name it under contents in edition.yaml, or move the file "
        "out of the folder.",
        "chapters/base/contributo.md:4:9: error R005: the chapter «Una rete disegnata» is a draft "
        "— finish it and write status: final, or take the chapter out of the contents",
        "chapters/base/edition.yaml: error R007: veraPDF does not pass base.pdf (PDF/UA-1) — "
        "mend what ./inv validate base says of it",
        "chapters/base/edition.yaml: error R008: Ace was not run on base.epub (EPUB "
        "Accessibility 1.1): gone — get what is missing and run ./inv validate base",
        "chapters/base/edition.yaml:4:7: error R002: the date 2021-03-25 is before 2021-05-01, "
        "the date of release 0.9.0 — write the date of this edition",
        "chapters/base/edition.yaml:5:10: error R001: the version 1.0.0 is not higher than 1.2.0, "
        "which has been released — write a higher version, for example 1.2.1",
        "chapters/base/incontro.md:7:3: error R006: who speaks in «Il primo incontro» is named "
        "and has not approved the text, as far as is recorded — have it read and approved, and "
        "write approved: with the date; or leave out the names",
    ]
    assert not (shelf.dist / f"{BASE}-1.0.0").exists()


def test_a_date_lets_a_named_transcript_pass(shelf: Shelf) -> None:
    shelf.write("incontro.md", PLAIN, f"approved: 2021-03-20\n{NAMED}")
    assert said(shelf.release(shelf.composing)) == []


def test_no_check_is_no_pass(shelf: Shelf) -> None:
    bare = Shelf(shelf.root, ())
    refused = bare.release(bare.composing)
    assert [line.partition("error ")[2][:4] for line in said(refused)] == ["R009"]
    assert refused.refused


def test_a_book_that_cannot_be_made_is_refused_with_its_errors(shelf: Shelf) -> None:
    shelf.write("edition.yaml", "licence: CC-BY-4.0", "licence: CC-BY")
    refused = shelf.release()
    assert refused.refused
    assert any("E125" in line for line in said(refused))


def test_a_missing_consent_is_a_reason(shelf: Shelf) -> None:
    unnamed = NAMED.replace("    consent: {ebook: yes, date: 2021-03-01}\n", "")
    shelf.write("incontro.md", PLAIN, unnamed)
    refused = shelf.release(shelf.composing)
    assert refused.refused
    assert any("V001" in line for line in said(refused))
    assert not any("Cognome" in line for line in said(refused))


# Versions.


def test_versions_are_compared_as_numbers() -> None:
    found = versions_in(
        ["libro-1.10.0", "libro-1.9.0", "libro-due-3.0.0", "libro-1.0", "x"], "libro"
    )
    assert sorted(found) == [Version(1, 9, 0), Version(1, 10, 0)]
    assert str(max(found).following) == "1.10.1"
    assert released_as("libro-due-3.0.0", "libro-due") == Version(3, 0, 0)
    assert released_as("libro-01.0.0", "libro") is None
    with pytest.raises(ValueError, match=r"1\.0"):
        version_of("1.0")


# Git.


@pytest.fixture
def repository(shelf: Shelf) -> Repository:
    git(shelf.root, "init", "--quiet", "--initial-branch=main")
    (shelf.root / ".gitignore").write_text("/build/\n/dist/\n/chapters/*/people.private.yaml\n")
    git(shelf.root, "add", "--all")
    git(shelf.root, "commit", "--quiet", "--message=First")
    return Repository(shelf.root)


def test_the_manifest_needs_everything_committed(shelf: Shelf, repository: Repository) -> None:
    (shelf.root / "altro.txt").write_text("Che non è del libro.", "utf-8")
    assert said(shelf.release(shelf.composing)) == []
    manifest = json.loads((shelf.dist / f"{BASE}-1.0.0" / "manifest.json").read_text("utf-8"))
    assert manifest["commit"] == git(shelf.root, "rev-parse", "HEAD")
    assert manifest["tree_clean"] is False
    assert repository.commit().clean is False
    shelf.write("contributo.md", "La mappa", "La grande mappa")
    (shelf.folder / "nuovo file.md").write_text("---\ntitle: N\n---\n\nTesto.\n", "utf-8")
    found = [f for f in shelf.release(shelf.composing).findings if f.code.id == "R010"]
    assert [f.file for f in found] == [
        "chapters/base/contributo.md",
        "chapters/base/nuovo file.md",
    ]


def test_what_git_ignores_counts_when_the_book_is_made_from_it(
    shelf: Shelf, repository: Repository
) -> None:
    (shelf.folder / "bozza~").write_text("Di nessuno.", "utf-8")
    (shelf.folder / PRIVATE_PEOPLE_FILE).write_text("people: {}\n", "utf-8")
    (shelf.root / ".git" / "info" / "exclude").write_text("*~\nglossario.md\n", "utf-8")
    (shelf.folder / "glossario.md").write_text("---\ntitle: N\n---\n\nTesto.\n", "utf-8")
    assert repository.uncommitted(["chapters"]) == []
    found = [f for f in shelf.release(shelf.composing).findings if f.code.id == "R010"]
    assert [f.file for f in found] == ["chapters/base/glossario.md"]


def test_a_clone_without_its_history_is_told(shelf: Shelf, repository: Repository) -> None:
    git(shelf.root, "tag", "base-0.9.0")
    git(shelf.root, "commit", "--quiet", "--allow-empty", "--message=Second")
    target = shelf.root.parent / "clone"
    origin = f"file://{shelf.root}"
    git(shelf.root, "clone", "--quiet", "--depth=1", "--no-tags", origin, str(target))
    clone = Shelf(target)
    assert "R022" in {f.code.id for f in clone.release(clone.composing).findings}
    git(target, "fetch", "--quiet", "--unshallow", "--tags")
    assert "R022" not in {f.code.id for f in clone.release(clone.composing).findings}
    assert Releases(BASE, target, clone.dist, Repository(target)).tags == {Version(0, 9, 0)}


def test_without_git_a_word_is_said_and_nothing_refused(shelf: Shelf) -> None:
    done = shelf.release(shelf.composing)
    assert [f.code.id for f in done.findings] == ["R020"]
    assert said(done) == []


@pytest.mark.slow
def test_a_tag_is_a_release_too(shelf: Shelf, repository: Repository) -> None:
    git(shelf.root, "tag", "base-1.0.0")
    entry = "deliveries: [{to: stores, version: 1.0.0, date: 2021-04-01}]"
    shelf.write("edition.yaml", "contents:", f"{entry}\ncontents:")
    git(shelf.root, "commit", "--quiet", "--all", "--message=Handed over")
    assert said(shelf.release(shelf.composing)) == []
    shutil.rmtree(shelf.dist)
    (shelf.root / ".git" / "info" / "exclude").write_text(".DS_Store\n", "utf-8")
    (shelf.folder / ".DS_Store").write_bytes(b"a system's own")
    assert said(shelf.release(shelf.composing)) == []
    shutil.rmtree(shelf.dist)
    shelf.write("contributo.md", "La mappa", "La grande mappa")
    git(shelf.root, "commit", "--quiet", "--all", "--message=Changed")
    (line,) = said(shelf.release(shelf.composing))
    assert line == (
        "chapters/base/contributo.md: error R004: this file has changed since version 1.0.0 was "
        "released (tag base-1.0.0) — raise the version, for example to 1.0.1: what has been "
        "published stays as it is"
    )


def test_the_release_before_is_read_from_its_tag(shelf: Shelf, repository: Repository) -> None:
    git(shelf.root, "tag", "base-1.0.0")
    shelf.write("contributo.md", "La mappa", "La grande mappa")
    shelf.number("1.0.1")
    git(shelf.root, "commit", "--quiet", "--all", "--message=Changed")
    done = shelf.release(shelf.composing)
    assert done.notes is not None
    assert done.notes.before == "1.0.0"
    (chapter,) = done.notes.chapters
    assert [change.kind for change in chapter.changes] == ["changed"]


def test_a_release_in_a_folder_below_the_top_of_a_repository(tmp_path: Path) -> None:
    shelf = Shelf(lay(BASE, tmp_path / "top" / "below"))
    git(tmp_path / "top", "init", "--quiet")
    git(tmp_path / "top", "add", "--all")
    git(tmp_path / "top", "commit", "--quiet", "--message=First")
    git(tmp_path / "top", "tag", "base-1.0.0")
    shelf.write("contributo.md", "La mappa", "La grande mappa")
    repository = Repository(shelf.root)
    assert repository.uncommitted(["chapters/base"]) == ["chapters/base/contributo.md"]
    releases = Releases(BASE, shelf.root, shelf.dist, repository)
    assert releases.changed_since(Version(1, 0, 0)) == ["chapters/base/contributo.md"]


def test_a_release_that_cannot_be_read_is_told(shelf: Shelf) -> None:
    released(shelf, "0.9.0", "2021-01-01")
    (shelf.dist / f"{BASE}-0.9.0" / "testo.json").write_text("{", "utf-8")
    done = shelf.release(shelf.composing)
    assert "R021" in [f.code.id for f in done.findings]
    page = (shelf.dist / f"{BASE}-1.0.0" / "note-di-rilascio.md").read_text("utf-8")
    assert "The text of release 0.9.0 cannot be read" in page


def test_a_text_that_says_what_cannot_be_is_not_read(shelf: Shelf) -> None:
    released(shelf, "0.9.0", "2021-01-01")
    kept = shelf.dist / f"{BASE}-0.9.0" / "testo.json"
    text = kept.read_text("utf-8")
    somebody = '"contributors":[{"name":"Ente","role":"astronaut","kind":"organisation"}]'
    kept.write_text(text.replace('"contributors":[]', somebody), "utf-8")
    assert "R021" in [f.code.id for f in shelf.release(shelf.composing).findings]


def test_what_somebody_put_into_a_release_stays(shelf: Shelf) -> None:
    assert shelf.release(shelf.composing).is_new
    folder = shelf.dist / f"{BASE}-1.0.0"
    (folder / "ricevute").mkdir()
    (folder / "ricevute" / "deposito.pdf").write_bytes(b"protocollo")
    assert not shelf.release(shelf.composing).is_new
    (folder / "SHA256SUMS").unlink()
    assert shelf.release(shelf.composing).is_new
    assert (folder / "SHA256SUMS").is_file()
    assert (folder / "ricevute" / "deposito.pdf").read_bytes() == b"protocollo"


# Names.


def test_who_is_withheld_now_is_withheld_in_the_old_words(shelf: Shelf) -> None:
    shelf.write("incontro.md", PLAIN, f"approved: 2021-03-20\n{NAMED}")
    shelf.write("incontro.md", "cominciamo.", "cominciamo. Qui Nome Cognome.")
    assert said(shelf.release(shelf.composing)) == []
    kept = shelf.dist / f"{BASE}-1.0.0"
    assert "Nome Cognome" in (kept / "testo.json").read_text("utf-8")
    shelf.number("1.0.1")
    shelf.write("incontro.md", "date: 2021-03-01", "date: 2021-03-01, revoked: 2021-04-01")
    shelf.write("incontro.md", "Qui Nome", "Parla Nome")
    assert said(shelf.release(shelf.composing)) == []
    new = shelf.dist / f"{BASE}-1.0.1"
    assert [n.name for n in new.iterdir() if b"Cognome" in n.read_bytes()] == []
    assert "Partecipante 1" in (new / "note-di-rilascio.md").read_text("utf-8")


def test_who_is_nobody_of_the_edition_any_more_is_not_named_again(shelf: Shelf) -> None:
    named = (
        "  - name: Nome Cognome\n    role: author\n    consent: {ebook: yes, date: 2021-03-01}\n"
    )
    shelf.write("edition.yaml", "contributors:\n", f"contributors:\n{named}")
    shelf.write("contributo.md", "La mappa è nata", "Nome Cognome racconta che la mappa è nata")
    assert said(shelf.release(shelf.composing)) == []
    shelf.number("1.0.1")
    shelf.write("edition.yaml", named, "")
    shelf.write("contributo.md", "Nome Cognome racconta", "Si racconta")
    assert said(shelf.release(shelf.composing)) == []
    notes = (shelf.dist / f"{BASE}-1.0.1" / "note-di-rilascio.md").read_text("utf-8")
    assert "Cognome" not in notes
    assert "No longer among those who made the book: author." in notes
