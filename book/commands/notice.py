"""``./inv notice``: the table of visibility rules, measured on what the last build delivered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from book.driver.delivery import is_current
from book.driver.inputs import inputs_of
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.messages import N_, translate
from book.model.load import edition_names, load_edition
from book.model.loaded import LoadedEdition
from book.notice.emblem_file import emblem_report
from book.notice.examine import Examination, examine
from book.notice.judge import holds_back
from book.notice.rule import Verdict
from book.notice.table import Row, rows
from book.system.checkout import CHECKOUT
from book.system.scratch import own_temporary_folder
from book.system.whole import recover

_WIDTH = 160
"""Columns, where there is no terminal to fit the table to."""
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


@own_temporary_folder()
def notice_command(
    editions: Sequence[str], *, root: str, output: str, emblem: str, language: str
) -> int:
    """Show the table of rules of each edition, all when none is named; return the exit code.

    0 when every demanded rule is kept, 1 when one is broken or was not measured, 2 for names of
    editions or files that are not there. ``emblem`` is a file to measure in their stead.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH)
    if emblem:
        return _emblem(Path(emblem), language)
    folder = Path(root).resolve() if root else CHECKOUT
    known = edition_names(folder)
    if unknown := [name for name in editions if name not in known]:
        text = translate(
            N_("There is no edition named {names}. The editions are: {known}."), language
        )
        print(text.format(names=", ".join(unknown), known=", ".join(known)), file=sys.stderr)
        return WRONG_USE
    built = Path(output).resolve() if output else folder / "build"
    passed = [_edition(console, folder, built, name, language) for name in editions or known]
    return DONE if all(passed) else FAILED


def _edition(console: Console, root: Path, built: Path, name: str, language: str) -> bool:
    """Show one edition; whether nothing holds it back."""
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
    console.print(_table(rows(found.results, language), language))
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
    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=False)
    headings = (
        N_("Rule"),
        N_("Verdict"),
        N_("Place"),
        N_("Measured"),
        N_("Threshold"),
        N_("Source"),
    )
    for heading, share in zip(headings, (4, 2, 3, 4, 4, 4), strict=True):
        table.add_column(translate(heading, language), ratio=share, overflow="fold")
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
