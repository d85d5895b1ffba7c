from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from book.compose.documents import Book
from book.output.epub.write import epub_book
from tests.output.epub import fake
from tests.output.epub.reading import Epub


def made(book: Book) -> Epub:
    return Epub(epub_book(book, fake.cover())[0].epub)


def with_edition(repository: Path, folder: Path, **changes: Any) -> Epub:
    return made(fake.book(repository, folder, **changes))


def test_without_an_isbn_the_identifier_is_the_urn_of_the_book(epub: Epub, book: Book) -> None:
    assert epub.package("//dc:identifier/text()") == [book.identifier]
    assert epub.package("/opf:package/@unique-identifier") == epub.package("//dc:identifier/@id")
    assert epub.meta("identifier-type", "pub-id") == []


def test_with_an_isbn_it_is_the_identifier(repository: Path, tmp_path: Path) -> None:
    epub = with_edition(repository, tmp_path, identifiers={"epub": "978-3-16-148410-0"})
    assert epub.package("//dc:identifier/text()") == ["urn:isbn:9783161484100"]
    assert epub.meta("identifier-type", "pub-id") == ["15"]


def test_the_isbn_of_another_format_is_not_the_epub_s(repository: Path, tmp_path: Path) -> None:
    epub = with_edition(repository, tmp_path, identifiers={"pdf": "978-3-16-148410-0"})
    assert epub.package("//dc:identifier/text()")[0].startswith("urn:uuid:")


def test_titles_say_which_is_which(epub: Epub) -> None:
    assert epub.package("//dc:title/text()") == ["Le reti di prova", "Strumenti ed esperienze"]
    assert epub.meta("title-type", "title-main") == ["main"]
    assert epub.meta("title-type", "title-subtitle") == ["subtitle"]
    assert epub.meta("display-seq", "title-subtitle") == ["2"]


def test_a_book_without_subtitle_and_series_has_neither(repository: Path, tmp_path: Path) -> None:
    epub = with_edition(repository, tmp_path, subtitle=None, series=None)
    assert epub.package("//dc:title/text()") == ["Le reti di prova"]
    assert epub.meta("belongs-to-collection") == []


def test_authors_are_creators_and_everybody_else_contributes(
    repository: Path, tmp_path: Path
) -> None:
    epub = with_edition(
        repository,
        tmp_path,
        contributors=[
            {"name": "Redazione", "kind": "organisation", "role": "curator"},
            {"name": "Nome Cognome", "role": "author"},
            {"name": "Altro Nome", "role": "author"},
        ],
    )
    assert epub.package("//dc:creator/text()") == ["Nome Cognome", "Altro Nome"]
    assert epub.package("//dc:contributor/text()") == ["Redazione"]
    assert epub.meta("role", "creator-2") == ["aut"]
    assert epub.meta("file-as", "creator-1") == ["Cognome, Nome"]
    assert epub.meta("display-seq", "creator-2") == ["2"]
    assert epub.package("//opf:meta[@refines='#contributor-1'][@property='role']/@scheme") == [
        "marc:relators"
    ]


def test_without_authors_the_curators_are_the_creators(epub: Epub) -> None:
    assert epub.package("//dc:creator/text()") == ["Redazione"]
    assert epub.meta("role", "creator-1") == ["edt"]
    assert epub.package("//dc:contributor/text()") == ["Ente Primo"]


def test_dates_publisher_description_rights_and_series(epub: Epub) -> None:
    assert epub.meta("dcterms:modified") == ["2021-05-31T00:00:00Z"]
    assert epub.package("//dc:date/text()") == ["2021-05-31"]
    assert epub.package("//dc:publisher/text()") == ["Editore di prova"]
    assert epub.package("//dc:description/text()") == ["Un libro per le prove."]
    (rights,) = epub.package("//dc:rights/text()")
    assert rights.startswith("Creative Commons Attribuzione 4.0")
    assert "https://creativecommons.org/licenses/by/4.0/" in rights
    assert epub.meta("belongs-to-collection") == ["Laboratori"]
    assert epub.meta("collection-type", "collection") == ["series"]
    assert epub.package("/opf:package/@xml:lang") == ["it"]


