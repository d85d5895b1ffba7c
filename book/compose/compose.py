"""Composes a :class:`Book` from an edition and its chapter trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from lxml import etree

from book.compose.back_cover import back_cover_context
from book.compose.chapter import chapter_context, chapter_entry
from book.compose.cover import cover_context
from book.compose.credits import colophon_context
from book.compose.documents import BOTH, PDF, PRINT, Book, Document, Kind, Matter, TocEntry
from book.compose.glyphs import unset_characters
from book.compose.notice import notice_context, notice_pictures
from book.compose.programme import programme_context
from book.compose.templates import broken_template, environment
from book.compose.typeset import typeset, typeset_edition
from book.findings import Finding
from book.markdown.anchors import broken_links
from book.markdown.tree import ChapterTree, Tree, ids_of
from book.messages import translate
from book.model.edition import LABORATORY_PROGRAMME, Part
from book.model.identifiers import urn_of_edition
from book.model.loaded import ChapterSource, LoadedEdition, TypesetEdition, WrittenEdition


@dataclass(frozen=True)
class _Composer:
    """Renders the documents of one edition. ``shared`` are the values that every template gets."""

    loaded: TypesetEdition
    trees: Mapping[str, ChapterTree]
    templates: jinja2.Environment
    shared: Mapping[str, Any]

    @property
    def language(self) -> str:
        return self.loaded.edition.language

    def document(
        self,
        id: str,
        kind: Kind,
        matter: Matter,
        title: str,
        *,
        template: str,
        outputs: frozenset[str] = BOTH,
        **context: Any,
    ) -> Document:
        """Render ``template`` into a document.

        Raises jinja2.TemplateError, also when the result is not well-formed XHTML.
        """
        text = self.templates.get_template(template).render(**self.shared, id=id, **context)
        tree = Tree(text)
        source = context.get("source")
        return Document(
            id=id,
            kind=kind,
            matter=matter,
            title=title,
            running_head=context.get("running_head") or title,
            language=context.get("language") or self.language,
            tree=tree,
            anchors=_anchors(tree, template),
            outputs=outputs,
            source=source.file if source else self.loaded.file,
            template=template,
        )

    def front(self, kind: Kind, title: str, **context: Any) -> Document:
        """Render a document of the prelims. Its kind gives its id and the name of its template."""
        return self.document(
            kind.value, kind, Matter.FRONT, title, template=f"{kind.value}.xhtml.j2", **context
        )


def compose(
    written: WrittenEdition, trees: Mapping[str, ChapterTree]
) -> tuple[Book | None, list[Finding]]:
    """Compose the edition: its documents, its table of contents, its pictures.

    ``trees`` maps chapter slugs to their trees. When a template is broken, the book is None and
    the findings have the reason.
    """
    loaded = typeset_edition(written)
    identifier = urn_of_edition(loaded.edition.publisher, loaded.name)
    try:
        documents, toc = _documents(_composer(loaded, trees, identifier))
    except jinja2.TemplateError as error:
        return None, [broken_template(error, loaded.edition.brand)]
    book = Book(
        loaded=loaded,
        identifier=identifier,
        documents=documents,
        toc=toc,
        pictures=_pictures(loaded, trees),
        trees=trees,
    )
    return book, _findings(book)


def _composer(
    loaded: TypesetEdition, trees: Mapping[str, ChapterTree], identifier: str
) -> _Composer:
    shared = {
        "edition": loaded.edition,
        "brand": loaded.brand,
        "project": loaded.edition.project,
        **notice_context(loaded),
        **colophon_context(loaded, identifier),
    }
    return _Composer(loaded, trees, environment(loaded), shared)


def _documents(composer: _Composer) -> tuple[tuple[Document, ...], tuple[TocEntry, ...]]:
    """Every document in reading order, and the table of contents.

    The printed contents are rendered last, because they list the other documents. They stand
    between the prelims and the documents that they list.
    """
    prelims = _prelims(composer)
    listed, toc = _contents(composer)
    has_parts = any(entry.label is not None for entry in toc)
    contents = composer.front(
        Kind.CONTENTS,
        translate("Contents", composer.language),
        outputs=frozenset({PDF}),
        toc=toc,
        has_parts=has_parts,
    )
    return (*prelims, contents, *listed, _back_cover(composer)), toc


def _findings(book: Book) -> list[Finding]:
    """Findings that need all documents: links to ids that no document has, missing glyphs."""
    anchors = frozenset().union(*(document.anchors for document in book.documents))
    sources = {source.slug: source for source in book.loaded.chapters.values()}
    findings = broken_links(book.trees, anchors, sources)
    for document in book.documents:
        findings += unset_characters(document.tree.root, document.source, book.loaded)
    return findings


def _prelims(composer: _Composer) -> list[Document]:
    """Cover, half-title, notice, title page, colophon.

    In the EPUB the notice follows the cover; in print it faces the title page. Source: Reg. (EU)
    2021/1060, art. 47 and annex IX, and Reg. (EU) 821/2014, art. 4, which want it prominent.
    """
    edition, language = composer.loaded.edition, composer.language
    page = composer.loaded.page
    cover = cover_context(composer.loaded, page.width, page.height)
    half_title = edition.short_title or edition.title
    documents = [
        composer.front(Kind.COVER, translate("Cover", language), **cover),
        composer.front(Kind.HALF_TITLE, half_title, outputs=frozenset({PDF})),
    ]
    if composer.shared["programmes"]:
        documents.append(composer.front(Kind.NOTICE, translate("Co-financing", language)))
    documents.append(composer.front(Kind.TITLE_PAGE, edition.title))
    documents.append(composer.front(Kind.COLOPHON, translate("Colophon", language)))
    return documents


def _back_cover(composer: _Composer) -> Document:
    loaded = composer.loaded
    return composer.document(
        Kind.BACK_COVER.value,
        Kind.BACK_COVER,
        Matter.BACK,
        translate("Back cover", composer.language),
        template="back-cover.xhtml.j2",
        outputs=frozenset({PRINT}),
        **cover_context(loaded, loaded.page.width, loaded.page.height),
        **back_cover_context(loaded),
    )


def _contents(composer: _Composer) -> tuple[list[Document], tuple[TocEntry, ...]]:
    """The documents that ``contents`` of ``edition.yaml`` lists, in order, and their entries."""
    contents = composer.loaded.edition.contents
    documents: list[Document] = []
    toc: list[TocEntry] = []

    def add(entry: str, matter: Matter, part: Part | None = None) -> TocEntry:
        document, line = _entry(composer, entry, matter, part)
        documents.append(document)
        return line

    toc += [add(entry, Matter.FRONT) for entry in contents.front]
    toc += [add(entry, Matter.BODY) for entry in contents.chapters]
    for number, part in enumerate(contents.parts, start=1):
        # The opener lists the part's chapters, so it is rendered after them and inserted before.
        place = len(documents)
        below = tuple(add(entry, Matter.BODY, part) for entry in part.chapters)
        opener = composer.document(
            f"part-{number}",
            Kind.PART,
            Matter.BODY,
            part.title,
            template="part.xhtml.j2",
            part=part,
            chapters=below,
        )
        documents.insert(place, opener)
        toc.append(TocEntry(part.title, opener.id, below, part.label or ""))
    toc += [add(entry, Matter.BACK) for entry in contents.back]
    return documents, tuple(toc)


def _entry(
    composer: _Composer, entry: str, matter: Matter, part: Part | None
) -> tuple[Document, TocEntry]:
    if entry == LABORATORY_PROGRAMME:
        return _programme(composer, matter)
    return _chapter(composer, composer.loaded.chapters[entry], matter, part)


def _programme(composer: _Composer, matter: Matter) -> tuple[Document, TocEntry]:
    laboratory = composer.loaded.edition.laboratory
    assert laboratory is not None, "the loader refuses a programme without a laboratory"
    title = translate("The programme of the laboratory", composer.language)
    document = composer.document(
        LABORATORY_PROGRAMME,
        Kind.CHAPTER,
        matter,
        title,
        template="laboratory-programme.xhtml.j2",
        **programme_context(laboratory, composer.loaded.chapters, composer.language),
    )
    return document, TocEntry(title, document.id)


def _chapter(
    composer: _Composer, source: ChapterSource, matter: Matter, part: Part | None
) -> tuple[Document, TocEntry]:
    tree = composer.trees[source.slug]
    language = source.front_matter.language or composer.language
    front_matter = typeset(source.front_matter, composer.loaded.edition, language)
    document = composer.document(
        source.slug,
        Kind.CHAPTER,
        matter,
        front_matter.title,
        template="chapter.xhtml.j2",
        source=source,
        body=tree.body.xhtml,
        **chapter_context(front_matter, matter, part, language),
    )
    return document, chapter_entry(front_matter.title, source.slug, tree.headings)


def _anchors(tree: Tree, template: str) -> frozenset[str]:
    """The ids of a rendered document.

    Raises jinja2.TemplateSyntaxError, which names ``template``, if it is not well-formed XHTML.
    """
    try:
        return ids_of(tree.root)
    except etree.XMLSyntaxError as error:
        raise jinja2.TemplateSyntaxError(error.msg, error.lineno or 0, template) from error


def _pictures(loaded: LoadedEdition, trees: Mapping[str, ChapterTree]) -> dict[str, Path]:
    paths = sorted({picture.path for tree in trees.values() for picture in tree.pictures})
    return {path: loaded.folder / path for path in paths} | notice_pictures(loaded)
