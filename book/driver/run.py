"""Builds editions in parallel. An edition with errors does not stop the others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from book.driver.cache import FONTS, Cache
from book.driver.edition import BuildRun, Watch, build_edition
from book.driver.layouts import Layouts
from book.driver.outputs.table import outputs_for, usual_formats
from book.driver.withheld import WithheldMarks
from book.messages import N_
from book.model.assets import Assets
from book.model.load import edition_names
from book.report.facts import EditionFacts
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite
from book.system.whole import insist_on_writing, recover, recover_all

_CACHE = ".cache"


@dataclass(frozen=True)
class Order:
    """What to build.

    ``root`` holds ``chapters/`` and ``assets/``. No ``editions`` stands for all of them, no
    ``formats`` for the usual ones, no ``output`` for ``root/build``, 0 ``jobs`` for one per
    processor. ``language`` is that of reports and papers.
    """

    root: Path = CHECKOUT
    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    output: Path | None = None
    jobs: int = 0
    language: str = "it"

    @property
    def folder(self) -> Path:
        """The folder that holds ``<edition>/``."""
        return self.output or self.root / "build"

    @property
    def processes(self) -> int:
        """How many things to do at once."""
        return self.jobs or os.cpu_count() or 1


class UnknownEditions(Exception):
    """The caller asked for editions that do not exist (``names``); ``known`` are those that do."""

    def __init__(self, names: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(f"unknown editions: {', '.join(names)}")
        self.names = tuple(names)
        self.known = tuple(known)


def run(order: Order, watch: Watch, done: Callable[[EditionFacts], None]) -> list[EditionFacts]:
    """Build what ``order`` asks for.

    Calls ``watch``, from any thread, when a step of an edition begins, and ``done`` when an edition
    is finished. Returns the facts in the order of the editions. Raises UnknownEditions,
    CannotWrite.
    """
    known = edition_names(order.root)
    unknown = [name for name in order.editions if name not in known]
    if unknown or not known:
        raise UnknownEditions(unknown, known)
    names = order.editions or tuple(known)
    output = order.folder
    _insist_on_writing(output, order.root)
    # A build that was killed may have left a folder of another edition beside it: all are mended.
    recover_all(output)
    for name in names:
        # An edition's folder may be a symlink: what was left is beside the folder it points to.
        recover(output / name)
    cache = Cache(output / _CACHE)
    with cache.in_use():
        facts = _built(order, names, cache, watch, done)
        cache.forget_unused()
    return [facts[name] for name in names]


def _built(
    order: Order,
    names: Sequence[str],
    cache: Cache,
    watch: Watch,
    done: Callable[[EditionFacts], None],
) -> dict[str, EditionFacts]:
    """Build all editions in parallel; their facts by name."""
    jobs = order.processes
    fonts = Assets(order.root).fonts_folder()
    stop = Event()
    with Layouts(cache, fonts, cache.folder / FONTS, jobs) as layouts:
        build = BuildRun(
            root=order.root,
            output=order.folder,
            outputs=outputs_for(order.formats or usual_formats()),
            jobs=jobs,
            language=order.language,
            cache=cache,
            marks=WithheldMarks(cache.folder),
            layouts=layouts,
            watch=watch,
            stopped=stop.is_set,
        )
        facts = {}
        # Threads are enough: pandoc and layout, which take most of the time, are other processes.
        with ThreadPoolExecutor(min(jobs, len(names))) as pool:
            futures = [pool.submit(build_edition, build, name) for name in names]
            try:
                for future in as_completed(futures):
                    made = future.result()
                    facts[made.name] = made
                    done(made)
            except BaseException:
                # Leaving the pool's block waits for its threads. Those that wait for a lock end by
                # ``stop``, those that wait for a part because its process is killed.
                stop.set()
                layouts.close()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    return facts


def _insist_on_writing(output: Path, root: Path) -> None:
    """Try to write before the build begins. Raises CannotWrite."""
    if output.resolve().is_relative_to((root / "chapters").resolve()):
        raise CannotWrite(output, N_("the sources are there"))
    for folder in (output, output / _CACHE):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            insist_on_writing(folder)
            # Access rights do not tell everything: a file system may be read-only, for example.
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise CannotWrite.because(error, folder) from error
