"""The co-financing notice of an EPUB, as Chromium shows it.

Evidence is taken on a narrow and on a wide screen, by day and by night. Lengths are CSS lengths:
96 px to the inch, so that 1 px is 0.75 pt (CSS Values and Units 3, section 6.2).
"""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from lxml import etree

from book.compose.notice import EMBLEM_ALT
from book.markdown.dom import classes
from book.markdown.tree import EPUB_TYPE, parse, q
from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.notice.drawing_svg import read_svg
from book.notice.evidence import Box, Drawing, Medium, Notice, Picture, Place, Words
from book.notice.parts import says_anything
from book.notice.svg_style import UnreadableDrawingError
from book.readback.epub_files import EpubFiles, epub_files
from book.validators.browser import Shelf, chromium, shelf

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

MM_PER_PX = 25.4 / 96
PT_PER_PX = 0.75
SCREENS = ((360, 780), (1280, 720))
"""Width and height in CSS px: a phone's and a desk's."""
_BOLD = 600
_SCRIPT = Path(__file__).with_name("epub_measure.js")
# With one of these nothing of a picture shows as it is drawn.
_ALTERING = frozenset({"filter", "opacity", "mix-blend-mode", "mask-image", "transform"})
_LEAST_SEEN = 0.5
_NOTHING = Box(0, 0, 0, 0)
_BY_NIGHT = N_("{where}, dark mode")


def read_epub(
    epub: Path,
    loaded: LoadedEdition,
    places: Collection[Place] = tuple(Place),
    language: str = "en",
) -> list[Notice]:
    """The notice on the cover, on its page and in the colophon of a finished EPUB.

    Notice page and colophon are measured at each of :data:`SCREENS`, in the light and in the
    dark scheme. A document without any notice is there with neither emblem nor words; a place
    that the EPUB has not is there once, and its ``order`` is 0. The cover is a picture: its
    words are in no text, so that it has none. The list is empty for a book without funding.

    ``places`` limits what is read; ``language`` is the one that each ``where`` is worded in.
    Whoever reads many EPUBs does so inside one :func:`book.validators.browser.chromium`; else a
    browser is started and ended. Raises ValidatorMissing and ValidatorFailed as that does, and
    what :func:`book.readback.epub_files.epub_files` raises.
    """
    if not any(programme.has_notice for programme in loaded.programmes):
        return []
    packed = epub_files(epub)
    documents = _documents(packed)
    script = _SCRIPT.read_text("utf-8")
    with chromium() as running, shelf(running, packed.files, script) as opened:
        reader = _Reader(packed, opened, loaded, language)
        notices: list[Notice] = []
        for place in (place for place in Place if place in places):
            name = documents.get(place)
            if name is None:
                notices.append(_missing(place, packed))
            elif place is Place.COVER:
                notices += reader.cover(name)
            else:
                notices += reader.text(place, name)
    return notices


def _missing(place: Place, packed: EpubFiles) -> Notice:
    where = posixpath.basename(packed.package)
    return Notice(Medium.EPUB, place, where, _NOTHING, emblem=None, words=(), order=0)


def _documents(packed: EpubFiles) -> dict[Place, str]:
    """The document of each place that the spine has, by what its root section says it is."""
    found: dict[Place, str] = {}
    for name in packed.spine:
        section = parse(packed.files[name].content.decode()).find(f"{q('body')}/{q('section')}")
        if section is not None and (place := _place(section)):
            found.setdefault(place, name)
    return found


def _place(section: etree._Element) -> Place | None:
    types = section.get(EPUB_TYPE, "").split()
    if "cover" in types:
        return Place.COVER
    if "colophon" in types:
        return Place.COLOPHON
    if section.get("id") == "notice" or "notice-page" in classes(section):
        return Place.NOTICE
    return None


