"""The process that lays out parts: it is told what to lay out, and answers with what came of it.

Started as ``python -m book.output.pdf.worker <descriptor> <fonts folder> <cache folder>``; the
descriptor is its end of a pair of sockets, over which it gets :class:`PartSource` and sends
:class:`LaidOutPart`, or the error (None unless it is an OSError) with its trace. It ends with the
process that started it, however that ends: the kernel closes the other end of the pair.
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
    """Lay out what comes until the other end closes."""
    # A person who interrupts the build interrupts whoever waits for this process, which ends it.
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
    """What is to be laid out. The process ends when nobody is there any more, busy or not."""
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
