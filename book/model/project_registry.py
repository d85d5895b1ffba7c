"""The registry of funded projects: ``assets/projects/*.yaml``, one file a project.

A CUP has no check digit that could be verified in public; what can be verified is that it is
the CUP of the project that an edition names. The registry also keeps the Authority's written
approvals of the notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from book.findings import Finding, in_order
from book.model import project_codes
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
    """The projects by the POSIX path of their file, sorted."""

    projects: dict[str, RegisteredProject]

    def by_cup(self, cup: str) -> RegisteredProject | None:
        """The project that a CUP belongs to."""
        return next((p for p in self.projects.values() if p.cup == cup), None)

    def by_name(self, name: str, code: str | None) -> RegisteredProject | None:
        """The project with this code, else with this name; capitals and apostrophes aside."""
        projects = list(self.projects.values())
        coded = [p for p in projects if code and p.code and _plain(p.code) == _plain(code)]
        named = [p for p in projects if _plain(p.name) == _plain(name)]
        return next(iter([*coded, *named]), None)

    def file_of(self, project: RegisteredProject) -> str:
        """The file of a project of this registry."""
        return next(file for file, known in self.projects.items() if known is project)


def load_registry(assets: Sequence[Path]) -> tuple[Registry, list[Finding]]:
    """Read the projects of the ``assets`` folders; a file hides one of its name in later ones.

    The registry holds what is well-formed; the findings, in order, say what is not.
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
            findings += _incoherent(source, project, projects, programmes)
            projects[file] = project
    return Registry(projects), in_order(findings)


def _incoherent(
    source: YamlSource,
    project: RegisteredProject,
    others: dict[str, RegisteredProject],
    programmes: set[str],
) -> list[Finding]:
    findings = []
    same = next((file for file, other in others.items() if other.cup == project.cup), None)
    if same is not None:
        place = source.value_at(("cup",))
        findings.append(project_codes.SAME_CUP.at(source.file, *place, cup=project.cup, other=same))
    if project.programme not in programmes:
        place = source.value_at(("programme",))
        values: dict[str, Any] = {
            "value": project.programme,
            "allowed": ", ".join(sorted(programmes)),
        }
        findings.append(project_codes.UNKNOWN_PROGRAMME.at(source.file, *place, **values))
    return findings


def _plain(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return "".join(character for character in text.casefold() if character.isalnum())
