"""A picture's file: whether a book can show it, and nothing but the picture comes with it."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import tinycss2
from lxml import etree
from PIL import Image

SIZE_LIMIT = 50_000_000
"""Bytes; the largest photograph of a camera, as JPEG, has half as many."""
PIXELS_LIMIT = 80_000_000
"""More than an A4 page at 600 dpi, with bleed, has; in memory they take a quarter of a gigabyte."""
SVG_LIMIT = 10_000_000
"""Bytes of a drawing; one with more is a tracing of a photograph."""
ELEMENTS_LIMIT = 50_000
"""Elements of a drawing, those counted that ``use`` shows again."""

_RASTER = {".png": ("PNG",), ".jpg": ("JPEG",), ".jpeg": ("JPEG",)}
_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener", "audio", "video"})
_ANIMATED = frozenset({"set", "animate", "animateMotion", "animateTransform", "animateColor"})
_PICTURE_DATA = re.compile(r"\s*data:image/(png|jpeg|jpg)[;,]", re.I)
_WEB = re.compile(r"\s*https?://[^\s]+\s*\Z", re.I)
_PUBLIC_DTD = "-//W3C//DTD SVG"
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "US-ASCII", "ASCII", "ISO-8859-1", "WINDOWS-1252"})


def unreadable(file: Path) -> str:
    """Why a picture cannot be shown, empty when it can.

    An SVG may hold no script and nothing from elsewhere (EPUB 3.3, section 3.6); no picture
    more pixels or elements than a machine can draw.
    """
    try:
        size = file.stat().st_size
        if size > SIZE_LIMIT:
            return f"{size} bytes, at most {SIZE_LIMIT}"
        if file.suffix.lower() == ".svg":
            return _svg_reason(file.read_bytes(), file.name)
        return _raster_reason(file)
    except OSError as failure:
        return str(failure).replace(str(file), file.name)


def _raster_reason(file: Path) -> str:
    """Why a PNG or JPEG file cannot be used: it is none, is broken, or too large to open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            # Only these: Pillow knows formats that run programs of their own.
            with Image.open(file, formats=_RASTER[file.suffix.lower()]) as picture:
                pixels = picture.width * picture.height
                if pixels > PIXELS_LIMIT:
                    return f"{pixels} pixels, at most {PIXELS_LIMIT}"
                picture.verify()
            with Image.open(file, formats=_RASTER[file.suffix.lower()]) as picture:
                picture.load()
        except Image.DecompressionBombError:
            return f"more than {PIXELS_LIMIT} pixels"
        # Pillow's readers raise whatever a damaged file makes them.
        except Exception as failure:
            return str(failure).replace(str(file), file.name) or type(failure).__name__
    return ""


def _svg_reason(content: bytes, name: str) -> str:
    """Why a drawing cannot be used: it is none, or holds more than a drawing."""
    if len(content) > SVG_LIMIT:
        return f"{len(content)} bytes, at most {SVG_LIMIT}"
    if content.startswith(b"\x1f\x8b"):
        return "gzip"  # libxml2 would unpack it, and other readers would not
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError) as failure:
        return " ".join(str(failure).replace("<string>", name).split())
    root = tree.getroot()
    if root.tag != f"{{{_SVG}}}svg":
        return f"<{etree.QName(root).localname}>"
    return _declared(tree) or _held(root) or _used(root)


def _declared(tree: etree._ElementTree) -> str:
    """What comes before the root that has no place there: entities, style sheets, encodings."""
    info = tree.docinfo
    if info.encoding and info.encoding.upper() not in _ENCODINGS:
        return info.encoding
    if info.internalDTD is not None:
        if any(True for _ in info.internalDTD.iterentities()):  # type: ignore[attr-defined]
            return "<!ENTITY>"
        doctype: str = info.doctype  # type: ignore[attr-defined]
        is_public = f'PUBLIC "{_PUBLIC_DTD}' in doctype
        if not is_public and ("SYSTEM" in doctype or "PUBLIC" in doctype):
            return "<!DOCTYPE>"
    return ""


def _held(root: etree._Element) -> str:
    """The first thing in or before the drawing that is active or comes from elsewhere."""
    for node in (*root.itersiblings(preceding=True), *root.iter()):
        if isinstance(node, etree._Entity):
            return "<!ENTITY>"
        if isinstance(node, etree._ProcessingInstruction):
            return f"<?{node.target!s}?>"
        if not isinstance(node.tag, str):
            continue
        tag = etree.QName(node).localname
        if tag in _ACTIVE:
            return tag
        if tag == "style" and _reaches_out("".join(map(str, node.itertext()))):
            return "style"
        for key, value in node.attrib.items():
            plain = etree.QName(key).localname
            if _is_active(tag, plain, str(value)):
                return plain
    return ""


def _is_active(tag: str, key: str, value: str) -> bool:
    """Whether an attribute runs something, or leads out of the drawing."""
    if key.lower().startswith("on") or key == "base":
        return True
    if key in ("href", "src"):
        inside = value.lstrip().startswith("#") or _PICTURE_DATA.match(value)
        return not inside and not (tag == "a" and _WEB.match(value))
    if tag in _ANIMATED and key == "attributeName":
        return value.rpartition(":")[2].strip().lower() in ("href", "src", "style")
    return _reaches_out(value)


def _reaches_out(css: str) -> bool:
    """Whether a style sheet or a value refers to anything but a part of the same drawing."""
    if "\\" not in css and not re.search(r"url|@import|src|image", css, re.I):
        return False
    todo = tinycss2.parse_component_value_list(css, skip_comments=True)
    while todo:
        token = todo.pop()
        if token.type == "at-keyword" and token.lower_value == "import":
            return True
        if token.type == "url" and not _is_inside(token.value):
            return True
        if token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "expression"):
                words = [a.value for a in token.arguments if a.type == "string"]
                if not words or not all(map(_is_inside, words)):
                    return True
            todo += token.arguments
        elif hasattr(token, "content"):
            todo += token.content
    return False


def _is_inside(address: str) -> bool:
    return address.lstrip().startswith("#") or bool(_PICTURE_DATA.match(address))


def _used(root: etree._Element) -> str:
    """Whether ``use`` shows itself, or so much again that it cannot be drawn."""
    elements = [node for node in root.iter() if isinstance(node.tag, str)]
    by_id = {node.get("id"): node for node in elements if node.get("id")}
    weights: dict[etree._Element, int] = {}
    open_nodes: set[etree._Element] = set()
    todo = [root]
    while todo:
        node = todo[-1]
        if node in weights:
            todo.pop()
            continue
        needed = [child for child in node if isinstance(child.tag, str)]
        if etree.QName(node).localname == "use":
            href = node.get("href") or node.get("{http://www.w3.org/1999/xlink}href") or ""
            target = by_id.get(href.strip().removeprefix("#"))
            needed += [target] if target is not None else []
        missing = [other for other in needed if other not in weights]
        if any(other in open_nodes for other in missing):
            return "use"
        if missing:
            open_nodes.add(node)
            todo += missing
            continue
        open_nodes.discard(node)
        weights[node] = 1 + sum(weights[other] for other in needed)
        if weights[node] > ELEMENTS_LIMIT:
            return f"more than {ELEMENTS_LIMIT} elements"
    return ""
