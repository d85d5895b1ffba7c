"""Reads PPTX slides into the same tree that pandoc makes of documents.

Pandoc's own reader of PPTX makes a paragraph of every point, because the bullets of a body are
defined in the layout, and leaves out the speaker's notes. A chapter needs both. Elements and
attributes: ECMA-376, part 1, sections 19 to 21.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    Node,
    attributes,
    excerpt,
    heading,
    node,
    paragraph,
    text_of,
    words,
)
from book.intake.documents.draft import Draft
from book.intake.documents.package import Package
from book.messages import N_, translate

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
"""Types of placeholders that every slide repeats: date, footer, number."""
_LISTS = frozenset({"", "body", "obj"})
"""Types of placeholders whose layouts set bullets."""
_UNTITLED = N_("Slide {number}")


@dataclass
class _Slide:
    """The contents of a slide: its number from 1, its title, its blocks, the speaker's notes."""

    number: int
    title: str = ""
    blocks: Blocks = field(default_factory=list)
    notes: Blocks = field(default_factory=list)


def read_slides(package: Package, draft: Draft) -> None:
    """Fill the draft with a section for each slide.

    A first slide with a title alone becomes the chapter's title. Slides in a row with the same
    title become one section. Pictures have the names of their parts as addresses.
    """
    draft.slides = True
    draft.media = dict(package.parts)
    slides = [slide for slide in _slides(package, draft) if slide is not None]
    if slides and slides[0].title and _is_cover(slides[0]):
        cover = slides.pop(0)
        draft.title = cover.title
        draft.blocks += [*cover.blocks, *cover.notes]
    title = ""
    for slide in slides:
        if slide.title and slide.title == title:
            draft.report(codes.SLIDE_GOES_ON, number=slide.number, words=excerpt(title))
        elif slide.title or slide.blocks or slide.notes:
            title = slide.title
            if not title:
                draft.report(codes.SLIDE_WITHOUT_TITLE, number=slide.number)
            makeshift = translate(_UNTITLED, "it").format(number=slide.number)
            draft.blocks.append(heading(2, words(title or makeshift)))
        draft.blocks += [*slide.blocks, *slide.notes]
    if slides:
        draft.report(codes.SLIDES_ARE_A_SKELETON, count=len(slides))
    if noted := sum(bool(slide.notes) for slide in slides):
        draft.report(codes.NOTES_KEPT, count=noted)


def _is_cover(slide: _Slide) -> bool:
    """Whether a slide has a title and at most three paragraphs, without points and pictures."""
    return all(block["t"] == "Para" for block in slide.blocks) and len(slide.blocks) <= 3


