"""What a screen reader says of a document, as a person would write it down: in Italian.

A line for each stop, set in by what it stands in; what is no plain text stands in square brackets,
with the language where it changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.reading.announce import Announcement, Kind, Piece, Said

LANGUAGES = {
    "ar": "arabo",
    "de": "tedesco",
    "el": "greco",
    "en": "inglese",
    "es": "spagnolo",
    "fr": "francese",
    "it": "italiano",
    "la": "latino",
    "ro": "romeno",
    "ru": "russo",
    "sq": "albanese",
    "tr": "turco",
    "uk": "ucraino",
}
ROLES = {
    "main": "parte principale",
    "navigation": "navigazione",
    "region": "regione",
    "banner": "intestazione",
    "note": "riquadro",
    "complementary": "complemento",
    "doc-abstract": "sommario",
    "doc-acknowledgments": "ringraziamenti",
    "doc-bibliography": "bibliografia",
    "doc-chapter": "capitolo",
    "doc-colophon": "colophon",
    "doc-cover": "copertina",
    "doc-credits": "crediti",
    "doc-endnotes": "note",
    "doc-epigraph": "epigrafe",
    "doc-foreword": "premessa",
    "doc-glossary": "glossario",
    "doc-introduction": "introduzione",
    "doc-notice": "avviso",
    "doc-pagelist": "elenco delle pagine",
    "doc-part": "parte",
    "doc-pullquote": "frase in evidenza",
    "doc-subtitle": "sottotitolo",
    "doc-toc": "indice",
    "columnheader": "intestazione di colonna",
    "rowheader": "intestazione di riga",
}
PIECES = {
    Piece.LINK: "collegamento",
    Piece.NOTE_CALL: "richiamo di nota",
    Piece.WAY_BACK: "ritorno al testo",
    Piece.PICTURE: "immagine",
    Piece.PAGE: "pagina",
}
KINDS = {
    Kind.PARAGRAPH: "",
    Kind.CODE: "codice",
    Kind.QUOTATION: "citazione",
    Kind.TERM: "voce",
    Kind.DEFINITION: "definizione",
    Kind.FIGURE: "figura",
    Kind.CAPTION: "didascalia",
    Kind.NOTE: "nota",
    Kind.PICTURE: "",
    Kind.PAGE: "",
    Kind.SEPARATOR: "separatore",
}


def transcript(announced: Sequence[Announcement]) -> str:
    """The whole reading, a line for each announcement."""
    lines = (f"{'  ' * one.depth}{line(one)}".rstrip() for one in announced)
    return "\n".join(lines) + "\n"


def line(one: Announcement) -> str:
    """One announcement: what it is, what it is called, what is read."""
    what = _what(one)
    name = f" «{one.name}»" if one.name and one.kind is not Kind.CAPTION else ""
    read = " ".join("".join(_piece(said, one.language) for said in one.said).split())
    head = f"[{what}{name}{_size(one)}]" if what else ""
    return f"{head} {read}".strip()


def _what(one: Announcement) -> str:
    match one.kind:
        case Kind.DOCUMENT:
            return f"documento in {LANGUAGES[one.language]}"
        case Kind.LANDMARK | Kind.GROUP:
            return ROLES[one.role]
        case Kind.HEADING:
            return f"titolo di livello {one.level}"
        case Kind.LIST:
            return "elenco"
        case Kind.DEFINITIONS:
            return "elenco di definizioni"
        case Kind.ITEM:
            return f"{one.place[0]}"
        case Kind.TABLE:
            return "tabella"
        case Kind.ROW:
            return f"riga {one.place[0]}"
        case Kind.CELL:
            what = ROLES.get(one.role, "")
            return "; ".join(
                filter(None, (f"colonna {one.place[1]}", what, ", ".join(one.headers)))
            )
    return KINDS[one.kind]


def _size(one: Announcement) -> str:
    match one.kind, one.size:
        case Kind.TABLE, (rows, columns):
            return f", righe: {rows}, colonne: {columns}"
        case ((Kind.LIST | Kind.DEFINITIONS), (count,)):
            return f", voci: {count}"
    return ""


def _piece(said: Said, around: str) -> str:
    words = said.words
    if said.piece is Piece.TEXT and said.language == around:
        return words
    what = [PIECES[said.piece]] if said.piece in PIECES else []
    if said.language != around:
        what.append(f"in {LANGUAGES[said.language]}")
    before, after = (" " if words[:1].isspace() else ""), (" " if words[-1:].isspace() else "")
    return f"{before}[{', '.join(what)}: {words.strip()}]{after}"
