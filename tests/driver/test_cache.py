"""The cache gives back what was put in, and never something damaged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.driver.cache import Cache, key_of

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of("a", {"b": 1})
    assert cache.get(key) is None
    cache.put(key, b"one\ntwo")
    assert cache.get(key) == b"one\ntwo"


def test_a_damaged_entry_is_not_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of("a")
    cache.put(key, b"content")
    (entry,) = tmp_path.glob("??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert cache.get(key) is None


def test_what_nobody_asked_for_is_forgotten_and_what_cannot_be_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    cache.put(key_of("old"), b"content")
    (entry,) = tmp_path.glob("??/*")
    os.utime(entry, (0, 0))

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as changed:
        changed.setattr(Path, "unlink", refuse)
        cache.forget_unused()
    cache.forget_unused()
    assert not entry.exists()


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    cache = Cache(file / "cache")
    cache.put(key_of("a"), b"x")
    assert cache.get(key_of("a")) is None


@given(json_values, json_values)
def test_different_inputs_have_different_keys(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (key_of(one) == key_of(other)) == same
