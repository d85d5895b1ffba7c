"""One picture of a document: whether a book can show it, in which form, how wide."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from book.findings import Code
from book.intake.documents import codes as codes
from book.intake.documents.draft import Draft
from book.markdown.picture_file import unreadable

PIXELS_LIMIT = 80_000_000
"""Pixels of the largest picture that is opened: more is no photograph but a bomb."""
TINY = 24
"""Pixels; a picture no wider and no higher is a bullet or a spacer."""
FULL_WIDTH = 900
"""Pixels that a picture over the whole measure (some 115 mm) wants: 200 to the inch."""
_NARROWER = ((600, "66%"), (0, "50%"))
_KEPT = {"PNG": "png", "JPEG": "jpg"}
_TO_PNG = frozenset({"GIF", "BMP", "TIFF", "WEBP", "DIB"})
_SVG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.S)
_METAFILES = ((b"\xd7\xcd\xc6\x9a", "WMF"), (b"\x01\x00\x09\x00\x00\x03", "WMF"))
_EMF_MARK = slice(40, 44)


@dataclass(frozen=True)
class PreparedPicture:
    """A picture beside the chapter: its path below the edition, its width when not the full one."""

    path: str
    width: str = ""


@dataclass(frozen=True)
class PictureProblem:
    """Why a picture is not in the chapter; no code for one that says nothing."""

    code: Code | None
    values: dict[str, Any] = field(default_factory=dict)


def prepare(draft: Draft, address: str) -> PreparedPicture | PictureProblem:
    """Put the picture at ``address`` among the draft's, named by the chapter's slug.

    A picture that stands in the document twice becomes one file.
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
    except Exception as error:  # Pillow's readers raise whatever a damaged file makes them
        return PictureProblem(codes.PICTURE_BROKEN, {"reason": type(error).__name__})


def _metafile(content: bytes) -> str:
    """The name of a format that only Windows draws, empty for any other."""
    if content[_EMF_MARK] == b" EMF":
        return "EMF"
    return next((name for start, name in _METAFILES if content.startswith(start)), "")


def _drawing(draft: Draft, content: bytes) -> PreparedPicture | PictureProblem:
    with tempfile.TemporaryDirectory(prefix="book-intake-") as folder:
        file = Path(folder, "drawing.svg")
        file.write_bytes(content)
        reason = unreadable(file)
    if reason or b"<!ENTITY" in content.replace(b"\0", b"").upper():
        return PictureProblem(codes.PICTURE_BROKEN, {"reason": reason or "ENTITY"})
    return PreparedPicture(_kept(draft, content, "svg"))


def _raster(draft: Draft, picture: Image.Image, content: bytes) -> PreparedPicture | PictureProblem:
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
    """A photograph without what the camera wrote into it (place, day, owner), upright."""
    if not picture.getexif():
        return content
    upright = ImageOps.exif_transpose(picture)
    target = io.BytesIO()
    profile = picture.info.get("icc_profile")
    upright.save(target, "JPEG", quality=95, exif=b"", icc_profile=profile)
    return target.getvalue()


def _kept(draft: Draft, content: bytes, suffix: str) -> str:
    """The picture's path, new or that of the same picture before."""
    for path, known in draft.pictures.items():
        if known == content:
            return path
    path = f"images/{draft.slug}-{len(draft.pictures) + 1}.{suffix}"
    draft.pictures[path] = content
    return path
