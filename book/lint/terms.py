"""The house's terms (``assets/terms/it.yaml``) and an edition's own words (``parole.txt``).

The file of terms has three lists: names that the house writes in one way only (``house``); groups
of forms that are all correct, of which an edition should use one (``variants``); and words to add
to the dictionary (``words``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pydantic import Field

from book.findings import Finding
from book.lint.language_codes import HOUSE_TERM, TERM_MIXED
from book.lint.prose import Prose
from book.model.assets import Assets
from book.model.base import Model
from book.model.yaml.code_twins import for_assets
from book.model.yaml.encoding import YAML_LIMIT, read_text
from book.model.yaml.source import load_yaml
from book.model.yaml.validation import validate

_PATH = "terms/it.yaml"
FILE = f"assets/{_PATH}"
EDITION_WORDS = "parole.txt"
_QUOTATION = re.compile(r"«[^«»]*»|“[^“”]*”")
_SHARE = 0.8
"""The share of all uses of a group from which on one form counts as the edition's usual form."""


class HouseTerm(Model):
    """A name that the house writes in one way (``write``), with its wrong forms (``never``)."""

    write: str = Field(min_length=1, description="Come si scrive")
    never: tuple[str, ...] = Field(min_length=1, description="Come non si scrive")


class TermList(Model):
    """The file of terms. A form may end with ``*``, which stands for any further letters."""

    house: tuple[HouseTerm, ...] = Field((), description="Nomi che si scrivono in un modo solo")
    variants: tuple[tuple[str, ...], ...] = Field((), description="Forme fra cui si sceglie")
    words: tuple[str, ...] = Field((), description="Parole che il dizionario non conosce")

    @cached_property
    def known(self) -> frozenset[str]:
        """Words for the dictionary, in lower case and with straight apostrophes; ``*`` is kept."""
        forms = (*self.words, *(f for group in self.variants for f in group))
        return frozenset(word.lower().replace("’", "'") for word in forms)

    @cached_property
    def wrong(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """For each name a pattern of its wrong forms, and the right form."""
        return tuple((_pattern(term.never), term.write) for term in self.house)

    @cached_property
    def groups(self) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
        """For each group of variants, each form with its pattern."""
        return tuple(
            tuple((form, _pattern((form,), re.I)) for form in group) for group in self.variants
        )


def _pattern(forms: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern of ``forms`` as whole words, with any space and either kind of apostrophe."""
    listed = "|".join(
        re.escape(f).replace("\\*", r"[^\W\d_]*").replace("\\ ", r"\s+").replace("'", "['’]")
        for f in forms
    )
    return re.compile(rf"(?<![\w’'-])(?:{listed})(?![\w-])", flags)


def load_terms(assets: Assets) -> tuple[TermList, list[Finding]]:
    """Load the house's terms, and the findings on their file; no terms when the file is invalid."""
    source, findings = load_yaml(assets.find(_PATH), FILE, "words")
    if source is None:
        return TermList(), [for_assets(finding) for finding in findings]
    terms, more = validate(TermList, source)
    return terms or TermList(), [for_assets(finding) for finding in (*findings, *more)]


def edition_words(folder: Path, file: str) -> tuple[frozenset[str], list[Finding]]:
    """Read the edition's own words from ``parole.txt`` in ``folder``, in lower case.

    The file has one word on a line; ``#`` starts a comment. ``file`` is its name for findings.
    """
    path = folder / EDITION_WORDS
    if not path.exists():
        return frozenset(), []
    text, findings = read_text(path, file, YAML_LIMIT)
    lines = (line.partition("#")[0].strip() for line in (text or "").split("\n"))
    return frozenset(line.lower().replace("’", "'") for line in lines if line), findings


def check(prose: Prose, terms: TermList) -> list[Finding]:
    """A finding for each name in a wrong form, except in quotations."""
    mask = _unquoted(prose)
    return [
        HOUSE_TERM.at(*prose.place(found.start()), written=found[0], proposal=write)
        for pattern, write in terms.wrong
        for found in pattern.finditer(mask)
    ]


def mixed_forms(chapters: Iterable[Prose], terms: TermList) -> Iterator[Finding]:
    """For each chapter a finding on each form that is not the edition's usual one.

    The finding is at the first use in the chapter. Quotations do not count: they keep the form of
    their source. A group in which no form prevails gives no findings.
    """
    masks = [(prose, _unquoted(prose)) for prose in chapters]
    for group in terms.groups:
        counts = Counter(
            {form: sum(len(pattern.findall(mask)) for _, mask in masks) for form, pattern in group}
        )
        usual, most = counts.most_common(1)[0]
        if most < _SHARE * counts.total() or most == counts.total():
            continue
        for prose, mask in masks:
            for form, pattern in group:
                found = list(pattern.finditer(mask)) if form != usual else []
                if found:
                    yield TERM_MIXED.at(
                        *prose.place(found[0].start()),
                        written=" ".join(found[0][0].split()),
                        count=len(found),
                        usual=usual.replace("*", "…"),
                    )


def _unquoted(prose: Prose) -> str:
    """The mask of a chapter with spaces in place of its quotations; offsets stay the same."""
    return _QUOTATION.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), prose.mask)
