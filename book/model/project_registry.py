"""The registry of funded projects: ``assets/projects/*.yaml``, one file for each project.

A CUP has no public check digit, so a wrong one cannot be told by itself. The registry tells
whether it is the CUP of the project that an edition names. It also keeps the Authority's written
approvals of the notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from book.findings import Finding, in_order
from book.model import codes
from book.model.base import Model
from book.model.dates import Date
from book.model.identifiers import Cup
from book.model.yaml.code_twins import for_assets
from book.model.yaml.source import YamlSource, load_yaml
from book.model.yaml.validation import validate

FOLDER = "projects"


class Approval(Model):
    """A written approval of the notice, or of a logo in it."""

    what: str = Field(min_length=1, description="Che cosa è approvato")
    by: str = Field(min_length=1, description="Chi ha approvato")
    date: Date = Field(description="Data dell'approvazione, AAAA-MM-GG")
    reference: str = Field(min_length=1, description="Protocollo o messaggio che lo prova")


class RegisteredProject(Model):
    """One project: ``assets/projects/<name>.yaml``."""

    name: str = Field(min_length=1, description="Nome del progetto")
    code: str | None = Field(None, description="Codice del progetto, per esempio PROG-2463")
    cup: Cup = Field(description="Codice unico di progetto, 15 caratteri")
    programme: str = Field(min_length=1, description="Programma che lo finanzia")
    beneficiary: str | None = Field(None, description="Beneficiario della convenzione")
    approvals: tuple[Approval, ...] = Field((), description="Approvazioni scritte dell'Autorità")


@dataclass(frozen=True)
class Registry:
    """The registered projects; ``projects`` are by the POSIX path of their file, sorted."""

    projects: dict[str, RegisteredProject]

    def by_cup(self, cup: str) -> RegisteredProject | None:
        """The project with this CUP; None if there is none."""
        return next((p for p in self.projects.values() if p.cup == cup), None)

    def by_name(self, name: str, code: str | None) -> RegisteredProject | None:
        """The project with this code, else the one with this name; None if there is neither.

        Case, spaces and punctuation do not count.
        """
        projects = list(self.projects.values())
        key = _normalised(code or "")
        coded = [p for p in projects if code and p.code and _normalised(p.code) == key]
        named = [p for p in projects if _normalised(p.name) == _normalised(name)]
        return next(iter([*coded, *named]), None)


def load_registry(assets: Sequence[Path]) -> tuple[Registry, list[Finding]]:
    """Read the projects of the ``assets`` folders.

    A file in an earlier folder replaces files with the same name in later ones. The registry
    holds the valid files; the findings, sorted, are about the others.
    """
    files: dict[str, Path] = {}
    programmes: set[str] = set()
    for folder in assets:
        programmes |= {path.stem for path in folder.glob("programmes/*.yaml")}
        for path in folder.glob(f"{FOLDER}/*.yaml"):
            files.setdefault(f"assets/{FOLDER}/{path.name}", path)
    projects: dict[str, RegisteredProject] = {}
    findings: list[Finding] = []
    for file in sorted(files):
        source, found = load_yaml(files[file], file, "name, cup, programme")
        project = None
        if source is not None:
            project, more = validate(RegisteredProject, source)
            found = [*found, *more]
        findings += [for_assets(finding) for finding in found]
        if source is not None and project is not None:
            findings += _cross_check(source, project, projects, programmes)
            projects[file] = project
    return Registry(projects), in_order(findings)


def _cross_check(
    source: YamlSource,
    project: RegisteredProject,
    others: dict[str, RegisteredProject],
    programmes: set[str],
) -> list[Finding]:
    """Findings on a CUP that another project has, and on a programme that does not exist."""
    findings = []
    same = next((file for file, other in others.items() if other.cup == project.cup), None)
    if same is not None:
        place = source.value_at(("cup",))
        findings.append(codes.SAME_CUP.at(source.file, *place, cup=project.cup, other=same))
    if project.programme not in programmes:
        place = source.value_at(("programme",))
        values: dict[str, Any] = {
            "value": project.programme,
            "allowed": ", ".join(sorted(programmes)),
        }
        findings.append(codes.PROJECT_PROGRAMME_UNKNOWN.at(source.file, *place, **values))
    return findings


def _normalised(text: str) -> str:
    """The letters and digits of ``text``, without case, for comparison."""
    return "".join(character for character in text.casefold() if character.isalnum())
