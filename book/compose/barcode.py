"""Draws an ISBN as EAN-13 bar code in SVG (ISO/IEC 15420)."""

from __future__ import annotations

# Number set A: seven modules for a digit, 1 for a bar. Set C is the complement of A, and set B is C
# read backwards.
_A = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
_C = tuple(code.translate(str.maketrans("01", "10")) for code in _A)
_B = tuple(code[::-1] for code in _C)
# The first of the thirteen digits has no bars. Which of the sets A and B encode the six digits of
# the left half tells it.
_PARITIES = (
    *("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB"),
    *("ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"),
)
_GUARD, _CENTRE = "101", "01010"
_GUARDS = (*range(3), *range(45, 50), *range(92, 95))
QUIET_LEFT, QUIET_RIGHT = 11, 7
"""Widths of the quiet zones beside the bars, in modules: scanners need the empty space."""
MODULE = 0.33
"""Width of a module at the nominal size, mm."""
HEIGHT = 22.85
"""Height of the bars at the nominal size, mm. The guard bars are five modules longer."""


def ean13_modules(digits: str) -> str:
    """The 95 modules of a bar code, 1 for a bar. Raises ValueError if ``digits`` are no EAN-13."""
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"not an EAN-13: {digits}")
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    if total % 10:
        raise ValueError(f"the check digit of {digits} is wrong")
    sets = {"A": _A, "B": _B}
    parity = _PARITIES[int(digits[0])]
    left = "".join(sets[s][int(d)] for s, d in zip(parity, digits[1:7], strict=True))
    right = "".join(_C[int(digit)] for digit in digits[7:])
    return _GUARD + left + _CENTRE + right + _GUARD


def ean13_svg(digits: str) -> str:
    """The bar code with its quiet zones, black on white, as SVG text at the nominal size.

    ``digits`` are the thirteen of an ISBN, without hyphens. Raises ValueError for others.
    """
    modules = ean13_modules(digits)
    width = (QUIET_LEFT + len(modules) + QUIET_RIGHT) * MODULE
    height = HEIGHT + 5 * MODULE
    bars = []
    for place, module in enumerate(modules):
        if module == "1":
            x = (QUIET_LEFT + place) * MODULE
            bar = height if place in _GUARDS else HEIGHT
            bars.append(f"M{x:.2f} 0h{MODULE}v{bar:.2f}h-{MODULE}z")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {width:.2f} {height:.2f}">'
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="#FFFFFF"/>'
        f'<path d="{"".join(bars)}" fill="#000000"/></svg>'
    )
