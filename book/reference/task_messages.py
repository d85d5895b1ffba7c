"""Extracts the texts of ``tasks.py`` that ``./inv --list`` and ``--help`` show, for Babel."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Any


def extract(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extraction method: the docstring of each task, and each ``N_("…")``.

    Tasks are the functions with the decorator ``@command(…)``. ``babel.cfg`` names this function.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_a_task, node.decorator_list)):
            if summary := ast.get_docstring(node):
                yield node.lineno, None, summary, []
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "N_":
            yield node.lineno, None, ast.literal_eval(node.args[0]), []


def _makes_a_task(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "command"
