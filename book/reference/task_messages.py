"""The words of ``tasks.py`` that ``./inv --list`` and ``--help`` show, for Babel to extract."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Any


def extract(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Each task's docstring and the texts of its ``help``; an extraction method of Babel."""
    for function in ast.walk(ast.parse(file.read())):
        if not isinstance(function, ast.FunctionDef):
            continue
        for decorator in function.decorator_list:
            if not isinstance(decorator, ast.Call):
                continue
            if summary := ast.get_docstring(function):
                yield function.lineno, None, summary, []
            for option in decorator.keywords:
                if option.arg == "help" and isinstance(option.value, ast.Dict):
                    for text in option.value.values:
                        yield text.lineno, None, ast.literal_eval(text), []
