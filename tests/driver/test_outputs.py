"""A new output is one module and one row: all that users see of it follows."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from lxml import html

from book.commands.build import build_command
from book.commands.program import Program
from book.driver.cache import Cache
from book.driver.delivery import MANIFEST
from book.driver.outputs import table
from book.driver.outputs.output import BuildContext, Product
from book.exit_codes import DONE, WRONG_USE
from book.release.text import composed
from book.system.checkout import CHECKOUT
from tests.support.books import lay, load
from tests.support.sample_output import SAMPLE, SAMPLE_FILES


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "OUTPUTS", (SAMPLE, *table.OUTPUTS))


def build(root: Path, formats: str) -> int:
    where = {"root": str(root), "output": str(root / "out")}
    return build_command([], formats, **where, jobs=1, language="en", strict=False)


@pytest.mark.slow
@pytest.mark.usefixtures("sample")
def test_an_output_is_built_listed_reported_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay("base", tmp_path / "root")
    assert build(root, "sample") == DONE
    folder = root / "out" / "base"
    title, size = (folder / "sample/index.html").read_bytes(), folder / "sample/data/size.json"
    assert int(size.read_text()) == (folder / "base.epub").stat().st_size

    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert manifest["artefacts"]["sample/index.html"] == {
        "size": len(title),
        "sha256": hashlib.sha256(title).hexdigest(),
        "media_type": "text/html",
    }
    assert manifest["outputs"]["sample"] == list(SAMPLE_FILES)

    total = len(title) + size.stat().st_size
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["artefacts"][0] == {"name": "sample/", "size": total, "files": 3}
    assert "Sampling the book" in [step["name"] for step in report["steps"]]
    assert "Z999" in [finding["code"] for finding in report["findings"]]
    page: html.HtmlElement = html.document_fromstring((folder / "report.html").read_bytes())
    (link,) = page.xpath("//ul[@class='artefacts']//a[b='A sample']")
    assert link.get("href") == "./sample/index.html"
    assert "3 files" in link.text_content()

    said = capsys.readouterr().out
    assert "base/sample/ (3 files)" in said
    assert "the sample says" in said
    # Made with another format it stays as it is.
    assert build(root, "epub") == DONE
    assert (folder / "sample/index.html").read_bytes() == title


@pytest.mark.usefixtures("sample")
def test_an_output_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert build(CHECKOUT, "nope") == WRONG_USE
    assert "The formats are: sample, epub, pdf, print, catalogue." in capsys.readouterr().err
    program = Program(name="Invoke", binary="./inv", version="1")
    words = ["./inv", "--search-root", str(CHECKOUT), "build", "--help", "--lang=en"]
    program.run(words, exit=False)
    said = " ".join(capsys.readouterr().out.split())
    assert "sample,epub,pdf,print,catalogue (default: epub,pdf,catalogue)" in said


def test_two_outputs_cannot_make_the_same_file(tmp_path: Path) -> None:
    loaded, _ = load(lay("base", tmp_path / "root"))
    assert loaded is not None
    made = composed(loaded, Cache(tmp_path / "cache"), 1)
    assert made is not None
    context = BuildContext(made, lambda _: []).with_product("one", Product({"a": b""}))
    with pytest.raises(ValueError, match="two makes files that another output made: a"):
        context.with_product("two", Product({"a": b"", "b": b""}))
