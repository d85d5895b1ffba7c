"""Books in which one thing bears a claim out, and the same books without it.

A :class:`Case` has a book with the support and a step that takes the one support away. ``lost``
are the claims that go with it, ``gained`` those that come instead, as :func:`said` writes them;
``code`` is the finding that tells of it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.compose.documents import Book
from book.markdown.tree import Tree
from book.output.epub.claims import CONFORMANCE
from tests.output.epub import fake

Change = Callable[[Book, Path], Book]
TEXT = "schema:accessModeSufficient textual"
CONFORMITY = frozenset({f"dcterms:conformsTo {CONFORMANCE}", "a11y:certifiedBy Editore di prova"})
MATHS = (
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x al quadrato"><msup><mi>x</mi>'
    "<mn>2</mn></msup></math></p>"
)
DESCRIPTION = (
    '<aside class="box long-description" id="incontro.d" aria-labelledby="incontro.dl">'
    '<p id="incontro.dl">Descrizione estesa</p><p>Tre nodi.</p><p><a role="doc-backlink" '
    'href="#incontro.fig">Torna alla figura</a></p></aside>'
)
_QUOTE = "<blockquote><p>Una citazione.</p></blockquote>"


def feature(*names: str) -> frozenset[str]:
    return frozenset(f"schema:accessibilityFeature {name}" for name in names)


def none(book: Book, folder: Path) -> Book:
    """No change."""
    return book


def text(id: str, old: str, new: str) -> Change:
    """Put ``new`` for ``old`` into a document."""
    return lambda book, folder: fake.with_document(book, id, old, new)


def after_quote(xhtml: str) -> Change:
    """Put ``xhtml`` behind the quotation of the second chapter."""
    return text("sondrio", _QUOTE, _QUOTE + xhtml)


def both(*changes: Change) -> Change:
    """One change after another."""

    def apply(book: Book, folder: Path) -> Book:
        for change in changes:
            book = change(book, folder)
        return book

    return apply


def edition(**changes: Any) -> Change:
    """Other fields of the edition."""

    def apply(book: Book, folder: Path) -> Book:
        changed = fake.edition(brand=book.loaded.edition.brand, **changes)
        return dataclasses.replace(book, loaded=dataclasses.replace(book.loaded, edition=changed))

    return apply


def style(css: str, *, alone: bool = False) -> Change:
    """More in the brand's style sheet, or nothing else."""

    def apply(book: Book, folder: Path) -> Book:
        written = (book.loaded.brand_folder / "epub.css.j2").read_text("utf-8")
        brand = folder / "brand"
        brand.mkdir(exist_ok=True)
        (brand / "epub.css.j2").write_text(("" if alone else written) + css, "utf-8")
        loaded = dataclasses.replace(book.loaded, brand_folder=brand)
        return dataclasses.replace(book, loaded=loaded)

    return apply


def drawing(inside: str) -> Change:
    """The one picture of the book, drawn: ``inside`` is what the drawing has in it."""

    def apply(book: Book, folder: Path) -> Book:
        file = book.loaded.folder / "rete.svg"
        name = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
        file.write_text(f'<svg {name}><circle r="4">{inside}</circle></svg>', "utf-8")
        if "images/rete.svg" in book.pictures:
            return book
        pictures = {
            "images/rete.svg": file,
            "emblem/emblem.svg": book.pictures["emblem/emblem.svg"],
        }
        changed = dataclasses.replace(book, pictures=pictures)
        return fake.with_document(changed, "incontro", "images/Rete è.png", "images/rete.svg")

    return apply


def without(*ids: str) -> Change:
    """The book without some documents, and without their lines in the contents."""

    def apply(book: Book, folder: Path) -> Book:
        documents = tuple(d for d in book.documents if d.id not in ids)
        part = book.toc[0]
        kept = tuple(entry for entry in part.children if entry.anchor not in ids)
        return dataclasses.replace(
            book, documents=documents, toc=(dataclasses.replace(part, children=kept),)
        )

    return apply


