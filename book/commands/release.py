"""``./inv release``: an edition packed for publication, or every reason why it is not."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from book.commands.asked import command, editions_of, folder_of, root_of, writing
from book.commands.progress import Watcher, console_for, show_findings
from book.driver.run import Order
from book.exit_codes import DONE, FAILED
from book.findings import Severity
from book.messages import LANGUAGES, N_, translate
from book.release.codes import NO_GIT
from book.release.write import Released, release

_REFUSED = N_("{edition} is not released. Reasons: {count}.")
_RELEASED = N_("Released: {folder}")
_THERE = N_("Released already, with the same files: {folder} stays as it is.")
_OPEN = N_("Still to do ({count}), from cosa-consegnare.html:")
_TAG = N_("To publish it from git: git tag {tag}, then git push origin {tag}")


@command
def release_command(
    edition: str, *, root: str, output: str, dist: str, jobs: int, papers: str, language: str
) -> int:
    """Release one edition, show how it went, and return the exit code.

    ``papers`` is the language of notes and lists, "" for Italian. The code is 0 when the release is
    there, 1 when it was refused or could not be written, 2 for an edition that is not there.
    """
    folder = root_of(root)
    (name,) = editions_of([edition], folder, language)
    order = Order(
        root=folder,
        editions=(name,),
        output=folder_of(output, folder / "build"),
        jobs=jobs,
        # The papers are part of the release: the same on every machine, whatever its locale.
        language=papers or LANGUAGES[0],
    )
    target = folder_of(dist, folder / "dist")
    console = console_for()
    with writing(language, target), Watcher(console, language) as watcher:
        released = release(order, target, watcher.step, watcher.done, watcher.validating)
    show_findings(console, released.findings, language)
    if released.folder is None:
        reasons = sum(f.severity is not Severity.HINT for f in released.findings)
        text = translate(_REFUSED, language).format(edition=name, count=reasons)
        console.print(Text(text, style="bold red"))
        return FAILED
    _show(console, released, released.folder, language)
    return DONE


def _show(console: Console, released: Released, folder: Path, language: str) -> None:
    """Print where the release is, how many paragraphs have changed, what is still to do."""
    text = translate(_RELEASED if released.is_new else _THERE, language)
    console.print(Text(text.format(folder=folder), style="bold green"))
    if released.notes is not None and released.notes.before is not None:
        said = ", ".join(f"{label}: {number}" for label, number in released.notes.counts)
        console.print(Text(f"{released.notes.before} → {released.notes.version}: {said}"))
    left = [item for group in released.groups for item in group.items if not item.done]
    if left:
        console.print(Text(translate(_OPEN, language).format(count=len(left))))
        for item in left:
            console.print(Text(f"  – {item.what}"))
    if not any(finding.code is NO_GIT for finding in released.findings):
        console.print(Text(translate(_TAG, language).format(tag=folder.name), style="dim"))