def test_thema_codes_name_their_scheme_and_keywords_stand_alone(epub: Epub) -> None:
    assert epub.package("//dc:subject/text()") == ["JKS", "welfare di comunità"]
    assert epub.meta("authority", "subject-1") == ["Thema"]
    assert epub.meta("term", "subject-1") == ["JKS"]
    assert epub.package("//dc:subject[2]/@id") == []


def test_a_chapter_in_another_language_is_told(book: Book) -> None:
    *others, last = book.documents
    english = dataclasses.replace(last, language="en")
    epub = made(dataclasses.replace(book, documents=(*others, english)))
    assert epub.package("//dc:language/text()") == ["it", "en"]
    assert epub.ask("sondrio.xhtml", "/h:html/@lang") == ["en"]
    assert epub.ask("sondrio.xhtml", "/h:html/@xml:lang") == ["en"]


def test_every_picture_described_is_claimed(epub: Epub) -> None:
    assert epub.meta("schema:accessMode") == ["textual", "visual"]
    assert epub.meta("schema:accessModeSufficient") == ["textual"]
    assert set(epub.meta("schema:accessibilityFeature")) == {
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
        "alternativeText",
        "ARIA",
    }
    assert epub.meta("schema:accessibilityHazard") == ["none"]


def test_one_picture_without_alternative_text_loses_the_claim(book: Book) -> None:
    epub = made(fake.with_document(book, "incontro", 'alt="Tre nodi collegati"', 'alt=""'))
    assert "alternativeText" not in epub.meta("schema:accessibilityFeature")
    assert epub.meta("schema:accessModeSufficient") == ["textual,visual"]
    (summary,) = epub.meta("schema:accessibilitySummary")
    described = made(book).meta("schema:accessibilitySummary")
    assert [summary] != described
    assert "1" in summary
    assert "2" in summary


def test_decoration_needs_no_alternative_text(book: Book) -> None:
    decorated = 'alt="" role="presentation"'
    epub = made(fake.with_document(book, "incontro", 'alt="Tre nodi collegati"', decorated))
    assert "alternativeText" in epub.meta("schema:accessibilityFeature")


def test_a_book_without_pictures_claims_nothing_of_pictures(book: Book) -> None:
    documents = tuple(d for d in book.documents if d.id not in ("incontro", "notice", "part-1"))
    toc = (book.toc[0].children[1],)
    epub = made(dataclasses.replace(book, documents=documents, toc=toc))
    assert epub.meta("schema:accessMode") == ["textual"]
    assert epub.meta("schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" not in epub.meta("schema:accessibilityFeature")


def test_the_publisher_vouches_for_conformance(epub: Epub) -> None:
    assert epub.meta("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
    assert epub.meta("a11y:certifiedBy", "conformance") == ["Editore di prova"]
    assert epub.package("//opf:link") == []


def test_another_vouches_and_has_a_report(repository: Path, tmp_path: Path) -> None:
    report = "https://example.org/rapporto"
    vouching = {"certified_by": "Un ente", "report": report}
    epub = with_edition(repository, tmp_path, accessibility=vouching)
    assert epub.meta("a11y:certifiedBy", "conformance") == ["Un ente"]
    link = "//opf:link[@rel='a11y:certifierReport'][@refines='#certifier']"
    assert epub.package(f"{link}/@href") == [report]


def test_only_the_statement_s_face_is_embedded(epub: Epub) -> None:
    assert epub.package("//opf:item[starts-with(@media-type, 'font/')]/@href") == [
        "fonts/Ubuntu_400Regular.ttf",
        "fonts/Ubuntu_700Bold.ttf",
    ]


def test_a_book_without_co_financing_embeds_no_font(book: Book) -> None:
    loaded = dataclasses.replace(book.loaded, programmes=())
    epub = made(dataclasses.replace(book, loaded=loaded))
    assert epub.package("//opf:item[starts-with(@media-type, 'font/')]") == []
    assert epub.meta("ibooks:specified-fonts") == []
    assert b"@font-face" not in epub.read("style.css")