def unlisted(book: Book, folder: Path) -> Book:
    """The second chapter is not in the contents."""
    part = book.toc[0]
    return dataclasses.replace(book, toc=(dataclasses.replace(part, children=part.children[:1]),))


def bare(book: Book, folder: Path) -> Book:
    """Nothing but a paragraph that no contents lead to, in a style that holds it fast."""
    paragraph = fake.document(
        "solo",
        book.documents[-1].kind,
        book.documents[-1].matter,
        "Solo",
        '<section xmlns="http://www.w3.org/1999/xhtml" id="solo"><p>Testo.</p></section>',
    )
    changed = dataclasses.replace(book, documents=(paragraph,), toc=())
    css = "p { position: absolute; font-size: 9px; color: #777; }"
    return style(css, alone=True)(changed, folder)


@dataclass(frozen=True)
class Case:
    """A support, and what stands on it."""

    lost: frozenset[str]
    remove: Change
    given: Change = none
    gained: frozenset[str] = field(default_factory=frozenset)
    code: str = ""


SUPPORTS: dict[str, Case] = {
    "described": Case(
        feature("alternativeText") | {TEXT} | CONFORMITY,
        text("incontro", 'alt="Tre nodi collegati"', 'alt=""'),
        gained=frozenset({"schema:accessModeSufficient textual,visual"}),
        code="U030",
    ),
    "table-headers": Case(
        CONFORMITY, text("sondrio", '<th scope="row">Territorio', "<th>Territorio"), code="U031"
    ),
    "headings": Case(
        feature("structuralNavigation") | CONFORMITY,
        text("sondrio", '<h2 id="sondrio.passi">I passi</h2>', '<h4 id="sondrio.passi">I</h4>'),
        code="U032",
    ),
    "languages": Case(
        CONFORMITY,
        after_quote('<p lang="inglese" xml:lang="inglese">Social housing</p>'),
        after_quote('<p lang="en" xml:lang="en">Social housing</p>'),
        code="U033",
    ),
    "names": Case(
        CONFORMITY,
        text("incontro", 'href="#incontro.regole">qui</a>', 'href="#incontro.regole"> </a>'),
        code="U034",
    ),
    "references": Case(
        CONFORMITY,
        text("sondrio", 'aria-labelledby="sondrio.sheet"', 'aria-labelledby="sondrio.foglio"'),
        code="U035",
    ),
    "contents": Case(feature("tableOfContents") | CONFORMITY, unlisted, code="U036"),
    "contrast": Case(
        feature("highContrastDisplay") | CONFORMITY,
        style("p { color: #777777; }", alone=True),
        style("", alone=True),
        code="U037",
    ),
    "resizable": Case(
        feature("displayTransformability") | CONFORMITY,
        style("p { font-size: 12px; }"),
        code="U038",
    ),
    "order": Case(
        feature("readingOrder") | CONFORMITY, style("p { position: absolute; }"), code="U038"
    ),
    "still": Case(
        frozenset({"schema:accessibilityHazard none"}) | CONFORMITY,
        drawing('<animate attributeName="r" to="1" dur="0.1s"/>'),
        drawing(""),
        frozenset({"schema:accessibilityHazard unknown"}),
        "U039",
    ),
}
"""A case for every support of which claims are made, by its name."""

