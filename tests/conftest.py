"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.system.checkout import CHECKOUT


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--refresh`` writes what is made now into the files of what is expected."""
    parser.addoption("--refresh", action="store_true", help="refresh expected results")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are to be written anew; look at the difference before keeping it."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that holds the package, ``assets`` and ``chapters``."""
    return CHECKOUT


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
