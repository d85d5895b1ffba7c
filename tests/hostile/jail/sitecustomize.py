"""What every Python process of a jailed run loads first: it tells of what it should not do.

``HOSTILE_LOG`` names the file to tell it to, ``HOSTILE_ROOTS`` the folders that may be opened,
``HOSTILE_MEMORY`` the most bytes of address space.
"""

from __future__ import annotations

import os
import resource
import sys
from types import FrameType
from typing import Any

_ROOTS = tuple(os.environ.get("HOSTILE_ROOTS", "").split(os.pathsep))
_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})
_PROGRAMS = frozenset({"os.system", "os.exec", "os.posix_spawn", "os.spawn"})
_DEPTH = [0]


def _seeks_library() -> bool:
    """Whether Python looks for a system library, by the linker's tools, as it loads a package."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and not frame.f_code.co_filename.endswith("ctypes/util.py"):
        frame = frame.f_back
    return frame is not None


def _watch(log: int) -> None:
    def tell(event: str, what: object) -> None:
        os.write(log, f"{event} {what!r}\n".encode(errors="replace"))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path = arguments[0]
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            # Numbers are files that are open already.
            if isinstance(path, str) and not _DEPTH[0]:
                _DEPTH[0] += 1
                try:
                    if not os.path.realpath(path).startswith(_ROOTS):
                        tell(event, path)
                finally:
                    _DEPTH[0] -= 1
        elif event in _NETWORK:
            # Python's own processes speak to each other through sockets of the file system.
            if event != "socket.connect" or not isinstance(arguments[1], str | bytes):
                tell(event, arguments[1:] or arguments)
        elif event == "subprocess.Popen":
            command = [str(part) for part in arguments[1] or ()]
            own = command[:1] == [sys.executable]
            # pypandoc asks each pandoc that there may be for its version.
            harmless = "--sandbox" in command or command[1:] == ["--version"]
            if not own and not ("pandoc" in command[0] and harmless) and not _seeks_library():
                tell(event, command)
        elif event in _PROGRAMS:
            tell(event, arguments)

    sys.addaudithook(hook)


if "HOSTILE_LOG" in os.environ:
    _limit = int(os.environ["HOSTILE_MEMORY"])
    resource.setrlimit(resource.RLIMIT_AS, (_limit, _limit))
    _watch(os.open(os.environ["HOSTILE_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND))
