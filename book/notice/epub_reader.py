"""Reads the co-financing notice of an EPUB, as Chromium shows it.

An EPUB has no fixed pages: what a reader sees depends on the reading system. The notice is measured
on a narrow and on a wide screen, in the light and in the dark colour scheme. The measuring itself
is done in the browser, by ``epub_measure.js``. Lengths are CSS lengths: 96 px to the inch, so 1 px
is 0.75 pt (CSS Values and Units 3, section 6.2).
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
from book.notice.evidence import Drawing, Medium, Notice, Picture, Place, Words
from book.notice.parts import says_anything
from book.notice.svg_style import UnreadableDrawingError
from book.readback.epub_files import EpubFiles, epub_files
from book.readback.geometry import Box
from book.validators.browser import OfflinePage, chromium, offline_page

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

MM_PER_PX = 25.4 / 96
PT_PER_PX = 0.75
SCREENS = ((360, 780), (1280, 720))
"""Width and height in CSS px of a telephone's screen and of a desktop's."""
_BOLD = 600
"""The font weight from which on words count as bold (CSS Fonts 4: 600 is semi-bold)."""
_SCRIPT = Path(__file__).with_name("epub_measure.js")
# A picture with one of these effects is altered as a whole: no share of it shows as it is drawn.
_ALTERING = frozenset({"filter", "opacity", "mix-blend-mode", "mask-image", "transform"})
_LEAST_SEEN = 0.5
"""The visible share of a line from which on its words count as seen."""
_NOTHING = Box(0, 0, 0, 0)
_DARK_MODE = N_("{where}, dark mode")


def read_epub(
    epub: Path,
    loaded: LoadedEdition,
    places: Collection[Place] = tuple(Place),
    language: str = "en",
) -> list[Notice]:
    """Read the notice on the cover, on the notice page and in the colophon of a finished EPUB.

    Notice page and colophon are measured on each of :data:`SCREENS`, in both colour schemes. A
    document without a notice gives evidence without emblem and words. A place that the EPUB does
    not have gives evidence once, with ``order`` 0. The cover is a picture, so it has no words. The
    list is empty for an edition without a programme that asks for a notice.

    ``places`` limits what is read; ``language`` is the language of each ``where``. The function
    starts and ends a browser, unless it is called inside :func:`book.validators.browser.chromium`:
    a caller that reads many EPUBs does so inside one. Raises ValidatorMissing and ValidatorFailed
    as that does, and what :func:`book.readback.epub_files.epub_files` raises.
    """
    if not any(programme.has_notice for programme in loaded.programmes):
        return []
    packed = epub_files(epub)
    documents = _documents(packed)
    script = _SCRIPT.read_text("utf-8")
    with chromium() as running, offline_page(running, packed.files, script) as opened:
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
    """Empty evidence for a place that the EPUB does not have."""
    where = posixpath.basename(packed.package)
    return Notice(Medium.EPUB, place, where, _NOTHING, emblem=None, words=(), order=0)


def _documents(packed: EpubFiles) -> dict[Place, str]:
    """The document of each place in the spine, by what the type or id of its section says."""
    found: dict[Place, str] = {}
    for name in packed.spine:
        section = parse(packed.files[name].content.decode()).find(f"{q('body')}/{q('section')}")
        if section is not None and (place := _place(section)):
            found.setdefault(place, name)
    return found


def _place(section: etree._Element) -> Place | None:
    """The place that a document's root section is; None for any other document."""
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
    """Takes the evidence from the documents of one EPUB."""

    packed: EpubFiles
    shelf: OfflinePage
    loaded: LoadedEdition
    language: str

    def text(self, place: Place, name: str) -> Iterator[Notice]:
        """The notice in a document of text, on every screen and in both colour schemes."""
        self.shelf.open(name)
        fonts = _Fonts(self.shelf.page.context.new_cdp_session(self.shelf.page))
        for where, measured in self._screens(name, schemes=("light", "dark")):
            emblem = measured["emblem"]
            words = tuple(map(_words, measured["words"], fonts.of(measured["words"])))
            if emblem is None and not says_anything(words, self.loaded):
                words = ()  # the page has words, but none of a notice
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
        """The cover: one picture that holds everything, measured in the light scheme alone."""
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
        """The measurements of the open document, each with a name of the screen and scheme."""
        page = self.shelf.page
        alt = translate(EMBLEM_ALT, self.loaded.edition.language.split("-")[0])
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in schemes:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                measured = page.evaluate("alt => noticeReader.measure(alt)", alt)
                where = f"{posixpath.basename(name)}, {width} px"
                if scheme == "dark":
                    where = translate(_DARK_MODE, self.language).format(where=where)
                yield where, measured

    def _picture(self, found: dict[str, Any]) -> Picture:
        """A measured picture as evidence."""
        effects = tuple(found["effects"])
        return Picture(
            _box(found["box"]),
            found["alt"],
            self._drawing(found),
            effects,
            seen=0.0 if _ALTERING.intersection(effects) else round(found["seen"], 3),
        )

    def _drawing(self, found: dict[str, Any]) -> Drawing | None:
        """The drawing of a measured picture; None when it cannot be read or found."""
        media_type, content = self._content(found)
        if media_type == "image/svg+xml":
            try:
                return read_svg(content)
            except UnreadableDrawingError:
                return None
        width, height = found["natural"]
        return Drawing(width, height, raster=content) if content else None

    def _content(self, found: dict[str, Any]) -> tuple[str, bytes]:
        """Media type and bytes of a picture: inline SVG, a data URL, or a file of the EPUB."""
        if found["markup"] is not None:
            return "image/svg+xml", found["markup"].encode()
        address = found["source"]
        if address.startswith("data:"):
            return _data(address)
        file = self.packed.files.get(unquote(urlsplit(address).path.removeprefix("/")))
        return (file.media_type, file.content) if file else ("", b"")


