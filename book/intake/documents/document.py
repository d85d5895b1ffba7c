"""A document or slides that somebody hands in, to the chapter that an editor would make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from book.findings import Finding, has_errors
from book.intake.documents import codes as codes
from book.intake.documents import rtf
from book.intake.documents.ast import all_blocks, all_inlines, text_of, texts
from book.intake.documents.bold_styles import embolden
from book.intake.documents.convert import Tree, converted
from book.intake.documents.draft import Draft, Properties
from book.intake.documents.language import looks_italian
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
from book.intake.documents.properties import properties_of
from book.intake.documents.slides import read_slides
from book.intake.documents.web_page import web_page
from book.intake.documents.word_parts import report_parts
from book.intake.imported import ChapterKind, Imported
from book.markdown.pandoc import PandocFailed
from book.model.slugs import slug_of

Pass = Callable[[Draft], None]

PASSES: tuple[tuple[Pass, str], ...] = (
    (revisions.apply, "first: what was struck out is no text for any other pass"),
    (page_notes.apply, "while the divisions of a web page are there"),
    (contents.apply, "before links, which would tell of each of its lines"),
    (links.apply, "while spans still mark the places that links lead to"),
    (wrappers.apply, "after all that reads marks; before all that reads words"),
    (characters.apply, "before lists and headings, which look at bullets and spaces"),
    (breaks.apply, "before lists: a list may be one paragraph of lines"),
    (lists.apply, "before forms, whose answers may be lists"),
    (form.apply, "before tables, which would take its first row for a header"),
    (title.apply, "after the form, which may name it; before headings, which start below it"),
    (headings.apply, "at the top of the tree only"),
    (pictures.apply, "in cells too, so before tables are judged simple"),
    (tables.apply, "after the form has taken its own"),
    (typography.apply, "last: words are final"),
)
"""The passes in order, each with why it stands there."""

_READERS = {".docx": "docx", ".odt": "odt", ".html": "html", ".htm": "html", ".rtf": "rtf"}
_SLIDES = ".pptx"
SUFFIXES = (*_READERS, _SLIDES)
"""The kinds of file that this room reads, by suffix in small letters."""
_ZIPS = (".docx", ".odt", _SLIDES)
_RTF = b"{\\rtf"
_DEFAULT: ChapterKind = "essay"


def import_document(
    path: Path, *, kind: ChapterKind | None = None
) -> tuple[Imported | None, list[Finding]]:
    """The chapter that a file becomes, of the ``kind`` asked for or the one it looks like.

    None beside the findings when there is an error among them; else they are the chapter's own,
    too. Nothing outside the file is read.
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
    """Fill the draft with the document's tree, properties and files; errors are findings."""
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
    tree, findings = converted(content, format, draft.file)
    draft.findings += findings
    if tree is None:
        return
    draft.blocks, draft.media = tree.blocks, tree.media
    _meta(tree, draft, is_written=format == "docx")


def _meta(tree: Tree, draft: Draft, *, is_written: bool) -> None:
    """Take over pandoc's metadata: the text of styled lines in Word, properties elsewhere."""
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
    if looks_italian(text_of(draft.blocks)):  # programs declare the language of their templates
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
    kinds: dict[str, ChapterKind] = {"contribution": "contribution", "tool": "tool"}
    return kinds.get(draft.kind, _DEFAULT)
