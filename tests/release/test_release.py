"""A release and the one after it: what is in the folder, what the notes name, the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from book.model.assets import Assets
from book.release.licences import licences_of
from book.release.text import BookText
from book.release.write import Released
from tests.support.books import BASE, lay
from tests.support.shelf import Shelf, said

FIRST, SECOND = f"{BASE}-1.0.0", f"{BASE}-1.0.1"
PAPERS = {
    *("note-di-rilascio.md", "note-di-rilascio.html", "cosa-consegnare.md"),
    *("cosa-consegnare.html", "licenze.html", "licenze.csv"),
}


@pytest.fixture(scope="module")
def first(kept: Shelf) -> Released:
    return kept.release()


@pytest.fixture(scope="module")
def second(kept: Shelf, first: Released) -> Released:
    """1.0.1: a paragraph changed, one came, one went."""
    assert said(first) == []
    kept.number("1.0.1", "2021-04-25")
    kept.write("incontro.md", "nessuno l'ha mai disegnata", "nessuno l'ha ancora disegnata")
    kept.write("contributo.md", "in tre riunioni.", "in tre riunioni.\n\nPoi è stata appesa.")
    kept.write("presentazione.md", "A che cosa serve questo libro", "A chi serve questo libro")
    return kept.release()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_holds_everything(kept: Shelf, first: Released) -> None:
    assert first.folder == kept.dist / FIRST
    assert first.is_new
    names = set(contents(kept.dist / FIRST))
    assert {f"{BASE}.epub", f"{BASE}.pdf", f"{BASE}-print.pdf", "cover.jpg"} <= names
    assert {f"{BASE}.onix.xml", f"{BASE}.opds.json", f"{BASE}.jsonld", f"{BASE}.bib"} <= names
    assert {"accessibilita.html", "manifest.json", "testo.json", "SHA256SUMS"} <= names
    assert {*PAPERS, f"{FIRST}.zip", f"{FIRST}.zip.sha256"} <= names
    assert not {"report.html", "report.json"} & names
    assert {path.name for path in kept.dist.iterdir()} >= {FIRST}
    assert all(path.is_file() for path in (kept.dist / FIRST).iterdir())


def test_checksums_are_those_of_the_files(kept: Shelf, first: Released) -> None:
    folder = kept.dist / FIRST
    for file in ("SHA256SUMS", f"{FIRST}.zip.sha256"):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", file], cwd=folder, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    others = {"SHA256SUMS", f"{FIRST}.zip", f"{FIRST}.zip.sha256"}
    assert listed == set(contents(folder)) - others


def test_the_zip_holds_the_same_files(kept: Shelf, first: Released) -> None:
    files = contents(kept.dist / FIRST)
    with zipfile.ZipFile(io.BytesIO(files[f"{FIRST}.zip"])) as archive:
        packed = {name.removeprefix(f"{FIRST}/"): archive.read(name) for name in archive.namelist()}
    assert packed == {n: c for n, c in files.items() if not n.startswith(FIRST)}


@pytest.mark.slow
def test_the_manifest_says_whence_it_comes(kept: Shelf, second: Released) -> None:
    folder = kept.dist / SECOND
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["version"], manifest["previous"]) == ("1.0.1", "1.0.0")
    assert manifest["commit"] is None
    assert [check["outcome"] for check in manifest["checks"]] == ["passed", "passed"]
    assert manifest["checks"][0]["version"] == "5.3.0"
    for name, facts in manifest["artefacts"].items():
        content = (folder / name).read_bytes()
        assert facts["sha256"] == hashlib.sha256(content).hexdigest()
        assert facts["size"] == len(content)
        assert facts["media_type"] != "application/octet-stream"
    chapter = (kept.folder / "incontro.md").read_bytes()
    assert manifest["sources"]["edition/incontro.md"] == hashlib.sha256(chapter).hexdigest()
    assert "weasyprint" in manifest["tools"]


def test_a_first_release_compares_nothing(kept: Shelf, first: Released) -> None:
    notes = (kept.dist / FIRST / "note-di-rilascio.md").read_text("utf-8")
    assert "First release." in notes
    assert first.notes is not None
    assert first.notes.before is None


def test_the_notes_name_what_came_went_and_changed(kept: Shelf, second: Released) -> None:
    notes = second.notes
    assert notes is not None
    assert dict(notes.counts) == {
        "Changed paragraphs": 2,
        "Added paragraphs": 1,
        "Removed paragraphs": 0,
        "Moved paragraphs": 0,
        "Unchanged paragraphs": dict(notes.counts)["Unchanged paragraphs"],
    }
    changed = {chapter.title: chapter.changes for chapter in notes.chapters}
    (change,) = changed["Il primo incontro"]
    assert (change.kind, change.section) == ("changed", "L’apertura")
    assert [tuple(run) for run in change.runs if run.change != "kept"] == [
        ("removed", "mai"),
        ("added", "ancora"),
    ]
    (change,) = changed["Una rete disegnata"]
    assert (change.kind, change.runs[0].text) == ("added", "Poi è stata appesa.")
    assert [(field.label, field.old) for field in notes.fields] == [("Date", "25 March 2021")]


def test_the_notes_as_markdown(kept: Shelf, second: Released) -> None:
    text = (kept.dist / SECOND / "note-di-rilascio.md").read_text("utf-8")
    change = re.search(r"### Il primo incontro\n\n(.*)\n\n> (.*)\n", text)
    assert change is not None
    page = change[1].split(", ")[1].removeprefix("p. ")
    assert change[1] == f"**changed**, p. {page}, section «L’apertura»:"
    assert "nessuno l’ha ~~mai~~**ancora** disegnata." in change[2]


def test_the_page_in_the_notes_is_the_one_with_these_words(kept: Shelf, second: Released) -> None:
    assert second.notes is not None
    document = pypdfium2.PdfDocument(kept.dist / SECOND / f"{BASE}.pdf")
    pages = {
        document.get_page_label(number): page.get_textpage().get_text_bounded()
        for number, page in enumerate(document)
    }
    document.close()
    found = {label for label, text in pages.items() if "ancora disegnata" in " ".join(text.split())}
    changes = {chapter.title: chapter.changes for chapter in second.notes.chapters}
    assert {changes["Il primo incontro"][0].page} == found


def test_the_text_is_kept_for_the_release_after(kept: Shelf, second: Released) -> None:
    text = BookText.model_validate_json((kept.dist / SECOND / "testo.json").read_bytes())
    assert [chapter.id for chapter in text.chapters] == [
        "presentazione",
        "laboratory-programme",
        "incontro",
        "contributo",
    ]
    assert text.chapters[2].part == "Gli incontri"
    words = [block.text for chapter in text.chapters for block in chapter.blocks]
    assert any("ancora disegnata" in said for said in words)


def test_licences_of_what_the_files_hold(kept: Shelf, first: Released) -> None:
    table = (kept.dist / FIRST / "licenze.csv").read_text("utf-8")
    rows = [line.split(",")[:3] for line in table.splitlines()]
    families = {name.rpartition(" ")[0] for kind, name, _ in rows if kind == "typeface"}
    assert {"Lora", "Titillium Web", "Ubuntu"} <= families
    assert "Source Serif 4" not in families
    pictures = [name for kind, name, _ in rows if kind == "picture"]
    assert pictures == ["motif of the cover", "emblem.svg", "images/rete.svg"]
    page = (kept.dist / FIRST / "licenze.html").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in page
    assert "<td>not said</td>" in page


def test_a_typeface_without_a_recorded_licence_is_a_reason(
    kept: Shelf, first: Released, tmp_path: Path
) -> None:
    book = first.validated.facts.book
    assert book is not None
    source = book.loaded.fonts_folder
    text = (source / "fonts.yaml").read_text("utf-8")
    fonts = tmp_path / "assets" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "fonts.yaml").write_text(text.replace("family: Titillium Web", "family: Other"))
    for entry in source.iterdir():
        if entry.is_dir():
            (fonts / entry.name).symlink_to(entry)
    other = replace(book, loaded=replace(book.loaded, assets=Assets(tmp_path)))
    found = licences_of(other, (), contents(kept.dist / FIRST), "AnciLab Editore")
    assert found.unknown == ("Titillium Web",)


def test_what_is_to_be_handed_over(kept: Shelf, first: Released) -> None:
    items = {item.what: item for group in first.groups for item in group.items}
    assert "by 24 May 2021" in next(what for what in items if what.startswith("Hand in the book"))
    done = {what for what, item in items.items() if item.done}
    assert "EPUB: ISBN 978-3-16-148410-0" in done
    assert f"{BASE}.epub passes EPUB 3.3." in done
    open_ = set(items) - done
    assert "PDF: no ISBN. Shops want one for each format (identifiers.pdf)." in open_
    assert "«Il primo incontro»: approved by those who speak." in open_
    assert "Pictures of which nobody says who made them: 1." in open_
    text = (kept.dist / FIRST / "cosa-consegnare.md").read_text("utf-8")
    assert "- [x] EPUB: ISBN 978-3-16-148410-0\n- [ ] PDF: no ISBN." in text


def test_once_more_changes_nothing(kept: Shelf, second: Released) -> None:
    before = {path: path.stat().st_ino for path in kept.dist.rglob("*")}
    again = kept.release()
    assert said(again) == []
    assert (again.folder, again.is_new) == (kept.dist / SECOND, False)
    assert {path: path.stat().st_ino for path in kept.dist.rglob("*")} == before


def test_what_was_handed_over_is_told_and_the_release_stays(kept: Shelf, second: Released) -> None:
    entry = "{to: deposito legale, version: 1.0.1, date: 2021-05-03, reference: ricevuta 12}"
    kept.write("edition.yaml", "contents:", f"deliveries: [{entry}]\ncontents:")
    again = kept.release()
    assert said(again) == []
    assert not again.is_new
    item = next(i for g in again.groups for i in g.items if i.what.startswith("Hand in the book"))
    assert (item.done, item.detail) == (True, "version 1.0.1, 3 May 2021 (ricevuta 12)")
    kept.write("edition.yaml", f"deliveries: [{entry}]\n", "")


@pytest.mark.slow
def test_another_text_under_an_old_version_is_refused(kept: Shelf, second: Released) -> None:
    old = contents(kept.dist / SECOND)
    kept.write("contributo.md", "Poi è stata appesa.", "Poi è stata appesa in sala.")
    refused = kept.release()
    kept.write("contributo.md", "Poi è stata appesa in sala.", "Poi è stata appesa.")
    assert refused.refused
    names = {f.values["name"] for f in refused.findings if f.code.id == "R003"}
    assert {f"{BASE}.epub", f"{BASE}.pdf", f"{BASE}-print.pdf"} <= names
    assert "cover.jpg" not in names
    assert (
        f"dist/{SECOND}/{BASE}.pdf: error R003: the file {BASE}.pdf is another than the one "
        "released as 1.0.1, or is gone — raise the version, for example to 1.0.2: what has been "
        "published stays as it is; if only the file in the release's folder is damaged or lost, "
        "put the published one back"
    ) in said(refused)
    assert contents(kept.dist / SECOND) == old


def test_a_released_file_that_somebody_changed_is_named(kept: Shelf, second: Released) -> None:
    cover = kept.dist / SECOND / "cover.jpg"
    whole = cover.read_bytes()
    cover.write_bytes(whole[:-1])
    refused = kept.release()
    cover.write_bytes(whole)
    assert [f.values["name"] for f in refused.findings if f.code.id == "R003"] == ["cover.jpg"]


@pytest.mark.slow
def test_the_same_bytes_elsewhere_and_later(kept: Shelf, second: Released, tmp_path: Path) -> None:
    other = Shelf(lay(BASE, tmp_path / "somewhere" / "else"))
    for path in kept.folder.rglob("*"):
        if path.is_file():
            target = other.folder / path.relative_to(kept.folder)
            target.write_bytes(path.read_bytes())
            os.utime(target, (1_000_000_000, 1_000_000_000))
    first_again = other.dist / FIRST
    first_again.parent.mkdir()
    (kept.dist / FIRST).rename(first_again)
    try:
        assert other.release().is_new
        assert contents(other.dist / SECOND) == contents(kept.dist / SECOND)
    finally:
        first_again.rename(kept.dist / FIRST)
