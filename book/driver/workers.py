"""Processes that lay out parts. They end with this process, however it ends.

:class:`concurrent.futures.ProcessPoolExecutor` would not do. Its named semaphores stay in the
system when all processes are killed at once. Its workers run on for a while when only their parent
is killed. In Python before 3.11.6 all callers may wait for ever when a worker is killed
(https://github.com/python/cpython/issues/105829). Here each process reads from a socket, whose
other end the kernel closes when this process ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock

from book.output.pdf import worker as layout_worker
from book.output.pdf.part import LaidOutPart, PartSource
from book.system.checkout import CHECKOUT


class WorkerEnded(Exception):
    """A process ended before it had laid out its part; ``signal`` is what killed it, 0 for none."""

    def __init__(self, part: str, code: int) -> None:
        super().__init__(f"the process that laid out {part} ended with {code}")
        self.part = part
        self.signal = max(0, -code)


class LayoutFailed(Exception):
    """A defect of the layout code; the message is the traceback of the worker process."""


class Workers:
    """Up to ``count`` processes, which find the fonts of ``fonts_folder`` alone.

    A process starts when a part is submitted and no other process is idle. ``cache_folder`` is for
    the files of fontconfig, ``temporary`` for those that WeasyPrint writes while it works.
    """

    def __init__(self, fonts_folder: Path, cache_folder: Path, temporary: Path, count: int) -> None:
        self._arguments = (str(fonts_folder.resolve()), str(cache_folder.resolve()))
        self._temporary = temporary.resolve()
        # One thread for each process: it sends a part and waits for the answer.
        self._threads = ThreadPoolExecutor(count)
        # Guards the three fields below; it is never held while a part is laid out.
        self._lock = Lock()
        self._idle: list[WorkerProcess] = []
        self._all: list[WorkerProcess] = []
        self._closed = False

    def submit(self, source: PartSource) -> Future[LaidOutPart]:
        """Lay out a part in a process. The future raises WorkerEnded, LayoutFailed, OSError."""
        return self._threads.submit(self._lay_out, source)

    def close(self) -> None:
        """Kill all processes. Futures that are not done raise WorkerEnded."""
        # Killed, not asked: the kernel then closes the far ends of the sockets, and threads that
        # wait for an answer get EOFError. The processes have nothing to save: their files are among
        # the unfinished ones, which the cache removes.
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.process.kill()
        # Outside the lock: a thread whose process was killed may be waiting for it.
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.end()

    def _lay_out(self, source: PartSource) -> LaidOutPart:
        with self._lock:
            # Under the same lock as in close(): no process starts after the last one was killed.
            if self._closed:
                raise WorkerEnded(source.id, 0)
            if self._idle:
                worker = self._idle.pop()
            else:
                worker = WorkerProcess(self._arguments, self._temporary)
                self._all.append(worker)
        try:
            worker.connection.send(source)
            answer = worker.connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerEnded(source.id, worker.end()) from error
        with self._lock:
            self._idle.append(worker)
        if isinstance(answer, LaidOutPart):
            return answer
        problem, trace = answer
        raise problem or LayoutFailed(trace)


class WorkerProcess:
    """One process, and this process's end of the socket between the two."""

    def __init__(self, arguments: tuple[str, str], temporary: Path) -> None:
        temporary.mkdir(parents=True, exist_ok=True)
        self.connection, far_end = Pipe()
        # The process inherits its end; this process must not hold it open, too.
        with far_end:
            number = far_end.fileno()
            # -P: a file in the current folder must not hide a module of the standard library. The
            # checkout is named instead, since -P takes the current folder off the path.
            command = [sys.executable, "-P", "-m", layout_worker.__name__, str(number), *arguments]
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
        """Close the socket and wait for the process; its exit code, negative for a signal."""
        self.connection.close()
        return self.process.wait()
