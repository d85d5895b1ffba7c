"""What every test may use."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from book.system.checkout import CHECKOUT
from tests.support.once import once, run_folder

if TYPE_CHECKING:
    from tests.support.gate import Gate

SLOW_TO_MAKE = frozenset({"built", "bench", "gate", "kept", "press", "printed"})
"""Fixtures that take long the first time: whoever asks for one may wait for it."""
COLLECTED = pytest.StashKey[frozenset[Path]]()
"""The test files that this run has collected, whatever it deselects of them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--refresh`` writes what is made now into the files of what is expected."""
    parser.addoption("--refresh", action="store_true", help="refresh expected results")


def pytest_configure(config: pytest.Config) -> None:
    """Try properties on the same examples in every run, on others with ``--hypothesis-seed``.

    How long an example takes says nothing: other programs may keep the machine busy.
    """
    settings.register_profile(
        "house",
        derandomize=config.getoption("--hypothesis-seed") is None,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note which files were collected, and mark what waits for something slow.

    Comes before options deselect tests.
    """
    config.stash[COLLECTED] = frozenset(item.path for item in items)
    for item in items:
        if isinstance(item, pytest.Function) and not SLOW_TO_MAKE.isdisjoint(item.fixturenames):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def collected(pytestconfig: pytest.Config) -> frozenset[Path]:
    """The test files that this run has collected."""
    return pytestconfig.stash[COLLECTED]


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are to be written anew; look at the difference before keeping it."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that holds the package, ``assets`` and ``chapters``."""
    return CHECKOUT


@pytest.fixture(scope="session")
def run_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all processes of this run, see :func:`tests.support.once.use_cache`."""
    folder = run_folder(tmp_path_factory) / "cache"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def gate(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Gate:
    """What all validators say of the editions, of broken books and of one to release."""
    from tests.support.gate import Gate, hold  # the whole pipeline, which most tests do not need

    return Gate(once(tmp_path_factory, "gate", lambda root: hold(root, run_cache)))


@pytest.fixture
def reserved(tmp_path: Path) -> Path:
    """A root with the book ``riserbo``, whose people do not exist and do not want to be named."""
    return shutil.copytree(CHECKOUT / "tests" / "support" / "reserved", tmp_path / "root")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests measured and gave to ``record_property("figure", …)``."""
    figures = [
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
        for name, value in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)