def _data(address: str) -> tuple[str, bytes]:
    """Media type and content of a data URL (RFC 2397)."""
    head, _, body = address.removeprefix("data:").partition(",")
    content = unquote_to_bytes(body)
    if head.endswith(";base64"):
        content = base64.b64decode(content)
    return head.split(";")[0], content


class _Fonts:
    """Finds the typefaces in which Chromium really sets a text.

    The computed style tells only the families that the style sheet names, and the first of them may
    be missing. The DevTools protocol tells which fonts the glyphs of a node come from. Answers are
    kept by node and style, because the same node is measured on several screens.
    """

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._known: dict[tuple[Any, ...], str] = {}
        # The protocol answers CSS.getPlatformFontsForNode only after these calls.
        for domain in ("DOM", "CSS"):
            session.send(f"{domain}.enable")
        session.send("DOM.getDocument", {"depth": 0})

    def of(self, words: list[dict[str, Any]]) -> list[str]:
        """The family of each run of words.

        Words that the style sheet adds have no text node; theirs is the first family named.
        """
        unknown = {_font_key(run): run["node"] for run in words if run["node"] is not None}
        if unknown := {key: node for key, node in unknown.items() if key not in self._known}:
            nodes = self._text_nodes()
            for key, node in unknown.items():
                self._known[key] = self._used(nodes[node])
        return [self._known.get(_font_key(run)) or _first(run["family"]) for run in words]

    def _text_nodes(self) -> list[str]:
        """The protocol's ids of the page's text nodes, in the order of ``noticeReader``."""
        listed = self._session.send("Runtime.evaluate", {"expression": "noticeReader.textNodes()"})
        properties = self._session.send(
            "Runtime.getProperties",
            {"objectId": listed["result"]["objectId"], "ownProperties": True},
        )
        return [p["value"]["objectId"] for p in properties["result"] if p["name"].isdigit()]

    def _used(self, object_id: str) -> str:
        """The families of a node's fonts, joined by commas, that with most glyphs first."""
        node = self._session.send("DOM.requestNode", {"objectId": object_id})["nodeId"]
        fonts = self._session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        fonts.sort(key=lambda font: (-font["glyphCount"], font["familyName"]))
        return ", ".join(dict.fromkeys(font["familyName"] for font in fonts))


def _font_key(run: dict[str, Any]) -> tuple[Any, ...]:
    """What decides the fonts of a run of words."""
    return run["node"], run["family"], run["weight"], run["italic"]


def _first(families: str) -> str:
    """The first family of a ``font-family`` list, without its quotes."""
    return families.split(",")[0].strip("\"' ")


def _box(px: dict[str, float]) -> Box:
    """A box in mm out of one in CSS px."""
    sides = (px[side] * MM_PER_PX for side in ("x", "y", "width", "height"))
    return Box(*(round(side, 2) for side in sides))


def _words(run: dict[str, Any], family: str) -> Words:
    """A measured run of words, set in ``family``, as evidence."""
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
