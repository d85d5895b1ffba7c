"""The summary of a book's accessibility, in sentences of the edition's language."""

from __future__ import annotations

from collections.abc import Callable

from book.messages import N_, translate
from book.model.accessibility import Exemption
from book.output.epub.claims import CLAIMS, CONFORMS_TO
from book.output.epub.supports import Facts, Support

_S = Support


def _holding(support: Support) -> Callable[[Facts], bool]:
    return lambda facts: support not in facts.lacking


def _exempt(exemption: Exemption) -> Callable[[Facts], bool]:
    return lambda facts: facts.declared.exemption is exemption


def _conforms(facts: Facts) -> bool:
    return next(c for c in CLAIMS if c.property == CONFORMS_TO).holds(facts)


_SENTENCES: tuple[tuple[Callable[[Facts], bool], str], ...] = (
    (
        lambda f: _conforms(f) and not f.declared.certified_by,
        N_("{publisher} declares that it conforms to EPUB Accessibility 1.1, WCAG 2.1 level AA."),
    ),
    (
        lambda f: _conforms(f) and bool(f.declared.certified_by),
        N_("{certifier} certifies that it conforms to EPUB Accessibility 1.1, WCAG 2.1 level AA."),
    ),
    (
        _holding(_S.RESIZABLE),
        N_("The text can be enlarged and its typeface, margins and colours changed."),
    ),
    (
        _holding(_S.CONTENTS),
        N_("The table of contents links to every chapter and its main sections."),
    ),
    (
        lambda f: f.page_list and _S.PAGE_LIST not in f.lacking,
        N_("The pages are those of the PDF of the same edition, and can be gone to by number."),
    ),
    (lambda f: not f.pictures, N_("The book has no pictures besides the cover.")),
    (
        lambda f: f.pictures > 0 and not f.undescribed,
        N_("All its pictures have an alternative text."),
    ),
    (
        lambda f: f.undescribed > 0,
        N_("Pictures without an alternative text: {missing} of {pictures}."),
    ),
    (
        lambda f: f.long_descriptions > 0 and not f.lost_descriptions,
        N_("Pictures with an extended description: {described}."),
    ),
    (
        lambda f: f.tables and _S.TABLE_HEADERS not in f.lacking,
        N_("Tables have marked header cells."),
    ),
    (lambda f: f.notes, N_("Notes are linked to their calls and back.")),
    (lambda f: f.formulas > 0, N_("Formulas are written in MathML.")),
    (_holding(_S.STILL), N_("Nothing in it sounds, moves or flashes.")),
    (
        _exempt(Exemption.MICROENTERPRISE),
        N_("Its publisher is a microenterprise, exempt under Directive (EU) 2019/882."),
    ),
    (
        _exempt(Exemption.DISPROPORTIONATE_BURDEN),
        N_(
            "Full accessibility would be a disproportionate burden, for which Directive (EU) "
            "2019/882 grants an exemption."
        ),
    ),
    (
        _exempt(Exemption.FUNDAMENTAL_ALTERATION),
        N_(
            "Full accessibility would alter the book fundamentally, for which Directive (EU) "
            "2019/882 grants an exemption."
        ),
    ),
)


def summary_of(facts: Facts, language: str) -> str:
    """The sentences that hold for the facts, then the barriers as the edition words them."""
    values = {
        "publisher": facts.publisher,
        "certifier": facts.declared.certified_by,
        "missing": facts.undescribed,
        "pictures": facts.pictures,
        "described": facts.long_descriptions,
    }
    said = [translate(s, language).format(**values) for applies, s in _SENTENCES if applies(facts)]
    return " ".join((*said, *facts.declared.barriers))
