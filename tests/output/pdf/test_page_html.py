"""What the page layout is given: notes at their calls, links that leave, folios filled in."""

from __future__ import annotations

import io

import pytest
import tinyhtml5
from lxml import html

from book.compose.documents import BOTH, Document, Kind, Matter
from book.markdown.tree import Tree, ids_of
from book.output.pdf import qr
from book.output.pdf.page_html import page_html

NAMESPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def page_source(body: str, folios: dict[str, str] | None = None) -> str:
    xhtml = (
        f'<section {NAMESPACES} id="one" role="doc-chapter" epub:type="chapter">{body}</section>'
    )
    tree = Tree(xhtml)
    document = Document(
        "one",
        Kind.CHAPTER,
        Matter.BODY,
        "One",
        "One",
        "it",
        tree,
        ids_of(tree.root),
        BOTH,
        "one.md",
    )
    return page_html(document, "p { color: red }", folios or {})


def page(body: str, *, folios: dict[str, str] | None = None) -> html.HtmlElement:
    return html.document_fromstring(page_source(body, folios))


NOTE = (
    '<p>Text<a class="note-call" role="doc-noteref" id="one.fnref1" href="#one.fn1">1</a> on.</p>'
    '<section class="notes"><aside class="note" id="one.fn1"><p>'
    '<a class="note-back" href="#one.fnref1">1</a> First.</p>{rest}</aside></section>'
)


def test_a_note_stands_at_its_call() -> None:
    root = page(NOTE.format(rest=""))
    (note,) = root.xpath('//p/span[@class="footnote"]')
    assert note.get("id") == "one.fn1"
    assert note.text_content().strip() == "First."
    assert note.tail == " on."
    assert note.get("data-call") == "one.fnref1"
    assert not root.xpath('//*[@class="notes" or @class="note-back" or @class="note-call"]')


def test_the_blocks_of_a_note_stay_in_the_note() -> None:
    root = page(NOTE.format(rest="<ul><li>a</li><li>b</li></ul><p>Last.</p>"))
    (note,) = root.xpath('//p/span[@class="footnote"]')
    assert [item.text for item in note.xpath('.//span[@class="footnote-li"]')] == ["a", "b"]
    assert note.xpath('string(.//span[@class="footnote-p"])') == "Last."
    assert root.xpath("string(//section/p[1])").endswith("Last. on.")


def test_no_white_space_stands_between_the_blocks_of_a_note() -> None:
    root = page(NOTE.format(rest="\n<ul>\n<li>\n<p>a</p>\n<p>b <em>c</em> d</p>\n</li>\n</ul>\n"))
    (note,) = root.xpath('//span[@class="footnote"]')
    assert note.text_content().strip() == "First.ab c d"


@pytest.mark.parametrize(
    "block",
    [
        '<figure><img src="images/x.png" alt="X"/><figcaption>X</figcaption></figure>',
        "<table><caption>T</caption><tbody><tr><th>a</th><td>b</td></tr></tbody></table>",
        '<aside class="box"><h3>H</h3><p>b</p></aside>',
        "<hr/>",
    ],
)
def test_no_block_of_a_note_breaks_out_of_the_paragraph(block: str) -> None:
    whole = page_source(NOTE.format(rest=f"{block}<p>Last.</p>"))
    root = tinyhtml5.parse(io.StringIO(whole))  # the parser that the layout reads with
    (section,) = root.iter("{http://www.w3.org/1999/xhtml}section")
    assert [child.tag.rpartition("}")[2] for child in section] == ["p"]
    assert "".join(section.itertext()).endswith("Last. on.")


def test_links_to_other_documents_leave_the_part() -> None:
    root = page('<p id="one.a"><a href="#one.a">a</a><a href="#two.b">b</a></p>')
    assert root.xpath("//p/a/@href") == ["#one.a", "book:two.b"]


def test_the_contents_get_their_folios() -> None:
    line = '<p class="toc-line"><a href="#two">Two</a><span/><span class="toc-page"/></p>'
    root = page(line, folios={"two": "12"})
    assert root.xpath('string(//span[@class="toc-page"])') == "12"


def test_breaks_are_single_and_epub_attributes_go() -> None:
    root = page('<p epub:type="x" role="y" data-line="3" xml:lang="en" lang="en">a<br/>b</p>')
    assert len(root.xpath("//br")) == 1
    (paragraph,) = root.xpath("//section/p")
    assert dict(paragraph.attrib) == {"lang": "en", "role": "y"}


def test_pictures_are_addressed_by_their_path_in_the_book() -> None:
    root = page('<p><img src="images/a b.png" alt="A"/></p>')
    assert root.xpath("//img/@src") == ["picture:///images/a%20b.png"]


def test_short_tables_are_kept_whole_and_widths_kept() -> None:
    rows = "<tr><td>x</td></tr>"
    table = '<table><colgroup><col data-width="25"/></colgroup><tbody>{}</tbody></table>'
    assert page(table.format(rows)).xpath("//table/@class") == ["short"]
    assert page(table.format(rows * 30)).xpath("//table/@class") == []
    assert page(table.format(rows)).xpath("//col/@style") == ["width: 25%"]


def test_tables_with_many_columns_are_set_small() -> None:
    table = '<table><tbody><tr><th colspan="2">x</th>{}</tr></tbody></table>'
    assert page(table.format("<td>y</td>" * 5)).xpath("//table/@class") == ["short"]
    assert page(table.format("<td>y</td>" * 6)).xpath("//table/@class") == ["short wide"]


def test_time_marks_can_be_found_again() -> None:
    root = page('<p><span class="time-mark">00:01</span><span class="time-mark">00:02</span></p>')
    assert root.xpath("//span/@id") == ["one.time-1", "one.time-2"]


def section_time(mark: str) -> html.HtmlElement:
    return page(f'<h2 id="one.a">Uno</h2><p class="section-time" data-generated="">{mark}</p>')


def test_a_section_of_a_recording_gets_a_qr_code_of_its_address() -> None:
    address = "https://example.org/registrazione?a=1&amp;t=40"
    root = section_time(f'<a class="time-mark" href="{address}">00:00:40</a>')
    (mark, code) = root.xpath('//p[@class="section-time"]/*')
    assert mark.text == "00:00:40"
    assert code.get("class") == "qr"
    picture = code.get("style").removeprefix("background-image: url(").removesuffix(")")
    assert picture == qr.code("https://example.org/registrazione?a=1&t=40")
    assert picture != qr.code("https://example.org/registrazione?a=1&t=41")
    assert picture.startswith("data:image/svg+xml")
    assert not set(picture) & set("()\"' ")


def test_a_time_without_a_recording_gets_no_qr_code() -> None:
    for mark in ('<span class="time-mark">00:00:40</span>', "", '<a href="#one.a">00:00:40</a>'):
        assert not section_time(mark).xpath('//*[@class="qr"]')
    too_long = f'<a class="time-mark" href="https://example.org/{"x" * 3000}">00:00:40</a>'
    assert not section_time(too_long).xpath('//*[@class="qr"]')
    inline = '<p><a class="time-mark" href="https://example.org/">00:01</a></p>'
    assert not page(inline).xpath('//*[@class="qr"]')
