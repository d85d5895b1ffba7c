"""Bar codes are read back by the other way round: from bars to digits."""

from __future__ import annotations

import re

import pytest

from book.compose.barcode import HEIGHT, MODULE, ean13_modules, ean13_svg

# Widths of space, bar, space, bar of set A, as the standard prints them.
WIDTHS = {
    "3211": 0, "2221": 1, "2122": 2, "1411": 3, "1132": 4,
    "1231": 5, "1114": 6, "1312": 7, "1213": 8, "3112": 9,
}  # fmt: skip
FIRST = {
    "LLLLLL": 0, "LLGLGG": 1, "LLGGLG": 2, "LLGGGL": 3, "LGLLGG": 4,
    "LGGLLG": 5, "LGGGLL": 6, "LGLGLG": 7, "LGLGGL": 8, "LGGLGL": 9,
}  # fmt: skip


def runs(modules: str) -> str:
    return "".join(str(len(match[0])) for match in re.finditer(r"0+|1+", modules))


def scanned(modules: str) -> str:
    assert (modules[:3], modules[45:50], modules[92:]) == ("101", "01010", "101")
    digits, parity = "", ""
    for place in range(6):
        widths = runs(modules[3 + 7 * place : 10 + 7 * place])
        reverse = widths not in WIDTHS
        digits += str(WIDTHS[widths[::-1] if reverse else widths])
        parity += "G" if reverse else "L"
    for place in range(6):
        digits += str(WIDTHS[runs(modules[50 + 7 * place : 57 + 7 * place])])
    return f"{FIRST[parity]}{digits}"


@pytest.mark.parametrize(
    "code", ["9783161484100", "9791220034265", "4003994155486", "5901234123457", "0012345678905"]
)
def test_a_scanner_reads_the_digits_back(code: str) -> None:
    assert scanned(ean13_modules(code)) == code


@pytest.mark.parametrize("wrong", ["9783161484101", "978316148410", "978-3-16-148410-0", "X" * 13])
def test_what_is_no_ean_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        ean13_modules(wrong)


def test_the_drawing_has_the_nominal_size_and_its_quiet_zones() -> None:
    svg = ean13_svg("9783161484100")
    assert 'width="37.29mm" height="24.50mm"' in svg
    bars = [(float(x), float(h)) for x, h in re.findall(r"M([\d.]+) 0h[\d.]+v([\d.]+)", svg)]
    assert bars[0][0] == pytest.approx(11 * MODULE)
    assert bars[-1][0] + MODULE == pytest.approx((11 + 95) * MODULE, abs=0.01)
    assert {height for _, height in bars} == {HEIGHT, HEIGHT + 5 * MODULE}
