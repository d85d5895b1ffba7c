"""The Jinja2 environment of the book's templates. A brand's own override the common ones."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from book.compose.codes import BROKEN_TEMPLATE
from book.findings import Finding
from book.messages import catalogue
from book.model.loaded import LoadedEdition

MARKUP_SUFFIXES = (".xhtml.j2", ".svg.j2")
_LENGTH = re.compile(r"(?<![\w#.])(\d*\.?\d+)(pt|mm)\b")


def _is_markup(name: str | None) -> bool:
    # Style sheets are templates, too. Escaping would replace their quotes and break them.
    return name is None or name.endswith(MARKUP_SUFFIXES)


def environment(
    loaded: LoadedEdition, *, language: str = "", common: tuple[Path, ...] = ()
) -> Environment:
    """The environment for an edition's brand, in ``language`` (the edition's when empty).

    A template is looked for in the brand's ``templates/``, then in the brand's folder (where its
    style sheets are), then in the folders ``common``, last in ``assets/templates``. ``_()``
    translates into the language; markup is escaped, style sheets are not. An unknown variable
    raises jinja2.UndefinedError. The filter ``scaled`` is :func:`scaled`.
    """
    jinja = Environment(
        loader=FileSystemLoader(
            [
                loaded.brand_folder / "templates",
                loaded.brand_folder,
                *common,
                *(folder / "templates" for folder in loaded.assets.folders),
            ]
        ),
        autoescape=_is_markup,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # newstyle=False: with newstyle Jinja2 would apply % to messages, which are for str.format.
    jinja.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue((language or loaded.edition.language).split("-")[0]), newstyle=False
    )
    jinja.filters["scaled"] = scaled
    return jinja


def broken_template(error: TemplateError, brand: str) -> Finding:
    """The finding for an error that a template of ``brand`` raised: its name, its line, the reason.

    A syntax error has name and line. For all others the traceback's last template has them.
    """
    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if f.filename.endswith(".j2")), None)
    name = getattr(error, "name", None) or (Path(last.filename).name if last else "")
    line = getattr(error, "lineno", None) or (last.lineno if last else None) or 0
    return BROKEN_TEMPLATE.at(
        f"assets/brands/{brand}", template=name, at_line=line, reason=error.message or ""
    )


def scaled(css: str, scale: float) -> str:
    """``css`` with every length in pt and mm multiplied by ``scale``.

    A brand gives the lengths of its default page format. In another format they are scaled like
    the type, so that the page keeps its proportions.
    """
    if scale == 1:
        return css
    return _LENGTH.sub(lambda match: f"{float(match[1]) * scale:.3f}{match[2]}", css)
