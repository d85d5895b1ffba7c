"""The command line: Invoke, with the exit codes, languages and lists of names of this house.

Invoke takes each bare word for a task. Here a task may take any number of names (``./inv build a
b``) if one of its parameters is both ``positional`` and ``iterable``. The exit codes are those of
:mod:`book.exit_codes`.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from invoke import program as invoke_program
from invoke.exceptions import Exit, ParseError, UnexpectedExit
from invoke.parser.context import ParserContext

from book.exit_codes import INTERRUPTED, PIPELINE_FAILED, WRONG_USE
from book.messages import LANGUAGES, N_, did_you_mean, language_of, translate
from book.system.checkout import CHECKOUT
from book.system.environment import EnvironmentFailure
from book.system.needs import SystemNeeds

# Sentences of Invoke's parser about wrong use, and ours. Its exceptions carry nothing but the
# sentence, so the sentence is matched; one that is not listed is shown as it is.
_PROBLEMS = (
    (re.compile(r"No idea what '(?P<word>-.*)' is!"), N_("There is no option {word}.")),
    (re.compile(r"No idea what '(?P<word>.*)' is!"), N_("One word too many: {word}.")),
    (re.compile(r"Flag <Argument: (?P<word>\S+).*> needed value"), N_("--{word} needs a value.")),
    (re.compile(r".*required positional arguments: (?P<word>.*)"), N_("Missing: {word}.")),
)


def name_lists(words: Sequence[str], tasks: Mapping[str, ParserContext]) -> list[str]:
    """Turn bare words into options of their task's list: ``build a b`` to ``build --names a …``.

    ``words`` start with a task's name; ``tasks`` are Invoke's contexts by task name.
    """
    task = tasks.get(words[0]) if words else None
    lists = [a for a in task.positional_args if a.kind is list] if task else []
    if not task or not lists:
        return list(words)
    singles = len(task.positional_args) - len(lists)
    result = [words[0]]
    value_of = ""
    for word in words[1:]:
        flag = task.flags.get(word) if not value_of else None
        if value_of or word.startswith("-"):
            value_of = word if flag and flag.takes_value else ""
        elif singles:
            singles -= 1
        else:
            result.append(f"--{lists[0].names[0]}")
        result.append(word)
    return result


class Program(invoke_program.Program):
    """Invoke's program with this house's exit codes and messages."""

    @property
    def language(self) -> str:
        """The language for messages."""
        return language_of(self.argv, os.environ)

    def parse_core(self, argv: list[str] | None) -> None:
        """Parse Invoke's own options. Invoke would switch off ``__pycache__``, so it is kept on."""
        given = sys.dont_write_bytecode
        super().parse_core(argv)
        sys.dont_write_bytecode = given

    def parse_collection(self) -> None:
        """Load the tasks; translate their summaries and the texts of their options.

        ``--help`` without a task lists the tasks, not Invoke's own options.
        """
        if self.args.help.value is True:
            self.args.help.set_value(None, cast=False)
            self.args.list.set_value(True, cast=False)
        super().parse_collection()
        for task in self.collection.tasks.values():
            summary = str(inspect.getdoc(task))
            task.__doc__ = translate(summary, self.language)
            task.help = {name: translate(text, self.language) for name, text in task.help.items()}

    def print_version(self) -> None:
        """Print the name and the version of this program, not Invoke's."""
        project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
        print(f"{project['name']} {project['version']}")

    def task_list_opener(self, extra: str = "") -> str:
        """The line above the list of tasks."""
        return translate(N_("The tasks, with ./inv --help TASK for more"), self.language)

    def print_task_help(self, name: str) -> None:
        """Print what a task is for, and its options."""
        options = [
            (flags, _with_formats(text)) for flags, text in self.parser.contexts[name].help_tuples()
        ]
        print(translate(N_("Usage: {usage}"), self.language).format(usage=self._usage(name)))
        print(f"\n{self.leading_indent}{inspect.getdoc(self.collection[name])}\n")
        self.print_columns(options)

    def _usage(self, name: str) -> str:
        """«./inv build [EDITIONS …] [--options]»."""
        names = [
            f"[{argument.name.upper()} …]" if argument.kind is list else argument.name.upper()
            for argument in self.parser.contexts[name].positional_args
        ]
        return " ".join([self.binary, name, *names, translate(N_("[--options]"), self.language)])

    def parse_tasks(self) -> None:
        """Parse the tasks. Raises Exit for wrong use."""
        # to_contexts() takes the help texts out of the tasks, and Invoke will call it once more.
        helps = [(task, dict(task.help)) for task in self.collection.tasks.values()]
        contexts = {
            name: context
            for context in self.collection.to_contexts()
            for name in (context.name, *context.aliases)
            if name
        }
        for task, texts in helps:
            task.help = texts
        # After a task that wants a name, Invoke would take --help for the name.
        if self.core.unparsed[:1] and set(self.core.unparsed[1:]) & {"--help", "-h"}:
            self.args.help.value, self.core.unparsed = self.core.unparsed[0], []
        self.core.unparsed = name_lists(self.core.unparsed, contexts)
        try:
            super().parse_tasks()
        except ParseError as error:
            raise Exit(self._wrong_use(error), WRONG_USE) from error
        except ValueError as error:  # of int(), which Invoke calls and does not guard
            given = str(error).rpartition(": ")[2].strip("'")
            text = translate(N_("A whole number is wanted, not {given}."), self.language)
            raise Exit(text.format(given=given), WRONG_USE) from error
        for task in self.tasks:
            self._insist_on_values(task)

    def parse_cleanup(self) -> None:
        """Show help or the list of tasks. Raises Exit for help on an unknown task."""
        try:
            super().parse_cleanup()
        except ParseError as error:
            raise Exit(self._wrong_use(error), WRONG_USE) from error

    def _insist_on_values(self, task: ParserContext) -> None:
        """Raise Exit for a value that ``--lang`` or ``--jobs`` cannot take."""
        lang = task.args["lang"].value if "lang" in task.args else ""
        jobs = task.args["jobs"].value if "jobs" in task.args else 0
        if lang and lang not in LANGUAGES:
            text = translate(N_("There is no language {given}: it or en."), self.language)
            raise Exit(text.format(given=lang), WRONG_USE)
        if jobs < 0:
            text = translate(N_("A number of jobs cannot be {given}."), self.language)
            raise Exit(text.format(given=jobs), WRONG_USE)

    def execute(self) -> None:
        """Run the task. A defect of the pipeline is written to a log file, whose path is told."""
        try:
            super().execute()
        except (Exit, UnexpectedExit, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            raise Exit(translate(N_("Interrupted."), self.language), INTERRUPTED) from None
        except (SystemNeeds, EnvironmentFailure) as error:
            raise Exit(error.message(self.language), PIPELINE_FAILED) from error
        except Exception as error:
            text = translate(
                N_("The pipeline itself failed ({error}). Please send this file: {log}"),
                self.language,
            )
            log = write_log(Path(self.args["search-root"].value or "."))
            name = f"{type(error).__name__}: {error}"
            raise Exit(text.format(error=name, log=log), PIPELINE_FAILED) from error

    def _wrong_use(self, error: ParseError) -> str:
        problem = str(error)
        words: list[str] = []
        task = error.context.name if error.context is not None else None
        if task:
            known = sorted(self.parser.contexts[task].flags)
            text = N_("{problem} The options of {task} are: {known}.")
        else:
            known = sorted(self.collection.task_names)
            text = N_("{problem} The tasks are: {known}.")
        for said, ours in _PROBLEMS:
            if found := said.match(problem):
                word = found["word"].replace("'", "")
                is_task = not task and not word.startswith("-")
                words = [word] if is_task or word.startswith("-") else []
                sentence = N_("There is no task {word}.") if is_task else ours
                problem = translate(sentence, self.language).format(word=word)
                break
        sentence = translate(text, self.language).format(
            problem=problem, task=task, known=", ".join(known)
        )
        return sentence + did_you_mean(words, known, self.language)


def _with_formats(text: str) -> str:
    """A help text with the names of the formats where it has places for them."""
    if "{formats}" not in text:
        return text
    # Imported here alone: all other commands would wait for the libraries of all outputs.
    from book.driver.outputs.table import formats, usual_formats

    return text.format(formats=",".join(formats()), usual=",".join(usual_formats()))


def write_log(root: Path) -> Path:
    """Write the current exception to ``build/failure.log`` of ``root``; the path of the log.

    Where that cannot be written, the log is a temporary file.
    """
    text = traceback.format_exc()
    try:
        log = root / "build" / "failure.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(text, encoding="utf-8")
    except OSError:
        with tempfile.NamedTemporaryFile(
            "w", prefix="book-", suffix=".log", delete=False, encoding="utf-8"
        ) as handle:
            handle.write(text)
        log = Path(handle.name)
    return log


def main() -> None:
    """Run the command line in ``sys.argv``; always leaves through ``sys.exit``."""
    program = Program(binary="./inv")
    try:
        program.run(["./inv", *sys.argv[1:]])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has closed it (as head does). Python flushes standard output at
        # its end: that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
