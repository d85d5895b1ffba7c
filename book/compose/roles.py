"""What part of a book a chapter is, for those who go through it by its landmarks.

The roles of DPUB-ARIA 1.1 and the ``epub:type`` of the same name. Front and back matter are known
by the titles that the trade gives them; whatever is called otherwise is a chapter.
"""

from __future__ import annotations

from book.compose.documents import Matter

CHAPTER = "chapter"
_FRONT = {
    "introduction": ("presentazione", "introduzione", "presentation", "introduction"),
    "foreword": ("foreword",),
    "preface": ("prefazione", "premessa", "preface"),
    "acknowledgments": ("ringraziamenti", "acknowledgments", "acknowledgements"),
}
_BACK = {
    "glossary": ("glossario", "glossary"),
    "bibliography": ("bibliografia", "norme e documenti", "riferimenti", "bibliography"),
    "credits": ("crediti", "crediti delle immagini", "credits", "picture credits"),
    "appendix": ("appendice", "appendix"),
    "afterword": ("postfazione", "afterword"),
    "conclusion": ("conclusioni", "conclusione", "conclusions", "conclusion"),
    "acknowledgments": ("ringraziamenti", "acknowledgments", "acknowledgements"),
}
_BY_TITLE = {
    matter: {title: part for part, titles in parts.items() for title in titles}
    for matter, parts in ((Matter.FRONT, _FRONT), (Matter.BACK, _BACK))
}


def part_of_book(title: str, matter: Matter) -> str:
    """The ``epub:type`` of a chapter, which ``doc-`` makes its role: ``glossary``, ``chapter``."""
    return _BY_TITLE.get(matter, {}).get(title.strip().casefold(), CHAPTER)
