"""Covers, looked at where readers see them: on the page that was laid out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops

from book.compose.cover import BAND, SIDE, byline, cover_context, cover_css, cover_html
from book.compose.templates import environment
from book.model.loaded import TypesetEdition
from book.model.person import Contributor, Role
from book.model.programme import Programme

# A machine may well have no fonts of its own: the page needs none of them.
pytestmark = pytest.mark.filterwarnings("ignore:No fonts configured in FontConfig")

EditionOf = Callable[..., TypesetEdition]
ProgrammeOf = Callable[[str], Programme]
NAMES = ["reti-locali", "valutazione", "co-programmazione", "toolkit", "dimostrativa"]
BLUE = (0x00, 0x33, 0x99)
MM = 72 / 25.4
DPI = 100
LONG = (
    "Linee di indirizzo per la programmazione sociale territoriale e per la coprogettazione "
    "interistituzionale dei servizi socioassistenziali, sociosanitari ed educativi nei Comuni "
    "lombardi di piccole dimensioni"
)


@dataclass(frozen=True)
class Laid:
    """A laid-out cover: its PDF, its text, the box of every character in mm, a picture."""

    pdf: bytes
    text: str
    boxes: list[tuple[str, float, float, float, float]]
    picture: Image.Image

    def blue_box(self) -> tuple[float, float, float, float]:
        """Where the emblem's blue is: left, top, right, bottom in mm."""
        ground = Image.new("RGB", self.picture.size, BLUE)
        bands = ImageChops.difference(self.picture, ground).split()
        furthest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
        box = furthest.point(lambda distance: 255 if distance < 8 else 0).getbbox()
        assert box is not None
        left, top, right, bottom = (edge * 25.4 / DPI for edge in box)
        return left, top, right, bottom


def lay_out(loaded: TypesetEdition, width: float, height: float) -> Laid:
    from weasyprint import HTML

    pdf = HTML(string=cover_html(loaded, width, height)).write_pdf(pdf_variant="pdf/ua-1")
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        page = document[0]
        assert page.get_size() == pytest.approx((width * MM, height * MM), abs=0.1)
        words = page.get_textpage()
        text = words.get_text_range()
        boxes = []
        for k in range(words.count_chars()):
            character = words.get_text_range(k, 1)
            if character.strip():
                left, bottom, right, top = (edge / MM for edge in words.get_charbox(k))
                boxes.append((character, left, height - top, right, height - bottom))
        picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()
    return Laid(pdf, text, boxes, picture)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("brand", ["ancilab", "sobrio"])
def test_a_cover_says_everything_inside_its_margins(
    edition_of: EditionOf, name: str, brand: str
) -> None:
    loaded = edition_of(name, brand)
    laid = lay_out(loaded, 170, 240)
    edition = loaded.edition
    text = flat(laid.text)
    assert edition.series and edition.project
    parts = [
        edition.title,
        edition.subtitle or "",
        loaded.programmes[0].statement["it"],
        loaded.programmes[0].fund["it"],
        flat(edition.project.name.replace("'", "’")),
        edition.project.cup,
        "AnciLab Editore",
    ]
    text, place = text.replace("'", "’"), 0
    for part in parts:
        place = text.find(part, place)
        assert place >= 0, part
    for character, left, top, right, bottom in laid.boxes:
        assert left >= SIDE - 1, character
        assert right <= 170 - SIDE + 0.5, character
        assert top >= 15, character
        assert bottom <= 236, character


@pytest.mark.parametrize(
    ("width", "height"), [(170.0, 240.0), (148.0, 210.0), (210.0, 297.0), (170.0, 272.0)]
)
def test_the_emblem_is_right_in_every_format(
    edition_of: EditionOf, width: float, height: float
) -> None:
    laid = lay_out(edition_of("valutazione"), width, height)
    left, top, right, bottom = laid.blue_box()
    pixel = 25.4 / DPI
    assert bottom - top == pytest.approx(14 * width / 170, abs=2 * pixel)
    assert bottom - top >= 10
    assert (right - left) / (bottom - top) == pytest.approx(1.5, abs=0.05)
    # Clear of every word, and on white on all sides.
    for _, x0, y0, x1, y1 in laid.boxes:
        assert x1 < left or x0 > right + 2 or y1 < top - 2 or y0 > bottom + 2
    assert top > height - BAND * width / 170
    for x, y in ((left - 1, top), (right + 1, bottom), (left, top - 1), (right, bottom + 1)):
        assert laid.picture.getpixel((int(x / pixel), int(y / pixel))) == (255, 255, 255)


def test_a_very_long_title_stays_inside(edition_of: EditionOf) -> None:
    loaded = edition_of("reti-locali", title=LONG, subtitle=LONG)
    laid = lay_out(loaded, 170, 240)
    assert LONG in flat(laid.text)
    assert max(right for _, _, _, right, _ in laid.boxes) <= 170 - SIDE + 0.5
    context = cover_context(loaded, 170, 240)["cover"]
    assert len(context["title_lines"]) <= 5
    assert context["title_size"] < 25


