"""The lock files say exactly what is installed, and say the same."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from book.system.checkout import CHECKOUT
from book.system.environment import PYPROJECT, RUNTIME, TEST

PROJECT = tomllib.loads((CHECKOUT / PYPROJECT).read_text("utf-8"))["project"]


def pins(path: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and the hashes of every package that a lock file names."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        match = re.match(r"([a-z0-9-]+)==([^ ;]+)", line)
        assert match is not None, f"not a pinned package: {line}"
        found[match[1]] = (match[2], frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))
    return found


def names(requirements: list[str]) -> set[str]:
    found = (re.split(r"[\[<>=~! ;]", requirement)[0] for requirement in requirements)
    return {name.lower().replace("_", "-") for name in found}


@pytest.mark.parametrize("lock", [RUNTIME, TEST])
def test_every_package_has_hashes(lock: str) -> None:
    locked = pins(CHECKOUT / lock)
    assert locked
    assert [name for name, (_, hashes) in locked.items() if not hashes] == []


def test_the_lock_for_tests_holds_the_one_for_builds() -> None:
    every = pins(CHECKOUT / TEST)
    assert {name: every.get(name) for name in pins(CHECKOUT / RUNTIME)} == pins(CHECKOUT / RUNTIME)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    asked = [*PROJECT["dependencies"], *extras["validation"], *extras["test"]]
    assert names(PROJECT["dependencies"]) <= set(pins(CHECKOUT / RUNTIME))
    assert names(asked) <= set(pins(CHECKOUT / TEST))
    assert names(extras["test"]).isdisjoint(pins(CHECKOUT / RUNTIME))


@pytest.mark.parametrize("lock", [RUNTIME, TEST])
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (CHECKOUT / lock).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_compiled_packages_are_locked_for_every_platform() -> None:
    # Linux alone, for five versions of Python, would not come to as many wheels.
    _, hashes = pins(CHECKOUT / RUNTIME)["lxml"]
    assert len(hashes) > 50


def test_npm_s_packages_are_pinned_by_version_and_hash() -> None:
    asked = json.loads((CHECKOUT / "package.json").read_text("utf-8"))
    pinned = {**asked["dependencies"], **asked["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values()), pinned
    text = (CHECKOUT / "package-lock.json").read_text("utf-8")
    locked = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert {f"node_modules/{name}" for name in pinned} <= set(locked)
    assert [name for name, entry in locked.items() if "integrity" not in entry] == []
    assert '"resolved"' not in text
