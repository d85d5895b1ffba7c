"""The BibTeX record of an edition, for people who cite the book.

The entry is written for biblatex and for classic BibTeX: fields that only one of them knows
(``date`` and ``year``) are both there, and each program ignores what it does not know. The
citation key is the edition's name, so it stays the same from release to release.
"""

from __future__ import annotations

from book.model.identifiers import hyphenated
from book.model.person import Contributor, Role
from book.output.catalogue.record import Record

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)
# BibTeX counts braces even when a backslash stands before them. In a text whose braces do not
# match, «\{» would end the field at the wrong place, so such braces are written as commands.
_UNMATCHED_BRACES = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}"}
_FIELDS = {
    Role.AUTHOR: "author",
    Role.CURATOR: "editor",
    Role.TRANSLATOR: "translator",
    Role.EDITOR: "editora",
}
"""biblatex's field for each role. Roles without one go into ``editorb``, as collaborators."""
# editora and editorb are biblatex's fields for secondary editors; these say what they did.
_EDITOR_TYPES = {"editora": "redactor", "editorb": "collaborator"}
# ``langid`` takes the language names of babel and polyglossia (biblatex manual, 2.2.3).
_LANGIDS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ro": "romanian",
    "sl": "slovene",
}


def bibtex(record: Record) -> bytes:
    """Write the ``@book`` entry of ``record``, in UTF-8. Fields without a value are left out."""
    fields: dict[str, str | None] = {
        **_people(record.contributors),
        # The second pair of braces keeps capitals: many styles set titles in lower case.
        "title": _braced(record.title),
        "subtitle": _braced(record.subtitle) if record.subtitle else None,
        "series": _braced(record.series) if record.series else None,
        "edition": _braced(record.statement) if record.statement else None,
        "version": record.version,
        "date": record.date.isoformat(),
        "year": str(record.date.year),
        "publisher": _braced(record.publisher),
        "address": escaped(record.place),
        "isbn": ", ".join(_isbns(record)),
        "pagetotal": str(record.pages) if record.pages else None,
        "url": _address(record.url) if record.url else None,
        "langid": _LANGIDS.get(record.language.split("-")[0]),
        "abstract": escaped(record.description),
        "keywords": ", ".join(escaped(word).replace(",", "{,}") for word in record.keywords),
        "copyright": _licence(record),
        "note": escaped(record.urn),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@book{{{record.name},", *lines, "}", ""]).encode()


def escaped(text: str) -> str:
    """``text`` with every character escaped that TeX would take for a command."""
    escaped = text.translate(_ESCAPES)
    if not _is_balanced(text):
        for brace, command in _UNMATCHED_BRACES.items():
            escaped = escaped.replace(brace, command)
    return escaped


def _is_balanced(text: str) -> bool:
    """Whether every opening brace in ``text`` has its closing brace after it."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _braced(text: str) -> str:
    """``text`` escaped and in braces; BibTeX takes neither capitals nor names in it apart."""
    return f"{{{escaped(text)}}}"


def _licence(record: Record) -> str:
    url = f", {_address(record.licence.url)}" if record.licence.url else ""
    return escaped(record.licence.name) + url


def _address(url: str) -> str:
    """A URL for the ``url`` field, which TeX reads verbatim: an escape would become part of it.

    Only braces, which would upset BibTeX's count, and backslashes are percent-encoded.
    """
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _isbns(record: Record) -> list[str]:
    isbns = [product.isbn for product in record.formats]
    return [hyphenated(isbn) for isbn in (*isbns, record.print_isbn) if isbn]


def _people(people: tuple[Contributor, ...]) -> dict[str, str]:
    """The name fields: people by field, joined by BibTeX's « and »."""
    names_by_field: dict[str, list[str]] = {}
    for person in people:
        names_by_field.setdefault(_FIELDS.get(person.role, "editorb"), []).append(_name(person))
    fields = {}
    for field, names in sorted(names_by_field.items()):
        fields[field] = " and ".join(names)
        if field in _EDITOR_TYPES:
            fields[f"{field}type"] = _EDITOR_TYPES[field]
    return fields


def _name(person: Contributor) -> str:
    """A contributor's name: «Cognome, Nome» for a person, in braces for everybody else.

    Braces keep BibTeX from splitting the name at a comma or at « and ». They are for
    organisations, and for people whose sort form is not of the shape «Cognome, Nome».
    """
    sort = person.file_as
    is_inverted = person.kind == "person" and sort.count(",") == 1 and not sort.endswith(",")
    if not is_inverted or " and " in sort:
        return _braced(person.name)
    return escaped(sort)
