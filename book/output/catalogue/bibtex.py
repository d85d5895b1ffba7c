"""A BibTeX entry, for those who cite the book; biblatex and BibTeX both read it.

UTF-8; what TeX takes for commands is escaped. The key is the edition's name, for good.
"""

from __future__ import annotations

from book.model.identifiers import hyphenated
from book.model.person import Contributor, Role
from book.output.catalogue.languages import langid
from book.output.catalogue.record import Record

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)
# Braces are counted even when a backslash stands before them: those without a fellow get names.
_ODD_BRACES = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}"}
_FIELDS = {
    Role.AUTHOR: "author",
    Role.CURATOR: "editor",
    Role.TRANSLATOR: "translator",
    Role.EDITOR: "editora",
}
"""Whatever else somebody did, biblatex knows as collaboration (``editorb``)."""
_TYPES = {"editora": "redactor", "editorb": "collaborator"}


def bibtex(record: Record) -> bytes:
    """The entry, in UTF-8."""
    fields: dict[str, str | None] = {
        **_people(record.contributors),
        # Doubled braces: styles would take the capitals away.
        "title": _kept(record.title),
        "subtitle": _kept(record.subtitle) if record.subtitle else None,
        "series": _kept(record.series) if record.series else None,
        "edition": _kept(record.statement) if record.statement else None,
        "version": record.version,
        "date": record.date.isoformat(),
        "year": str(record.date.year),
        "publisher": _kept(record.publisher),
        "address": escaped(record.place),
        "isbn": ", ".join(_isbns(record)),
        "pagetotal": str(record.pages) if record.pages else None,
        "url": _address(record.url) if record.url else None,
        "langid": langid(record.language),
        "abstract": escaped(record.description),
        "keywords": ", ".join(escaped(word).replace(",", "{,}") for word in record.keywords),
        "copyright": _licence(record),
        "note": escaped(record.urn),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@book{{{record.name},", *lines, "}", ""]).encode()


def escaped(text: str) -> str:
    """``text`` with every sign that TeX would take for a command made harmless."""
    escaped = text.translate(_ESCAPES)
    if not _balanced(text):
        for brace, name in _ODD_BRACES.items():
            escaped = escaped.replace(brace, name)
    return escaped


def _balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _kept(text: str) -> str:
    return f"{{{escaped(text)}}}"


def _licence(record: Record) -> str:
    url = f", {_address(record.licence.url)}" if record.licence.url else ""
    return escaped(record.licence.name) + url


def _address(url: str) -> str:
    """An address as it is, but for what would upset the count of braces or start a comment."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _isbns(record: Record) -> list[str]:
    isbns = [made.isbn for made in record.formats]
    return [hyphenated(isbn) for isbn in (*isbns, record.print_isbn) if isbn]


def _people(people: tuple[Contributor, ...]) -> dict[str, str]:
    listed: dict[str, list[str]] = {}
    for person in people:
        listed.setdefault(_FIELDS.get(person.role, "editorb"), []).append(_name(person))
    fields = {}
    for field, names in sorted(listed.items()):
        fields[field] = " and ".join(names)
        if field in _TYPES:
            fields[f"{field}type"] = _TYPES[field]
    return fields


def _name(person: Contributor) -> str:
    """«Cognome, Nome»; a body, or a name that is none, stands in braces and is not taken apart."""
    sort = person.file_as
    plain = person.kind == "person" and sort.count(",") == 1 and not sort.endswith(",")
    if not plain or " and " in sort:
        return f"{{{escaped(person.name)}}}"
    return escaped(sort)
