"""A small book as ``compose`` hands it on, with one of everything that the contract names."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any

import yaml
from lxml import etree
from PIL import Image

from book.compose.documents import BOTH, PDF, Book, Document, Kind, Matter, TocEntry
from book.markdown.tree import Tree
from book.model.assets import Assets
from book.model.brand import Brand
from book.model.edition import Edition
from book.model.loaded import TypesetEdition
from book.model.programme import Programme

_SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
_OPEN = f"<section {_SPACES}"

NOTICE = f"""{_OPEN} id="notice" class="notice-page" role="doc-acknowledgments"
 epub:type="acknowledgments" aria-label="Cofinanziamento">
<div class="notice-block">
<p class="notice-emblem"><img src="emblem/emblem.svg" alt="Emblema dell’Unione europea"/></p>
<div class="notice-words">
<p class="notice-statement">Progetto co-finanziato dall’Unione Europea</p>
<p class="notice-fund">Fondo Asilo, Migrazione e Integrazione (FAMI) 2014-2020</p>
<p class="notice-line">Obiettivo Specifico 2. Integrazione / Migrazione legale</p>
<p class="notice-project">Piano Regionale PROG-2463 – LAB’IMPACT</p>
<p class="notice-cup">CUP E89F18000510007</p>
</div>
<ul class="notice-authorities"><li>Ministero dell’Interno</li></ul>
</div>
</section>"""

TITLE_PAGE = f"""{_OPEN} id="title-page" class="title-page" epub:type="titlepage">
<p class="series">Laboratori</p><h1>Le reti di prova</h1>
<p class="subtitle">Strumenti ed esperienze</p>
<p class="edition-statement">Edizione di prova</p>
<p class="credits"><span class="credits-role">A cura di</span> Redazione</p>
<p class="imprint"><span class="publisher">Editore di prova</span>
<span class="place-and-year">Milano, 2021</span></p></section>"""

COLOPHON = f"""{_OPEN} id="colophon" class="colophon" role="doc-colophon" epub:type="colophon"
 aria-labelledby="colophon.title"><h1 id="colophon.title">Colophon</h1>
<p class="colophon-title"><strong>Le reti di prova</strong></p>
<p><a href="https://creativecommons.org/licenses/by/4.0/deed.it">CC BY 4.0</a></p></section>"""

PART = f"""{_OPEN} id="part-1" class="part" role="doc-part" epub:type="part"
 aria-labelledby="part-1.title"><p class="eyebrow">Parte prima</p>
<h1 id="part-1.title">Gli incontri</h1>
<ol class="part-contents"><li><a href="#incontro">Il primo incontro</a></li>
<li><a href="#sondrio">Coprogettare</a></li></ol></section>"""

MEETING = f"""{_OPEN} id="incontro" class="chapter chapter-transcript" role="doc-chapter"
 epub:type="chapter" aria-labelledby="incontro.title" lang="it" xml:lang="it">
<div class="opener"><p class="eyebrow">Parte prima · Primo incontro</p>
<h1 id="incontro.title">Il primo incontro</h1>
<p class="byline">Trascrizione dell’incontro del 3 novembre 2020</p>
<p class="abstract">Che cosa serve per governare percorsi integrati di welfare.</p></div>
<div class="chapter-body">
<h2 id="incontro.regole" data-line="12">Perché coprogrammare</h2>
<div class="turn" data-line="14"><p><strong class="speaker">Facilitatrice</strong><span
 class="speaker-role" data-generated="">, conduce il laboratorio</span><span class="turn-dash"
 data-generated=""> — </span>La rete si riunisce con cadenza mensile <a class="time-mark"
 href="https://example.org/registrazione?t=370">00:06:10</a> e tiene insieme servizi e
 associazioni.<a class="note-call" role="doc-noteref" epub:type="noteref" id="incontro.fnref1"
 href="#incontro.fn1">1</a></p><p>Da qui nasce la coprogrammazione.</p></div>
<div class="turn" data-line="18"><p><strong class="speaker">Educatore</strong><span
 class="turn-dash" data-generated=""> — </span><em class="stage-direction">[sorride]</em> Sì
 <span class="cut">[…]</span>, come si legge in <a href="#sondrio.passi" data-line="19">un altro
 capitolo</a> e <a href="#incontro.regole">qui</a>.</p></div>
