"""Makes a chapter of a document or slides, as an editor would make it.

The file is read into a :class:`Draft` with pandoc's tree (of slides, by a reader of our own), the
:data:`PASSES` change the tree one after the other, and :mod:`.markdown` writes the chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from book.findings import Finding, has_errors
from book.intake.documents import codes, rtf
from book.intake.documents.ast import all_blocks, all_inlines, text_of, texts
from book.intake.documents.bold_styles import embolden
from book.intake.documents.convert import Tree, converted
from book.intake.documents.draft import Draft, Properties
from book.intake.documents.markdown import chapter_text
from book.intake.documents.package import FILE_LIMIT, open_package
from book.intake.documents.passes import (
    breaks,
    characters,
    contents,
    form,
    headings,
    links,
    lists,
    page_notes,
    pictures,
    revisions,
    tables,
    title,
    typography,
    wrappers,
)
from book.intake.documents.properties import looks_italian, properties_of
from book.intake.documents.slides import read_slides
from book.intake.documents.web_page import web_page
from book.intake.documents.word_parts import report_parts
from book.intake.imported import ChapterKind, Imported
from book.markdown.pandoc import PandocFailed
from book.model.slugs import slug_of

Pass = Callable[[Draft], None]

PASSES: tuple[tuple[Pass, str], ...] = (
    (revisions.apply, "first: deleted text must not be seen by any other pass"),
    (page_notes.apply, "before wrappers: it finds notes by the divisions of a web page"),
    (contents.apply, "before links, which would report each line of a table of contents"),
    (links.apply, "before wrappers: spans mark the places that links lead to"),
    (wrappers.apply, "after all passes that read spans and divisions, before those on words"),
    (characters.apply, "before lists and headings, which look at bullets and spaces"),
    (breaks.apply, "before lists: a list may be one paragraph with line breaks"),
    (lists.apply, "before form: answers may be lists"),
    (form.apply, "before tables, which would make a header of the form's first row"),
    (title.apply, "after form, which may hold the title; before headings, which are below it"),
    (headings.apply, "after title, which may be the first heading or bold line"),
    (pictures.apply, "before tables: a cell with a picture is not simple any more"),
    (tables.apply, "after form has removed its table"),
    (typography.apply, "last: it needs the final words"),
)
"""The passes in order, each with the reason for its place."""

_READERS = {".docx": "docx", ".odt": "odt", ".html": "html", ".htm": "html", ".rtf": "rtf"}
_SLIDES = ".pptx"
SUFFIXES = (*_READERS, _SLIDES)
"""The suffixes, in lower case, of the files that can be imported."""
_ZIPS = (".docx", ".odt", _SLIDES)
_RTF = b"{\\rtf"
_DEFAULT: ChapterKind = "essay"


def import_document(
    path: Path, *, kind: ChapterKind | None = None
) -> tuple[Imported | None, list[Finding]]:
    """Make a chapter of a file: of the given ``kind``, else of the kind that its form tells.

    Returns the chapter and the findings, which the chapter holds, too. Returns None for it when
    there is an error among them. No file but this one is read.
    """
    draft = Draft(path.name, slug_of(path.stem), [], kind or "")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        return None, [codes.UNKNOWN_FORMAT.at(path.name, suffix=suffix, known=known)]
    try:
        content = path.read_bytes() if path.stat().st_size <= FILE_LIMIT else None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [codes.UNREADABLE.at(path.name, reason=reason)]
    if content is None:
        size = path.stat().st_size
        return None, [codes.TOO_BIG.at(path.name, size=size, limit=FILE_LIMIT)]
    # The tree is walked recursively, and pandoc's JSON is parsed so. A document that is nested
    # too deep for Python fails here and not in the caller.
    try:
        _read(content, suffix, draft)
        text = _chapter(draft) if not has_errors(draft.findings) else None
    except RecursionError:
        draft.report(codes.TOO_DEEP)
        text = None
    except PandocFailed as failure:
        draft.report(codes.NOT_CONVERTED, reason=str(failure).rstrip("."))
        text = None
    if text is None:
        return None, draft.findings
    made = _kind_of(draft)
    name = f"{draft.slug}.md"
    return Imported(name, text, made, draft.pictures, tuple(draft.findings)), draft.findings


def _read(content: bytes, suffix: str, draft: Draft) -> None:
    """Fill the draft with the document's tree, properties and embedded files, and findings."""
    if suffix in _ZIPS:
        _read_package(content, suffix, draft)
        return
    if suffix == ".rtf":
        if not content.lstrip().startswith(_RTF):
            draft.report(codes.DAMAGED, reason="RTF")
            return
        _read_tree(rtf.prepared(content), "rtf", draft)
        _count_notes(rtf.footnotes(content), draft)
        return
    page, findings = web_page(content, draft.file)
    draft.findings += findings
    if page is not None:
        _read_tree(page.text.encode(), "html", draft)
        draft.media = page.media


