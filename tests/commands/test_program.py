from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext

from book.commands.program import name_lists
from book.system.checkout import CHECKOUT

TASKS = """
from invoke.tasks import task
from book.system.environment import EnvironmentFailure
from book.system.needs import Need, SystemNeeds

@task(positional=["editions"], iterable=["editions"])
def build(context, editions, formats="", jobs=0, strict=False):
    print(editions, formats, strict)

@task
def crash(context):
    raise RuntimeError("a wheel came off")

@task
def interrupted(context):
    raise KeyboardInterrupt

@task
def needy(context):
    raise SystemNeeds((Need.PANGO,), "brew install pango")

@task
def stuck(context):
    raise EnvironmentFailure("Permission denied: .venv")
"""


def context() -> ParserContext:
    return ParserContext(
        "new",
        args=[
            Argument("kind", positional=True),
            Argument("names", kind=list, positional=True),
            Argument("root"),
            Argument("strict", kind=bool, default=False),
        ],
    )


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ([], []),
        (["unknown", "a"], ["unknown", "a"]),
        (["new", "edition", "a", "b"], ["new", "edition", "--names", "a", "--names", "b"]),
        (["new", "--root", "x", "k", "a"], ["new", "--root", "x", "k", "--names", "a"]),
        (["new", "--root=x", "k", "a"], ["new", "--root=x", "k", "--names", "a"]),
        (["new", "k", "--strict", "a"], ["new", "k", "--strict", "--names", "a"]),
        (["new", "k", "a", "--root", "x"], ["new", "k", "--names", "a", "--root", "x"]),
    ],
)
def test_bare_words_go_to_the_list_of_names(words: list[str], result: list[str]) -> None:
    assert name_lists(words, {"new": context()}) == result


