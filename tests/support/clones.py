"""Fresh clones of this repository, with an environment that is not made anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from book.system.environment import NODE, PYPROJECT, RUNTIME, TEST

IDENTITY = ("-c", "user.name=redazione", "-c", "user.email=redazione@example.org")


def git(folder: Path, *words: str) -> str:
    """Run git in ``folder``, as somebody; what it says."""
    command = ["git", *IDENTITY, "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", *words]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def fresh_clone(root: Path, target: Path) -> Path:
    """Clone ``root`` as it is committed; its packages are those of the running environment.

    ``.venv`` of the clone is small: a path file leads to the packages installed already.
    """
    git(target.parent, "clone", "--quiet", str(root), str(target))
    venv = target / ".venv"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = venv / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / "book.pth").write_text(f"../../../..\n{sysconfig.get_path('purelib')}\n")
    (venv / "bin").mkdir()
    (venv / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
    shutil.copyfile(Path(sys.prefix, "pyvenv.cfg"), venv / "pyvenv.cfg")
    (target / "node_modules").symlink_to(root / "node_modules")
    (venv / "ready").mkdir()
    for name in (RUNTIME, TEST, PYPROJECT, *NODE):
        shutil.copyfile(target / name, venv / "ready" / name)
    return target
