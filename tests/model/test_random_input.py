"""Whatever lies in a file, loading gives findings or an edition, never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.findings import has_errors
from tests.support import books

_PIECES = (
    *("title: ", "contents:\n  ", "chapters: ", "- ", "[", "]", "{", "}", "\n", "\n  ", "\t"),
    *("'", '"', ": ", "#", "&a ", "*a", "!!int ", "|\n", ">-\n", "---\n", "...\n", "? ", "%YAML "),
    *("\\x", "\\U0011FFFF", "\0", "\ufeff", "\u2028", "\ud7ff", "à", "uno.md", "../", "kind: tool"),
    *("date: ", "2021-02-30", "number: ", "9" * 400, "~", "é", "\u0660", "isbn", "cup: "),
)
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_PIECES), max_size=25).map("".join),
)
_FIELDS = (
    *("title", "language", "date", "version", "identifiers", "contributors", "subjects"),
    *("licence", "brand", "ground", "programme", "project", "laboratory", "contents"),
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.text(max_size=15), st.sampled_from(_PIECES)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("name", "cup", "epub", "meetings", "number", "date", "start", "parts", "chapters")
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


def give_findings_or_an_edition(file: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = books.lay(books.BASE, Path(folder))
        (root / "chapters/base" / file).write_bytes(content)
        loaded, findings = books.load(root)
        assert (loaded is None) == has_errors(findings)
        for finding in findings:
            assert finding.sentence("en").encode()


@pytest.mark.slow
@pytest.mark.parametrize("file", ["edition.yaml", "presentazione.md"])
@settings(max_examples=80)
@given(content=st.one_of(st.binary(max_size=60), _TEXTS.map(str.encode)))
def test_any_bytes(file: str, content: bytes) -> None:
    give_findings_or_an_edition(file, content)


@pytest.mark.slow
@settings(max_examples=80)
@given(front_matter=_TEXTS, body=_TEXTS)
def test_any_chapter(front_matter: str, body: str) -> None:
    text = f"---\ntitle: x\n{front_matter}\n---\n{body}"
    give_findings_or_an_edition("presentazione.md", text.encode())


@pytest.mark.slow
@settings(max_examples=150)
@given(field=st.sampled_from(_FIELDS), value=_VALUES)
def test_any_value_of_any_field(field: str, value: object) -> None:
    base = (books.BOOKS / books.BASE / "chapters/base/edition.yaml").read_text("utf-8")
    kept, skipping = [], False
    for line in base.splitlines():
        if not line.startswith(" "):
            skipping = line.startswith(f"{field}:")
        if not skipping:
            kept.append(line)
    text = "\n".join([*kept, f"{field}: {_flow(value)}", ""])
    give_findings_or_an_edition("edition.yaml", text.encode("utf-8", "replace"))


def _flow(value: object) -> str:
    """``value`` in YAML's flow style, every text quoted."""
    if value is None:
        return "~"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    escaped = "".join(f"\\U{ord(character):08x}" for character in str(value))
    return f'"{escaped}"'
