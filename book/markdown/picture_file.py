"""Checks picture files: that a book can show them, and that they hold nothing active or remote."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import tinycss2
from lxml import etree
from PIL import Image

SIZE_LIMIT = 50_000_000
"""The most bytes of a file. The largest JPEG photograph of a camera has half as many."""
PIXELS_LIMIT = 80_000_000
"""The most pixels: more than an A4 page with bleed has at 600 dpi. They take 240 MB in memory."""
SVG_LIMIT = 10_000_000
"""The most bytes of an SVG. One with more is usually the tracing of a photograph."""
ELEMENTS_LIMIT = 50_000
"""The most elements of an SVG. Those that ``use`` shows again count again."""

_RASTER = {".png": ("PNG",), ".jpg": ("JPEG",), ".jpeg": ("JPEG",)}
_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener", "audio", "video"})
_ANIMATED = frozenset({"set", "animate", "animateMotion", "animateTransform", "animateColor"})
_PICTURE_DATA = re.compile(r"\s*data:image/(png|jpeg|jpg)[;,]", re.I)
_WEB = re.compile(r"\s*https?://[^\s]+\s*\Z", re.I)
_PUBLIC_DTD = "-//W3C//DTD SVG"
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "US-ASCII", "ASCII", "ISO-8859-1", "WINDOWS-1252"})


def unreadable(file: Path) -> str:
    """The reason why a picture cannot be shown; "" when it can.

    An SVG may hold no script and no reference to another resource (EPUB 3.3, section 3.6). No
    picture may have more pixels or elements than a machine can draw.
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
    """Why a PNG or JPEG file cannot be used (another format, damaged, too large); "" if it can."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            # Only the format of the suffix: for others, like EPS, Pillow starts programs.
            with Image.open(file, formats=_RASTER[file.suffix.lower()]) as picture:
                pixels = picture.width * picture.height
                if pixels > PIXELS_LIMIT:
                    return f"{pixels} pixels, at most {PIXELS_LIMIT}"
                picture.verify()
            with Image.open(file, formats=_RASTER[file.suffix.lower()]) as picture:
                picture.load()
        except Image.DecompressionBombError:
            return f"more than {PIXELS_LIMIT} pixels"
        # Damaged files make Pillow's readers raise exceptions of many types.
        except Exception as failure:
            return str(failure).replace(str(file), file.name) or type(failure).__name__
    return ""


def _svg_reason(content: bytes, name: str) -> str:
    """Why an SVG cannot be used; "" if it can."""
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
    return _bad_prolog(tree) or _active_content(root) or _bad_use(root)


def _bad_prolog(tree: etree._ElementTree) -> str:
    """What the document declares that is not allowed: an encoding, entities, a foreign DTD."""
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


def _active_content(root: etree._Element) -> str:
    """The first thing in or before the root that is active or refers to another resource."""
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
    """Whether an attribute runs a script or refers to something outside the file."""
    if key.lower().startswith("on") or key == "base":
        return True
    if key in ("href", "src"):
        inside = value.lstrip().startswith("#") or _PICTURE_DATA.match(value)
        return not inside and not (tag == "a" and _WEB.match(value))
    if tag in _ANIMATED and key == "attributeName":
        return value.rpartition(":")[2].strip().lower() in ("href", "src", "style")
    return _reaches_out(value)


def _reaches_out(css: str) -> bool:
    """Whether a style sheet or an attribute's value refers to something outside the file."""
    # Most values need no parsing. A backslash may hide a name (``\\75rl``), so it does.
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


def _bad_use(root: etree._Element) -> str:
    """Why the ``use`` elements cannot be drawn: one contains itself, or all show too much.

    Each ``use`` may double what it shows, so that thirty nested ones are a thousand million
    elements. The weight of an element is the number of elements that drawing it takes. Weights
    are computed from the leaves up, each once; the list stands for the stack of a recursion.
    """
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
