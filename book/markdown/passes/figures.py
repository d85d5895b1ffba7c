"""Figures and pictures: their files checked, alternative texts, captions, credits, widths."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from book.markdown import codes
from book.markdown.context import Context, suggestion
from book.markdown.dom import classes, drop, elements, make, name, remove, set_classes, text_of
from book.markdown.picture_file import unreadable
from book.markdown.tree import Picture, q
from book.model.licence import LICENCE_IDS, licence_of

TYPES = (".png", ".jpg", ".jpeg", ".svg")
"""Suffixes of the EPUB core media types (EPUB 3.3, section 3.2) that WeasyPrint draws, too."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._/-]+")
_WIDTH = re.compile(r"width:\s*([0-9.]+)%")


def apply(root: etree._Element, context: Context) -> None:
    """Check each picture's file and text, and give figures their caption, credit and width."""
    for image in elements(root, "img"):
        _lone_to_figure(image)
        figure = _figure_of(image)
        caption = figure.find(q("figcaption")) if figure is not None else None
        if not _check_file(image, context):
            _take_out(image, figure)
            continue
        _alternative_text(image, caption, context)
        credit, licence = (_words_of(image, key) for key in ("data-credit", "data-licence"))
        if figure is not None:
            _width(image, figure, context)
            _credit(figure, _credit_line(credit, licence, context.language))
        path, alt = image.get("src", ""), image.get("alt", "")
        context.pictures.append(Picture(path, alt, context.line_of(image), credit, licence))
    # Pandoc hides a caption from screen readers when it equals the alternative text.
    for caption in elements(root, "figcaption"):
        drop(caption, "aria-hidden")


def _lone_to_figure(image: etree._Element) -> None:
    """Turn a paragraph that holds nothing but a picture into a figure without a caption."""
    parent = image.getparent()
    if parent is not None and _holds_only_picture(parent):
        parent.tag = q("figure")


def _figure_of(image: etree._Element) -> etree._Element | None:
    return next((a for a in image.iterancestors() if name(a) == "figure"), None)


def _take_out(image: etree._Element, figure: etree._Element | None) -> None:
    """Remove the picture, and its figure if that has no other picture."""
    if figure is not None and len(elements(figure, "img")) == 1:
        remove(figure)
    else:
        remove(image)


def _holds_only_picture(holder: etree._Element) -> bool:
    return name(holder) == "p" and len(holder) == 1 and not text_of(holder).strip()


def _alternative_text(
    image: etree._Element, caption: etree._Element | None, context: Context
) -> None:
    """Set the picture's ``alt``: as written, or the caption when none is written.

    Without either, a picture that is not marked as decorative is reported. ``role=presentation``
    takes a decorative one out of the accessibility tree (WAI-ARIA).
    """
    alt = " ".join(image.get("alt", "").split())
    caption_text = " ".join(text_of(caption).split()) if caption is not None else ""
    if "decorative" in classes(image):
        image.set("role", "presentation")
    elif not alt and not caption_text:
        context.report(codes.NO_ALT, image, "![")
    elif not alt or alt == caption_text:
        alt = caption_text or alt
        if caption is not None:
            context.report(codes.ALT_IS_CAPTION, image)
    image.set("alt", alt)


def _width(image: etree._Element, figure: etree._Element, context: Context) -> None:
    """Give the figure one of three widths: style sheets can set those, in any page format."""
    style = image.get("style", "")
    match = _WIDTH.fullmatch(style.strip().rstrip(";"))
    written = style or image.get("width", "")
    if match:
        percent = float(match[1])
        width = "full" if percent > 83 else "two-thirds" if percent > 58 else "half"
        set_classes(figure, [*classes(figure), f"width-{width}"])
    elif written:
        context.report(codes.WIDTH_UNKNOWN, image, width=written.removeprefix("width:"))


def _words_of(image: etree._Element, attribute: str) -> str:
    return " ".join(image.get(attribute, "").split())


def _credit_line(credit: str, licence: str, language: str) -> str:
    """The credit with the licence's name: «Archivio (Creative Commons Attribuzione 4.0 …)»."""
    if licence in LICENCE_IDS:
        licence = licence_of(licence, language).name
    return f"{credit} ({licence})" if credit and licence else credit or licence


def _credit(figure: etree._Element, credit: str) -> None:
    if not credit:
        return
    caption = figure.find(q("figcaption"))
    if caption is None:
        caption = etree.SubElement(figure, q("figcaption"))
    if text_of(caption).strip():
        if len(caption):
            caption[-1].tail = f"{caption[-1].tail or ''} "
        else:
            caption.text = f"{caption.text or ''} "
    caption.append(make("span", {"class": "credit", "data-generated": ""}, credit))


def _check_file(image: etree._Element, context: Context) -> bool:
    """Whether the picture can be used. Reports why not; else sets ``src`` to its path.

    The path is relative to the edition's folder.
    """
    written = image.get("src", "")
    path = posixpath.normpath(unquote(written)) if written else ""
    problem = None
    values = {"path": written}
    if _SCHEME.match(written):
        problem = codes.PICTURE_REMOTE
    elif path.startswith(("../", "/")) or path in ("", ".", "..") or "\\" in path:
        problem = codes.PICTURE_OUTSIDE if path not in ("", ".") else codes.PICTURE_MISSING
    elif not _is_there(path, context):
        problem = codes.PICTURE_MISSING
    elif not path.lower().endswith(TYPES):
        problem = codes.PICTURE_TYPE
    if problem is codes.PICTURE_MISSING:
        values["nearest"] = suggestion(path, _pictures_in_folder(context))
    if problem is None:
        reason = unreadable(context.folder / path)
        if reason:
            problem, values = codes.PICTURE_UNREADABLE, {"path": written, "reason": reason}
    if problem is not None:
        context.report(problem, image, written, **values)
        return False
    if not _PLAIN_NAME.fullmatch(path):
        context.report(codes.PICTURE_NAME, image, written, path=path)
    image.set("src", path)
    return True


def _is_there(path: str, context: Context) -> bool:
    """Whether the folder has the file, under exactly this name.

    The entries of each folder are compared, because some file systems do not tell capitals from
    small letters: a name that works there would fail elsewhere. Links must not lead outside.
    """
    folder = context.folder
    try:
        if not (folder / path).resolve().is_relative_to(folder.resolve()):
            return False
        for part in path.split("/"):
            if part not in {entry.name for entry in folder.iterdir()}:
                return False
            folder /= part
        return folder.is_file()
    except (OSError, ValueError):
        return False


def _pictures_in_folder(context: Context) -> list[str]:
    return [
        path.relative_to(context.folder).as_posix()
        for path in context.folder.rglob("*")
        if path.suffix.lower() in TYPES
    ]
