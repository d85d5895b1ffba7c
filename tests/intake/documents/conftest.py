"""Documents for tests: web pages of a few lines, and zips with parts as a test needs them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from book.findings import Finding
from book.intake.documents import import_document
from book.intake.imported import Imported

Result = tuple[Imported | None, list[Finding]]
Import = Callable[..., Result]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word_parts(body: str, head: str = "") -> dict[str, bytes]:
    """The least parts of a Word file with these paragraphs."""
    document = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    return {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELATIONS.encode(),
        "word/document.xml": document.encode(),
    }


def zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def import_bytes(tmp_path: Path) -> Import:
    """Import bytes under a file name."""

    def run(content: bytes, name: str) -> Result:
        path = tmp_path / name
        path.write_bytes(content)
        return import_document(path)

    return run


@pytest.fixture
def import_page(import_bytes: Import) -> Callable[[str], tuple[str, list[Finding]]]:
    """Import the body of a web page; the chapter's text below the front matter, and findings."""

    def run(body: str) -> tuple[str, list[Finding]]:
        page = f'<html lang="it"><body><h1>Prova</h1>{body}</body></html>'
        chapter, findings = import_bytes(page.encode(), "prova.html")
        assert chapter is not None, [finding.sentence("en") for finding in findings]
        return chapter.text.partition("\n---\n\n")[2], findings

    return run
