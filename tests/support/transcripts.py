"""Files of transcripts for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from book.intake.transcripts.cues import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(paragraphs: Sequence[str], *, inside: str = "") -> bytes:
    """A Word file of paragraphs; a line feed is a ``w:br`` as Teams writes it."""
    body = "".join(
        "<w:p><w:r><w:t xml:space='preserve'>"
        + escape(text).replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
        + "</w:t></w:r></w:p>"
        for text in paragraphs
    )
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}{inside}</w:body>'
    return zipped({"word/document.xml": f"{xml}</w:document>"})


def zipped(files: dict[str, str]) -> bytes:
    """A zip archive of texts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def codes(reading: Reading) -> list[str]:
    """The codes of a reading's findings."""
    return [finding.code.id for finding in reading.findings]
