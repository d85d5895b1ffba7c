"""What no chapter tree may hold, whatever its source: the judgement of every hostile file."""

from __future__ import annotations

import re

from book.markdown.dom import BLOCKS, INLINES, name
from book.markdown.tree import XHTML, parse

_ADDRESS = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@|#", re.I)
_KEPT = BLOCKS | INLINES | {"svg", "path"}
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_NO_ATTRIBUTES = frozenset({"style", "srcset", "action", "formaction", "ping", "background"})


def dangers(xhtml: str) -> list[str]:
    """What is active, remote or hidden in a chapter's tree; empty when it is safe."""
    found = []
    for element in parse(xhtml).iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{XHTML}}}"):
            found.append(f"node {element.tag!r}")
            continue
        if name(element) not in _KEPT:
            found.append(f"element {name(element)}")
        for name_of, value in element.attrib.items():
            key = str(name_of)
            if key.lower().startswith("on") or key in _NO_ATTRIBUTES:
                found.append(f"attribute {key}")
            elif key == "href" and not _ADDRESS.match(str(value)):
                found.append(f"address {value!s}")
            elif key == "src" and not re.fullmatch(r"images/[^\\]+", str(value)):
                found.append(f"picture {value!s}")
    found += [f"character U+{ord(c):04X}" for c in _HIDDEN.findall(xhtml)]
    return found
