"""Rules about the sources: each kept by a right edition, and broken by one mistake alone."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from book.model.load import edition_names
from book.model.loaded import LoadedEdition
from book.notice.rule import Result, Verdict
from book.notice.source_rules import judge_sources, registry_findings
from book.system.checkout import CHECKOUT
from tests.support import books

APPROVAL = """approvals:
  - what: emblema
    by: Autorità Responsabile
    date: {date}
    reference: prot. 1
"""
REGISTERED = "name: Lab’Impact\ncode: PROG-2463\ncup: E89F18000510007\nprogramme: fami-2014-2020\n"


def laid(root: Path, *changes: tuple[str, str], programme: tuple[str, str] = ("", "")) -> Path:
    """The base book in ``root``, with texts of edition.yaml and of the programme replaced."""
    books.lay(books.BASE, root)
    edition = root / "chapters" / books.BASE / "edition.yaml"
    text = edition.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    edition.write_text(text, "utf-8")
    if programme[0]:
        own = root / "assets" / "programmes" / "fami-2014-2020.yaml"
        own.parent.mkdir(parents=True, exist_ok=True)
        written = (CHECKOUT / own.relative_to(root)).read_text("utf-8")
        assert programme[0] in written
        own.write_text(written.replace(*programme), "utf-8")
    return root


def loaded(root: Path) -> LoadedEdition:
    found, findings = books.load(root)
    assert found is not None, findings
    return found


def broken(results: list[Result]) -> dict[str, Result]:
    return {r.rule.id: r for r in results if r.verdict is Verdict.BROKEN}


def register(root: Path, text: str, name: str = "labimpact") -> None:
    folder = root / "assets" / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, "utf-8")


def test_a_right_edition_keeps_every_rule(tmp_path: Path) -> None:
    results = judge_sources(loaded(laid(tmp_path)))
    verdicts = {r.rule.id: r.verdict for r in results}
    assert verdicts.pop("EU-22") is Verdict.TO_CONFIRM
    assert verdicts == dict.fromkeys(
        ("SRC-01", "SRC-02", "SRC-03", "SRC-04", "EU-04"), Verdict.KEPT
    )
    assert all(r.finding is None for r in results)


OTHER_CUP = ("cup: E89F18000510007", "cup: E49D20000010009")
WRONG: dict[str, tuple[list[tuple[str, str]], tuple[str, str], str, str, str]] = {
    "CUP of another project": (
        [OTHER_CUP],
        ("", ""),
        "SRC-01",
        "N101 chapters/base/edition.yaml:27:8",
        "E49D20000010009 instead of E89F18000510007",
    ),
    "project of another name": (
        [("name: Lab'Impact", "name: Altro"), ("code: PROG-2463", "code: PROG-1")],
        ("", ""),
        "SRC-01",
        "N101 chapters/base/edition.yaml:27:8",
        "E89F18000510007 is the CUP of «Lab’Impact», not of «Altro»",
    ),
    "another programme": (
        [("programme: fami-2014-2020", "programme: por-fse-2014-2020-lombardia")],
        ("", ""),
        "SRC-02",
        "N102 chapters/base/edition.yaml:23:12",
        "«Lab’Impact» is of fami-2014-2020",
    ),
    "too late": (
        [("date: 2021-03-25", "date: 2025-01-01")],
        ("", ""),
        "SRC-03",
        "N103 chapters/base/edition.yaml:4:7",
        "2025-01-01, fami-2014-2020 (2014-2024)",
    ),
    "too early": (
        [("date: 2021-03-25", "date: 2013-12-31")],
        ("", ""),
        "SRC-03",
        "N103 chapters/base/edition.yaml:4:7",
        "2013-12-31",
    ),
    "without the code": (
        [("  code: PROG-2463\n", "")],
        ("", ""),
        "SRC-04",
        "N104 chapters/base/edition.yaml:25:3",
        "fami-2014-2020: without code",
    ),
    "abbreviated statement": (
        [],
        ("it: Progetto co-finanziato dall’Unione Europea", "it: Progetto co-finanziato dall’UE"),
        "EU-04",
        "N004 assets/programmes/fami-2014-2020.yaml:{line}:7",
        "«Progetto co-finanziato dall’UE»",
    ),
    "abbreviated line": (
        [],
        ("- Obiettivo Specifico 2. Integrazione", "- Fondi U.E. Integrazione"),
        "EU-04",
        "N004 assets/programmes/fami-2014-2020.yaml:{line}:7",
        "«Fondi U.E. Integrazione",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_mistake_breaks_one_rule(name: str, tmp_path: Path) -> None:
    changes, programme, rule, place, measured = WRONG[name]
    found = broken(judge_sources(loaded(laid(tmp_path, *changes, programme=programme)), "en"))
    assert list(found) == [rule]
    finding = found[rule].finding
    assert finding is not None
    if programme[0]:
        lines = (tmp_path / finding.file).read_text("utf-8").splitlines()
        place = place.format(line=1 + next(n for n, t in enumerate(lines) if programme[1] in t))
    assert f"{finding.code.id} {finding.place()}" == place
    assert measured in found[rule].measured
    assert found[rule].measured in finding.problem("en")


def test_no_project_lacks_all_that_is_demanded(tmp_path: Path) -> None:
    project = "project:\n  name: Lab'Impact\n  code: PROG-2463\n  cup: E89F18000510007\n"
    results = judge_sources(loaded(laid(tmp_path, (project, ""))), "en")
    assert broken(results).keys() == {"SRC-04"}
    assert "name, code, cup" in broken(results)["SRC-04"].measured


def test_a_project_that_is_not_registered_is_to_be_confirmed(tmp_path: Path) -> None:
    changes = [("name: Lab'Impact", "name: Altro"), ("code: PROG-2463", "code: PROG-1")]
    root = laid(tmp_path, *changes, ("cup: E89F18000510007", "cup: E11A18000510001"))
    verdicts = {r.rule.id: r.verdict for r in judge_sources(loaded(root))}
    assert verdicts["SRC-01"] is Verdict.TO_CONFIRM
    assert verdicts["SRC-02"] is Verdict.TO_CONFIRM
    register(root, REGISTERED.replace("PROG-2463", "PROG-1").replace("Lab’Impact", "Altro"))
    assert broken(judge_sources(loaded(root))).keys() == {"SRC-01"}


@pytest.mark.parametrize(
    ("date", "verdict"), [("2021-03-25", Verdict.KEPT), ("2021-03-26", Verdict.BROKEN)]
)
def test_an_approval_comes_before_the_edition(date: str, verdict: Verdict, tmp_path: Path) -> None:
    root = laid(tmp_path)
    register(root, REGISTERED + APPROVAL.format(date=date))
    edition = loaded(root)
    assert edition.edition.date == datetime.date(2021, 3, 25)
    assert registry_findings(edition) == []
    results = judge_sources(edition)
    assert {r.rule.id: r.verdict for r in results}["EU-22"] is verdict
    assert broken(results).keys() == ({"EU-22"} if verdict is Verdict.BROKEN else set())
    if verdict is Verdict.BROKEN:
        finding = broken(results)["EU-22"].finding
        assert finding is not None
        assert finding.place() == "chapters/base/edition.yaml:4:7"


def test_a_book_without_funding_is_not_judged(tmp_path: Path) -> None:
    root = laid(tmp_path, ("programme: fami-2014-2020", "programme: none"))
    assert judge_sources(loaded(root)) == []


def test_the_house_s_editions_keep_every_rule(repository: Path) -> None:
    for name in edition_names(repository):
        edition, findings = books.load(repository, name)
        assert edition is not None, findings
        assert broken(judge_sources(edition)) == {}, name
        assert registry_findings(edition) == []


BAD: dict[str, tuple[str, list[str]]] = {
    "cup": (REGISTERED.replace("E89F18000510007", "E89F1800051"), ["B0"]),
    "key": (REGISTERED + "beneficiario: x\n", ["B0"]),
    "date": (REGISTERED + APPROVAL.format(date="25/3/2021"), ["B0"]),
    "programme": (REGISTERED.replace("fami-2014-2020", "fami"), ["B081"]),
    "yaml": ("name: [", ["B0"]),
}


@pytest.mark.parametrize("name", BAD)
def test_the_registry_says_what_is_wrong_and_where(name: str, tmp_path: Path) -> None:
    root = laid(tmp_path)
    text, codes = BAD[name]
    register(root, text)
    findings = registry_findings(loaded(root))
    assert [f.code.id[: len(c)] for f, c in zip(findings, codes, strict=True)] == codes
    assert all(f.file == "assets/projects/labimpact.yaml" and f.line for f in findings)


def test_two_projects_do_not_share_a_cup(tmp_path: Path) -> None:
    root = laid(tmp_path)
    register(root, REGISTERED)
    register(root, REGISTERED.replace("Lab’Impact", "Altro"), "secondo")
    (finding,) = registry_findings(loaded(root))
    values: dict[str, Any] = dict(finding.values)
    assert (finding.code.id, finding.place()) == ("B080", "assets/projects/secondo.yaml:3:6")
    assert values["other"] == "assets/projects/labimpact.yaml"
