"""``./inv new``: the beginnings of things, which build at once and explain every field."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from book.exit_codes import DONE, WRONG_USE
from book.messages import N_, translate
from book.model.assets import Assets
from book.system.checkout import CHECKOUT

KINDS = ("brand",)
_MODEL = "sobrio"
"""The plain brand: its file explains every field."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def new_command(kind: str, name: str, *, root: str, language: str) -> int:
    """Make a new ``kind`` of thing called ``name`` under ``root``, and return the exit code."""
    problem = ""
    if kind not in KINDS:
        text = N_("There is no «new {kind}». These can be made: {known}.")
        problem = translate(text, language).format(kind=kind, known=", ".join(KINDS))
    elif not _NAME.fullmatch(name):
        text = N_("«{name}» cannot be a name: use small letters without accents, digits, hyphens.")
        problem = translate(text, language).format(name=name)
    if problem:
        print(problem, file=sys.stderr)
        return WRONG_USE
    folder = Path(root).resolve() if root else CHECKOUT
    try:
        made = new_brand(name, folder)
    except FileExistsError:
        text = N_("There is a brand named {name} already; choose another name.")
        print(translate(text, language).format(name=name), file=sys.stderr)
        return WRONG_USE
    text = N_("Made {folder}. Write «brand: {name}» in an edition.yaml to use it.")
    print(translate(text, language).format(folder=made, name=name))
    return DONE


def new_brand(name: str, root: Path) -> Path:
    """Copy the plain brand to ``root/assets/brands/<name>``, under its own name; the folder.

    Raises FileExistsError when there is a brand so called, in ``root`` or in the checkout.
    """
    folder = root / "assets" / "brands" / name
    if folder.exists() or name in Assets(root).brands():
        raise FileExistsError(folder)
    shutil.copytree(CHECKOUT / "assets" / "brands" / _MODEL, folder)
    file = folder / "brand.yaml"
    fields = file.read_text("utf-8").split("\n\n", 1)[1]
    title = name.replace("-", " ").capitalize()
    head = f"# Il marchio {title}. È nato come copia del marchio {_MODEL}: qui si cambia tutto."
    fields = re.sub(r"^name: .*$", f"name: {title}", fields, count=1, flags=re.MULTILINE)
    file.write_text(f"{head}\n\n{fields}", "utf-8")
    return folder
