"""The templates' environment: a brand's own first, markup escaped, nothing undefined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from book.compose.templates import environment
from book.messages import translate
from book.model.assets import Assets
from book.model.loaded import TypesetEdition

EditionOf = Callable[..., TypesetEdition]


@pytest.fixture
def loaded(edition_of: EditionOf, tmp_path: Path) -> TypesetEdition:
    brand, common = tmp_path / "brand", tmp_path / "assets" / "templates"
    (brand / "templates").mkdir(parents=True)
    common.mkdir(parents=True)
    (common / "a.xhtml.j2").write_text("common {{ text }}", "utf-8")
    (common / "b.xhtml.j2").write_text("common {{ text }}", "utf-8")
    (brand / "templates" / "b.xhtml.j2").write_text("brand {{ text }}", "utf-8")
    (brand / "style.css.j2").write_text("{{ text }}", "utf-8")
    return replace(edition_of("toolkit"), brand_folder=brand, assets=Assets(tmp_path))


def test_a_brand_overrides_one_template_by_its_name(loaded: TypesetEdition) -> None:
    jinja = environment(loaded)
    assert jinja.get_template("a.xhtml.j2").render(text="x") == "common x"
    assert jinja.get_template("b.xhtml.j2").render(text="x") == "brand x"


def test_what_is_in_no_folder_is_the_checkouts(loaded: TypesetEdition) -> None:
    names = environment(loaded).list_templates()
    assert {"a.xhtml.j2", "colophon.xhtml.j2", "pages.css.j2"} <= set(names)


def test_markup_is_escaped_and_style_is_not(loaded: TypesetEdition) -> None:
    jinja = environment(loaded)
    assert jinja.get_template("a.xhtml.j2").render(text='"<&"') == "common &#34;&lt;&amp;&#34;"
    assert jinja.get_template("style.css.j2").render(text='"Lora"') == '"Lora"'


def test_an_unknown_variable_is_an_error(loaded: TypesetEdition) -> None:
    with pytest.raises(jinja2.UndefinedError, match="text"):
        environment(loaded).get_template("a.xhtml.j2").render()


@pytest.mark.parametrize("language", ["it", "it-CH", "en", "de"])
def test_messages_are_in_the_language_of_the_edition(loaded: TypesetEdition, language: str) -> None:
    text = environment(loaded, language=language).from_string('{{ _("Cover") }}').render()
    assert text == translate("Cover", language.split("-")[0])


def test_a_per_cent_sign_in_a_message_is_only_that(loaded: TypesetEdition) -> None:
    jinja = environment(loaded, language="en")
    assert jinja.from_string('{{ _("100 % of {x}").format(x=1) }}').render() == "100 % of 1"
