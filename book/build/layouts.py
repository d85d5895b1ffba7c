"""Who lays out the parts of a PDF: worker processes, and the cache for what they did before."""

from __future__ import annotations

import json
import multiprocessing
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Lock
from types import TracebackType
from urllib.parse import unquote

from book.build.cache import Cache, hashes_of, key_of
from book.output.pdf.addresses import picture_address
from book.output.pdf.part import LaidOutPart, PartSource, isolate_fonts, lay_out
from book.output.pdf.turns import PageStart

_FILE_ADDRESS = re.compile(r"""file://([^"')]+)""")


class Layouts:
    """Lays out parts in up to ``jobs`` processes that see the fonts of one folder alone.

    A context manager: the processes start with the first part that the cache does not have,
    and end with the block.
    """

    def __init__(self, cache: Cache, fonts_folder: Path, work_folder: Path, jobs: int) -> None:
        self._cache = cache
        self._fonts = fonts_folder
        self._work = work_folder
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        fonts = fonts_folder.rglob("*.[to]tf")
        self._fonts_hashes = hashes_of({f.relative_to(fonts_folder).as_posix(): f for f in fonts})

    def __enter__(self) -> Layouts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def lay_out(self, sources: Sequence[PartSource]) -> list[LaidOutPart]:
        """The parts in the order of ``sources``."""
        keys = [self._key(source) for source in sources]
        known = [_unpack(self._cache.get(key)) for key in keys]
        futures = {
            index: self._workers().submit(lay_out, source)
            for index, source in enumerate(sources)
            if known[index] is None
        }
        for index, future in futures.items():
            part = future.result()
            self._cache.put(keys[index], _pack(part))
            known[index] = part
        return [part for part in known if part is not None]

    def _workers(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._jobs,
                    # A forked worker would inherit fontconfig as the parent has set it up.
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=isolate_fonts,
                    initargs=(self._fonts, self._work),
                )
            return self._pool

    def _key(self, source: PartSource) -> str:
        # Where the book lies must not matter: files count by content, folders not at all.
        html = _FILE_ADDRESS.sub(lambda match: Path(unquote(match[1])).name, source.html)
        used = {p: f for p, f in source.pictures.items() if picture_address(p) in source.html}
        options = (source.side, source.tagged)
        return key_of("part", html, options, hashes_of(used), self._fonts_hashes)


def _pack(part: LaidOutPart) -> bytes:
    head = {
        "pages": part.pages,
        "anchors": part.anchors,
        "warnings": part.warnings,
        "starts": [(start.offset, start.opening) for start in part.starts],
    }
    return json.dumps(head).encode() + b"\n" + part.pdf


def _unpack(content: bytes | None) -> LaidOutPart | None:
    if content is None:
        return None
    head, _, pdf = content.partition(b"\n")
    data = json.loads(head)
    starts = tuple(PageStart(offset, opening) for offset, opening in data["starts"])
    return LaidOutPart(pdf, data["pages"], data["anchors"], tuple(data["warnings"]), starts)
