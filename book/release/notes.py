"""Release notes: the changes since the release before, as text and data for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from book.compose.wording import long_date
from book.messages import N_, translate
from book.model.licence import LICENCE_IDS, licence_of
from book.model.person import Role
from book.release.compare import Comparison, Pair, Place, compare
from book.release.marks import Run, marked, shortened
from book.release.text import BookText, ChapterText, Credit, PictureFact

Folios = Mapping[tuple[str, str], str]
"""The folio (printed page number) of each block of the new text, by ids of chapter and block."""

_FIELDS = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "series": N_("Series"),
    "edition_statement": N_("Edition statement"),
    "language": N_("Language"),
    "date": N_("Date"),
    "publisher": N_("Publisher"),
    "place": N_("Place"),
    "identifiers.epub": N_("ISBN of the EPUB"),
    "identifiers.pdf": N_("ISBN of the PDF"),
    "identifiers.print": N_("ISBN of the printed book"),
    "description": N_("Description"),
    "url": N_("Page of the book"),
    "licence": N_("Licence"),
    "programme": N_("Co-financing programme"),
    "project.name": N_("Project"),
    "project.code": N_("Code of the project"),
    "project.cup": N_("CUP"),
    "project.url": N_("Page of the project"),
    "partners": N_("Partners"),
    "subjects.thema": N_("Thema codes"),
    "subjects.keywords": N_("Keywords"),
    "page_format": N_("Page format"),
}
_ROLES = {
    Role.AUTHOR: N_("author"),
    Role.CURATOR: N_("curator"),
    Role.EDITOR: N_("editor"),
    Role.FACILITATOR: N_("facilitator"),
    Role.SPEAKER: N_("speaker"),
    Role.CONTRIBUTOR: N_("contributor"),
    Role.TRANSCRIBER: N_("transcriber"),
    Role.TRANSLATOR: N_("translator"),
    Role.ILLUSTRATOR: N_("illustrator"),
    Role.PHOTOGRAPHER: N_("photographer"),
}


@dataclass(frozen=True)
class Change:
    """A paragraph or heading that has changed.

    ``kind`` is ``changed``, ``added``, ``removed`` or ``moved``, and ``what`` is the word for it.
    ``page`` is the folio in the PDF of this release, "" for a removed block. ``section`` is the
    heading above it. ``runs`` are its words with marks. ``source`` says where a moved block was.
    """

    kind: str
    what: str
    page: str
    section: str
    runs: tuple[Run, ...]
    source: str = ""


@dataclass(frozen=True)
class ChapterNotes:
    """The changes within a chapter in reading order, removed blocks at their old place."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FieldNote:
    """A field of the catalogue record with its old and new value, None where it has none."""

    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Notes:
    """The contents of the release notes.

    ``before`` is the version of the release before; None for the first release, or when the one
    before cannot be read. ``counts`` are labels with numbers. ``book`` are sentences on chapters,
    people and pictures.
    """

    title: str
    edition: str
    version: str
    date: str
    before: str | None
    before_date: str
    counts: tuple[tuple[str, int], ...]
    fields: tuple[FieldNote, ...]
    book: tuple[str, ...]
    chapters: tuple[ChapterNotes, ...]
    size: tuple[int, int]
    """Chapters and paragraphs of this release."""


def notes_of(new: BookText, old: BookText | None, folios: Folios, language: str) -> Notes:
    """The notes in ``language`` on the text ``new``; ``old`` is that of the release before."""
    writer = _Writer(folios, language)
    compared = None if old is None else compare(old, new)
    return Notes(
        title=new.facts["title"],
        edition=new.edition,
        version=new.version,
        date=long_date(new.date, language),
        before=None if old is None else old.version,
        before_date="" if old is None else long_date(old.date, language),
        counts=() if compared is None else tuple(writer.counts(compared)),
        fields=() if old is None else tuple(writer.fields(old, new)),
        book=() if old is None or compared is None else tuple(writer.book(old, new, compared)),
        chapters=() if compared is None else tuple(writer.chapters(new, compared)),
        size=(len(new.chapters), sum(len(chapter.blocks) for chapter in new.chapters)),
    )


