from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from book.messages import language_of
from book.system import environment
from book.system.checkout import CHECKOUT
from book.system.environment import (
    NODE,
    PYPROJECT,
    RUNTIME,
    TEST,
    EnvironmentFailure,
    ensure,
    is_ready,
)


class Maker:
    """A checkout with stubs of venv and pip, which note what they were asked for."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.venvs = 0
        self.installed: list[str] = []
        self.fails = False
        for name in (RUNTIME, TEST, PYPROJECT, *NODE):
            (root / name).write_text(f"{name}, first\n")
        monkeypatch.setattr(environment, "_run", self.run)
        monkeypatch.setattr(environment, "need", lambda *needs, language: None)

    def run(self, *command: str) -> None:
        if command[2] == "venv":
            self.venvs += 1
            (self.root / ".venv" / "bin").mkdir()
            (self.root / ".venv" / "bin" / "python").touch()
            (self.root / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
        elif self.fails:
            raise EnvironmentFailure("no network")
        elif "ci" in command:
            assert "--ignore-scripts" in command
            (self.root / "node_modules").mkdir(exist_ok=True)
            self.installed.append("npm")
        else:
            assert "--require-hashes" in command
            self.installed.append(Path(command[-1]).name)

    def change(self, name: str) -> None:
        (self.root / name).write_text(f"{name}, changed\n")


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    return Maker(tmp_path, monkeypatch)


def test_it_is_made_once(maker: Maker) -> None:
    assert not is_ready(maker.root, RUNTIME)
    ensure(RUNTIME, maker.root)
    ensure(RUNTIME, maker.root)
    assert (maker.venvs, maker.installed) == (1, [RUNTIME])
    assert is_ready(maker.root, RUNTIME)


def test_the_tests_packages_come_on_top(maker: Maker) -> None:
    ensure(RUNTIME, maker.root)
    ensure(TEST, maker.root)
    assert (maker.venvs, maker.installed) == (1, [RUNTIME, TEST, "npm"])
    assert is_ready(maker.root, RUNTIME)
    assert is_ready(maker.root, TEST)


@pytest.mark.parametrize("name", NODE)
def test_npm_s_packages_follow_their_lock(maker: Maker, name: str) -> None:
    ensure(RUNTIME, maker.root)
    ensure(TEST, maker.root)
    maker.change(name)
    assert is_ready(maker.root, RUNTIME)
    assert not is_ready(maker.root, TEST)
    ensure(TEST, maker.root)
    assert maker.installed == [RUNTIME, TEST, "npm", TEST, "npm"]


def test_npm_s_packages_that_are_gone_are_brought_again(maker: Maker) -> None:
    ensure(TEST, maker.root)
    shutil.rmtree(maker.root / "node_modules")
    assert not is_ready(maker.root, TEST)


def test_a_changed_lock_makes_it_anew(maker: Maker) -> None:
    ensure(RUNTIME, maker.root)
    ensure(TEST, maker.root)
    (maker.root / ".venv" / "lib" / "old").touch()
    maker.change(RUNTIME)
    ensure(RUNTIME, maker.root)
    assert maker.venvs == 2
    assert not (maker.root / ".venv" / "lib" / "old").exists()
    assert not is_ready(maker.root, TEST)


def test_a_changed_pyproject_refreshes_it(maker: Maker) -> None:
    ensure(RUNTIME, maker.root)
    maker.change(PYPROJECT)
    assert not is_ready(maker.root, RUNTIME)
    ensure(RUNTIME, maker.root)
    assert (maker.venvs, maker.installed) == (1, [RUNTIME, RUNTIME])


def test_a_python_that_is_gone_makes_it_anew(maker: Maker) -> None:
    ensure(RUNTIME, maker.root)
    (maker.root / ".venv" / "bin" / "python").unlink()
    (maker.root / ".venv" / "bin" / "python").symlink_to(maker.root / "uninstalled")
    assert not is_ready(maker.root, RUNTIME)
    ensure(RUNTIME, maker.root)
    assert maker.venvs == 2


def test_one_of_another_user_is_not_ready(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    def exists(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    ensure(RUNTIME, maker.root)
    monkeypatch.setattr(Path, "exists", exists)
    assert not is_ready(maker.root, RUNTIME)


def test_a_half_made_one_is_not_taken_for_whole(maker: Maker) -> None:
    maker.fails = True
    with pytest.raises(EnvironmentFailure, match="no network"):
        ensure(RUNTIME, maker.root)
    assert not is_ready(maker.root, RUNTIME)
    maker.fails = False
    ensure(RUNTIME, maker.root)
    assert (maker.venvs, maker.installed) == (2, [RUNTIME])


def test_this_checkout_is_found_from_anywhere(maker: Maker) -> None:
    ensure(RUNTIME, maker.root)
    (link,) = maker.root.glob(".venv/lib/python*/site-packages/book.pth")
    assert (link.parent / link.read_text().strip()).resolve() == maker.root.resolve()


@pytest.mark.parametrize(
    ("arguments", "locale", "language"),
    [
        (["--lang", "en"], {}, "en"),
        (["build", "--lang=en"], {"LANG": "it_IT.UTF-8"}, "en"),
        (["--lang", "xx"], {"LANG": "en_GB"}, "en"),
        (["--lang"], {}, "it"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "it_IT"}, "it"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_IE", "LANG": "it_IT"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "it"),
        ([], {"LANG": "de_DE"}, "it"),
        ([], {}, "it"),
    ],
)
def test_the_language_is_asked_for_or_the_locale_s_or_italian(
    arguments: list[str], locale: dict[str, str], language: str
) -> None:
    assert language_of(arguments, locale) == language


def run_inv(folder: Path, inv: str, *words: str, **variables: str) -> str:
    done = subprocess.run(
        [inv, *words],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wrapper_lists_the_tasks_from_any_folder(tmp_path: Path) -> None:
    # A folder with traps: its modules must not be taken for ours.
    for trap in ("tasks.py", "yaml.py", "book.py"):
        (tmp_path / trap).write_text("raise SystemExit('trapped')\n")
    bare = run_inv(tmp_path, str(CHECKOUT / "inv"))
    assert bare == run_inv(tmp_path, str(CHECKOUT / "inv"), "--list")
    assert bare == run_inv(CHECKOUT, "./inv", PYTHONPATH=str(tmp_path), PYTHONHOME="/nowhere")
    assert "  test " in bare


def test_the_wrapper_speaks_under_a_locale_without_dashes(tmp_path: Path) -> None:
    for name in ("inv", RUNTIME, PYPROJECT):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    for name in (".venv", "book"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    (tmp_path / "tasks.py").write_text(
        "from invoke.tasks import task\n@task\ndef dash(context):\n    print('—')\n",
        encoding="utf-8",
    )
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run_inv(tmp_path, "./inv", "dash", **ascii_only) == "—\n"


def test_the_wrapper_without_python_says_what_to_install(tmp_path: Path) -> None:
    for name in ("inv", RUNTIME, PYPROJECT):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    done = subprocess.run(
        ["/bin/sh", str(tmp_path / "inv"), "build"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "Serve Python 3.11 o successivo" in done.stderr
    assert "Python 3.11 or later is needed" in done.stderr
