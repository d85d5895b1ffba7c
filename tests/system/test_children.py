"""Programs that end with the process that started them, and those that these start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book.system.checkout import CHECKOUT
from book.system.children import PARENT, dying_with_parent, env_for_child, write_browser_wrapper

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux's")
SECONDS = 20.0
# A program starts another one, which is given as a path, and tells both process ids.
CHAIN = """
import os, subprocess, sys
from book.system.children import dying_with_parent, env_for_child
second = 'import os, subprocess, sys; p = subprocess.Popen(["{wrapper}", "1000"]); ' \
    'print(os.getpid(), p.pid, flush=True); p.wait()'
subprocess.run(dying_with_parent([sys.executable, "-c", second]), env=env_for_child(os.environ))
"""


def is_there(process: int) -> bool:
    """Whether a process runs (one that has ended and nobody has asked for does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(process: int) -> bool:
    end = time.monotonic() + SECONDS
    while is_there(process) and time.monotonic() < end:
        time.sleep(0.01)
    return not is_there(process)


@pytest.mark.parametrize("killed", ["first", "second"])
def test_all_of_a_chain_end_with_its_first(killed: str, tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    wrapper = write_browser_wrapper(Path("/bin/sleep"), folder)
    with subprocess.Popen(
        [sys.executable, "-c", CHAIN.format(wrapper=wrapper)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        second, third = map(int, first.stdout.readline().split())
        assert is_there(second)
        assert is_there(third)
        os.kill({"first": first.pid, "second": second}[killed], signal.SIGKILL)
        assert gone(second)
        assert gone(third)


def test_a_program_whose_parent_has_gone_before_it_could_ask() -> None:
    environment = {**os.environ, PARENT: "1" if os.getpid() != 1 else "2"}
    done = subprocess.run(dying_with_parent(["true"]), env=environment, check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_bound_program_is_the_program_itself() -> None:
    command = dying_with_parent(["sh", "-c", 'echo "$0 $1"; exit 7', "a b", "c"])
    done = subprocess.run(
        command, env=env_for_child(os.environ), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (7, "a b c\n")


def test_a_browser_sets_things_down_by_short_names(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    wrapper = write_browser_wrapper(Path("/bin/sh"), folder)
    asked = [str(wrapper), "-c", 'touch "$TMPDIR/file"; echo "$TMPDIR"']
    done = subprocess.run(
        asked, env=env_for_child(os.environ), capture_output=True, text=True, check=True
    )
    assert len(done.stdout) < 20
    assert (folder / "file").exists()