def test_words_are_set_in_the_faces_of_the_brand_alone(edition_of: EditionOf) -> None:
    laid = lay_out(edition_of("reti-locali"), 170, 240)
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        fonts = {
            str(o.BaseFont).split("+")[1]
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
        }
    assert fonts == {
        "Titillium-Web", "Titillium-Web-Semi-Bold", "Titillium-Web-Bold",
        "Lora-Italic", "Ubuntu", "Ubuntu-Bold",
    }  # fmt: skip


def test_the_emblem_is_the_only_figure_of_the_structure_tree(edition_of: EditionOf) -> None:
    loaded = edition_of("reti-locali")
    laid = lay_out(loaded, 170, 240)
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        figures = list(_elements(pdf.Root.StructTreeRoot.K, "/Figure"))
        assert [str(f.Alt) for f in figures] == [
            cover_context(loaded, 170, 240)["cover"]["emblem_alt"]
        ]


def _elements(node: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if str(node.S) == kind:
            yield node
        if "/K" in node:
            yield from _elements(node.K, kind)


def test_a_book_without_funding_shows_no_emblem(
    edition_of: EditionOf, programme_of: ProgrammeOf
) -> None:
    loaded = replace(edition_of("toolkit"), programmes=(programme_of("none"),))
    laid = lay_out(loaded, 170, 240)
    assert "CUP" not in laid.text
    assert "Unione" not in laid.text
    assert "AnciLab Editore" in laid.text
    with pytest.raises(AssertionError):
        laid.blue_box()


def test_two_programmes_share_a_statement(edition_of: EditionOf, programme_of: ProgrammeOf) -> None:
    programmes = (
        programme_of("fami-2021-2027"),
        programme_of("pr-fse-plus-2021-2027-lombardia"),
    )
    text = flat(lay_out(replace(edition_of("toolkit"), programmes=programmes), 170, 240).text)
    assert text.count("Cofinanziato dall’Unione europea") == 1
    assert all(programme.fund["it"] in text for programme in programmes)


def test_the_markup_is_well_formed_and_has_no_role_that_hides_its_words(
    edition_of: EditionOf, repository: Path
) -> None:
    loaded = edition_of("toolkit")
    jinja = environment(loaded)
    root = etree.fromstring(
        jinja.get_template("cover.xhtml.j2").render(**cover_context(loaded, 170, 240))
    )
    # doc-cover is a role of images, whose children assistive technologies do not read.
    assert root.get("role") is None
    assert root.get("id") == "cover"
    assert "co-programmazione & co-progettazione" in flat("".join(map(str, root.itertext())))


def test_the_same_edition_gives_the_same_cover(edition_of: EditionOf) -> None:
    first = cover_html(edition_of("toolkit"), 170, 240, "fonts/{name}")
    assert first == cover_html(edition_of("toolkit"), 170, 240, "fonts/{name}")
    assert str(Path.cwd()) not in first


def test_each_laboratory_has_its_own_ground(edition_of: EditionOf) -> None:
    grounds = {cover_context(edition_of(name), 170, 240)["cover"]["ground"] for name in NAMES[:4]}
    assert len(grounds) == 4


@pytest.mark.slow
def test_the_motif_begins_below_the_words_and_ends_at_the_band(edition_of: EditionOf) -> None:
    for name in NAMES:
        laid = lay_out(edition_of(name), 170, 240)
        cover = cover_context(edition_of(name), 170, 240)["cover"]
        foot = 240 - BAND
        above = [bottom for _, _, top, _, bottom in laid.boxes if top < foot]
        assert max(above) < cover["motif_top"] + 0.1
        assert cover["motif_top"] + cover["motif_height"] == pytest.approx(foot)


def test_the_plain_brand_has_no_motif(edition_of: EditionOf) -> None:
    assert cover_context(edition_of("toolkit", "sobrio"), 170, 240)["cover"]["motif"] == ""
    assert "background-image" not in cover_css(edition_of("toolkit", "sobrio"), 170, 240)
    assert "background-image" in cover_css(edition_of("toolkit"), 170, 240)


def test_authors_come_before_curators_and_crowds_stay_inside(edition_of: EditionOf) -> None:
    def people(role: Role, count: int) -> tuple[Contributor, ...]:
        return tuple(Contributor(name=f"N{k}", role=role) for k in range(count))

    def line(*contributors: Contributor) -> str:
        return byline(
            edition_of("toolkit").edition.model_copy(
                update={"contributors": contributors, "language": "en"}
            )
        )

    assert line(*people(Role.CURATOR, 2)) == "Edited by N0, N1"
    assert line(*people(Role.CURATOR, 1), *people(Role.AUTHOR, 1)) == "N0"
    assert line(*people(Role.AUTHOR, 4)) == ""
    assert line() == ""
