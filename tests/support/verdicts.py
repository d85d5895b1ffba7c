"""What a gate says, kept in a file for another process."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from book.validation.run import Validated


class _Pickler(pickle.Pickler):
    """Pickles trees, which lxml does not, as their bytes."""

    dispatch_table = copyreg.dispatch_table.copy()


def _bytes_of(element: Any) -> tuple[Callable[[bytes], Any], tuple[bytes]]:
    return etree.fromstring, (etree.tostring(element, with_tail=False),)


_Pickler.dispatch_table[etree._Element] = _bytes_of


def keep(judged: Validated, file: Path) -> None:
    """Write what a gate says of an edition into ``file``.

    What takes names away stays with the process that has read them.
    """
    content = io.BytesIO()
    _Pickler(content).dump(replace(judged, facts=replace(judged.facts, hide=str)))
    file.write_bytes(content.getvalue())


def kept(file: Path) -> Validated:
    """What another process has written into ``file``."""
    found: Validated = pickle.loads(file.read_bytes())
    return found
