"""Colours that can be read on white and, in night modes, on black."""

from __future__ import annotations

import colorsys

from book.model.colour import channels, contrast

PAPER = "#FFFFFF"
NIGHT = "#000000"
_STEPS = 16


def for_both_grounds(colour: str) -> str:
    """The hue of ``colour`` at the lightness whose contrast with white and with black is the same.

    An EPUB cannot know the background: night modes make it black, whatever the style sheet says.
    At this lightness the contrast with both is at least 4.5:1, which WCAG 2.2 asks of small text
    (success criterion 1.4.3). Raises ValueError for anything but ``#RRGGBB``.
    """
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    low, high = 0.0, 1.0
    # Bisection: contrast with white falls, and with black rises, as the lightness rises.
    for _ in range(_STEPS):
        middle = (low + high) / 2
        shade = _hexadecimal(hue, middle, saturation)
        if contrast(shade, PAPER) > contrast(shade, NIGHT):
            low = middle
        else:
            high = middle
    return _hexadecimal(hue, low, saturation)


def _hexadecimal(hue: float, lightness: float, saturation: float) -> str:
    rgb = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in rgb)
