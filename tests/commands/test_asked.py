"""What all commands share: what a word means, how wrong use is told, what options are for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from invoke.collection import Collection
from invoke.context import Context

import tasks
from book.commands.asked import (
    NO_FORMAT,
    Stopped,
    WrongUse,
    command,
    editions_of,
    insist,
    meaning,
    writing,
)
from book.commands.build import build_command
from book.commands.intake import import_command
from book.commands.notice import notice_command
from book.commands.release import release_command
from book.commands.validate import validate_command
from book.exit_codes import FAILED, WRONG_USE
from book.system.locks import CannotWrite

KNOWN = ["altra", "base"]
Run = Callable[[Path, str], int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two editions, of which nothing is read but the names."""
    for name in KNOWN:
        folder = tmp_path / "chapters" / name
        folder.mkdir(parents=True)
        (folder / "edition.yaml").touch()
        (folder / "uno.md").touch()
    (tmp_path / "chapters" / "vuota").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("base", ("base", "")),
        ("chapters/base", ("base", "")),
        ("./chapters/base/", ("base", "")),
        ("base/", ("base", "")),
        ("chapters/base/edition.yaml", ("base", "")),
        ("base/uno.md", ("base", "uno.md")),
        ("base/due.md", None),
        ("chapters/vuota", None),
        ("chapters", None),
        ("../base", None),
        ("", None),
    ],
)
def test_a_word_means_an_edition_or_a_chapter(
    word: str, meant: tuple[str, str] | None, root: Path
) -> None:
    assert meaning(word, root, KNOWN) == meant


def test_a_path_counts_from_the_working_folder_too(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "chapters" / "base")
    assert meaning("uno.md", root, KNOWN) == ("base", "uno.md")
    assert meaning(".", root, KNOWN) == ("base", "")
    assert meaning("../altra", root, KNOWN) == ("altra", "")


def test_editions_are_named_once_and_all_of_them_when_none_is(root: Path) -> None:
    assert editions_of(["base", "chapters/base/"], root, "en") == ("base",)
    assert editions_of([], root, "en") == ("altra", "base")


def build(root: Path, name: str) -> int:
    return build_command([name], "", root=str(root), output="", jobs=1, language="it", strict=False)


def validate(root: Path, name: str) -> int:
    return validate_command([name], root=str(root), output="", jobs=1, format="text", language="it")


def release(root: Path, name: str) -> int:
    places = {"root": str(root), "output": "", "dist": ""}
    return release_command(name, **places, jobs=1, papers="", language="it")


def notice(root: Path, name: str) -> int:
    return notice_command([name], root=str(root), output="", emblem="", language="it")


def take_in(root: Path, name: str) -> int:
    file = str(root / "chapters" / "base" / "uno.md")
    return import_command([file], edition=name, kind="", clean=False, root=str(root), language="it")


@pytest.mark.parametrize("run", [build, validate, release, notice, take_in])
@pytest.mark.parametrize(
    ("word", "more"),
    [("bace", " Intendevi base?"), ("chapters/bace/", " Intendevi base?"), ("xyz", "")],
)
def test_every_command_says_which_editions_there_are_and_which_was_meant(
    run: Run, word: str, more: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, word) == WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"Edizioni che non esistono: {word}. Le edizioni sono: altra, base.{more}\n"
    assert not (root / "build").exists()


@pytest.mark.parametrize("run", [build, validate, release, notice, take_in])
def test_every_command_says_that_there_are_no_editions(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chapters" / "base").mkdir(parents=True)
    (tmp_path / "chapters" / "base" / "uno.txt").touch()
    assert run(tmp_path, "base") == WRONG_USE
    assert "chapters/" in capsys.readouterr().err


def test_a_chapter_is_no_edition(root: Path) -> None:
    with pytest.raises(WrongUse, match=r"no edition named base/uno\.md\. The editions are"):
        editions_of(["chapters/base/uno.md"], root, "en")


def test_several_unknown_names_are_told_with_what_each_may_mean() -> None:
    with pytest.raises(WrongUse) as told:
        insist(["epb", "pdf", "prnt", "xyz"], ["epub", "pdf", "print"], NO_FORMAT, "en")
    assert str(told.value) == (
        "There is no format epb, prnt, xyz. The formats are: epub, pdf, print."
        " Did you mean epub, print?"
    )


def test_a_command_that_stops_leaves_its_code_and_no_temporary_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen: list[Path] = []

    @command
    def stops() -> int:
        seen.append(Path(os.environ["TMPDIR"]))
        assert seen[0].is_dir()
        raise Stopped("no room")

    assert stops() == FAILED
    assert capsys.readouterr().err == "no room\n"
    assert not seen[0].exists()


@pytest.mark.parametrize(
    ("place", "option"), [("dist/base-1.0.0", "--dist"), ("build", "--output")]
)
def test_the_option_for_a_folder_that_cannot_be_written_is_named(
    place: str, option: str, tmp_path: Path
) -> None:
    with (
        pytest.raises(Stopped, match=f"Choose another folder with {option}"),
        writing("en", tmp_path / "dist"),
    ):
        raise CannotWrite(tmp_path / place, "read-only")


def test_every_option_of_every_task_is_explained_and_shared_ones_are_explained_once() -> None:
    helps = {
        context.name: {argument.name: argument.help for argument in context.args.values()}
        for context in Collection.from_module(tasks).to_contexts()
    }
    assert {"build", "check", "import", "release", "test", "validate"} <= helps.keys()
    assert all(text for options in helps.values() for text in options.values())
    for option, text in tasks.OPTIONS.items():
        assert sum(told.get(option) == text for told in helps.values()) >= 2, option


def test_an_option_that_nothing_explains_is_a_mistake_of_the_house() -> None:
    def body(context: Context, mystery: str = "") -> None:
        """Do something."""

    with pytest.raises(KeyError, match="mystery"):
        tasks.command()(body)
