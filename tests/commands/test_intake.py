"""./inv import as a person uses it: exit codes, what is written, what is never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book.commands.intake import deliver, import_command
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.intake.imported import Imported
from book.system.checkout import CHECKOUT
from tests.support.books import BASE, lay

ORIGINALS = CHECKOUT / "tests" / "intake" / "originals"
SLIDES = ORIGINALS / "giro-di-tavolo.pptx"
WORD = ORIGINALS / "cortile-condiviso.docx"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Facilitatrice>Buongiorno a tutti.\n"
CHAPTER = Imported("nuovo.md", "---\ntitle: X\n---\n\nTesto.\n", "essay", {"images/a-1.png": b"x"})


def run(root: Path, *files: Path | str, edition: str = BASE, kind: str = "") -> int:
    names = [str(file) for file in files]
    return import_command(
        names, edition=edition, kind=kind, clean=False, root=str(root), language="en"
    )


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """The base book; whatever a test does, nothing else appears beside it."""
    folder = lay(BASE, tmp_path / "root")
    yield folder
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["root"]


def test_files_become_chapters_with_their_pictures(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, WORD, SLIDES) == DONE
    folder = root / "chapters" / BASE
    assert (folder / "cortile-condiviso.md").read_text("utf-8").startswith("---\n")
    assert (folder / "images" / "cortile-condiviso-1.png").read_bytes()[:4] == b"\x89PNG"
    assert (folder / "giro-di-tavolo.md").is_file()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    said = capsys.readouterr().out
    assert "cortile-condiviso.docx: warning I120: A comment by Referente del Comune" in said
    assert "\n    - cortile-condiviso.md\n" in said


def test_the_record_of_the_edition_is_left_alone(root: Path) -> None:
    before = listing(root)
    assert run(root, SLIDES) == DONE
    after = listing(root)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 2


def test_captions_go_the_way_of_transcripts(root: Path, tmp_path: Path) -> None:
    captions = tmp_path / "incontro-uno.vtt"
    captions.write_text(CAPTIONS, "utf-8")
    assert run(root, captions) == DONE
    text = (root / "chapters" / BASE / "incontro-uno.md").read_text("utf-8")
    assert "kind: transcript" in text


def test_a_kind_may_be_asked_for(root: Path) -> None:
    assert run(root, SLIDES, kind="tool") == DONE
    assert "\nkind: tool\n" in (root / "chapters" / BASE / "giro-di-tavolo.md").read_text("utf-8")


def test_nothing_is_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, SLIDES) == DONE
    before = listing(root)
    assert run(root, SLIDES, WORD.with_name("cortile-condiviso.docx")) == FAILED
    after = listing(root)
    assert {name: after[name] for name in before} == before
    assert "chapters/base/cortile-condiviso.md" in after  # the other file is imported all the same
    assert "error I190: There is already a file giro-di-tavolo.md" in capsys.readouterr().out


@pytest.mark.parametrize("taken", ["nuovo.md", "Nuovo.md", "images/a-1.png"])
def test_a_taken_name_leaves_everything_as_it_is(taken: str, root: Path) -> None:
    folder = root / "chapters" / BASE
    (folder / taken).write_text("di qualcun altro", "utf-8")
    before = listing(root)
    finding = deliver(CHAPTER, folder, "nuovo.docx")
    assert finding is not None
    assert finding.code.id == "I190"
    assert listing(root) == before


def test_a_folder_that_leads_out_is_not_followed(root: Path) -> None:
    folder = root / "chapters" / BASE
    outside = root / "outside"
    outside.mkdir()
    (folder / "images" / "rete.svg").unlink()
    (folder / "images").rmdir()
    (folder / "images").symlink_to(outside)
    finding = deliver(CHAPTER, folder, "nuovo.docx")
    assert finding is not None
    assert finding.code.id == "I191"
    assert not list(outside.iterdir())
    assert not (folder / "nuovo.md").exists()


def test_a_failure_half_way_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = root / "chapters" / BASE
    before = listing(root)
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "nuovo.md":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    finding = deliver(CHAPTER, folder, "nuovo.docx")
    assert finding is not None
    assert "No space left on device" in finding.problem("en")
    assert listing(root) == before


def test_a_bad_file_writes_nothing(root: Path, tmp_path: Path) -> None:
    bad = tmp_path / "rotto.docx"
    bad.write_bytes(b"PK\x03\x04 e poi niente")
    before = listing(root)
    assert run(root, bad) == FAILED
    assert listing(root) == before


def test_wrong_use_says_what_there_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in (
        run(root),
        run(root, SLIDES, edition=""),
        run(root, SLIDES, edition="nessuna"),
        run(root, SLIDES, kind="poem"),
        run(root, "no-such-file.docx"),
    ):
        assert code == WRONG_USE
    said = capsys.readouterr().err
    assert said.count("The editions are: base.") == 2
    assert "The kinds are: transcript, contribution, essay, tool." in said
    assert "There is no file no-such-file.docx." in said
