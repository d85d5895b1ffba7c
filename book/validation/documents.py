"""From a place in a document of an EPUB (line and column, CFI, id) to its place in a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from lxml import etree

from book.markdown.dom import classes
from book.markdown.plain import words_of
from book.output.epub.origins import Origin
from book.validation.sources import Place, Sources

# A step of a CFI is a number; the element's id may follow in brackets and repeats what the number
# says, so it is not used.
_STEP = re.compile(r"/(\d+)(?:\[[^\]]*\])?")
# Templates are read with patterns: as Jinja they are no well-formed XML, so no parser reads them.
_TAG = re.compile(r"<([\w:]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_FIELDS = {"byline": ("authors", "speakers"), "abstract": ("abstract",)}
"""By the class of an element in a chapter's opener: the keys of the front matter that it shows."""


@dataclass
class PackedDocument:
    """One XHTML file of an EPUB; ``origin`` is what the build noted of it, None for nothing."""

    content: bytes
    origin: Origin | None
    sources: Sources

    @cached_property
    def elements(self) -> list[etree._Element]:
        """The elements in document order."""
        return list(etree.fromstring(self.content).iter(etree.Element))

    def at(self, line: int, column: int) -> Place:
        """The source of the tag at a line and column (from 1), as a SAX locator tells them.

        A SAX locator gives the end of a tag, so the last tag that begins before it is meant.
        """
        return self._place(self._index(line, column))

    def _index(self, line: int, column: int) -> int:
        # The tags are in document order, so their places only grow.
        found = 0
        for place, index in self._tags:
            if place >= (line, column):
                break
            found = index
        return found

    def at_cfi(self, cfi: str) -> Place:
        """The source of the element at an EPUB CFI's path from the root («/4/2[id]/6»)."""
        return self._place(self._number(cfi))

    def line(self, cfi: str) -> int:
        """The line of the source with the element at a CFI's path; 0 for one from a template."""
        number = self._number(cfi)
        known = self.origin.lines if self.origin else ()
        # The build noted one line for each element in document order. If the counts differ, the
        # EPUB is not the one that the build made, and its numbers would lead to wrong lines.
        return known[number] if len(known) == len(self.elements) else 0

    def _number(self, cfi: str) -> int:
        element = self.elements[0]
        for step in _STEP.findall(cfi):
            children = [child for child in element if isinstance(child.tag, str)]
            # EPUB CFI 1.1: even steps count elements, odd steps the text between them.
            number, is_text = divmod(int(step), 2)
            if is_text or not 0 < number <= len(children):
                # A step to text, or one too many: the element around it is the nearest known one.
                break
            element = children[number - 1]
        return self.elements.index(element)

    def named(self, id: str) -> Place:
        """The source of the element with an id; of the whole document if there is none."""
        numbers = (n for n, e in enumerate(self.elements) if e.get("id") == id)
        return self._place(next(numbers, 0))

    def link_at(self, line: int, column: int) -> str:
        """The address of the link around a line and column; "" for none."""
        element = self.elements[self._index(line, column)]
        around = [element, *element.iterancestors()]
        return next((href for place in around if (href := place.get("href"))), "")

    @cached_property
    def _tags(self) -> list[tuple[tuple[int, int], int]]:
        """The line and column where each tag begins, start or end, and the number of its element.

        lxml tells only the lines of start tags, so expat reads the document once more.
        """
        tags: list[tuple[tuple[int, int], int]] = []
        stack: list[int] = []
        count = 0
        parser = expat.ParserCreate()

        def note(index: int) -> None:
            # expat counts columns from 0, SAX locators from 1.
            place = (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
            tags.append((place, index))

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal count
            stack.append(count)
            note(count)
            count += 1

        def end(name: str) -> None:
            note(stack.pop())

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.Parse(self.content, True)
        return tags

    def _place(self, index: int) -> Place:
        element = self.elements[index]
        if self.origin is None:
            return self._place_of_words(self.sources.edition, element)
        lines = self.origin.lines
        if len(lines) == len(self.elements) and lines[index]:
            return Place(self.origin.source, lines[index])
        # An element without a line was made by a template, not by the author's Markdown.
        made_by = self._template(element, self.origin)
        return made_by or self._place_of_words(self.origin.source, element)

    def _place_of_words(self, file: str, element: etree._Element) -> Place:
        """The line of ``file`` with the words of an element, else of the nearest around it.

        For elements that a template fills from the YAML of ``file``.
        """
        for place in (element, *element.iterancestors()):
            for name in classes(place):
                if name in _FIELDS and (found := self.sources.field(file, *_FIELDS[name])).line:
                    return found
            words = " ".join("".join(map(str, place.itertext())).split())
            if words_of(words) and (said := self.sources.line_with(file, words)):
                return said
        return Place(file)

    def _template(self, element: etree._Element, origin: Origin) -> Place | None:
        """The tag in a template of the brand that made an element.

        None for the house's own templates: an editor cannot mend them.
        """
        own = self.sources.files(f"{self.sources.brand}/templates", (".xhtml.j2",))
        # The document's own template comes first, and a later tag must be more alike to win: where
        # two templates have the same tag, the document's own counts.
        own.sort(key=lambda file: not file.endswith(f"/{origin.template}"))
        best: tuple[int, Place] | None = None
        for file in own:
            text = "\n".join(self.sources.lines(file))
            for tag in _TAG.finditer(text):
                score = _likeness(tag, element)
                if score is not None and (best is None or score > best[0]):
                    best = score, Place(file, text.count("\n", 0, tag.start()) + 1)
        return best[1] if best else None


def _likeness(tag: re.Match[str], element: etree._Element) -> int | None:
    """How many attributes of a template's tag an element has; None if it cannot come from it."""
    if tag[1] != etree.QName(element).localname:
        return None
    values = {etree.QName(str(name)).localname: str(v) for name, v in element.attrib.items()}
    same = 0
    for name, double, single in _ATTRIBUTE.findall(tag[2]):
        local = name.rpartition(":")[2]
        # lxml keeps namespace declarations apart from attributes.
        if local == "xmlns" or name.startswith("xmlns:"):
            continue
        # What Jinja writes into an attribute is not known here: any text may stand in its place.
        parts = map(re.escape, _JINJA.split(double or single))
        if local not in values or not re.fullmatch(".*".join(parts), values[local], re.DOTALL):
            return None
        same += 1
    return same
