"""What is too big or too odd to be kept is made, tried, and refused like the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import hostile
from tests.hostile.jailed import Jail
from tests.hostile.makers import MAKERS
from tests.hostile.test_files import judge

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", MAKERS)
def test_made(name: str, tmp_path: Path, jail: Jail, refresh: bool) -> None:
    folder = hostile.lay_base(tmp_path)
    handed_in = MAKERS[name](folder)
    if handed_in is None:
        outcome = jail.read(tmp_path, [hostile.CHAPTER])
    else:
        outcome = hostile.take_in(handed_in, tmp_path, jail)
    judge(outcome, f"made/{name}", refresh)
