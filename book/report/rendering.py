"""The Jinja environment of all pages that are no part of a book: reports and release papers."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from book.messages import catalogue


def environment(package: str, language: str, *, is_html: bool = True) -> Environment:
    """The templates of a package, with messages in ``language`` (a BCP 47 tag)."""
    jinja = Environment(
        loader=PackageLoader(package),
        autoescape=is_html,
        # A misspelt name in a template is an error, not an empty place in the page.
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # newstyle=False: messages are str.format templates, and a "%" in one is only a "%".
    jinja.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(language.split("-")[0]), newstyle=False
    )
    return jinja
