from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from weasyprint import HTML

from book.validators.verapdf import PROFILES, check_pdfs
from book.validators.verdict import ValidatorMissing

PAGE = """<!DOCTYPE html><html lang="it"><head><title>Prova</title></head>
<body><h1>Prova</h1><p>Un capoverso.</p></body></html>"""


def write_pdf(path: Path, variant: str | None) -> Path:
    HTML(string=PAGE).write_pdf(path, pdf_variant=variant)
    return path


@pytest.mark.slow
def test_one_run_tells_a_tagged_pdf_from_an_untagged_one(tmp_path: Path) -> None:
    tagged = write_pdf(tmp_path / "buono.pdf", "pdf/ua-1")
    untagged = write_pdf(tmp_path / "rotto.pdf", None)
    first, second = check_pdfs([tagged, untagged])
    assert first.messages == ()
    assert (first.path, first.passed, first.errors, first.flavour) == (tagged, True, 0, "ua1")
    assert first.checks > 50
    assert first.validator.startswith("veraPDF 1.31")
    assert not second.passed
    assert {"6.2-1", "7.1-8"} <= {message.id for message in second.messages}
    marked = next(message for message in second.messages if message.id == "6.2-1")
    assert marked.clause == "ISO 14289-1:2014, 6.2"
    assert marked.severity == "error"
    assert "MarkInfo" in marked.text
    assert marked.count == 1


@pytest.mark.slow
def test_a_broken_rule_counts_its_places(tmp_path: Path) -> None:
    html = PAGE.replace("<p>Un", "<h3>Salto</h3><p>x</p><h6>Salto</h6><p>Un")
    pdf = tmp_path / "salti.pdf"
    HTML(string=html).write_pdf(pdf, pdf_variant="pdf/ua-1")
    (verdict,) = check_pdfs([pdf])
    (message,) = verdict.messages
    assert message.id == "7.4.2-1"
    assert message.count == 2


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["2a", "4"])
def test_other_flavours_judge_otherwise(tmp_path: Path, flavour: str) -> None:
    (verdict,) = check_pdfs([write_pdf(tmp_path / "ua.pdf", "pdf/ua-1")], flavour)
    assert not verdict.passed
    assert verdict.flavour == flavour


def test_an_unknown_flavour_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown flavour 'ua9'"):
        check_pdfs([], "ua9")
    assert "ua1" in PROFILES


def test_a_file_that_is_no_pdf_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "finto.pdf"
    path.write_text("no PDF at all")
    false, true = check_pdfs([path, write_pdf(tmp_path / "vero.pdf", "pdf/ua-1")])
    assert not false.passed
    assert [message.id for message in false.messages] == ["unreadable"]
    assert true.passed


def test_without_jpype_the_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "jpype" else find(name)
    )
    with pytest.raises(ValidatorMissing, match="jpype1"):
        check_pdfs([write_pdf(tmp_path / "ua.pdf", "pdf/ua-1")])
