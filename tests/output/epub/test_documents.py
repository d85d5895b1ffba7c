from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from book.compose.documents import Book
from book.model.assets import Assets
from book.output.epub.write import epub_book
from tests.output.epub import fake
from tests.output.epub.reading import Epub


def codes(book: Book) -> list[tuple[str, str, int]]:
    return [(f.code.id, f.file, f.line) for f in epub_book(book, fake.cover())[1]]


def test_the_spine_shows_the_notice_right_after_the_cover(epub: Epub) -> None:
    assert epub.spine() == [
        "cover.xhtml",
        "notice.xhtml",
        "title-page.xhtml",
        "colophon.xhtml",
        "nav.xhtml",
        "part-1.xhtml",
        "incontro.xhtml",
        "sondrio.xhtml",
    ]
    assert epub.package("//opf:itemref/@linear") == []


def test_without_contents_the_nav_follows_the_prelims(book: Book) -> None:
    documents = tuple(d for d in book.documents if d.id != "contents")
    made, _ = epub_book(dataclasses.replace(book, documents=documents), fake.cover())
    content = made.epub
    assert Epub(content).spine()[4] == "nav.xhtml"


def test_links_to_other_documents_name_their_file(epub: Epub) -> None:
    assert epub.ask("incontro.xhtml", "//h:a[contains(., 'capitolo')]/@href") == [
        "sondrio.xhtml#sondrio.passi"
    ]
    assert epub.ask("part-1.xhtml", "//h:ol//h:a/@href") == [
        "incontro.xhtml#incontro",
        "sondrio.xhtml#sondrio",
    ]


def test_links_inside_a_document_and_out_of_the_book_stay(epub: Epub) -> None:
    assert epub.ask("incontro.xhtml", "//h:a[.='qui']/@href") == ["#incontro.regole"]
    assert epub.ask("incontro.xhtml", "//h:a[@class='time-mark']/@href") == [
        "https://example.org/registrazione?t=370"
    ]


@pytest.mark.parametrize(("target", "file"), [("contents", "nav.xhtml"), ("cover", "cover.xhtml")])
def test_links_to_documents_that_the_epub_remakes(book: Book, target: str, file: str) -> None:
    changed = fake.with_document(book, "incontro", "#sondrio.passi", f"#{target}")
    made, findings = epub_book(changed, fake.cover())
    content = made.epub
    assert findings == []
    links = Epub(content).ask("incontro.xhtml", "//h:a[contains(., 'capitolo')]/@href")
    assert links[0].partition("#")[0] == file


def test_a_link_to_nowhere_is_found_where_it_is_written(book: Book) -> None:
    changed = fake.with_document(book, "incontro", "#sondrio.passi", "#sondrio.perduto")
    assert codes(changed) == [("U001", "chapters/prova/incontro.md", 19)]


def test_a_picture_nobody_knows_is_found_where_it_is_written(book: Book) -> None:
    changed = fake.with_document(book, "incontro", "images/Rete è.png", "images/altra.png")
    assert ("U002", "chapters/prova/incontro.md", 25) in codes(changed)


def test_a_picture_that_is_not_there_is_found(book: Book) -> None:
    (book.loaded.folder / "rete.png").unlink()
    assert codes(book) == [("U002", "chapters/prova/edition.yaml", 0)]


def test_a_picture_of_a_foreign_kind_is_found(book: Book) -> None:
    path = book.loaded.folder / "rete.tiff"
    path.write_bytes(fake.picture(kind="TIFF"))
    changed = dataclasses.replace(book, pictures={**book.pictures, "images/rete.tiff": path})
    assert codes(changed) == [("U003", "chapters/prova/edition.yaml", 0)]


def test_pictures_get_addresses_that_every_system_can_store(epub: Epub, book: Book) -> None:
    (source,) = epub.ask("incontro.xhtml", "//h:img/@src")
    assert re.fullmatch(r"images/[A-Za-z0-9._-]+\.png", source)
    assert epub.read(source) == book.pictures["images/Rete è.png"].read_bytes()
    assert epub.package(f"//opf:item[@href='{source}']/@media-type") == ["image/png"]
    (emblem,) = epub.ask("notice.xhtml", "//h:img/@src")
    assert epub.package(f"//opf:item[@href='{emblem}']/@media-type") == ["image/svg+xml"]


def test_pictures_of_one_name_in_two_folders_stay_two(book: Book) -> None:
    other = book.loaded.folder / "altra.png"
    other.write_bytes(fake.picture("#FF0000"))
    changed = dataclasses.replace(book, pictures={**book.pictures, "images/b/rete e.PNG": other})
    changed = fake.with_document(
        changed,
        "sondrio",
        "<p>Una citazione.</p>",
        '<p><img src="images/b/rete e.PNG" alt="x"/></p>',
    )
    epub = Epub(epub_book(changed, fake.cover())[0].epub)
    sources = [epub.ask(f"{d}.xhtml", "//h:img/@src")[0] for d in ("incontro", "sondrio")]
    assert len({source.casefold() for source in sources}) == 2
    assert epub.read(sources[1]) == other.read_bytes()


def test_what_only_the_pipeline_needs_is_left_out(epub: Epub) -> None:
    for name in epub.spine():
        left = "//@*[starts-with(name(), 'data-')][name() != 'data-label']"
        assert epub.ask(name, left) == []
    assert epub.ask("incontro.xhtml", "//*[contains(@class, 'turn-dash')]/@class") == [
        "turn-dash generated",
        "turn-dash generated",
    ]


