"""Who lays out the parts of a PDF: worker processes, and the cache for what they did before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from book.driver.cache import UNFINISHED, Cache, hashes_of, key_of, stamps_of
from book.driver.workers import Workers
from book.output.pdf.addresses import picture_address
from book.output.pdf.part import LaidOutPart, PartSource
from book.output.pdf.turns import PageStart


class Layouts:
    """Lays out parts in up to ``jobs`` processes that see the fonts of one folder alone.

    A context manager: the processes start with the first part that the cache does not have,
    and end with the block.
    """

    def __init__(self, cache: Cache, fonts_folder: Path, work_folder: Path, jobs: int) -> None:
        self._cache = cache
        self._workers = Workers(fonts_folder, work_folder, cache.folder / UNFINISHED, jobs)
        fonts = fonts_folder.rglob("*.[to]tf")
        self._fonts = {f.relative_to(fonts_folder).as_posix(): f for f in fonts}
        self._fonts_stamps = stamps_of(self._fonts)
        self._fonts_hashes = hashes_of(self._fonts)

    def __enter__(self) -> Layouts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once; whoever waits for a part gets WorkerEnded."""
        self._workers.close()

    def lay_out(self, sources: Sequence[PartSource]) -> list[LaidOutPart]:
        """The parts in the order of ``sources``. Raises what :meth:`Workers.submit` tells of."""
        stamps = [stamps_of(_used(source)) for source in sources]
        keys = [self._key(source) for source in sources]
        known = [_unpack(self._cache.get(key)) for key in keys]
        futures = {
            index: self._workers.submit(source)
            for index, source in enumerate(sources)
            if known[index] is None
        }
        for index, future in futures.items():
            part = future.result()
            if stamps[index] == stamps_of(_used(sources[index])) and self._fonts_are_the_same():
                self._cache.put(keys[index], _pack(part))
            known[index] = part
        return [part for part in known if part is not None]

    def _fonts_are_the_same(self) -> bool:
        return self._fonts_stamps == stamps_of(self._fonts)

    def _key(self, source: PartSource) -> str:
        # Where the book lies must not matter: files count by content, folders not at all.
        html = source.html
        for number, folder in enumerate(source.folders):
            html = html.replace(folder.resolve().as_uri() + "/", f"folder:{number}/")
        options = (source.side, source.tagged)
        return key_of("part", html, options, hashes_of(_used(source)), self._fonts_hashes)


def _used(source: PartSource) -> dict[str, Path]:
    return {p: f for p, f in source.pictures.items() if picture_address(p) in source.html}


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
