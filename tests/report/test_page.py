from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from book.findings import Code, Severity
from book.report.facts import Artefact, EditionFacts
from book.report.page import report_html
from book.report.pictures import report_pictures


def page_of(facts: EditionFacts, **artefacts: bytes) -> html.HtmlElement:
    named = {name.replace("_", "."): content for name, content in artefacts.items()}
    return html.document_fromstring(report_of(facts, named).decode())


def report_of(facts: EditionFacts, artefacts: dict[str, bytes], language: str = "en") -> bytes:
    return report_html(facts, report_pictures(facts, artefacts, language), language)


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def test_a_finding_stands_beside_its_line(facts: EditionFacts) -> None:
    page = page_of(facts)
    (place,) = page.xpath("//div[@class='place'][.//*[@class='code'][.='C001']]")
    assert texts(place, ".//*[@class='problem']") == ["the picture no.png is not there"]
    assert texts(place, ".//*[@class='remedy']") == ["add the file"]
    assert texts(place, ".//*[@class='number']") == ["1", "2", "3", "4", "5"]
    assert texts(place, ".//mark") == ["See ![](no.png) <script>alert(1)</script>"]
    assert texts(place, ".//mark//b") == ["!"]


def test_findings_stand_under_their_file_and_chapter(facts: EditionFacts) -> None:
    page = page_of(facts)
    assert texts(page, "//section[@id='findings']//h3") == ["Chapter <one> chapters/x/a.md"]


def test_what_sources_and_metadata_say_is_never_markup(facts: EditionFacts, pdf: bytes) -> None:
    code = Code("C009", Severity.HINT, "{value}", "<img src=x onerror=alert(2)>")
    hostile = code.at('a"><script>alert(3)</script>', value="</section><script>")
    said = replace(facts, findings=(*facts.findings, hostile), title="</title><script>")
    page = page_of(said, x_pdf=pdf)
    assert [script.get("type") for script in page.xpath("//script")] == ["application/json", None]
    assert not page.xpath("//*[@onerror]")
    assert texts(page, "//h1") == ["</title><script>"]


def test_nothing_comes_from_elsewhere(facts: EditionFacts, pdf: bytes) -> None:
    text = report_of(facts, {"x.pdf": pdf}).decode()
    page = html.document_fromstring(text)
    kinds = ("src", "href", "srcset", "data", "action", "poster")
    addresses = [element.get(kind, "#") for element in page.iter() for kind in kinds]
    assert set(addresses) != {"#"}
    assert [a for a in addresses if not a.startswith(("data:image/", "#", "./"))] == []
    assert not re.search(r"https?:|@import|url\(", text)


def test_the_policy_allows_only_the_pages_own_script(facts: EditionFacts, pdf: bytes) -> None:
    page = page_of(facts, x_pdf=pdf)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = page.xpath("//script[not(@type)]")
    digest = hashlib.sha256((script.text or "").encode()).digest()
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy


def test_every_page_has_a_thumbnail_that_opens_large(facts: EditionFacts, pdf: bytes) -> None:
    page = page_of(facts, x_pdf=pdf)
    assert page.xpath("//button[@data-page]/@aria-label") == [
        "Open page i",
        "Open page ii",
        "Open page 1",
    ]
    (data,) = page.xpath("//script[@id='viewer-pages']")
    large = json.loads(data.text or "")
    assert [entry["label"] for entry in large] == ["i", "ii", "1"]
    small = page.xpath("//button[@data-page]/img/@src")
    for address, width in [(small[0], 300), (large[0]["address"], 900)]:
        content = base64.b64decode(address.removeprefix("data:image/webp;base64,"))
        with Image.open(BytesIO(content)) as image:
            assert image.width == width


def test_the_first_page_faces_nothing(facts: EditionFacts, pdf: bytes) -> None:
    page = page_of(facts, x_pdf=pdf)
    spreads = page.xpath("//li[@class='spread']")
    assert [texts(spread, "./*") for spread in spreads] == [["", "i"], ["ii", "1"]]


