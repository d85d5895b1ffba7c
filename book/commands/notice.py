"""``./inv notice``: the table of visibility rules, measured on what the last build delivered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from book.commands.asked import command, editions_of, folder_of, root_of
from book.commands.progress import console_for, table_of
from book.driver.delivery import is_current
from book.driver.inputs import inputs_of
from book.exit_codes import DONE, FAILED
from book.messages import N_, translate
from book.model.load import load_edition
from book.model.loaded import LoadedEdition
from book.notice.emblem_file import emblem_report
from book.notice.examine import Examination, examine
from book.notice.judge import holds_back
from book.notice.rule import Verdict
from book.notice.table import Row, rows
from book.system.whole import recover

_COLUMNS = {
    N_("Rule"): 4,
    N_("Verdict"): 2,
    N_("Place"): 3,
    N_("Measured"): 4,
    N_("Threshold"): 4,
    N_("Source"): 4,
}
_STALE = N_(
    "{edition}: no build of the sources as they are now to measure ({formats}). "
    "Make it with: ./inv build {edition}"
)
_STYLES = {
    Verdict.KEPT: "green",
    Verdict.BROKEN: "bold red",
    Verdict.NOT_MEASURED: "red",
    Verdict.TO_CONFIRM: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
}


@command
def notice_command(
    editions: Sequence[str], *, root: str, output: str, emblem: str, language: str
) -> int:
    """Show the table of rules of each edition, all when none is named; return the exit code.

    The code is 0 when every demanded rule is kept, 1 when one is broken or was not measured, 2 for
    editions that are not there. ``emblem`` is a file with an emblem to measure instead.
    """
    if emblem:
        return _emblem(Path(emblem), language)
    folder = root_of(root)
    built = folder_of(output, folder / "build")
    console = console_for()
    passed = [
        _edition(console, folder, built, name, language)
        for name in editions_of(editions, folder, language)
    ]
    return DONE if all(passed) else FAILED


def _edition(console: Console, root: Path, built: Path, name: str, language: str) -> bool:
    """Show one edition's table; whether no demanded rule holds it back."""
    loaded, findings = load_edition(root, name)
    if loaded is None:
        for finding in findings:
            console.print(Text(finding.sentence(language), style="bold red"))
        return False
    folder = built / name
    recover(folder)
    inputs = inputs_of(loaded)
    pdf, epub = (
        folder / file if is_current(folder, file, inputs) else None
        for file in (f"{name}.pdf", f"{name}.epub")
    )
    if pdf is None or epub is None:
        text = translate(_STALE, language).format(
            edition=name, formats=", ".join(f for f, p in (("PDF", pdf), ("EPUB", epub)) if not p)
        )
        console.print(Text(text, style="bold red"))
    if pdf is None and epub is None:
        return False
    found = examine(pdf, epub, loaded, language)
    _show(console, loaded, found, language)
    return not found.holds_back


def _show(console: Console, loaded: LoadedEdition, found: Examination, language: str) -> None:
    console.print(Text(f"\n{loaded.edition.title} ({loaded.name})", style="bold"))
    if not found.results:
        console.print(translate(N_("The book has no co-financing: no rule applies."), language))
        return
    console.print(_table(rows(found.results, language), language), soft_wrap=False)
    if found.to_confirm:
        console.print(Text(translate(N_("To be confirmed with the Authority:"), language)))
        for text in found.to_confirm:
            console.print(Text(f"  – {text}"))
    waiting = sum(holds_back(result) for result in found.results)
    text = N_("Demanded rules: all kept.")
    if waiting:
        text = N_("Demanded rules broken or not measured: {count}. The book is not released.")
    style = "bold red" if waiting else "bold green"
    console.print(Text(translate(text, language).format(count=waiting), style=style))


def _table(shown: Sequence[Row], language: str) -> Table:
    table = table_of(_COLUMNS, language)
    for row in shown:
        places = f"{row.medium_text}: {row.where}" if row.where else row.medium_text
        verdict = f"{row.verdict_text}\n({row.standing_text})"
        cells = (f"{row.rule} {row.title}", verdict, places, row.measured, row.threshold)
        table.add_row(*map(Text, (*cells, row.source)), style=_STYLES[Verdict(row.verdict)])
    return table


def _emblem(file: Path, language: str) -> int:
    """Measure a drawing by itself."""
    text, kept = emblem_report(file, language)
    print(text)
    return DONE if kept else FAILED
