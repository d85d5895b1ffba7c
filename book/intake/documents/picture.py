"""Prepares a picture of a document for the book: checks it, converts it, sets its width."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from book.findings import Code
from book.intake.documents import codes
from book.intake.documents.draft import Draft
from book.markdown.picture_file import unreadable

PIXELS_LIMIT = 80_000_000
"""The most pixels of a picture. A larger one is no photograph but a decompression bomb."""
TINY = 24
"""Pixels. A picture that is neither wider nor higher is a bullet or a spacer."""
FULL_WIDTH = 900
"""The least width, pixels, of a picture as wide as the text (about 115 mm): 200 to the inch."""
_NARROWER = ((600, "66%"), (0, "50%"))
"""The width on the page, in parts of the text's, of pictures from so many pixels on."""
_KEPT = {"PNG": "png", "JPEG": "jpg"}
_TO_PNG = frozenset({"GIF", "BMP", "TIFF", "WEBP", "DIB"})
_SVG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.S)
_METAFILES = ((b"\xd7\xcd\xc6\x9a", "WMF"), (b"\x01\x00\x09\x00\x00\x03", "WMF"))
_EMF_MARK = slice(40, 44)
"""Where the header of an EMF holds its signature, `` EMF`` (MS-EMF, 2.3.4.2)."""


@dataclass(frozen=True)
class PreparedPicture:
    """A picture that goes with the chapter: its path below the edition's folder, and its width.

    ``width`` is a percentage of the text's width, "" for all of it.
    """

    path: str
    width: str = ""


@dataclass(frozen=True)
class PictureProblem:
    """Why a picture is left out. ``code`` is None for one that is too small to show anything."""

    code: Code | None
    values: dict[str, Any] = field(default_factory=dict)


def prepare(draft: Draft, address: str) -> PreparedPicture | PictureProblem:
    """Add the picture at ``address`` to the draft's pictures, named by the chapter's slug.

    A picture that the document holds twice becomes one file.
    """
    content = draft.media.get(address)
    if content is None:
        return PictureProblem(codes.PICTURE_ELSEWHERE)
    if _SVG.match(content):
        return _drawing(draft, content)
    form = _metafile(content)
    if form:
        return PictureProblem(codes.PICTURE_FORMAT, {"format": form})
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return _raster(draft, picture, content)
    except Exception as error:  # on damaged files Pillow raises errors of many types
        return PictureProblem(codes.PICTURE_BROKEN, {"reason": type(error).__name__})


def _metafile(content: bytes) -> str:
    """The name of a Windows metafile format, "" for any other content."""
    if content[_EMF_MARK] == b" EMF":
        return "EMF"
    return next((name for start, name in _METAFILES if content.startswith(start)), "")


def _drawing(draft: Draft, content: bytes) -> PreparedPicture | PictureProblem:
    """Add an SVG, if the Markdown room would accept it and it declares no entities."""
    with tempfile.TemporaryDirectory(prefix="book-intake-") as folder:
        file = Path(folder, "drawing.svg")
        file.write_bytes(content)
        reason = unreadable(file)
    if reason or b"<!ENTITY" in content.replace(b"\0", b"").upper():
        return PictureProblem(codes.PICTURE_BROKEN, {"reason": reason or "ENTITY"})
    return PreparedPicture(_kept(draft, content, "svg"))


def _raster(draft: Draft, picture: Image.Image, content: bytes) -> PreparedPicture | PictureProblem:
    """Add a raster picture; formats that readers may lack become PNG.

    Sizes are checked before ``load()``, which decompresses the pixels.
    """
    width, height = picture.size
    form = picture.format or "?"
    if width * height > PIXELS_LIMIT:
        return PictureProblem(codes.PICTURE_BROKEN, {"reason": f"{width} × {height}"})
    if width <= TINY and height <= TINY:
        return PictureProblem(None)
    if form not in _KEPT and form not in _TO_PNG:
        return PictureProblem(codes.PICTURE_FORMAT, {"format": form})
    picture.load()
    if form in _TO_PNG:
        path = _kept(draft, _as_png(picture), "png")
        draft.report(codes.PICTURE_CONVERTED, picture=path.rpartition("/")[2], format=form)
    else:
        content = _without_camera(picture, content) if form == "JPEG" else content
        path = _kept(draft, content, _KEPT[form])
    if width >= FULL_WIDTH:
        return PreparedPicture(path)
    name = path.rpartition("/")[2]
    values = {"picture": name, "width": width, "height": height, "least": FULL_WIDTH}
    draft.report(codes.PICTURE_COARSE, **values)
    return PreparedPicture(path, next(share for least, share in _NARROWER if width >= least))


def _as_png(picture: Image.Image) -> bytes:
    kept = (
        picture if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else picture.convert("RGB")
    )
    target = io.BytesIO()
    kept.save(target, "PNG", optimize=True)
    return target.getvalue()


def _without_camera(picture: Image.Image, content: bytes) -> bytes:
    """A photograph without Exif, which may hold place, date and owner.

    Exif also says how the picture is turned, so it is turned first.
    """
    if not picture.getexif():
        return content
    upright = ImageOps.exif_transpose(picture)
    target = io.BytesIO()
    profile = picture.info.get("icc_profile")
    upright.save(target, "JPEG", quality=95, exif=b"", icc_profile=profile)
    return target.getvalue()


def _kept(draft: Draft, content: bytes, suffix: str) -> str:
    """The path of the picture, which is added unless the draft has it already."""
    for path, known in draft.pictures.items():
        if known == content:
            return path
    path = f"images/{draft.slug}-{len(draft.pictures) + 1}.{suffix}"
    draft.pictures[path] = content
    return path
