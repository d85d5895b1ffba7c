"""Colours that can be read on the reader's paper and on the reader's night."""

from __future__ import annotations

import colorsys

from book.model.colour import channels, contrast

PAPER = "#FFFFFF"
NIGHT = "#000000"
_STEPS = 16


def for_both_grounds(colour: str) -> str:
    """The hue of ``colour`` at the lightness that stands off white as far as off black.

    An EPUB cannot know the ground: night modes turn it black whatever the style sheet says.
    At this lightness the contrast with either is 4.5:1, what WCAG 2.2 asks of small text
    (success criterion 1.4.3). Raises ValueError for anything but ``#RRGGBB``.
    """
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    low, high = 0.0, 1.0
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
