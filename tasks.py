"""The Invoke tasks: one per command, thin. They parse options and call ``book``."""

from __future__ import annotations

import inspect
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import Task

from book.messages import N_, language_of
from book.system import environment
from book.system.checkout import CHECKOUT
from book.system.needs import Need, SystemNeeds, need

# What runs beside the tests, as arguments of Python; shown in this order.
CHECKS: tuple[tuple[str, ...], ...] = (
    ("-m", "ruff", "check", "--quiet", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    (str(Path(sys.prefix, "bin", "lint-imports")), "--no-logo"),
)
# A process that has no tests left takes over some of another's.
TESTS = ("-m", "pytest", "--numprocesses=auto", "--dist=worksteal")


OPTIONS = {
    "format": N_("text, json, github, gitlab, sarif or markdown (default: text)"),
    "jobs": N_("how many things to do at once (default: one for each processor)"),
    "lang": N_("language of the messages: it or en"),
    "output": N_("folder that holds <edition>/ (default: build/)"),
    "root": N_("another folder with chapters/ and assets/"),
    "strict": N_("a warning gives exit code 1"),
}
"""What options are for that several tasks have."""


def command(**own: str) -> Callable[[Callable[..., None]], Task[Callable[..., None]]]:
    """Make a function a task of Invoke. ``own`` explains its options; OPTIONS explains the rest.

    A parameter without a default is given by position; a list takes any number of words. Raises
    KeyError for an option that nothing explains.
    """

    def task_of(body: Callable[..., None]) -> Task[Callable[..., None]]:
        _, *options = inspect.signature(body).parameters.values()
        return Task(
            body,
            name=body.__name__.rstrip("_"),
            positional=[option.name for option in options if option.default is option.empty],
            iterable=[option.name for option in options if option.annotation == "list[str]"],
            help={o.name.rstrip("_"): own.get(o.name) or OPTIONS[o.name] for o in options},
        )

    return task_of


def _language(lang: str) -> str:
    return language_of([f"--lang={lang}"] if lang else [], os.environ)


def prepare_validators(language: str) -> None:
    """Get what the validators need, or say what is missing; a check without it does not run."""
    try:
        environment.ensure(environment.TEST, language=language)
        from book.validation import table

        need(*table.system_needs(), language=language)
    except (environment.EnvironmentFailure, SystemNeeds) as error:
        print(error.message(language), file=sys.stderr)


def _start(arguments: Sequence[str], output: int | None = None) -> subprocess.Popen[bytes]:
    """Start one part of the suite; ``output`` is for its words, by default our own."""
    command = [sys.executable, "-P", *arguments]
    # The suite starts hundreds of processes: none of them should compile all modules anew.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=output, stderr=subprocess.STDOUT)


def _tell(arguments: Sequence[str]) -> None:
    program, *others = arguments[1:] if arguments[0] == "-m" else arguments
    print(f"── {shlex.join([Path(program).name, *others])}", flush=True)


def _all_pass(tests: Sequence[str]) -> bool:
    """Run the checks and the tests at the same time; whether all went well.

    What a part says is shown when those before it have ended, and the tests' words as they come:
    pytest's summary closes the run.
    """
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        tests = (*tests, "--color=yes")  # pytest itself sees a pipe
    parts = (*CHECKS, tests)
    with ExitStack() as stack:
        running = [stack.enter_context(_start(part, subprocess.PIPE)) for part in parts]
        for part, process in zip(parts, running, strict=True):
            _tell(part)
            assert process.stdout is not None
            while piece := os.read(process.stdout.fileno(), 1 << 16):
                sys.stdout.buffer.write(piece)
                sys.stdout.flush()
    return all(process.returncode == 0 for process in running)


@command(
    editions=N_("editions to build; all of them when none is named"),
    format=N_("formats to make, with commas: {formats} (default: {usual})"),
    since=N_("build the editions that have changed since this revision of git"),
)
def build(
    context: Context,
    editions: list[str],
    format: str = "",
    jobs: int = 0,
    output: str = "",
    strict: bool = False,
    since: str = "",
    root: str = "",
    lang: str = "",
) -> None:
    """Build editions: EPUB, PDF, cover and report."""
    language = _language(lang)
    need(Need.PANGO, language=language)
    from book.commands.build import build_command

    code = build_command(
        editions,
        format,
        root=root,
        output=output,
        jobs=jobs,
        language=language,
        strict=strict,
        since=since,
    )
    raise Exit(code=code)


@command(
    editions=N_("editions to check, as built; all of them when none is named"),
    emblem=N_("a file with an emblem to measure instead: SVG, PNG, JPEG"),
)
def notice(
    context: Context,
    editions: list[str],
    emblem: str = "",
    output: str = "",
    root: str = "",
    lang: str = "",
) -> None:
    """Hold the co-financing notice of built editions against the rules of visibility."""
    language = _language(lang)
    # The EPUB is measured in a browser, which comes with what the tests need.
    environment.ensure(environment.TEST, language=language)
    need(Need.CHROMIUM, language=language)
    from book.commands.notice import notice_command

    code = notice_command(editions, root=root, output=output, emblem=emblem, language=language)
    raise Exit(code=code)


@command(
    editions=N_("editions to build and validate; all of them when none is named"),
)
def validate(
    context: Context,
    editions: list[str],
    format: str = "text",
    jobs: int = 0,
    output: str = "",
    root: str = "",
    lang: str = "",
) -> None:
    """Build editions and hold them against every validator and the notice rules."""
    language = _language(lang)
    need(Need.PANGO, language=language)
    prepare_validators(language)
    from book.commands.validate import validate_command

    code = validate_command(
        editions, root=root, output=output, jobs=jobs, format=format, language=language
    )
    raise Exit(code=code)


@command(
    edition=N_("the edition to release"),
    dist=N_("folder to put <edition>-<version>/ into (default: dist/)"),
    lang=N_("language of the messages and of notes and lists: it or en (these: Italian)"),
)
def release(
    context: Context,
    edition: str,
    dist: str = "",
    jobs: int = 0,
    output: str = "",
    root: str = "",
    lang: str = "",
) -> None:
    """Build, validate and pack an edition for publication, or say every reason why not."""
    language = _language(lang)
    need(Need.PANGO, language=language)
    prepare_validators(language)
    from book.commands.release import release_command

    code = release_command(
        edition,
        root=root,
        output=output,
        dist=dist,
        jobs=jobs,
        papers=lang,
        language=language,
    )
    raise Exit(code=code)


@command(
    names=N_("editions or chapter files to check; all editions when none is named"),
    fix=N_("repair accents, signs and spaces where that is safe; show what changed"),
    since=N_("check the chapters that have changed since this revision of git"),
)
def check(
    context: Context,
    names: list[str],
    format: str = "text",
    strict: bool = False,
    fix: bool = False,
    since: str = "",
    root: str = "",
    lang: str = "",
) -> None:
    """Check the sources without building: text, structure, access, links, pictures."""
    language = _language(lang)
    from book.commands.check import check_command

    code = check_command(
        names, format=format, root=root, language=language, strict=strict, fix=fix, since=since
    )
    raise Exit(code=code)


@command(
    files=N_("Word, LibreOffice, RTF, web pages, slides, captions and transcripts"),
    edition=N_("edition to put the chapters into"),
    as_=N_("transcript, contribution, tool or essay; guessed from the file when not given"),
    clean=N_("of transcripts: take out fillers and repetitions, showing each change"),
)
def import_(
    context: Context,
    files: list[str],
    edition: str = "",
    as_: str = "",
    clean: bool = False,
    root: str = "",
    lang: str = "",
) -> None:
    """Make chapters of what people hand in; nothing is overwritten."""
    language = _language(lang)
    from book.commands.intake import import_command

    code = import_command(
        files, edition=edition, kind=as_, clean=clean, root=root, language=language
    )
    raise Exit(code=code)


@command(
    kind=N_("what to make: brand"),
    name=N_("its name: small letters, digits, hyphens"),
)
def new(context: Context, kind: str, name: str, root: str = "", lang: str = "") -> None:
    """Make something new that builds at once, with every field explained."""
    from book.commands.new import new_command

    raise Exit(code=new_command(kind, name, root=root, language=_language(lang)))


@command()
def covers(context: Context, lang: str = "") -> None:
    """Draw docs/copertine.png: the covers of all editions side by side, in both brands."""
    language = _language(lang)
    need(Need.PANGO, language=language)
    from book.reference.cover_sheet import covers_command

    target = CHECKOUT / "docs" / "copertine.png"
    raise Exit(code=covers_command(CHECKOUT, target, language=language))


@command(
    names=N_("test files, folders or node ids: these alone, without the other checks"),
    quick=N_("without the tests that take more than a few seconds"),
    seed=N_("a number: tests of properties take other examples than they always do"),
)
def test(
    context: Context, names: list[str], quick: bool = False, seed: str = "", lang: str = ""
) -> None:
    """Run the whole test suite, with what it needs set up."""
    language = _language(lang)
    environment.ensure(environment.TEST, language=language)
    need(Need.PANGO, Need.JAVA, Need.CHROMIUM, Need.CALIBRE, language=language)
    options = ["-m", "not slow"] if quick else []
    options += [f"--hypothesis-seed={seed}"] if seed else []
    tests = (*TESTS, *options, *names)
    if names:
        _tell(tests)
    passed = _start(tests).wait() == 0 if names else _all_pass(tests)
    if not passed:
        raise Exit(code=1)
