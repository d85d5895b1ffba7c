"""Fact sheets: the rows that a contribution or a tool shows at its head."""

from __future__ import annotations

from book.messages import N_, translate
from book.model.chapter import Contribution, Essay, FactRow, Text, Tool, Transcript

_CONTRIBUTION = {
    "territory": N_("Territory"),
    "municipalities": N_("Municipalities"),
    "province": N_("Province"),
    "period": N_("Period"),
    "organisations": N_("Organisations"),
    "partners": N_("Partners"),
    "themes": N_("Themes"),
    "target_groups": N_("Target groups"),
    "instruments": N_("Instruments"),
    "resources": N_("Resources"),
    "results": N_("Results"),
    "indicators": N_("Indicators"),
    "difficulties": N_("What did not work"),
    "contacts": N_("Contacts"),
}
_TOOL = {
    "purpose": N_("Purpose"),
    "when": N_("When"),
    "participants": N_("With whom"),
    "duration": N_("Duration"),
    "materials": N_("What it takes"),
    "output": N_("What it gives"),
}


def fact_rows(
    front_matter: Text | Essay | Transcript | Contribution | Tool, language: str
) -> tuple[FactRow, ...]:
    """The filled-in fields of a chapter's form as rows, labels in ``language``."""
    if not isinstance(front_matter, Contribution | Tool):
        return ()
    labels = _CONTRIBUTION if isinstance(front_matter, Contribution) else _TOOL
    rows = []
    for field, label in labels.items():
        value = getattr(front_matter, field)
        text = ", ".join(value) if isinstance(value, tuple) else value
        if text:
            rows.append(FactRow(label=translate(label, language), value=text))
    return (*rows, *front_matter.facts)