def run(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (root / "tasks.py").write_text(TASKS, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "book.commands.program", "--search-root", str(root), *words],
        cwd=CHECKOUT,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_task_takes_any_number_of_names(tmp_path: Path) -> None:
    done = run(tmp_path, "build", "uno", "--formats", "epub,pdf", "due", "--strict")
    assert done.stdout == "['uno', 'due'] epub,pdf True\n"
    assert done.returncode == 0


def test_an_unknown_task_is_wrong_use_and_names_the_tasks(tmp_path: Path) -> None:
    done = run(tmp_path, "bild")
    assert done.returncode == 2
    assert done.stderr == (
        "There is no task bild. The tasks are: build, crash, interrupted, needy, stuck."
        " Did you mean build?\n"
    )


def test_an_unknown_option_is_wrong_use_and_names_the_options(tmp_path: Path) -> None:
    done = run(tmp_path, "build", "--fast")
    assert done.returncode == 2
    assert done.stderr == (
        "There is no option --fast. The options of build are: "
        "--editions, --formats, --jobs, --strict.\n"
    )


def test_the_option_or_task_that_was_probably_meant_is_proposed(tmp_path: Path) -> None:
    done = run(tmp_path, "build", "--format", "epub")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no option --format. The options of build are: ")
    assert done.stderr.endswith(" Did you mean --formats?\n")
    helped = run(tmp_path, "--help", "neddy", LC_ALL="it_IT.UTF-8")
    assert helped.returncode == 2
    assert helped.stderr.endswith(" Intendevi needy?\n")


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_the_version_is_that_of_this_program_on_one_line(word: str, repository: Path) -> None:
    with (repository / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    done = subprocess.run(
        [repository / "inv", word], cwd="/", capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == (f"book {version}\n", "")


def test_the_version_is_told_without_loading_the_tasks(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("raise SystemExit('loaded')\n", "utf-8")
    words = [sys.executable, "-m", "book.commands.program", "--search-root", str(tmp_path)]
    done = subprocess.run(
        [*words[:1], "-X", "importtime", *words[1:], "--version"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.fullmatch(r"book \d+\.\d+\.\d+\n", done.stdout)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "book.commands.program" not in loaded  # it is __main__
    assert not loaded & {"book.model", "lxml.etree", "pydantic", "rich.console", "weasyprint"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--formats"], "--formats needs a value. The options of build"),
        (["crash", "now"], "One word too many: now. The options of crash"),
        (["--help", "bild"], "There is no task bild. The tasks are: build"),
    ],
)
def test_wrong_use_is_told_in_words_of_the_house(
    words: list[str], said: str, tmp_path: Path
) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert done.stderr.startswith(said)


def test_a_number_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path, "build", "--jobs", "many")
    assert done.returncode == 2
    assert done.stderr == "A whole number is wanted, not many.\n"


def test_a_defect_of_the_pipeline_leaves_a_log(tmp_path: Path) -> None:
    done = run(tmp_path, "crash")
    log = tmp_path / "build" / "failure.log"
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "RuntimeError: a wheel came off" in done.stderr
    assert str(log) in done.stderr
    assert "Traceback" in log.read_text("utf-8")


def test_a_defect_finds_a_place_for_its_log(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("in the way")
    done = run(tmp_path, "crash", TMPDIR=str(tmp_path))
    (log,) = tmp_path.glob("book-*.log")
    assert done.returncode == 3
    assert str(log) in done.stderr


def test_an_interruption_has_its_own_exit_code(tmp_path: Path) -> None:
    assert run(tmp_path, "interrupted").returncode == 130


def test_what_the_system_lacks_is_said_with_its_command(tmp_path: Path) -> None:
    done = run(tmp_path, "needy")
    assert done.returncode == 3
    assert "pango. Install it with: brew install pango" in done.stderr


def test_an_environment_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    done = run(tmp_path, "stuck")
    assert done.returncode == 3
    assert done.stderr == ("The Python environment could not be made:\nPermission denied: .venv\n")


def test_help_tells_what_each_option_is_for(repository: Path) -> None:
    words = ("build", "--help", "--lang=en")
    done = subprocess.run(
        [sys.executable, "-m", "book.commands.program", "--search-root", repository, *words],
        capture_output=True,
        text=True,
        cwd=repository,
        check=True,
    )
    assert "a warning gives exit code 1" in done.stdout


SPEAKING = """
from invoke.tasks import task

@task(positional=["edition"], help={"edition": "the edition to release"})
def release(context, edition, jobs=0, lang=""):
    \"\"\"Build, validate and pack an edition for publication, or say every reason why not.\"\"\"
    print(edition)

HELP = {"jobs": "how many things to do at once (default: one for each processor)"}

@task(positional=["editions"], iterable=["editions"], help=HELP)
def build(context, editions, jobs=0, lang=""):
    \"\"\"Build editions: EPUB, PDF, cover and report.\"\"\"
    print("x" * 100000)
"""


def speak(root: Path, *words: str, **options: int) -> subprocess.CompletedProcess[str]:
    (root / "tasks.py").write_text(SPEAKING, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "book.commands.program", "--search-root", str(root), *words],
        cwd=CHECKOUT,
        env={**os.environ, "LC_ALL": "it_IT.UTF-8"},
        stdout=options.get("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_the_tasks_are_listed_in_the_reader_s_language(tmp_path: Path) -> None:
    italian, english = speak(tmp_path, "--list"), speak(tmp_path, "build", "--lang=en", "--list")
    assert "I comandi" in italian.stdout
    assert "Compone le edizioni: EPUB, PDF, copertina e rapporto" in italian.stdout
    assert "Build editions: EPUB, PDF, cover and report." in english.stdout


def test_a_task_is_explained_in_the_reader_s_language(tmp_path: Path) -> None:
    said = speak(tmp_path, "--help", "build").stdout
    assert said.startswith("Uso: ./inv build [EDITIONS …] [--opzioni]\n\n  Compone le edizioni")
    assert "-j INT, --jobs=INT" in said


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("--jobs", "2", "--help"), ("a", "-h")])
def test_help_may_follow_a_task_that_wants_a_name(words: tuple[str, ...], tmp_path: Path) -> None:
    done = speak(tmp_path, "release", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Uso: ./inv release EDITION [--opzioni]\n\n  Compone, convalida")


def test_help_alone_lists_the_tasks(tmp_path: Path) -> None:
    assert speak(tmp_path, "--help").stdout == speak(tmp_path, "--list").stdout


def test_a_name_that_is_missing_is_named(tmp_path: Path) -> None:
    done = speak(tmp_path, "release", "--lang=en")
    assert done.returncode == 2
    assert done.stderr.startswith("Missing: edition. The options of release are: --edition")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--lang", "fr"], "Non c'è la lingua fr: it oppure en.\n"),
        (["build", "--jobs=-1"], "Un numero di lavori non può essere -1.\n"),
    ],
)
def test_a_value_without_sense_is_wrong_use(words: list[str], said: str, tmp_path: Path) -> None:
    done = speak(tmp_path, *words)
    assert (done.returncode, done.stderr) == (2, said)


def test_whoever_stops_reading_hears_no_complaint(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = speak(tmp_path, "build", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
