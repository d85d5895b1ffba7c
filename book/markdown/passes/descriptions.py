"""Long descriptions: ``::: {.descrizione-estesa for=fig:…}`` linked with the figure described.

The figure gets a link to its description, and the description a link back. This technique works
in most reading systems (DAISY Consortium, "Best Practices for Implementing Extended Descriptions
in EPUB"). ``details`` is deprecated there, because paginating reading systems do not expect content
that opens and closes. The picture's ``aria-details`` (WAI-ARIA) refers to the link, so that screen
readers announce it. The text stays where the writer has put it: below the figure, or at the
chapter's end.
"""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import (
    DESCRIPTION_EMPTY,
    DESCRIPTION_OF_NOTHING,
    DESCRIPTION_TWICE,
    DESCRIPTION_UNKNOWN,
)
from book.markdown.context import Context, suggestion
from book.markdown.dom import classes, drop, elements, make, name, remove, text_of
from book.markdown.passes.headings import fit_id
from book.markdown.tree import q
from book.messages import N_, translate

NAMES = ("descrizione-estesa", "long-description")
"""The classes of a long description, as written after ``:::``."""
CLASS = "long-description"
_CLAUSE = re.compile(r"[:;.] | [–—] ")
_LABEL = N_("Extended description")
_OF_FIGURE = N_("Extended description: {caption}")
_BACK = N_("Back to the figure")


def apply(root: etree._Element, context: Context) -> None:
    """Label every long description, and link it with its figure. Report those without one."""
    figures = _figures(root)
    described: set[str] = set()
    for aside in elements(root, "aside"):
        if CLASS not in classes(aside):
            continue
        written = drop(aside, "for").strip().removeprefix("#")
        if not text_of(aside).strip() and not elements(aside, "img"):
            context.report(DESCRIPTION_EMPTY, aside)
            remove(aside)
            continue
        target = fit_id(written, context.slug) if written else ""
        figure = figures.get(target)
        if figure is not None and target not in described:
            described.add(target)
            _link_both_ways(figure, aside, target, context)
            continue
        _label(aside, translate(_LABEL, _language(context)), "")
        if not written:
            context.report(DESCRIPTION_OF_NOTHING, aside)
        elif figure is None:
            known = [id.removeprefix(f"{context.slug}.") for id in figures]
            context.report(
                DESCRIPTION_UNKNOWN,
                aside,
                written,
                target=written,
                nearest=suggestion(written, known),
            )
        else:
            context.report(DESCRIPTION_TWICE, aside, target=written)


def _figures(root: etree._Element) -> dict[str, etree._Element]:
    """The figures by id. Each stands under its own id and under those of the pictures in it."""
    return {
        id: figure
        for figure in elements(root, "figure")
        for element in (figure, *elements(figure, "img"))
        if (id := element.get("id"))
    }


def _link_both_ways(
    figure: etree._Element, aside: etree._Element, target: str, context: Context
) -> None:
    """Put a link to ``aside`` into the figure's caption, and one back at the end of ``aside``.

    A figure without a caption gets one for the link. Both texts name the figure by the start of
    its caption, so that a person who lists the links of a chapter can tell them apart.
    """
    language = _language(context)
    caption = figure.find(q("figcaption"))
    if caption is None:
        caption = etree.SubElement(figure, q("figcaption"))
        caption.set("data-line", figure.get("data-line", ""))
    words = _caption_words(caption)
    named = translate(_OF_FIGURE, language).format(caption=words) if words else ""
    id = aside.get("id") or f"{target}.description"
    aside.set("id", id)
    _label(aside, named or translate(_LABEL, language), f"{id}.label")
    link = make(
        "a",
        {"class": "description-link", "id": f"{id}.link", "href": f"#{id}", "data-generated": ""},
        translate(_LABEL, language),
    )
    if named:
        link.set("aria-label", named)
    _append(caption, link)
    for image in elements(figure, "img"):
        image.set("aria-details", f"{id}.link")
    back = make("p", {"class": "description-back", "data-generated": ""})
    back.append(
        make("a", {"role": "doc-backlink", "href": f"#{target}"}, translate(_BACK, language))
    )
    aside.append(back)


def _caption_words(caption: etree._Element) -> str:
    """The first clause of the caption, without credit: enough to recognise the figure."""
    credits = [text_of(e) for e in elements(caption, "span") if "credit" in classes(e)]
    words = text_of(caption)
    for credit in credits:
        words = words.replace(credit, "")
    return _CLAUSE.split(" ".join(words.split()), maxsplit=1)[0].rstrip(".")


def _label(aside: etree._Element, text: str, id: str) -> None:
    """Put a label before the aside's content. With ``id`` it is the aside's accessible name."""
    attributes = {"class": "box-label", "data-generated": ""}
    attributes["data-line"] = aside.get("data-line", "")
    label = make("p", attributes, text)
    if id:
        label.set("id", id)
        aside.set("aria-labelledby", id)
    label.tail, aside.text = aside.text, None
    aside.insert(0, label)


def _append(caption: etree._Element, link: etree._Element) -> None:
    """Append the link to the caption, after a space if there are words before it."""
    if len(caption):
        caption[-1].tail = f"{caption[-1].tail or ''} "
    elif text_of(caption).strip():
        caption.text = f"{caption.text or ''} "
    if len(caption) and name(caption[-1]) == "p":
        # Pandoc's captions of several paragraphs: the link is a paragraph, too.
        caption.append(make("p"))
        caption[-1].append(link)
    else:
        caption.append(link)


def _language(context: Context) -> str:
    return context.language.split("-")[0]