<aside class="pull-quote" role="doc-pullquote" epub:type="pullquote"><p>«Il tavolo funziona quando
 chi siede rappresenta un pezzo di territorio.»</p></aside>
<h3 id="incontro.leggere">Regole leggere</h3>
<p>Un paragrafo di testo corrente, lungo abbastanza da andare a capo su un telefono e da mostrare
 come si comporta la sillabazione.</p>
<p>Un secondo paragrafo, con <span class="small-caps">maiuscoletto</span> e
 <code>codice</code>.</p>
<figure class="width-full" id="incontro.fig" data-line="25"><img src="images/Rete è.png"
 alt="Tre nodi collegati" data-line="25"/><figcaption>Figura 1. La rete. <span
 class="credit">Disegno: redazione</span></figcaption></figure>
<section class="notes" role="doc-endnotes" epub:type="endnotes"><aside class="note"
 role="doc-footnote" epub:type="footnote" id="incontro.fn1"><p><a class="note-back"
 role="doc-backlink" href="#incontro.fnref1">1</a> Art. 55 del d.lgs. 3 luglio 2017,
 n. 117.</p></aside></section>
</div></section>"""

PRACTICE = f"""{_OPEN} id="sondrio" class="chapter chapter-contribution" role="doc-chapter"
 epub:type="chapter" aria-labelledby="sondrio.title" lang="it" xml:lang="it">
<div class="opener"><p class="eyebrow">Buona pratica</p>
<h1 id="sondrio.title">Coprogettare</h1></div>
<div class="sheet"><p class="box-label" id="sondrio.sheet">Scheda</p>
<table class="facts" aria-labelledby="sondrio.sheet"><tbody>
<tr><th scope="row">Territorio</th><td>Un ambito, tre comuni</td></tr>
<tr><th scope="row">Strumenti</th><td>ricerca partecipata, bando, marchio</td></tr>
</tbody></table></div>
<div class="chapter-body">
<h2 id="sondrio.passi">I passi</h2>
<table id="sondrio.tab"><caption>Tabella 1. Gli incontri</caption>
<colgroup><col data-width="20"/><col data-width="50"/><col data-width="30"/></colgroup>
<thead><tr><th scope="col">Data</th><th scope="col">Incontro</th><th scope="col"
 class="right">Orario</th></tr></thead>
<tbody><tr><td>3.11.2020</td><td>Strumenti metodologici e di governance</td><td
 class="right">9.30–13.30</td></tr>
<tr><td>12.11.2020</td><td>Un approccio operativo alla valutazione</td><td
 class="right"></td></tr></tbody></table>
<table id="sondrio.wide"><caption>Tabella 2. Le risorse</caption>
<thead><tr><th scope="col" rowspan="2">Ente</th><th scope="colgroup" colspan="4">Anno</th></tr>
<tr><th scope="col">2017</th><th scope="col">2018</th><th scope="col">2019</th><th
 scope="col">2020</th></tr></thead>
<tbody><tr><th scope="row">Cooperativa</th><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody>
</table>
<aside class="box box-riquadro"><p class="box-label" data-generated="">Riquadro</p><p>Una cosa da
 ricordare.</p></aside>
<aside class="box box-attenzione"><p class="box-label" data-generated="">Attenzione</p><p>Una cosa
 da non dimenticare.</p></aside>
