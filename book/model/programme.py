"""A co-financing programme: the statement, the fund and the authorities that its notice shows."""

from __future__ import annotations

from pydantic import Field

from book.model.base import Model


class Authority(Model):
    """A body whose logo stands beside the emblem; its name is set in type while it has no logo."""

    name: str = Field(min_length=1, description="Nome dell'ente")
    logo: str | None = Field(None, description="File del logo, accanto al programma")


class Programme(Model):
    """One programme: ``assets/programmes/<id>.yaml``. Texts are by language code ("it", "en")."""

    id: str = Field(pattern=r"^[a-z0-9-]+$", description="Nome del programma: quello del file")
    name: dict[str, str] = Field(description="Nome completo del programma")
    period: str = Field(description="Periodo di programmazione")
    starts: int = Field(description="Primo anno in cui il programma può essere citato")
    ends: int = Field(description="Ultimo anno in cui il programma può essere citato")
    statement: dict[str, str] = Field(description="Dicitura di legge, parola per parola")
    fund: dict[str, str] = Field(description="Riferimento al fondo")
    lines: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Obiettivi, assi, azioni: una riga ciascuno"
    )
    project_label: dict[str, str] = Field(
        default_factory=dict,
        description="Che cosa precede il codice, per esempio «Piano Regionale»",
    )
    authorities: tuple[Authority, ...] = Field((), description="Enti accanto all'emblema")
    demands: tuple[str, ...] = Field((), description="Campi del progetto che il programma esige")
    disclaimer: dict[str, str] = Field(
        default_factory=dict, description="Clausola di esclusione di responsabilità"
    )
    to_confirm: tuple[str, ...] = Field(
        (), description="Che cosa una persona deve confermare con l'Autorità"
    )
    sources: tuple[str, ...] = Field((), description="Norme e documenti")

    @property
    def has_notice(self) -> bool:
        """Whether the programme demands a notice. The programme ``none`` has no statement."""
        return bool(self.statement)