def _slides(package: Package, draft: Draft) -> Iterator[_Slide | None]:
    """The slides in the order of the presentation, without hidden ones."""
    presentation = package.xml("ppt/presentation.xml")
    if presentation is None:
        draft.report(codes.DAMAGED, reason="ppt/presentation.xml")
        return
    targets = _relations(package, "ppt/presentation.xml")
    for number, entry in enumerate(presentation.iter(f"{_P}sldId"), 1):
        part = targets.get(entry.get(f"{_R}id", ""), ("", ""))[1]
        root = package.xml(part)
        if root is None:
            draft.report(codes.DAMAGED, reason=part or f"{number}")
            continue
        slide = _Reader(package, part, draft).slide(root, number)
        if root.get("show") in ("0", "false"):
            draft.report(codes.SLIDE_HIDDEN, number=number, words=excerpt(slide.title))
            continue
        yield slide


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part by id: the last segment of their type, and their target.

    A target is the name of a part, or an address if it is external (ECMA-376, part 2).
    """
    folder, _, name = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels")
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            base = "" if target.startswith("/") else folder
            target = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = (kind, target)
    return found


class _Reader:
    """Reads the shapes of one slide, or of its notes."""

    def __init__(self, package: Package, part: str, draft: Draft) -> None:
        self._package = package
        self._relations = _relations(package, part)
        self._draft = draft

    def slide(self, root: etree._Element, number: int) -> _Slide:
        """The contents of a slide, with its notes; comments are reported."""
        slide = _Slide(number)
        for shape in self._shapes(root):
            kind = _placeholder(shape)
            if kind in _TITLES:
                lines = [self._text(p) for p in shape.iter(f"{_A}p")]
                slide.title = " ".join(text_of(line) for line in lines if line) or slide.title
            elif kind not in _FURNITURE:
                slide.blocks += self._blocks(shape, kind)
        for relation, target in self._relations.values():
            if relation == "notesSlide" and (notes := self._package.xml(target)) is not None:
                reader = _Reader(self._package, target, self._draft)
                slide.notes += reader.notes(notes)
            elif relation == "comments" and (comments := self._package.xml(target)) is not None:
                self._comments(comments, slide.title or str(number))
        return slide

    def notes(self, root: etree._Element) -> Blocks:
        """The paragraphs of a notes page's body."""
        return [
            paragraph(line)
            for shape in self._shapes(root)
            if _placeholder(shape) == "body"
            for p in shape.iter(f"{_A}p")
            if (line := self._text(p))
        ]

    def _shapes(self, root: etree._Element) -> Iterator[etree._Element]:
        """The shapes, pictures and frames of a slide in document order, also those in groups."""
        names = (f"{_P}sp", f"{_P}pic", f"{_P}graphicFrame")
        tree = next(root.iter(f"{_P}spTree"), None)
        if tree is not None:
            yield from tree.iter(*names)

    def _blocks(self, shape: etree._Element, placeholder: str | None) -> Blocks:
        if shape.tag == f"{_P}pic":
            return self._picture(shape)
        if shape.tag == f"{_P}graphicFrame":
            return self._frame(shape)
        return self._points(shape, placeholder)

    def _points(self, shape: etree._Element, placeholder: str | None) -> Blocks:
        """The paragraphs of a shape: points as nested lists by their level, others as text."""
        is_list = placeholder in _LISTS
        lines = []
        for p in shape.iter(f"{_A}p"):
            inlines = self._text(p)
            if inlines:
                lines.append((_level(p), _is_point(p, is_list), _is_numbered(p), inlines))
        # A body with one paragraph is a sentence and not a list of one point.
        if placeholder is not None and len(lines) == 1:
            return [paragraph(lines[0][3])]
        blocks: Blocks = []
        for level, is_point, numbered, inlines in lines:
            if is_point:
                _add_point(blocks, level, numbered, inlines)
            else:
                blocks.append(paragraph(inlines))
        return blocks

    def _text(self, p: etree._Element) -> Inlines:
        """The inlines of a paragraph, with bold, italics and links; empty without words."""
        inlines: Inlines = []
        for child in p:
            if child.tag == f"{_A}br":
                inlines.append(node("LineBreak"))
            elif child.tag in (f"{_A}r", f"{_A}fld"):
                inlines += self._run(child)
        return inlines if text_of(inlines) else []

    def _run(self, run: etree._Element) -> Inlines:
        """The inlines of a run of text with its formatting. Underlining is left out."""
        text = run.findtext(f"{_A}t") or ""
        inlines = _spaced(text)
        look = run.find(f"{_A}rPr")
        if look is None or not text.strip():
            return inlines
        if look.get("i") in ("1", "true"):
            inlines = [node("Emph", inlines)]
        if look.get("b") in ("1", "true"):
            inlines = [node("Strong", inlines)]
        link = look.find(f"{_A}hlinkClick")
        id = link.get(f"{_R}id", "") if link is not None else ""
        kind, target = self._relations.get(id, ("", ""))
        if kind == "hyperlink" and target:
            inlines = [node("Link", [attributes(), inlines, [target, ""]])]
        return inlines

    def _picture(self, shape: etree._Element) -> Blocks:
        """A picture, with the alternative text of its ``descr``."""
        properties = next(shape.iter(f"{_P}cNvPr"), None)
        alt = properties.get("descr", "") if properties is not None else ""
        if any(True for _ in shape.iter(f"{_A}videoFile", f"{_A}audioFile")):
            self._draft.report(codes.EMBEDDED, count=1)
        blip = next(shape.iter(f"{_A}blip"), None)
        if blip is None:
            return []
        id = blip.get(f"{_R}embed") or blip.get(f"{_R}link") or ""
        _, target = self._relations.get(id, ("", ""))
        return [paragraph([node("Image", [attributes(), words(alt), [target, ""]])])]

    def _frame(self, frame: etree._Element) -> Blocks:
        """A table, or the words of a diagram as a list. Charts and objects are reported as lost."""
        table = next(frame.iter(f"{_A}tbl"), None)
        if table is not None:
            return [self._table(table)]
        data = next(frame.iter(f"{_A}graphicData"), None)
        kind = data.get("uri", "").rpartition("/")[2] if data is not None else ""
        if kind == "diagram":
            self._draft.report(codes.DIAGRAMS, count=1)
            return self._diagram(frame)
        self._draft.report(codes.CHARTS if kind == "chart" else codes.EMBEDDED, count=1)
        return []

    def _diagram(self, frame: etree._Element) -> Blocks:
        """The words of a diagram (SmartArt) as a list."""
        # The frame names its parts by relationship ids in attributes of the namespace of diagrams.
        parts = [target for kind, target in self._relations.values() if kind == "diagramData"]
        ids = {value for element in frame.iter() for value in element.attrib.values()}
        # A slide may have several diagrams: take the one whose id the frame names.
        own = [t for i, (k, t) in self._relations.items() if k == "diagramData" and i in ids]
        root = self._package.xml((own or parts or [""])[0])
        if root is None:
            return []
        lines = [line for p in root.iter(f"{_A}p") if (line := self._text(p))]
        return [node("BulletList", [[node("Plain", line)] for line in lines])] if lines else []

    def _table(self, table: etree._Element) -> Node:
        """A table; its first row is the header if the table's style says so."""
        look = table.find(f"{_A}tblPr")
        has_head = look is not None and look.get("firstRow") in ("1", "true")
        made = []
        for row in table.iter(f"{_A}tr"):
            cells = [self._cell(c) for c in row.iter(f"{_A}tc") if not _is_covered(c)]
            made.append([attributes(), cells])
        columns = len(list(table.iter(f"{_A}gridCol"))) or max((len(r[1]) for r in made), default=1)
        head = made[:1] if has_head else []
        body = [attributes(), 0, [], made[len(head) :]]
        plain = [[node("AlignDefault"), node("ColWidthDefault")] for _ in range(columns)]
        caption: list[object] = [None, []]
        return node(
            "Table",
            [attributes(), caption, plain, [attributes(), head], [body], [attributes(), []]],
        )

    def _cell(self, cell: etree._Element) -> list[object]:
        """A cell in pandoc's form: attributes, alignment, spans, blocks."""
        blocks = [node("Plain", line) for p in cell.iter(f"{_A}p") if (line := self._text(p))]
        if len(blocks) > 1:
            blocks = [paragraph(block["c"]) for block in blocks]
        spans = [
            int(s) if (s := cell.get(n, "1")).isdigit() else 1 for n in ("rowSpan", "gridSpan")
        ]
        return [attributes(), node("AlignDefault"), *spans, blocks]

    def _comments(self, root: etree._Element, about: str) -> None:
        """Report the comments on a slide. Their authors are in another part, which is not read."""
        for comment in root:
            text = " ".join(t.text or "" for t in comment.iter(f"{_P}text", f"{_A}t"))
            if text.strip():
                self._draft.report(codes.COMMENT, author="?", words=excerpt(about), comment=text)


