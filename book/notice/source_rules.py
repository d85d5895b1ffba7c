"""The rules on the sources: project, CUP, programme, dates, approvals, the Union's name in full.

They are judged on the loaded edition and on the registry of projects, before a book is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from book.findings import Finding
from book.messages import N_, translate
from book.model.loaded import LoadedEdition
from book.model.programme import Programme
from book.model.project_registry import RegisteredProject, Registry, load_registry
from book.model.yaml.source import KeyPath, YamlSource, load_yaml
from book.notice.codes import CODES, SOURCE_CODES
from book.notice.evidence import Medium
from book.notice.parts import programmes_with_notice
from book.notice.rule import RULES, Result, Rule, Verdict, load_rules, matching

SOURCE_RULES = RULES.with_name("sources.yaml")
_CODES = {**CODES, **SOURCE_CODES}


def registry_findings(loaded: LoadedEdition) -> list[Finding]:
    """The findings on the files of the project registry by which the edition is judged."""
    return load_registry(loaded.assets.folders)[1]


def judge_sources(loaded: LoadedEdition, language: str = "it") -> list[Result]:
    """Judge the sources by SRC-01 to SRC-04, and by EU-04 and EU-22 as far as sources can tell.

    An edition without a programme that asks for a notice has no results. ``where`` of each result
    is a file; ``measured`` and ``threshold`` are in ``language``. Invalid files of the registry are
    left out; :func:`registry_findings` reports them.
    """
    programmes = programmes_with_notice(loaded)
    if not programmes:
        return []
    rules = {**load_rules(SOURCE_RULES), **load_rules()}
    registry, _ = load_registry(loaded.assets.folders)
    source, _ = load_yaml(loaded.folder / "edition.yaml", loaded.file, "")
    judge = _Judge(loaded, programmes, registry, rules, source, language)
    return [
        judge.cup(),
        judge.programme(),
        *judge.dates(),
        *judge.demands(),
        *judge.abbreviations(),
        *judge.approvals(),
    ]


@dataclass(frozen=True)
class _Judge:
    """Applies each rule on the sources to one edition.

    ``source`` is the parsed ``edition.yaml``, which gives the places of findings.
    """

    loaded: LoadedEdition
    programmes: tuple[Programme, ...]
    registry: Registry
    rules: dict[str, Rule]
    source: YamlSource | None
    language: str

    def cup(self) -> Result:
        """SRC-01: the project's name and code belong to the same registered project as its CUP.

        A CUP is looked up in two ways, by itself and by the project's name. A wrong CUP may be that
        of another project (``owner``), or of none in the registry.
        """
        project = self.loaded.edition.project
        rule = self.rules["SRC-01"]
        if project is None:
            return self._result(rule, Verdict.NOT_APPLICABLE, self._say(N_("no project")))
        owner = self.registry.by_cup(project.cup)
        named = self.registry.by_name(project.name, project.code)
        path: KeyPath = ("project", "cup")
        if named is not None and named is not owner:
            text = N_("{cup} instead of {right}, the CUP of «{name}»")
            measured = self._say(text, cup=project.cup, right=named.cup, name=named.name)
            return self._broken(rule, measured, named.cup, path)
        if owner is None:
            text = N_("«{name}» is not in the registry of projects (assets/projects)")
            return self._result(rule, Verdict.TO_CONFIRM, self._say(text, name=project.name))
        if named is None:
            text = N_("{cup} is the CUP of «{owner}», not of «{name}»")
            measured = self._say(text, cup=project.cup, owner=owner.name, name=project.name)
            return self._broken(rule, measured, self._say(N_("the CUP of its papers")), path)
        return self._result(rule, Verdict.KEPT, f"{project.cup}, «{owner.name}»", owner.cup)

    def programme(self) -> Result:
        """SRC-02: the programme of the registered project is one of the edition's programmes."""
        rule = self.rules["SRC-02"]
        registered = self._registered()
        if registered is None:
            text = self._say(N_("the project is not in the registry"))
            return self._result(rule, Verdict.TO_CONFIRM, text)
        names = ", ".join(programme.id for programme in self.programmes)
        if registered.programme in {programme.id for programme in self.programmes}:
            return self._result(rule, Verdict.KEPT, names, registered.programme)
        text = N_("«{name}» is of {right}, the edition names {names}")
        values = {"name": registered.name, "right": registered.programme, "names": names}
        return self._broken(rule, self._say(text, **values), registered.programme, ("programme",))

    def dates(self) -> Iterator[Result]:
        """SRC-03: the year of the edition's date lies within the years of each programme."""
        rule = self.rules["SRC-03"]
        date = self.loaded.edition.date
        for programme in self.programmes:
            years = f"{programme.starts}-{programme.ends}"
            measured = f"{date.isoformat()}, {programme.id}"
            if programme.starts <= date.year <= programme.ends:
                yield self._result(rule, Verdict.KEPT, measured, years)
            else:
                yield self._broken(rule, f"{measured} ({years})", years, ("date",))

    def demands(self) -> Iterator[Result]:
        """SRC-04: the project has the fields that each programme demands."""
        rule = self.rules["SRC-04"]
        project = self.loaded.edition.project
        for programme in self.programmes:
            asked = ", ".join(programme.demands)
            missing = [k for k in programme.demands if not getattr(project, k, None)]
            if missing:
                text = self._say(N_("without {what}"), what=", ".join(missing))
                yield self._broken(rule, f"{programme.id}: {text}", asked, ("project",))
            elif programme.demands:
                yield self._result(rule, Verdict.KEPT, asked, asked)

    def abbreviations(self) -> Iterator[Result]:
        """EU-04: the programmes' own texts never abbreviate the name of the Union."""
        rule = self.rules["EU-04"]
        listed: Any = rule.thresholds["abbreviations"]
        # Longest first, so that «U.E.» is not matched as «U.E».
        short = sorted((str(text) for text in listed), key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, short))})(?!\w)")
        for programme in matching(rule.programmes, self.programmes):
            file = f"assets/programmes/{programme.id}.yaml"
            found = [
                (path, text) for path, text in _notice_texts(programme) if pattern.search(text)
            ]
            threshold = ", ".join(short)
            if not found:
                measured = self._say(N_("no abbreviation"))
                yield Result(rule, Verdict.KEPT, Medium.SOURCES, file, measured, threshold)
                continue
            measured = ", ".join(f"«{text}»" for _, text in found)
            place = self._place_in(programme, found[0][0])
            finding = _CODES[rule.id].at(
                file, *place, where=file, measured=measured, threshold=threshold
            )
            yield Result(rule, Verdict.BROKEN, Medium.SOURCES, file, measured, threshold, finding)

    def approvals(self) -> Iterator[Result]:
        """EU-22: written approvals are recorded for the project, none dated after the edition."""
        rule = self.rules["EU-22"]
        if not matching(rule.programmes, self.programmes):
            return
        threshold = self._say(N_("approvals in assets/projects, before the edition's date"))
        registered = self._registered()
        approvals = registered.approvals if registered else ()
        late = [a for a in approvals if a.date > self.loaded.edition.date]
        listed = ", ".join(f"{a.what}, {a.by}, {a.date.isoformat()}" for a in late or approvals)
        if late:
            date = self.loaded.edition.date.isoformat()
            text = self._say(N_("{listed}: after the edition ({date})"), listed=listed, date=date)
            yield self._broken(rule, text, threshold, ("date",))
        elif approvals:
            yield self._result(rule, Verdict.KEPT, listed, threshold)
        else:
            text = self._say(N_("to confirm with the Authority: none is recorded"))
            yield self._result(rule, Verdict.TO_CONFIRM, text, threshold)

    def _registered(self) -> RegisteredProject | None:
        """The edition's project in the registry, found by its name and code, else by its CUP."""
        project = self.loaded.edition.project
        if project is None:
            return None
        named = self.registry.by_name(project.name, project.code)
        return named or self.registry.by_cup(project.cup)

    def _say(self, text: str, **values: str) -> str:
        return translate(text, self.language).format(**values)

    def _result(self, rule: Rule, verdict: Verdict, measured: str, threshold: str = "") -> Result:
        return Result(rule, verdict, Medium.SOURCES, self.loaded.file, measured, threshold)

    def _broken(self, rule: Rule, measured: str, threshold: str, path: KeyPath) -> Result:
        file = self.loaded.file
        place = self.source.value_at(path) if self.source else (0, 0)
        values: dict[str, Any] = {"where": file, "measured": measured, "threshold": threshold}
        finding = _CODES[rule.id].at(file, *place, **values)
        return Result(rule, Verdict.BROKEN, Medium.SOURCES, file, measured, threshold, finding)

    def _place_in(self, programme: Programme, path: KeyPath) -> tuple[int, int]:
        """Line and column of a text in the programme's file; (0, 0) when there is no file."""
        name = f"programmes/{programme.id}.yaml"
        for folder in self.loaded.assets.folders:
            if (folder / name).is_file():
                source, _ = load_yaml(folder / name, f"assets/{name}", "id, name")
                return source.value_at(path) if source else (0, 0)
        return 0, 0


def _notice_texts(programme: Programme) -> Iterator[tuple[KeyPath, str]]:
    """The texts of a programme that a notice shows, each with its place in the YAML file."""
    for key in ("statement", "fund", "project_label", "disclaimer"):
        texts: dict[str, str] = getattr(programme, key)
        for language, text in texts.items():
            yield (key, language), text
    for language, lines in programme.lines.items():
        for index, line in enumerate(lines):
            yield ("lines", language, index), line
