"""Whether other people are withheld than before: every change counts, and no mark tells a name."""

from __future__ import annotations

import hashlib
import stat
from itertools import count
from pathlib import Path

import pytest

from book.driver.withheld import KEY_FILE, WithheldMarks
from book.model.privacy.redaction import NamedPerson, Redaction

EDITION = "base"


def withholding(*names: str) -> Redaction:
    return Redaction(tuple(NamedPerson(name, shown="Partecipante 1") for name in names))


def settled(cache: Path, redaction: Redaction) -> None:
    WithheldMarks(cache).settle(EDITION, redaction)


def has_changed(cache: Path, redaction: Redaction) -> bool:
    return WithheldMarks(cache).has_changed(EDITION, redaction)


def test_the_same_people_are_no_change_and_others_are(tmp_path: Path) -> None:
    settled(tmp_path, withholding("Zelmira Immaginari"))
    assert not has_changed(tmp_path, withholding("Zelmira Immaginari"))
    assert has_changed(tmp_path, withholding("Zelmira Immaginari", "Ugo Fittizio"))
    assert has_changed(tmp_path, withholding())


def test_words_allowed_beside_a_withheld_name_count(tmp_path: Path) -> None:
    people = withholding("Zelmira Immaginari").people
    settled(tmp_path, Redaction(people))
    assert has_changed(tmp_path, Redaction(people, allowed=("Premio Immaginari",)))


def pair_with_equal_beginnings() -> tuple[Redaction, Redaction]:
    """Two redactions whose SHA-256, as it was once taken of their names, begins alike."""
    seen: dict[str, str] = {}
    for number in count():
        name = f"Zelmira Immaginari{number}"
        tokens = " ".join(NamedPerson(name).tokens)
        mark = hashlib.sha256(f"{tokens}\n".encode()).hexdigest()[:4]
        if mark in seen:
            return withholding(seen[mark]), withholding(name)
        seen[mark] = name
    raise AssertionError


def test_a_change_is_noticed_whatever_the_hashes_begin_with(tmp_path: Path) -> None:
    before, now = pair_with_equal_beginnings()
    settled(tmp_path, before)
    assert has_changed(tmp_path, now)


def test_without_any_mark_nobody_was_withheld(tmp_path: Path) -> None:
    assert not has_changed(tmp_path, withholding())
    assert has_changed(tmp_path, withholding("Zelmira Immaginari"))


def test_a_build_that_ended_before_it_settled_counts_as_changed(tmp_path: Path) -> None:
    settled(tmp_path, withholding("Zelmira Immaginari"))
    WithheldMarks(tmp_path).unsettle(EDITION)
    assert has_changed(tmp_path, withholding("Zelmira Immaginari"))


@pytest.mark.parametrize("key", [None, b"", b"short"])
def test_a_key_that_is_lost_or_not_whole_counts_as_changed(
    tmp_path: Path, key: bytes | None
) -> None:
    settled(tmp_path, withholding("Zelmira Immaginari"))
    if key is None:
        (tmp_path / KEY_FILE).unlink()
    else:
        (tmp_path / KEY_FILE).write_bytes(key)
    assert has_changed(tmp_path, withholding("Zelmira Immaginari"))
    settled(tmp_path, withholding("Zelmira Immaginari"))
    assert not has_changed(tmp_path, withholding("Zelmira Immaginari"))


def test_a_folder_that_cannot_hold_the_key_counts_as_changed(tmp_path: Path) -> None:
    (cache := tmp_path / "file").write_text("no folder")
    settled(cache, withholding("Zelmira Immaginari"))
    assert has_changed(cache, withholding("Zelmira Immaginari"))


def test_the_key_is_for_its_owner_alone_and_differs_between_folders(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        settled(folder, withholding("Zelmira Immaginari"))
        assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    marks = [(folder / "withheld" / EDITION).read_bytes() for folder in (one, other)]
    assert marks[0] != marks[1]