def _placeholder(shape: etree._Element) -> str | None:
    """The type of the placeholder that a shape fills, None for a shape of its own."""
    holder = next(shape.iter(f"{_P}ph"), None)
    return holder.get("type", "") if holder is not None else None


def _level(p: etree._Element) -> int:
    look = p.find(f"{_A}pPr")
    level = look.get("lvl", "0") if look is not None else "0"
    return min(int(level), 8) if level.isdigit() else 0


def _is_point(p: etree._Element, is_list: bool) -> bool:
    """Whether a paragraph has a bullet: its own setting, else that of the placeholder's layout."""
    look = p.find(f"{_A}pPr")
    if look is None:
        return is_list
    if look.find(f"{_A}buNone") is not None:
        return False
    return is_list or any(
        look.find(f"{_A}{name}") is not None for name in ("buChar", "buAutoNum", "buBlip")
    )


def _is_numbered(p: etree._Element) -> bool:
    look = p.find(f"{_A}pPr")
    return look is not None and look.find(f"{_A}buAutoNum") is not None


def _add_point(blocks: Blocks, level: int, numbered: bool, inlines: Inlines) -> None:
    """Add a point to the list of its level, below the last point of the level above.

    Without a list to go below, it goes into the deepest one there is. A change between bullets
    and numbers starts a new list.
    """
    here = blocks
    for _ in range(level):
        last = here[-1] if here else None
        if last is None or last["t"] not in ("BulletList", "OrderedList"):
            break
        entries = last["c"] if last["t"] == "BulletList" else last["c"][1]
        here = entries[-1]
    kind = "OrderedList" if numbered else "BulletList"
    if not here or here[-1]["t"] != kind:
        decimal = [1, node("Decimal"), node("Period")]
        here.append(node(kind, [decimal, []] if numbered else []))
    entries = here[-1]["c"][1] if numbered else here[-1]["c"]
    entries.append([node("Plain", inlines)])


def _is_covered(cell: etree._Element) -> bool:
    """Whether a cell is covered by a merged one (it is in the file, but has no place)."""
    return any(cell.get(name) in ("1", "true") for name in ("hMerge", "vMerge"))


def _spaced(text: str) -> Inlines:
    """The text of a run as inlines, with the spaces at its ends: they separate it from others."""
    inlines = words(text)
    if text[:1].isspace():
        inlines = [node("Space"), *inlines]
    if text[-1:].isspace() and text.strip():
        inlines = [*inlines, node("Space")]
    return inlines
