"""Emblems drawn from their figures, right ones and wrong ones, as SVG and as pixels."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageDraw

Point = tuple[float, float]
NOTCH = math.sin(math.radians(18)) / math.sin(math.radians(54))


@dataclass(frozen=True)
class Emblem:
    """An emblem; lengths are shares of the height, angles degrees clockwise."""

    ratio: float = 1.5
    ring: float = 1 / 3
    star: float = 1 / 18
    centre: Point = (0.0, 0.0)
    number: int = 12
    turned: float = 0.0
    moved: float = 0.0
    """How far the first star alone is moved on along the ring."""
    tilt: float = 0.0
    points: int = 5
    notch: float = NOTCH
    blue: str = "#003399"
    yellow: str = "#FFCC00"
    border: float = 0.0
    height: float = 540.0

    def stars(self) -> list[list[Point]]:
        """The corners of each star, from the rectangle's upper left corner."""
        x = self.height * (self.ratio / 2 + self.centre[0])
        y = self.height * (1 / 2 + self.centre[1])
        found = []
        for index in range(self.number):
            angle = math.radians(360 * index / self.number + self.turned)
            angle += math.radians(self.moved) if index == 0 else 0
            distance = self.ring * self.height
            middle = (x + distance * math.sin(angle), y - distance * math.cos(angle))
            found.append(self._star(middle))
        return found

    def _star(self, middle: Point) -> list[Point]:
        corners = []
        for k in range(2 * self.points):
            radius = self.star * self.height * (self.notch if k % 2 else 1)
            angle = math.radians(180 * k / self.points + self.tilt)
            corners.append(
                (middle[0] + radius * math.sin(angle), middle[1] - radius * math.cos(angle))
            )
        return corners

    def svg(self, more: str = "") -> str:
        """The emblem as SVG; ``more`` is painted over it."""
        margin = self.border * self.height
        width, height = self.height * self.ratio, self.height
        whole = (-margin, -margin, width + 2 * margin, height + 2 * margin)
        paths = "".join(
            f'<path d="M{" ".join(f"{x:.4f},{y:.4f}" for x, y in star)}Z" fill="{self.yellow}"/>'
            for star in self.stars()
        )
        white = '<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>'.format(*whole)
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}">'.format(*whole)
            + (white if margin else "")
            + f'<rect width="{width}" height="{height}" fill="{self.blue}"/>{paths}{more}</svg>'
        )

    def pixels(self, rows: int, kind: str = "PNG") -> bytes:
        """The emblem as a picture file of ``rows`` rows, with smooth edges."""
        fine = 8
        margin = self.border * self.height
        scale = rows * fine / (self.height + 2 * margin)
        size = (round((self.height * self.ratio + 2 * margin) * scale), rows * fine)
        image = Image.new("RGB", size, "#FFFFFF")
        pen = ImageDraw.Draw(image)
        edge = margin * scale
        pen.rectangle((edge, edge, size[0] - edge - 1, size[1] - edge - 1), fill=self.blue)
        for star in self.stars():
            corners = [((x + margin) * scale, (y + margin) * scale) for x, y in star]
            pen.polygon(corners, fill=self.yellow)
        output = io.BytesIO()
        small = image.resize((round(size[0] / fine), rows), Image.Resampling.BOX)
        small.save(output, kind, quality=85)
        return output.getvalue()


# The widespread 640 × 480 drawing of icon sets: its figures, not its file.
FOUR_TO_THREE = Emblem(ratio=4 / 3, ring=0.2963, star=0.0494, centre=(0.0, 0.0048), height=480)
SQUARE = Emblem(ratio=1.0, ring=0.2963, star=0.0494, centre=(0.0, 0.0048), height=512)
