"""The templates' environment: a brand's own first, markup escaped, nothing undefined."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from book.compose.templates import environment
from book.messages import translate


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    brand, common = tmp_path / "brand", tmp_path / "common"
    (brand / "templates").mkdir(parents=True)
    common.mkdir()
    (common / "a.xhtml.j2").write_text("common {{ text }}", "utf-8")
    (common / "b.xhtml.j2").write_text("common {{ text }}", "utf-8")
    (brand / "templates" / "b.xhtml.j2").write_text("brand {{ text }}", "utf-8")
    (brand / "style.css.j2").write_text("{{ text }}", "utf-8")
    return brand, common


def test_a_brand_overrides_one_template_by_its_name(folders: tuple[Path, Path]) -> None:
    jinja = environment(*folders, "it")
    assert jinja.get_template("a.xhtml.j2").render(text="x") == "common x"
    assert jinja.get_template("b.xhtml.j2").render(text="x") == "brand x"


def test_what_is_in_no_folder_is_the_house_s(folders: tuple[Path, Path]) -> None:
    names = environment(*folders, "it").list_templates()
    assert {"a.xhtml.j2", "colophon.xhtml.j2", "pages.css.j2"} <= set(names)


def test_markup_is_escaped_and_style_is_not(folders: tuple[Path, Path]) -> None:
    jinja = environment(*folders, "it")
    assert jinja.get_template("a.xhtml.j2").render(text='"<&"') == "common &#34;&lt;&amp;&#34;"
    assert jinja.get_template("style.css.j2").render(text='"Lora"') == '"Lora"'


def test_an_unknown_variable_is_an_error(folders: tuple[Path, Path]) -> None:
    with pytest.raises(jinja2.UndefinedError, match="text"):
        environment(*folders, "it").get_template("a.xhtml.j2").render()


@pytest.mark.parametrize("language", ["it", "it-CH", "en", "de"])
def test_messages_are_in_the_language_of_the_edition(
    folders: tuple[Path, Path], language: str
) -> None:
    text = environment(*folders, language).from_string('{{ _("Cover") }}').render()
    assert text == translate("Cover", language.split("-")[0])


def test_a_per_cent_sign_in_a_message_is_only_that(folders: tuple[Path, Path]) -> None:
    jinja = environment(*folders, "en")
    assert jinja.from_string('{{ _("100 % of {x}").format(x=1) }}').render() == "100 % of 1"