def test_without_a_pdf_there_are_no_pages_to_look_at(facts: EditionFacts) -> None:
    page = page_of(replace(facts, pages=0))
    assert not page.xpath("//*[@id='pages'] | //dialog | //script | //a[@href='#pages']")
    assert "Pages" not in texts(page, "//dt")


def test_the_cover_is_shown(facts: EditionFacts) -> None:
    jpeg = BytesIO()
    Image.new("RGB", (1600, 2560), "#0E4A5A").save(jpeg, "JPEG")
    page = page_of(facts, cover_jpg=jpeg.getvalue())
    (cover,) = page.xpath("//img[@class='cover']")
    assert (cover.get("width"), cover.get("height")) == ("480", "768")
    assert cover.get("alt") == "The cover"


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ("facts", "To be corrected before it is published"),
        ("blameless", "Ready to be published"),
        ("unmade", "Not made: there are errors to correct"),
    ],
)
def test_the_verdict_is_said_in_words(
    build: str, said: str, request: pytest.FixtureRequest
) -> None:
    page = page_of(request.getfixturevalue(build))
    assert texts(page, "//*[contains(@class, 'verdict')]") == [said]


def test_an_edition_that_was_not_made_shows_only_its_findings(unmade: EditionFacts) -> None:
    page = page_of(unmade)
    assert page.xpath("//main//section[@id]/@id") == ["findings"]
    assert texts(page, "//mark") == ["# First"]


def test_bars_are_tables_with_their_numbers(facts: EditionFacts) -> None:
    page = page_of(facts)
    assert texts(page, "//section[@id='words']//tbody/tr") == [
        "Chapter <one>1,200",
        "Chapter two300",
    ]
    assert page.xpath("//section[@id='words']//tbody//th/@style") == [
        "--share:100.0%",
        "--share:25.0%",
    ]
    assert texts(page, "//section[@id='steps']//td") == ["0.25", "1.00", "1.25"]


def test_numbers_are_written_as_the_language_does(facts: EditionFacts) -> None:
    page = html.document_fromstring(report_of(facts, {}, "it").decode())
    assert page.get("lang") == "it"
    assert texts(page, "//section[@id='steps']//td") == ["0,25", "1,00", "1,25"]


def test_artefacts_are_linked_from_beside(facts: EditionFacts) -> None:
    page = page_of(facts)
    assert page.xpath("//ul[@class='artefacts']//a/@href") == ["./x.epub", "./x.pdf", "./cover.jpg"]
    assert texts(page, "//ul[@class='artefacts']//*[@class='size']") == ["3.0 MB", "2 kB", "0 kB"]


def test_every_name_that_an_element_refers_to_is_there(facts: EditionFacts, pdf: bytes) -> None:
    page = page_of(facts, x_pdf=pdf)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    referred = page.xpath("//@aria-labelledby") + [
        h[1:] for h in page.xpath("//@href") if h[0] == "#"
    ]
    assert set(referred) <= set(ids)


def test_the_same_facts_give_the_same_bytes(facts: EditionFacts, pdf: bytes, root: Path) -> None:
    assert root == facts.root
    assert report_of(facts, {"x.pdf": pdf}) == report_of(facts, {"x.pdf": pdf})


def test_a_folder_of_files_has_one_line_which_leads_to_its_first_page(facts: EditionFacts) -> None:
    names = ("web/a/b.html", "web/index.html", "data/one.csv")
    artefacts = tuple(Artefact(name, 3 << 10, "Web edition") for name in names)
    page = page_of(replace(facts, artefacts=artefacts))
    assert page.xpath("//ul[@class='artefacts']//a/@href") == ["./web/index.html", "./data/"]
    assert texts(page, "//ul[@class='artefacts']//a") == [
        "Web edition web/ 2 files 6 kB",
        "Web edition data/ 3 kB",
    ]


def test_the_time_in_all_says_how_far_it_reaches(facts: EditionFacts) -> None:
    for delivered, words in ((False, "In all, until this report was written"), (True, "In all")):
        page = page_of(replace(facts, delivered=delivered))
        assert texts(page, "//*[@id='steps']//tfoot//*[self::th or self::td]") == [words, "1.25"]
