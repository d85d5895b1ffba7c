"""The process that lays out parts.

The driver starts it as ``python -m book.output.pdf.worker <descriptor> <fonts folder> <cache
folder>``. The descriptor is its end of a pair of sockets. Over it the process receives a
:class:`PartSource` and answers with a :class:`LaidOutPart`, or with an error (None unless it is an
OSError) and its traceback. It ends when the process that started it ends, in whatever way, because
the kernel then closes the other end of the pair.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from book.output.pdf.part import LaidOutPart, PartSource, isolate_fonts, lay_out


def main(descriptor: int, fonts_folder: Path, cache_folder: Path) -> None:
    """Lay out the parts that are received, until the other end closes."""
    # Ctrl-C reaches all processes of the build. The driver handles it, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection: Connection = Connection(descriptor)
    isolated = False
    for source in _orders(connection):
        answer: LaidOutPart | tuple[OSError | None, str]
        try:
            if not isolated:
                isolate_fonts(fonts_folder, cache_folder)
                isolated = True
            answer = lay_out(source)
        except Exception as error:
            answer = (error if isinstance(error, OSError) else None, traceback.format_exc())
        connection.send(answer)


def _orders(connection: Connection) -> Iterator[PartSource]:
    """The parts to lay out. When the other end closes, the process exits, even during a layout."""
    orders: SimpleQueue[PartSource] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                orders.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)

    Thread(target=listen, daemon=True).start()
    while True:
        yield orders.get()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
