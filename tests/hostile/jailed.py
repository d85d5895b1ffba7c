"""A jailed process to throw hostile input at: bounded memory and time, watched by audit hooks."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.system.checkout import CHECKOUT

JAIL = Path(__file__).parent / "jail"
TIME_LIMIT = 60.0
"""Seconds of processor time that any one input may take."""
PATIENCE = 600.0
"""Seconds until a jailed process that gives no answer hangs."""
MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space of each process, pandoc among them."""
_SYSTEM = ("/usr/", "/lib", "/proc/self/", "/proc/cpuinfo", "/proc/meminfo", "/dev/", "/etc/")
_MAX_ANSWER = 64 * 1024 * 1024


class Hang(Exception):
    """The jailed process gave no answer in time, or died."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: findings, chapter trees by slug, and what should not have been done."""

    findings: list[str]
    stopped: bool
    seconds: float
    error: str
    trees: dict[str, str] = field(default_factory=dict)
    text: str = ""
    misdeeds: tuple[str, ...] = ()


class Jail:
    """One jailed process that takes job after job; a new one after a hang."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "misdeeds.log"
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, root: Path, chapters: list[str]) -> Outcome:
        """Load the edition ``base`` of ``root``, and make the trees of ``chapters``."""
        job = {"kind": "read", "root": str(root), "chapters": chapters}
        return self._do(job)

    def take_in(self, path: Path) -> Outcome:
        """Import the file ``path``."""
        return self._do({"kind": "import", "path": str(path)})

    def build(self, root: Path) -> Outcome:
        """Build the edition ``base`` of ``root``."""
        return self._do({"kind": "build", "root": str(root)})

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        own = self.folder / "home"
        own.mkdir(exist_ok=True)
        roots = (str(self.folder.parent), str(CHECKOUT), sys.prefix, sys.base_prefix, *_SYSTEM)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join((str(JAIL), str(CHECKOUT))),
            "HOME": str(own),
            "TMPDIR": str(own),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOSTILE_LOG": str(self._log),
            "HOSTILE_ROOTS": os.pathsep.join(os.path.realpath(root) for root in roots),
            "HOSTILE_MEMORY": str(MEMORY_LIMIT),
        }
        return subprocess.Popen(
            [sys.executable, str(JAIL / "worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=own,
            env=environment,
        )

    def _do(self, job: dict[str, Any]) -> Outcome:
        if self._process is None:
            self._process = self._start()
        before = self._log.stat().st_size if self._log.exists() else 0
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._line())
        misdeeds: list[str] = []
        if self._log.exists():
            misdeeds = self._log.read_bytes()[before:].decode(errors="replace").splitlines()
        return Outcome(
            findings=answer["findings"],
            stopped=answer.get("stopped", True),
            seconds=answer["seconds"],
            error=answer.get("error", ""),
            trees=answer.get("trees", {}),
            text=answer.get("text", ""),
            misdeeds=tuple(misdeeds),
        )

    def _line(self) -> bytes:
        """The process's answer. Raises Hang."""
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        gathered = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while not gathered.endswith(b"\n"):
                ready = selector.select(PATIENCE)
                part = os.read(descriptor, 1 << 20) if ready else b""
                gathered += part
                if not part or len(gathered) > _MAX_ANSWER:
                    self.close()
                    raise Hang("no answer" if ready == [] else "the process died")
        return bytes(gathered)