@dataclass
class _Reader:
    """Takes evidence of the documents of one EPUB."""

    packed: EpubFiles
    shelf: Shelf
    loaded: LoadedEdition
    language: str

    def text(self, place: Place, name: str) -> Iterator[Notice]:
        """The notice in a document of text, on every screen and in both schemes."""
        self.shelf.open(name)
        fonts = _Fonts(self.shelf.page.context.new_cdp_session(self.shelf.page))
        for where, measured in self._screens(name, schemes=("light", "dark")):
            emblem = measured["emblem"]
            words = tuple(map(_words, measured["words"], fonts.of(measured["words"])))
            if emblem is None and not says_anything(words, self.loaded):
                words = ()
            yield Notice(
                Medium.EPUB,
                place,
                where,
                _box(measured["page"]),
                self._picture(emblem) if emblem else None,
                words,
                tuple(map(self._picture, measured["logos"])),
                measured["ground"] or "#FFFFFF",
                self.packed.spine.index(name) + 1,
                links=tuple(measured["links"]),
            )

    def cover(self, name: str) -> Iterator[Notice]:
        """The cover, one picture with everything in it."""
        self.shelf.open(name)
        for where, measured in self._screens(name, schemes=("light",)):
            pictures = [p for p in (measured["emblem"], *measured["logos"]) if p]
            yield Notice(
                Medium.EPUB,
                Place.COVER,
                where,
                _box(measured["page"]),
                emblem=None,
                words=(),
                logos=tuple(map(self._picture, pictures)),
                order=self.packed.spine.index(name) + 1,
            )

    def _screens(self, name: str, schemes: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        """What the open document shows, by a name of the circumstances."""
        page = self.shelf.page
        alt = translate(EMBLEM_ALT, self.loaded.edition.language.split("-")[0])
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in schemes:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                measured = page.evaluate("alt => noticeReader.measure(alt)", alt)
                where = f"{posixpath.basename(name)}, {width} px"
                if scheme == "dark":
                    where = translate(_BY_NIGHT, self.language).format(where=where)
                yield where, measured

    def _picture(self, found: dict[str, Any]) -> Picture:
        effects = tuple(found["effects"])
        return Picture(
            _box(found["box"]),
            found["alt"],
            self._drawing(found),
            effects,
            seen=0.0 if _ALTERING.intersection(effects) else round(found["seen"], 3),
        )

    def _drawing(self, found: dict[str, Any]) -> Drawing | None:
        media_type, content = self._content(found)
        if media_type == "image/svg+xml":
            try:
                return read_svg(content)
            except UnreadableDrawingError:
                return None
        width, height = found["natural"]
        return Drawing(width, height, raster=content) if content else None

    def _content(self, found: dict[str, Any]) -> tuple[str, bytes]:
        """Media type and bytes of a picture: a file of the EPUB, a data address, or inline."""
        if found["markup"] is not None:
            return "image/svg+xml", found["markup"].encode()
        address = found["source"]
        if address.startswith("data:"):
            return _data(address)
        file = self.packed.files.get(unquote(urlsplit(address).path.removeprefix("/")))
        return (file.media_type, file.content) if file else ("", b"")


def _data(address: str) -> tuple[str, bytes]:
    """Media type and content of a data address (RFC 2397)."""
    head, _, body = address.removeprefix("data:").partition(",")
    content = unquote_to_bytes(body)
    if head.endswith(";base64"):
        content = base64.b64decode(content)
    return head.split(";")[0], content


class _Fonts:
    """Which faces Chromium really set a text in: a family that is named may not be there."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._known: dict[tuple[Any, ...], str] = {}
        for domain in ("DOM", "CSS"):
            session.send(f"{domain}.enable")
        session.send("DOM.getDocument", {"depth": 0})

    def of(self, words: list[dict[str, Any]]) -> list[str]:
        """The family of each run; for words that are no text of the document, the one named."""
        unknown = {_face(run): run["node"] for run in words if run["node"] is not None}
        if unknown := {face: node for face, node in unknown.items() if face not in self._known}:
            nodes = self._text_nodes()
            for face, node in unknown.items():
                self._known[face] = self._used(nodes[node])
        return [self._known.get(_face(run)) or _first(run["family"]) for run in words]

    def _text_nodes(self) -> list[str]:
        """The object ids of the page's text nodes, as ``noticeReader`` numbers them."""
        listed = self._session.send("Runtime.evaluate", {"expression": "noticeReader.textNodes()"})
        properties = self._session.send(
            "Runtime.getProperties",
            {"objectId": listed["result"]["objectId"], "ownProperties": True},
        )
        return [p["value"]["objectId"] for p in properties["result"] if p["name"].isdigit()]

    def _used(self, object_id: str) -> str:
        node = self._session.send("DOM.requestNode", {"objectId": object_id})["nodeId"]
        fonts = self._session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        fonts.sort(key=lambda font: (-font["glyphCount"], font["familyName"]))
        return ", ".join(dict.fromkeys(font["familyName"] for font in fonts))


def _face(run: dict[str, Any]) -> tuple[Any, ...]:
    return run["node"], run["family"], run["weight"], run["italic"]


def _first(families: str) -> str:
    return families.split(",")[0].strip("\"' ")


def _box(px: dict[str, float]) -> Box:
    sides = (px[side] * MM_PER_PX for side in ("x", "y", "width", "height"))
    return Box(*(round(side, 2) for side in sides))


def _words(run: dict[str, Any], family: str) -> Words:
    return Words(
        text=run["text"],
        box=_box(run["box"]),
        family=family,
        size=round(run["size"] * PT_PER_PX, 3),
        colour=run["colour"],
        bold=run["weight"] >= _BOLD,
        italic=run["italic"],
        underlined=run["underlined"],
        effects=tuple(run["effects"]),
        ground=run["ground"],
        seen=run["seen"] >= _LEAST_SEEN,
    )