<blockquote><p>Una citazione.</p></blockquote>
<ul><li>uno</li><li>due</li></ul>
<dl><dt>Tavolo</dt><dd>Dove ci si siede.</dd></dl>
<div class="line-block">Un verso<br/>e un altro</div>
</div></section>"""

CONTENTS = f'{_OPEN} id="contents" class="contents"><h1>Indice</h1></section>'
COVER = f'{_OPEN} id="cover" class="cover"><p>Le reti di prova</p></section>'


def picture(colour: str = "#3E7A8A", size: tuple[int, int] = (64, 40), kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind)
    return target.getvalue()


def cover() -> bytes:
    return picture("#0E4A5A", (1600, 2560), "JPEG")


def document(id: str, kind: Kind, matter: Matter, title: str, xhtml: str, **other: Any) -> Document:
    root = etree.fromstring(xhtml.encode())
    return Document(
        id=id,
        kind=kind,
        matter=matter,
        title=title,
        running_head=title,
        language=other.get("language", "it"),
        tree=Tree(xhtml),
        anchors=frozenset(e.get("id", "") for e in root.iter("{*}*") if e.get("id")),
        outputs=other.get("outputs", BOTH),
        source=other.get("source", "chapters/prova/edition.yaml"),
    )


def edition(**changes: Any) -> Edition:
    given = {
        "title": "Le reti di prova",
        "subtitle": "Strumenti ed esperienze",
        "series": "Laboratori",
        "date": "2021-05-31",
        "version": "1.0.0",
        "publisher": "Editore di prova",
        "contributors": [
            {"name": "Redazione", "kind": "organisation", "role": "curator"},
            {"name": "Ente Primo", "kind": "organisation", "role": "facilitator"},
        ],
        "description": "Un libro per le prove.",
        "subjects": {"thema": ["JKS"], "keywords": ["welfare di comunità"]},
        "licence": "CC-BY-4.0",
        "contents": {"parts": [{"title": "Gli incontri", "chapters": ["incontro.md"]}]},
    }
    return Edition.model_validate(given | changes)


PROGRAMME = Programme(
    id="fami-2014-2020",
    name={"it": "Fondo Asilo, Migrazione e Integrazione 2014-2020"},
    period="2014-2020",
    starts=2014,
    ends=2024,
    statement={"it": "Progetto co-finanziato dall’Unione Europea"},
    fund={"it": "Fondo Asilo, Migrazione e Integrazione (FAMI) 2014-2020"},
)


def book(repository: Path, folder: Path, brand_name: str = "ancilab", **changes: Any) -> Book:
    """The book; its one picture is written into ``folder``. ``changes`` go to the edition."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rete.png").write_bytes(picture())
    brand_folder = repository / "assets" / "brands" / brand_name
    loaded = TypesetEdition(
        name="prova",
        folder=folder,
        file="chapters/prova/edition.yaml",
        edition=edition(brand=brand_name, **changes),
        chapters={},
        brand=Brand.model_validate(yaml.safe_load((brand_folder / "brand.yaml").read_bytes())),
        brand_folder=brand_folder,
        assets=Assets(repository),
        programmes=(PROGRAMME,),
    )
    front, body = Matter.FRONT, Matter.BODY
    pdf = frozenset({PDF})
    meeting, practice = "chapters/prova/incontro.md", "chapters/prova/sondrio.md"
    return Book(
        loaded=loaded,
        identifier="urn:uuid:6a1e1f5c-2b1d-5c55-9a0e-0d6f4a3f1b10",
        documents=(
            document("cover", Kind.COVER, front, "Copertina", COVER),
            document("notice", Kind.NOTICE, front, "Cofinanziamento", NOTICE),
            document("title-page", Kind.TITLE_PAGE, front, "Le reti di prova", TITLE_PAGE),
            document("colophon", Kind.COLOPHON, front, "Colophon", COLOPHON),
            document("contents", Kind.CONTENTS, front, "Indice", CONTENTS, outputs=pdf),
            document("part-1", Kind.PART, body, "Gli incontri", PART),
            document("incontro", Kind.CHAPTER, body, "Il primo incontro", MEETING, source=meeting),
            document("sondrio", Kind.CHAPTER, body, "Coprogettare", PRACTICE, source=practice),
        ),
        toc=(
            TocEntry(
                "Gli incontri",
                "part-1",
                (
                    TocEntry(
                        "Il primo incontro",
                        "incontro",
                        (
                            TocEntry(
                                "Perché coprogrammare",
                                "incontro.regole",
                                (TocEntry("Regole leggere", "incontro.leggere"),),
                            ),
                        ),
                    ),
                    TocEntry("Coprogettare", "sondrio", (TocEntry("I passi", "sondrio.passi"),)),
                ),
                label="Parte prima",
            ),
        ),
        pictures={
            "emblem/emblem.svg": repository / "assets" / "emblem" / "emblem.svg",
            "images/Rete è.png": folder / "rete.png",
        },
        trees={},
    )


def with_document(book: Book, id: str, old: str, new: str) -> Book:
    """``book`` with ``old`` replaced by ``new`` in the document ``id``."""
    documents = []
    for d in book.documents:
        if d.id == id:
            assert old in d.tree.xhtml
            d = document(
                d.id,
                d.kind,
                d.matter,
                d.title,
                d.tree.xhtml.replace(old, new),
                source=d.source,
                outputs=d.outputs,
            )
        documents.append(d)
    return dataclasses.replace(book, documents=tuple(documents))