def test_every_id_is_kept(epub: Epub, book: Book) -> None:
    for document in book.documents:
        if document.id not in ("cover", "contents"):
            kept = set(epub.ask(f"{document.id}.xhtml", "//@id"))
            assert document.anchors <= kept


def test_bodies_say_which_matter_they_are(epub: Epub) -> None:
    assert epub.ask("title-page.xhtml", "/h:html/h:body/@epub:type") == ["frontmatter"]
    assert epub.ask("incontro.xhtml", "/h:html/h:body/@epub:type") == ["bodymatter"]
    assert epub.ask("incontro.xhtml", "/h:html/h:head/h:title") == ["Il primo incontro"]


def test_notes_can_pop_up_and_lead_back(epub: Epub) -> None:
    call = "//h:a[@role='doc-noteref'][@epub:type='noteref']"
    note = "//h:aside[@role='doc-footnote'][@epub:type='footnote']"
    assert epub.ask("incontro.xhtml", f"{call}/@href") == ["#incontro.fn1"]
    assert epub.ask("incontro.xhtml", f"{note}/@id") == ["incontro.fn1"]
    back = epub.ask("incontro.xhtml", f"{note}//h:a[@role='doc-backlink']/@href")
    assert back == [f"#{id}" for id in epub.ask("incontro.xhtml", f"{call}/@id")]


def test_the_cover_is_its_picture_and_says_what_is_written_on_it(epub: Epub) -> None:
    (source,) = epub.ask("cover.xhtml", "//h:img[@role='doc-cover']/@src")
    assert epub.package(f"//opf:item[@href='{source}']/@properties") == ["cover-image"]
    (words,) = epub.ask("cover.xhtml", "//h:img/@alt")
    assert "Le reti di prova" in words
    assert "Progetto co-finanziato dall’Unione Europea" in words


def test_inline_drawings_are_declared(book: Book) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="x" viewBox="0 0 1 1"/>'
    )
    changed = fake.with_document(book, "sondrio", "<p>Una citazione.</p>", f"<p>{drawing}</p>")
    epub = Epub(epub_book(changed, fake.cover())[0].epub)
    assert epub.package("//opf:item[@href='sondrio.xhtml']/@properties") == ["svg"]
    assert epub.package("//opf:item[@href='incontro.xhtml']/@properties") == []


def test_a_plain_table_is_stacked_under_the_heads_of_its_columns(epub: Epub) -> None:
    table = "//h:table[@id='sondrio.tab']"
    assert epub.ask("sondrio.xhtml", f"{table}/@class") == ["stacked"]
    assert epub.ask("sondrio.xhtml", f"{table}//h:tr[1]/h:td/@data-label") == [
        "Data",
        "Incontro",
        "Orario",
    ]
    # An empty cell does not show its head.
    assert epub.ask("sondrio.xhtml", f"{table}//h:tr[2]/h:td/@data-label") == ["Data", "Incontro"]


def test_a_narrow_table_is_stacked_for_large_type_alone(book: Book) -> None:
    changed = fake.with_document(book, "sondrio", "metodologici e di governance", "vari")
    changed = fake.with_document(changed, "sondrio", "operativo alla valutazione", "pratico")
    epub = Epub(epub_book(changed, fake.cover())[0].epub)
    table = "//h:table[@id='sondrio.tab']"
    assert epub.ask("sondrio.xhtml", f"{table}/@class") == ["compact"]
    assert epub.ask("sondrio.xhtml", f"{table}//h:tr[2]/h:td/@data-label") == ["Data", "Incontro"]


def test_what_may_be_stacked_stands_in_a_box_that_tells_its_room(epub: Epub) -> None:
    assert epub.ask("sondrio.xhtml", "//h:div[@class='table-room']/h:table/@class") == [
        "facts",
        "stacked",
    ]


def test_a_wide_table_with_spanning_cells_scrolls_by_itself(epub: Epub) -> None:
    region = "//h:div[@class='table-scroll'][h:table/@id='sondrio.wide']"
    assert epub.ask("sondrio.xhtml", f"{region}/@tabindex") == ["0"]
    assert epub.ask("sondrio.xhtml", f"{region}/@aria-label") == ["Tabella 2. Le risorse"]


def test_boxes_are_no_landmarks(epub: Epub) -> None:
    assert epub.ask("sondrio.xhtml", "//h:aside/@role") == ["note", "note"]


def test_a_chapter_may_have_the_name_of_the_nav_document(book: Book) -> None:
    *others, last = book.documents
    renamed = dataclasses.replace(last, id="nav")
    epub = Epub(epub_book(dataclasses.replace(book, documents=(*others, renamed)), b"x")[0].epub)
    assert epub.spine()[-1] == "nav-2.xhtml"
    assert epub.ask("incontro.xhtml", "//h:a[contains(., 'capitolo')]/@href") == [
        "nav-2.xhtml#sondrio.passi"
    ]


def test_a_broken_font_or_style_sheet_is_found(book: Book, tmp_path: Path) -> None:
    (tmp_path / "epub.css.j2").write_text("h1 {\n color: {{ brand.colours.nothing }};\n}\n")
    loaded = dataclasses.replace(
        book.loaded, brand_folder=tmp_path, assets=Assets(tmp_path, tmp_path)
    )
    found = codes(dataclasses.replace(book, loaded=loaded))
    assert ("U004", "assets/brands/ancilab/epub.css.j2", 0) in found
    assert ("U005", "assets/fonts/ubuntu/Ubuntu_700Bold.ttf", 0) in found