def _read_package(content: bytes, suffix: str, draft: Draft) -> None:
    """Read a DOCX, ODT or PPTX. The zip is checked before pandoc gets the file."""
    package, findings = open_package(content, draft.file)
    draft.findings += findings
    if package is None:
        return
    draft.properties = properties_of(package)
    if suffix == _SLIDES:
        read_slides(package, draft)
        return
    report_parts(package, draft)
    _read_tree(content, _READERS[suffix], draft)
    embolden(draft.blocks, package)


def _read_tree(content: bytes, format: str, draft: Draft) -> None:
    """Fill the draft with pandoc's tree, files and metadata of ``content``."""
    tree, findings = converted(content, format, draft.file)
    draft.findings += findings
    if tree is None:
        return
    draft.blocks, draft.media = tree.blocks, tree.media
    _take_metadata(tree, draft, is_written=format == "docx")


def _take_metadata(tree: Tree, draft: Draft, *, is_written: bool) -> None:
    """Take over pandoc's metadata.

    In a Word file (``is_written``) pandoc takes them from lines in the styles Title, Author and so
    on: somebody has written them. In other formats they are the file's properties, which programs
    fill in, so they count as guesses.
    """
    title_text = " ".join(tree.meta.get("title", []))
    if is_written:
        draft.title = title_text
        draft.subtitle = " ".join(tree.meta.get("subtitle", []))
        draft.authors = tuple(tree.meta.get("author", []))
        draft.abstract = " ".join(tree.meta.get("abstract", []))
        return
    draft.properties = Properties(
        title=draft.properties.title or title_text,
        creator=draft.properties.creator or ", ".join(tree.meta.get("author", [])),
        created=draft.properties.created or " ".join(tree.meta.get("date", []))[:10],
        language=draft.properties.language or " ".join(tree.meta.get("lang", [])),
    )


def _count_notes(written: int, draft: Draft) -> None:
    """Report when pandoc has kept fewer notes than were ``written`` in the file."""
    kept = sum(
        inline["t"] == "Note"
        for block in all_blocks(draft.blocks)
        for inlines in texts(block)
        for inline in all_inlines(inlines)
    )
    if kept < written:
        draft.report(codes.NOTES_MISSING, written=written, kept=kept)


def _chapter(draft: Draft) -> str | None:
    """The chapter's text, or None when the document holds none."""
    asked = draft.kind
    draft.properties = replace(
        draft.properties,
        title=characters.clean_text(draft.properties.title),
        creator=characters.clean_text(draft.properties.creator),
    )
    draft.title = characters.clean_text(draft.title)
    draft.subtitle = characters.clean_text(draft.subtitle)
    # Programs declare the language of their template, often English, whatever people write.
    if looks_italian(text_of(draft.blocks)):
        draft.properties = replace(draft.properties, language="it")
    for apply, _ in PASSES:
        apply(draft)
    if not any(block["t"] not in ("HorizontalRule",) for block in draft.blocks):
        draft.report(codes.NO_TEXT)
        return None
    draft.kind = _kind_of(draft)
    if not asked:
        draft.report(codes.KIND_GUESSED, kind=draft.kind)
    if draft.properties.creator and not draft.authors:
        draft.report(codes.AUTHOR_GUESSED, name=draft.properties.creator)
    language = draft.properties.language
    if language and not language.lower().startswith("it"):
        draft.report(codes.LANGUAGE, language=language)
    return chapter_text(draft)


def _kind_of(draft: Draft) -> ChapterKind:
    """The kind asked for or found by the form; an essay when there is none."""
    kinds: dict[str, ChapterKind] = {"contribution": "contribution", "tool": "tool"}
    return kinds.get(draft.kind, _DEFAULT)
