"""Reads the paragraphs of a Word file as lines of text, within bounds of time and memory.

Only the main document's part is unpacked. Entities and external files are never resolved.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from book.intake.transcripts.codes import CHANGED_TRACKED, TOO_BIG, UNREADABLE
from book.intake.transcripts.cues import Reading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
"""The namespaces of WordprocessingML, transitional and strict (ISO/IEC 29500)."""
ENTRIES_LIMIT = 5_000
PART_LIMIT = 60_000_000
"""The most bytes of ``word/document.xml``. A meeting of four hours takes about five million."""
RATIO_LIMIT = 250
"""The highest compression ratio; text reaches about thirty, a zip bomb a thousand."""
_PART = "word/document.xml"


def paragraphs(content: bytes, reading: Reading) -> list[tuple[int, str]]:
    """The lines of a DOCX, each with the number of its paragraph from 1.

    Empty, with a finding, when the file is damaged or unsafe.
    """
    part = _document(content, reading)
    if part is None:
        return []
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reading.findings.append(UNREADABLE.at(reading.file, reason=f"XML: {error}"))
        return []
    # Word writes no document type. One could define entities that grow or read files.
    if root.getroottree().docinfo.internalDTD is not None:
        reading.findings.append(UNREADABLE.at(reading.file, reason="DTD"))
        return []
    names = {prefix + name for prefix in (W, STRICT_W) for name in ("del", "moveFrom")}
    if any(True for _ in root.iter(*names)):
        reading.findings.append(CHANGED_TRACKED.at(reading.file))
    lines: list[tuple[int, str]] = []
    for number, paragraph in enumerate(root.iter(f"{W}p", f"{STRICT_W}p"), start=1):
        text = _text(paragraph)
        lines.extend((number, line) for line in text.replace("\x0b", "\n").split("\n"))
    return lines


def _document(content: bytes, reading: Reading) -> bytes | None:
    """The bytes of the main part; None, with a finding, when it is damaged or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            part = next((entry for entry in entries if entry.filename == _PART), None)
            if part is None or len(entries) > ENTRIES_LIMIT:
                reading.findings.append(UNREADABLE.at(reading.file, reason="DOCX"))
                return None
            ratio = part.file_size / max(part.compress_size, 1)
            is_bomb = part.file_size > 1_000_000 and ratio > RATIO_LIMIT
            if part.file_size > PART_LIMIT or is_bomb:
                reading.findings.append(
                    TOO_BIG.at(reading.file, size=part.file_size, limit=PART_LIMIT)
                )
                return None
            with archive.open(part) as stream:
                # The size in the zip's directory may be false, so reading is bounded, too.
                unpacked = stream.read(PART_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        reading.findings.append(UNREADABLE.at(reading.file, reason=f"ZIP: {error}"))
        return None
    except (RuntimeError, NotImplementedError, ValueError) as error:  # encrypted, odd method
        reading.findings.append(UNREADABLE.at(reading.file, reason=f"ZIP: {error}"))
        return None
    if len(unpacked) > PART_LIMIT:
        reading.findings.append(TOO_BIG.at(reading.file, size=len(unpacked), limit=PART_LIMIT))
        return None
    return unpacked


def _text(paragraph: etree._Element) -> str:
    """The words of a paragraph, without deleted ones and without those of text boxes.

    A text box holds paragraphs inside the paragraph; each is read by itself. ``Fallback`` holds a
    second copy of a text box for older programs and is skipped.
    """
    pieces: list[str] = []
    skipped = 0  # how many deletions and fallbacks the walk is inside of
    inner = 0  # how many inner paragraphs the walk is inside of
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if not isinstance(element.tag, str):  # a comment, a processing instruction
            continue
        name = etree.QName(element).localname
        step = 1 if event == "start" else -1
        if name in ("del", "moveFrom", "Fallback"):
            skipped += step
        elif name == "p" and element is not paragraph:
            inner += step
        elif event == "start" and not skipped and not inner:
            if name == "t":
                pieces.append(element.text or "")
            elif name in ("br", "cr"):
                pieces.append("\n")
            # A ``tab`` outside of a run defines a tab stop and is no character.
            elif name == "tab" and etree.QName(element.getparent()).localname == "r":
                pieces.append("\t")
            elif name == "noBreakHyphen":
                pieces.append("-")
    return "".join(pieces)
