"""No byte that a build leaves tells a withheld name: artefacts, reports, manifest, cache."""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest

from book.driver.run import Order, run
from book.findings import Severity
from book.report.facts import EditionFacts

WORDS = ("zelmira", "immaginari", "ipotetico", "finzioni")


def built(root: Path, output: Path, formats: tuple[str, ...] = ("epub", "pdf")) -> EditionFacts:
    order = Order(root=root, output=output, jobs=1, formats=formats)
    (facts,) = run(order, lambda *_: None, lambda _: None)
    assert facts.made, [f.sentence("it") for f in facts.findings]
    return facts


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes | str]]:
    """``data`` and whatever is packed or compressed in it, under readable names."""
    yield name, data
    at = data.find(b"%PDF-")
    if 0 <= at < 1024:
        yield from pdf_contents(name, data[at:])
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}!name", member
                yield from contents(f"{name}!{member}", archive.read(member))


def pdf_contents(name: str, data: bytes) -> Iterator[tuple[str, bytes | str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, item in enumerate(pdf.objects):
            if isinstance(item, pikepdf.Stream):
                try:
                    yield f"{name}#{number}", item.read_bytes()
                except pikepdf.PdfError:  # a picture's own compression
                    yield f"{name}#{number}", item.read_raw_bytes()
            yield from ((f"{name}#{number}", text) for text in strings(item))
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield f"{name}:page", page.get_textpage().get_text_bounded()


def strings(item: pikepdf.Object) -> Iterator[str]:
    """Strings and names of an object, those of streams' dictionaries too."""
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield key
            if not value.is_indirect if isinstance(value, pikepdf.Object) else False:
                yield from strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from strings(value)


def squashed(text: str) -> str:
    """Letters alone, as a person who looks for a name would read them."""
    for _ in range(2):
        text = unquote(html.unescape(text.replace("\\u00ad", "")))
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def readings(data: bytes | str) -> Iterator[str]:
    if isinstance(data, str):
        yield squashed(data)
        return
    for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
        yield squashed(data.decode(encoding, "ignore"))
    yield squashed(data[1:].decode("utf-16-le", "ignore"))


def told(folder: Path) -> dict[str, set[str]]:
    """The withheld words that can be read below ``folder``, by top-level file or cache entry."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        for word in WORDS:
            if word in squashed(name):
                found.setdefault(name, set()).add(word)
        if path.is_file():
            for _, data in contents(name, path.read_bytes()):
                for text in readings(data):
                    for word in WORDS:
                        if word in text:
                            found.setdefault(name, set()).add(word)
    return found


@pytest.mark.slow
def test_a_name_goes_when_it_is_withheld(
    reserved: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, output = reserved / "chapters" / "riserbo", tmp_path / "out"
    answers = {name: (folder / name).read_text("utf-8") for name in FILES}

    # With everybody's consent the names are there, and this search finds them.
    for name, text in answers.items():
        agreed = text.replace("ebook: no", "ebook: yes").replace("revoked: 2024-04-20", "scope: ")
        (folder / name).write_text(agreed, "utf-8")
    facts = built(reserved, output)
    assert not [f for f in facts.findings if f.code.id.startswith("V")]
    found = told(output)
    for name in ("riserbo.epub", "riserbo.pdf", "report.html"):
        assert "immaginari" in found.get(f"riserbo/{name}", set()) or name == "report.html"
    assert any(name.startswith(".cache/") for name in found)

    # Withdrawn: one format is made anew, and nothing of before is left anywhere.
    for name, text in answers.items():
        (folder / name).write_text(text, "utf-8")
    facts = built(reserved, output, ("epub",))
    assert told(output) == {}
    assert not (output / "riserbo" / "riserbo.pdf").exists()

    facts = built(reserved, output)
    assert told(output) == {}
    assert (output / "riserbo" / "riserbo.pdf").exists()
    said = "\n".join(f.sentence(language) for f in facts.findings for language in ("it", "en"))
    outcome = capfd.readouterr()
    for text in (said, repr(facts), outcome.out, outcome.err):
        assert not [word for word in WORDS if word in squashed(text)]
    assert not [f for f in facts.findings if f.severity is Severity.ERROR]
    shown = "".join(squashed(str(d)) for _, d in contents("x", pdf(output)))
    assert "partecipante1comune" in shown
    assert "esempiaconsentita" in shown


FILES = ("edition.yaml", "trascrizione.md", "people.private.yaml")


def pdf(output: Path) -> bytes:
    return (output / "riserbo" / "riserbo.pdf").read_bytes()


@pytest.mark.slow
def test_without_the_private_file_the_book_is_made_with_roles(
    reserved: Path, tmp_path: Path
) -> None:
    folder, output = reserved / "chapters" / "riserbo", tmp_path / "out"
    (folder / "people.private.yaml").unlink()
    for name in ("edition.yaml", "trascrizione.md", "saggio.md"):
        text = (folder / name).read_text("utf-8")
        # What the chapters say of somebody whom they do not name.
        for written in ("Ipotetico d’Esempio Finzioni", "Ipotetico d'Esempio Finzioni"):
            text = text.replace(written, "chi educa")
        (folder / name).write_text(text.replace("Ipotetico Finzioni", "chi educa"), "utf-8")
    facts = built(reserved, output, ("epub",))
    assert told(output) == {}
    assert "V008" in {f.code.id for f in facts.findings}
    with zipfile.ZipFile(output / "riserbo" / "riserbo.epub") as archive:
        texts = "".join(archive.read(n).decode() for n in archive.namelist() if "xhtml" in n)
    assert "Educatore" in texts
