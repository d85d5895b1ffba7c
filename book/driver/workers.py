"""Processes that lay out parts, and end with this one however it ends.

Not :class:`concurrent.futures.ProcessPoolExecutor`: its semaphores have names in the system, which
stay when all processes are killed at once; its workers go on for a while when only their parent is
killed; and in Python before 3.11.6 a worker that is killed can leave everybody waiting
(https://github.com/python/cpython/issues/105829). Here each process hangs on a pair of sockets.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock

from book.output.pdf import worker
from book.output.pdf.part import LaidOutPart, PartSource
from book.system.checkout import CHECKOUT


class WorkerEnded(Exception):
    """A process ended before its part was laid out, by a signal (``signal``, 0 for none)."""

    def __init__(self, part: str, code: int) -> None:
        super().__init__(f"the process that laid out {part} ended with {code}")
        self.part = part
        self.signal = max(0, -code)


class LayoutFailed(Exception):
    """A defect in laying out a part; the message is the trace of the other process."""


class Workers:
    """Up to ``count`` processes that see the fonts of one folder; each starts when needed.

    ``temporary`` is the folder for what WeasyPrint sets down while it works.
    """

    def __init__(self, fonts_folder: Path, cache_folder: Path, temporary: Path, count: int) -> None:
        self._arguments = (str(fonts_folder.resolve()), str(cache_folder.resolve()))
        self._temporary = temporary.resolve()
        self._threads = ThreadPoolExecutor(count)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._closed = False

    def submit(self, source: PartSource) -> Future[LaidOutPart]:
        """Lay out a part. The future raises WorkerEnded, LayoutFailed, OSError."""
        return self._threads.submit(self._lay_out, source)

    def close(self) -> None:
        """End all processes at once; whoever waits for a part gets WorkerEnded."""
        with self._lock:
            self._closed = True
            for each in self._all:
                each.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for each in self._all:
            each.end()

    def _lay_out(self, source: PartSource) -> LaidOutPart:
        with self._lock:
            if self._closed:
                raise WorkerEnded(source.id, 0)
            if not self._idle:
                self._idle.append(_Worker(self._arguments, self._temporary))
                self._all.append(self._idle[-1])
            mine = self._idle.pop()
        try:
            mine.connection.send(source)
            answer = mine.connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerEnded(source.id, mine.end()) from error
        with self._lock:
            self._idle.append(mine)
        if isinstance(answer, LaidOutPart):
            return answer
        problem, trace = answer
        raise problem or LayoutFailed(trace)


class _Worker:
    """One process, and this end of the pair of sockets."""

    def __init__(self, arguments: tuple[str, str], temporary: Path) -> None:
        temporary.mkdir(parents=True, exist_ok=True)
        self.connection, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-P", "-m", worker.__name__, str(number), *arguments]
            paths = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=(number,),
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, paths)),
                    "TMPDIR": str(temporary),
                },
            )

    def end(self) -> int:
        """Close and wait; the exit code, negative for a signal."""
        self.connection.close()
        return self.process.wait()