CLAIMS: dict[str, Case] = {
    "schema:accessMode textual": Case(
        # A book without a word is none; what is left is a picture with its text.
        frozenset({"schema:accessMode textual", TEXT}) | feature("ARIA", "structuralNavigation"),
        lambda book, folder: dataclasses.replace(
            without("sondrio")(book, folder),
            toc=(),
            documents=(
                fake.document(
                    "incontro",
                    book.documents[-1].kind,
                    book.documents[0].matter,
                    "Figura",
                    '<section xmlns="http://www.w3.org/1999/xhtml" id="incontro">'
                    '<img src="images/Rete è.png" alt="Tre nodi"/></section>',
                ),
            ),
        ),
    ),
    "schema:accessMode visual": Case(
        frozenset({"schema:accessMode visual"}) | feature("alternativeText"),
        without("incontro", "notice", "part-1"),
        without("notice", "part-1"),
    ),
    "schema:accessModeSufficient textual,visual": Case(
        frozenset({"schema:accessModeSufficient textual,visual"}),
        text("incontro", 'alt=""', 'alt="Tre nodi collegati"'),
        text("incontro", 'alt="Tre nodi collegati"', 'alt=""'),
        feature("alternativeText") | {TEXT} | CONFORMITY,
    ),
    "schema:accessibilityFeature ARIA": Case(
        feature("ARIA"),
        lambda book, folder: dataclasses.replace(
            book,
            documents=tuple(
                dataclasses.replace(d, tree=Tree(re.sub(' role="doc-[a-z]+"', "", d.tree.xhtml)))
                for d in book.documents
            ),
        ),
        without("incontro", "notice", "colophon"),
    ),
    "schema:accessibilityFeature index": Case(
        feature("index"),
        text("sondrio", 'role="doc-index"', 'role="note"'),
        after_quote(
            '<aside role="doc-index"><p>Tavolo, <a href="#sondrio.passi">1</a></p></aside>'
        ),
    ),
    "schema:accessibilityFeature longDescription": Case(
        feature("longDescription"),
        text("incontro", 'href="#incontro.d"', 'href="#incontro.fig"'),
        both(
            text("incontro", 'alt="Tre', 'aria-details="incontro.l" alt="Tre'),
            text(
                "incontro",
                "Figura 1. La rete.",
                'La rete. <a id="incontro.l" href="#incontro.d">Descrizione</a>',
            ),
            text("incontro", "</figure>", f"</figure>{DESCRIPTION}"),
        ),
    ),
    "schema:accessibilityFeature MathML": Case(
        feature("MathML", "describedMath"), text("sondrio", MATHS, ""), after_quote(MATHS)
    ),
    "schema:accessibilityFeature describedMath": Case(
        feature("describedMath"),
        text("sondrio", ' alttext="x al quadrato"', ""),
        after_quote(MATHS),
    ),
    "schema:accessibilityFeature ttsMarkup": Case(
        feature("ttsMarkup"),
        text("sondrio", ' s:ph="ˈtavolo"', ""),
        after_quote(
            '<p xmlns:s="http://www.w3.org/2001/10/synthesis"><i s:ph="ˈtavolo">tavolo</i></p>'
        ),
    ),
    "schema:accessibilityFeature highContrastDisplay": Case(
        feature("highContrastDisplay"),
        style("p { color: #757575; }", alone=True),
        style("p { background: #ffffff; color: #333333; }", alone=True),
    ),
    "schema:accessibilityFeature none": Case(
        feature("none"),
        style("", alone=True),
        bare,
        feature("readingOrder", "displayTransformability", "highContrastDisplay"),
    ),
    "schema:accessibilityHazard unknown": Case(
        frozenset({"schema:accessibilityHazard unknown"}),
        drawing(""),
        drawing('<animate attributeName="r" to="1" dur="0.1s"/>'),
        frozenset({"schema:accessibilityHazard none"}) | CONFORMITY,
    ),
    f"dcterms:conformsTo {CONFORMANCE}": Case(
        CONFORMITY, edition(accessibility={"barriers": ["Le tavole sono scritte a mano."]})
    ),
    "a11y:certifiedBy ": Case(
        frozenset({"a11y:certifiedBy Un ente"}),
        edition(),
        edition(accessibility={"certified_by": "Un ente"}),
        frozenset({"a11y:certifiedBy Editore di prova"}),
    ),
    "a11y:certifierReport ": Case(
        frozenset({"a11y:certifierReport https://example.org/r"}),
        edition(),
        edition(accessibility={"report": "https://example.org/r"}),
    ),
    **{
        f"a11y:exemption {reason}": Case(
            frozenset({f"a11y:exemption {reason}"}),
            edition(),
            edition(accessibility={"exemption": reason}),
            CONFORMITY,
        )
        for reason in (
            "eaa-microenterprise",
            "eaa-disproportionate-burden",
            "eaa-fundamental-alteration",
        )
    },
}
"""A case for every claim that stands on something else than supports alone."""
