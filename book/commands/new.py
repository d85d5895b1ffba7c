"""``./inv new``: new things that build at once, with every field explained."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from book.commands.asked import WrongUse, command, insist, root_of
from book.exit_codes import DONE
from book.messages import N_, translate
from book.model.assets import Assets
from book.system.checkout import CHECKOUT

KINDS = ("brand",)
_MODEL = "sobrio"
"""The brand that is copied: its file explains every field."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@command
def new_command(kind: str, name: str, *, root: str, language: str) -> int:
    """Make a new ``kind`` of thing called ``name`` under ``root``, and return the exit code."""
    insist([kind], KINDS, N_("There is no «new {names}». These can be made: {known}."), language)
    if not _NAME.fullmatch(name):
        text = N_("«{name}» cannot be a name: use small letters without accents, digits, hyphens.")
        raise WrongUse(translate(text, language).format(name=name))
    try:
        made = new_brand(name, root_of(root))
    except FileExistsError as error:
        text = N_("There is a brand named {name} already; choose another name.")
        raise WrongUse(translate(text, language).format(name=name)) from error
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
