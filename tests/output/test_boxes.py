"""Every kind of box looks like itself in every brand, on pages and in the EPUB."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import cssselect2
import pytest
import tinycss2

from book.compose.stylesheet import page_style
from book.compose.typeset import typeset_edition
from book.markdown.chapter import chapter_tree
from book.markdown.passes import boxes, descriptions
from book.model.assets import Assets
from book.model.load import load_edition
from book.model.loaded import TypesetEdition
from book.output.epub.style import style_sheet
from book.system.checkout import CHECKOUT
from tests.support.books import BASE, lay

BRANDS = sorted(path.name for path in (CHECKOUT / "assets" / "brands").iterdir())
KINDS = (*boxes.BOXES, descriptions.CLASS)
LIKE = {"scheda": "riquadro", descriptions.CLASS: "riquadro"}
"""Kinds that look like another: their label alone tells them apart."""
SHEETS = {
    "pages": lambda loaded: page_style(loaded).pages,
    "epub": lambda loaded: style_sheet(loaded, ())[0],
}


def dressed(root: Path, brand: str) -> TypesetEdition:
    loaded, _ = load_edition(lay(BASE, root), BASE)
    assets = Assets(root)
    found, findings = assets.brand(brand)
    assert loaded is not None and found is not None, findings
    dress = replace(loaded, brand=found, brand_folder=assets.brand_folder(brand))
    return typeset_edition(dress)


def boxes_of(loaded: TypesetEdition) -> dict[str, ElementTree.Element]:
    """A box of every kind, as the Markdown stage makes it."""
    source = next(iter(loaded.chapters.values()))
    found = {}
    for kind in KINDS:
        body = f"::: {kind}\nParole.\n:::\n"
        tree, _ = chapter_tree(replace(source, body=body), loaded.edition, loaded.folder)
        (found[kind],) = list(ElementTree.fromstring(tree.body.xhtml))
    return found


def look(css: str, element: ElementTree.Element) -> dict[str, str]:
    """What the rules of a sheet say of an element, each property by the strongest rule."""
    wrapper = cssselect2.ElementWrapper.from_html_root(element)
    matching = []
    for order, rule in enumerate(tinycss2.parse_stylesheet(css, True, True)):
        if rule.type != "qualified-rule":
            continue
        for selector in cssselect2.compile_selector_list(rule.prelude):
            if selector.pseudo_element is None and selector.test(wrapper):
                matching.append((selector.specificity, order, rule))
    found = {}
    for _, _, rule in sorted(matching, key=lambda match: match[:2]):
        for said in tinycss2.parse_declaration_list(rule.content, True, True):
            found[said.name] = tinycss2.serialize(said.value).strip()
    return found


@pytest.mark.parametrize("medium", SHEETS)
@pytest.mark.parametrize("brand", BRANDS)
def test_each_kind_of_box_has_a_look_of_its_own(brand: str, medium: str, tmp_path: Path) -> None:
    loaded = dressed(tmp_path, brand)
    css = SHEETS[medium](loaded)
    looks = {kind: look(css, box) for kind, box in boxes_of(loaded).items()}
    assert all(looks.values()), "a kind that no rule speaks of"
    same = [(a, b) for a, b in combinations(KINDS, 2) if looks[a] == looks[b]]
    meant = [(a, b) for a, b in combinations(KINDS, 2) if LIKE.get(a, a) == LIKE.get(b, b)]
    assert same == meant
