"""Lays out the parts of PDFs: from the cache, else in worker processes."""

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
    """Lays out parts in up to ``jobs`` processes, which find the fonts of ``fonts_folder`` alone.

    ``work_folder`` is for the files of fontconfig. The processes start when a part is not in the
    cache. Use it in a ``with`` block: the processes end with the block.
    """

    def __init__(self, cache: Cache, fonts_folder: Path, work_folder: Path, jobs: int) -> None:
        self._cache = cache
        self._workers = Workers(fonts_folder, work_folder, cache.folder / UNFINISHED, jobs)
        # Fonts are hashed once for all parts of a run: every part may use any of them.
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
        """Kill all processes. Threads that wait for a part get WorkerEnded."""
        self._workers.close()

    def lay_out(self, sources: Sequence[PartSource]) -> list[LaidOutPart]:
        """Lay out all ``sources``, in their order. Raises what :meth:`Workers.submit` names."""
        # Stamps before hashes: a file that is edited between the two shows in the comparison below.
        stamps = [stamps_of(_used(source)) for source in sources]
        keys = [self._key(source) for source in sources]
        parts = [_unpack(self._cache.get(key)) for key in keys]
        # All parts are submitted before the first is waited for, so that they are laid out at once.
        futures = {
            index: self._workers.submit(source)
            for index, source in enumerate(sources)
            if parts[index] is None
        }
        for index, future in futures.items():
            part = future.result()
            # What was laid out while somebody edited a picture or a font may show either state.
            if stamps[index] == stamps_of(_used(sources[index])) and self._fonts_are_the_same():
                self._cache.put(keys[index], _pack(part))
            parts[index] = part
        return [part for part in parts if part is not None]

    def _fonts_are_the_same(self) -> bool:
        return self._fonts_stamps == stamps_of(self._fonts)

    def _key(self, source: PartSource) -> str:
        # The key must not depend on where the book lies: folders are replaced by their number.
        html = source.html
        for number, folder in enumerate(source.folders):
            html = html.replace(folder.resolve().as_uri() + "/", f"folder:{number}/")
        options = (source.side, source.tagged)
        return key_of("part", html, options, hashes_of(_used(source)), self._fonts_hashes)


def _used(source: PartSource) -> dict[str, Path]:
    """The pictures of the book that this part shows, by path."""
    return {p: f for p, f in source.pictures.items() if picture_address(p) in source.html}


def _pack(part: LaidOutPart) -> bytes:
    """A part as a cache entry: a line of JSON, then the PDF."""
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
