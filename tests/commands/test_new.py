"""What ./inv new makes builds at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.commands.new import new_brand, new_command
from book.driver.run import Order, run
from book.exit_codes import DONE, WRONG_USE
from book.findings import Severity
from book.model.assets import Assets
from book.validators.verapdf import check_pdfs
from tests.support.books import lay


@pytest.mark.slow
def test_a_new_brand_builds_in_every_format_and_is_accessible(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    folder = new_brand("casa-nuova", root)
    assert (folder / "brand.yaml").read_text("utf-8").count("\nname: Casa nuova\n") == 1
    fields = root / "chapters" / "base" / "edition.yaml"
    text = fields.read_text("utf-8").replace("brand: ancilab", "brand: casa-nuova")
    text = "".join(line for line in text.splitlines(True) if not line.startswith("ground:"))
    pdfs = []
    for name in ("170x240", "A5", "A4"):
        fields.write_text(f"{text}page_format: {name}\n", "utf-8")
        output = tmp_path / name
        (facts,) = run(Order(root, output=output, formats=("pdf", "epub"), jobs=2), print, print)
        assert facts.made
        assert not [f for f in facts.findings if f.severity is not Severity.HINT]
        pdfs.append(output / "base" / "base.pdf")
    assert all(verdict.passed for verdict in check_pdfs(pdfs))


def test_every_field_is_explained(tmp_path: Path) -> None:
    file = new_brand("mia", tmp_path) / "brand.yaml"
    before = ""
    for line in file.read_text("utf-8").splitlines():
        key = line.partition(":")[0]
        if line and line[0].isalpha() and not key.startswith(("imprint", "default_")):
            assert before.startswith("#"), f"nothing explains {key}"
        before = line
    brand, findings = Assets(tmp_path).brand("mia")
    assert brand is not None
    assert (brand.name, findings) == ("Mia", [])


def test_names_are_not_taken_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def new(kind: str, name: str) -> int:
        return new_command(kind, name, root=str(tmp_path), language="en")

    assert new("brand", "mia") == DONE
    kept = (tmp_path / "assets" / "brands" / "mia" / "brand.yaml").read_bytes()
    assert new("brand", "mia") == WRONG_USE
    assert new("brand", "ancilab") == WRONG_USE
    assert "already" in capsys.readouterr().err
    assert new("brand", "Mia Casa") == WRONG_USE
    assert new("brand", "../fuori") == WRONG_USE
    assert new("shelf", "mia") == WRONG_USE
    assert "brand" in capsys.readouterr().err
    assert (tmp_path / "assets" / "brands" / "mia" / "brand.yaml").read_bytes() == kept
    assert not (tmp_path / "assets" / "fuori").exists()