@dataclass(frozen=True)
class _Writer:
    """Words the notes in one language."""

    folios: Folios
    language: str

    def say(self, text: str, /, **values: Any) -> str:
        return translate(text, self.language).format(**values)

    def counts(self, compared: Comparison) -> Iterator[tuple[str, int]]:
        for label, number in (
            (N_("Changed paragraphs"), len(compared.changed)),
            (N_("Added paragraphs"), len(compared.added)),
            (N_("Removed paragraphs"), len(compared.removed)),
            (N_("Moved paragraphs"), len(compared.moved)),
            (N_("Unchanged paragraphs"), len(compared.kept)),
        ):
            yield translate(label, self.language), number

    def fields(self, old: BookText, new: BookText) -> Iterator[FieldNote]:
        for field, label in _FIELDS.items():
            values = [self._value(field, text) for text in (old, new)]
            if values[0] != values[1]:
                yield FieldNote(translate(label, self.language), *values)

    def _value(self, field: str, text: BookText) -> str | None:
        value = text.facts.get(field)
        if field == "licence" and value in LICENCE_IDS:
            return licence_of(value, self.language).name
        return long_date(text.date, self.language) if field == "date" else value

    def book(self, old: BookText, new: BookText, compared: Comparison) -> Iterator[str]:
        """Sentences on chapters, people and pictures."""
        chapters = compared.chapters
        for chapter in chapters.added:
            text = N_("New chapter: «{title}» (paragraphs: {count}).")
            yield self.say(text, title=chapter.title, count=len(chapter.blocks))
        for chapter in chapters.removed:
            text = N_("Chapter no longer there: «{title}» (paragraphs: {count}).")
            yield self.say(text, title=chapter.title, count=len(chapter.blocks))
        for before, after in chapters.retitled:
            text = N_("The chapter «{old}» is now called «{title}».")
            yield self.say(text, old=before.title, title=after.title)
        for before, after in chapters.moved:
            yield self._moved(before, after)
        yield from self._people(old.contributors, new.contributors)
        yield from self._pictures(old, new)

    def _moved(self, before: ChapterText, after: ChapterText) -> str:
        if before.part != after.part and after.part:
            text = N_("The chapter «{title}» now stands in the part «{part}».")
            return self.say(text, title=after.title, part=after.part)
        return self.say(N_("The chapter «{title}» stands in another place."), title=after.title)

    def _people(self, old: Iterable[Credit], new: Iterable[Credit]) -> Iterator[str]:
        """Sentences on contributors who are new or no longer there.

        A person who is no longer there is called by the role: the name may have been removed at
        the person's request.
        """
        old, new = list(old), list(new)
        for credit in new:
            if credit not in old:
                text = N_("New among those who made the book: {name} ({role}).")
                yield self.say(text, name=credit.name, role=self._role(credit))
        for credit in old:
            if credit not in new:
                text = N_("No longer among those who made the book: {name}.")
                name = credit.name if credit.kind == "organisation" else self._role(credit)
                yield self.say(text, name=name)

    def _role(self, credit: Credit) -> str:
        return translate(_ROLES[credit.role], self.language)

    def _pictures(self, old: BookText, new: BookText) -> Iterator[str]:
        """Sentences on pictures that are new, changed, newly described or no longer there."""
        before, after = _by_path(old.pictures), _by_path(new.pictures)
        titles = {c.id: c.title for text in (old, new) for c in text.chapters}
        for path, picture in after.items():
            values = {"path": path, "title": titles.get(picture.chapter, picture.chapter)}
            if path not in before:
                yield self.say(N_("New picture: {path}, in «{title}»."), **values)
            elif before[path].sha256 != picture.sha256:
                yield self.say(N_("Picture made anew: {path}, in «{title}»."), **values)
            elif before[path].alt != picture.alt:
                text = N_("Picture with another alternative text: {path}, in «{title}».")
                yield self.say(text, **values)
        for path, picture in before.items():
            if path not in after:
                title = titles.get(picture.chapter, picture.chapter)
                text = N_("Picture no longer there: {path}, in «{title}».")
                yield self.say(text, path=path, title=title)

    def chapters(self, new: BookText, compared: Comparison) -> Iterator[ChapterNotes]:
        """The changes in each chapter that both releases have.

        A new chapter gets one sentence in :meth:`book` and no list of its paragraphs; so does a
        removed one.
        """
        fresh = {chapter.id for chapter in compared.chapters.added}
        now = {before.id: after.id for before, after in compared.chapters.same}
        # Per chapter, each change with its position there, by which they are sorted at the end.
        found: dict[str, list[tuple[float, Change]]] = {}
        order = {
            (chapter.id, block.id): number
            for chapter in new.chapters
            for number, block in enumerate(chapter.blocks)
        }

        def add(place: Place, change: Change) -> None:  # for blocks of the new text
            if place.chapter.id not in fresh:
                key = place.chapter.id, place.block.id
                found.setdefault(place.chapter.id, []).append((order[key], change))

        for pair in compared.changed:
            add(pair.new, self._changed(pair))
        for pair in compared.moved:
            add(pair.new, self._displaced(pair))
        for place in compared.added:
            add(place, self._single("added", N_("added"), place, Run.added(place.block.text)))
        for place in compared.removed:
            # A removed block has no place in the new text. It is shown in the chapter that its
            # old chapter has become; blocks of removed chapters are not shown.
            home = now.get(place.chapter.id)
            if home is not None:
                change = self._single(
                    "removed", N_("removed"), place, Run.removed(place.block.text), here=False
                )
                found.setdefault(home, []).append(
                    (_place_of_removed(place, compared, order), change)
                )
        for chapter in new.chapters:
            if chapter.id in found:
                rows = sorted(found[chapter.id], key=lambda row: row[0])
                yield ChapterNotes(chapter.title, tuple(change for _, change in rows))

    def _changed(self, pair: Pair) -> Change:
        runs = shortened(marked(pair.old.block.text, pair.new.block.text))
        words = N_("changed heading") if pair.new.block.level else N_("changed")
        elsewhere = pair.old.chapter.id != pair.new.chapter.id
        return self._change("changed", words, pair.new, runs, self._from(pair) if elsewhere else "")

    def _displaced(self, pair: Pair) -> Change:
        runs = (Run.kept(pair.new.block.text),)
        return self._change("moved", N_("moved"), pair.new, runs, self._from(pair))

    def _from(self, pair: Pair) -> str:
        """Where a block was that is now elsewhere; "" when the section is the same."""
        old, new = pair.old, pair.new
        if old.chapter.title == new.chapter.title or old.chapter.id == new.chapter.id:
            if old.block.section == new.block.section:
                return ""
            return self.say(N_("from section «{section}»"), section=old.block.section or "–")
        return self.say(N_("from chapter «{title}»"), title=old.chapter.title)

    def _single(
        self, kind: str, words: str, place: Place, run: Run, *, here: bool = True
    ) -> Change:
        return self._change(kind, words, place, (run,), here=here)

    def _change(
        self,
        kind: str,
        words: str,
        place: Place,
        runs: tuple[Run, ...],
        source: str = "",
        *,
        here: bool = True,
    ) -> Change:
        page = self.folios.get((place.chapter.id, place.block.id), "") if here else ""
        return Change(
            kind, translate(words, self.language), page, place.block.section, runs, source
        )


def _place_of_removed(
    place: Place, compared: Comparison, order: Mapping[tuple[str, str], int]
) -> float:
    """The position that a removed block would have in the new chapter.

    It is half a step after the last block that was before it in the old chapter and is still
    there. That sorts it between two blocks, whose positions are whole numbers.
    """
    blocks = [block.id for block in place.chapter.blocks]
    before = {*blocks[: blocks.index(place.block.id)]}
    followed = [
        order[pair.new.chapter.id, pair.new.block.id]
        for pair in (*compared.kept, *compared.changed)
        if pair.old.chapter is place.chapter and pair.old.block.id in before
    ]
    return max(followed, default=-1) + 0.5


def _by_path(pictures: Iterable[PictureFact]) -> dict[str, PictureFact]:
    """Each picture by its path; of a picture that comes twice, the first place counts."""
    found: dict[str, PictureFact] = {}
    for picture in pictures:
        found.setdefault(picture.path, picture)
    return found
