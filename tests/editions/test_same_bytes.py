"""The same sources give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.editions import BuiltEdition

EDITIONS = ("dimostrativa", "valutazione")
PROGRAM = """
import sys
from pathlib import Path
from book.driver.run import Order, run
root, output, *editions = sys.argv[1:]
order = Order(root=Path(root), output=Path(output), editions=tuple(editions), jobs=1)
run(order, lambda edition, step: None, lambda made: None)
"""
# Python runs a module of this name whenever it starts, in the worker processes, too.
OTHER_CLOCK = """
import time
_time = time.time
time.time = lambda: _time() + 400 * 24 * 3600
"""


def test_another_place_and_time_give_the_same_bytes(
    repository: Path, built: dict[str, BuiltEdition], tmp_path: Path
) -> None:
    root = tmp_path / "un'altra cartella"
    for name in EDITIONS:
        shutil.copytree(repository / "chapters" / name, root / "chapters" / name)
    shutil.copytree(repository / "assets", root / "assets")
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(OTHER_CLOCK)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LC_")},
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "start"), str(repository)]),
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
    }
    output = tmp_path / "uscita"
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root), str(output), *EDITIONS],
        cwd=tmp_path,
        env=environment,
        check=True,
        timeout=3600,
    )
    for name in EDITIONS:
        first, second = built[name].folder, output / name
        compared = (f"{name}.epub", f"{name}.pdf", "cover.jpg", "manifest.json")
        same = {n: (first / n).read_bytes() == (second / n).read_bytes() for n in compared}
        assert same == dict.fromkeys(compared, True), name
