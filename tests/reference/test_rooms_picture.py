"""The drawing of the rooms shows the import contract as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.reference.rooms_picture import WIDTH, contract, rooms_picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing() -> etree._Element:
    root = Path(__file__).resolve().parents[2]
    return etree.fromstring(rooms_picture(root))


def test_the_drawing_is_fresh(repository: Path, refresh: bool) -> None:
    """When it fails: ``python -m book.reference``."""
    path = repository / "docs" / "rooms.svg"
    drawn = rooms_picture(repository)
    if refresh:
        path.write_text(drawn, "utf-8")
    assert path.read_text("utf-8") == drawn


def test_every_room_of_the_contract_is_drawn_from_the_top(
    drawing: etree._Element, repository: Path
) -> None:
    names = drawing.findall(f"{SVG}text[@class='name']")
    layers = contract(repository)
    assert [name.text for name in names] == [name for layer in layers for name in layer]
    heights = [{name.get("y") for name in names if name.text in layer} for layer in layers]
    assert all(len(height) == 1 for height in heights)
    tops = [float(height.pop() or 0) for height in heights]
    assert tops == sorted(tops)


def test_every_room_says_what_it_is_for(drawing: etree._Element, repository: Path) -> None:
    purposes = {
        (text.get("x"), text.get("y")) for text in drawing.findall(f"{SVG}text[@class='purpose']")
    }
    rooms = drawing.findall(f"{SVG}text[@class='name']")
    for room in rooms:
        left = float(room.get("x") or 0)
        assert any(y == room.get("y") and float(x or 0) > left for x, y in purposes), room.text


def test_words_and_boxes_stay_inside_the_drawing(drawing: etree._Element) -> None:
    height = float(drawing.get("height") or 0)
    for box in drawing.findall(f"{SVG}rect"):
        left, top = (float(box.get(name) or 0) for name in ("x", "y"))
        assert left + float(box.get("width") or 0) <= WIDTH
        assert top + float(box.get("height") or 0) <= height


def test_a_room_is_described_for_those_who_do_not_see_it(
    drawing: etree._Element, repository: Path
) -> None:
    told = drawing.findtext(f"{SVG}desc") or ""
    assert drawing.get("role") == "img"
    assert all(name in told for layer in contract(repository) for name in layer)


def small_house(root: Path, *layers: str) -> Path:
    rows = ", ".join(f'"{layer}"' for layer in layers)
    contracts = f'[[tool.importlinter.contracts]]\nid = "rooms"\nlayers = [{rows}]\n'
    (root / "pyproject.toml").write_text(contracts)
    for name in " | ".join(layers).split(" | "):
        (root / "book" / name).mkdir(parents=True)
        (root / "book" / name / "__init__.py").write_text(f'"""Where {name} is < made."""\n')
    return root


def test_rooms_of_one_layer_stand_side_by_side_two_in_a_row(tmp_path: Path) -> None:
    house = small_house(tmp_path, "roof", "left | right | cellar")
    drawn = etree.fromstring(rooms_picture(house))
    places = {
        name.text: (name.get("x"), name.get("y"))
        for name in drawn.findall(f"{SVG}text[@class='name']")
    }
    assert places["left"][1] == places["right"][1] != places["cellar"][1]
    assert places["left"][0] == places["roof"][0] == places["cellar"][0] != places["right"][0]
    assert "Where roof is < made" in str(etree.tostring(drawn, encoding="unicode", method="text"))


def test_what_is_inside_a_room_is_named(tmp_path: Path) -> None:
    house = small_house(tmp_path, "roof", "hall")
    for name in ("wall", "floor"):
        (house / "book" / "hall" / name).mkdir()
        (house / "book" / "hall" / name / "__init__.py").touch()
    drawn = etree.fromstring(rooms_picture(house))
    assert [line.text for line in drawn.findall(f"{SVG}text[@class='inside']")] == ["floor · wall"]
