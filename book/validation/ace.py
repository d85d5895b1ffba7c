"""Ace as a validator: EPUBs against EPUB Accessibility 1.1."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from book.messages import translate
from book.output.epub.archive import files_of
from book.readback.epub_files import CONTAINER
from book.system.needs import Need
from book.validation import codes
from book.validation.rules import Rules
from book.validation.sources import Place
from book.validation.subject import Subject
from book.validation.validator import NOTHING_CHECKED, Judgement, Validator
from book.validators import ace
from book.validators.ace import AceMessage, AceVerdict
from book.validators.browser import chromium_version

# Rules of axe (image-alt, color-contrast, …) and of Ace itself (epub-…, metadata-…), by what the
# editor has to mend. A rule that is not listed is told as the general finding.
RULES = Rules(
    {
        "image-alt": codes.ACE_PICTURE,
        "svg-img-alt": codes.ACE_PICTURE,
        "role-img-alt": codes.ACE_PICTURE,
        "image-redundant-alt": codes.ACE_PICTURE,
        "link-name": codes.ACE_LINK,
        "link-in-text-block": codes.ACE_CONTRAST,
        "html-lang": codes.ACE_LANGUAGE,
        "html-has-lang": codes.ACE_LANGUAGE,
        "html-xml-lang-mismatch": codes.ACE_LANGUAGE,
        "valid-lang": codes.ACE_LANGUAGE,
        "color-contrast": codes.ACE_CONTRAST,
        "heading-order": codes.ACE_HEADING,
        "empty-heading": codes.ACE_HEADING,
        "page-has-heading-one": codes.ACE_HEADING,
        "empty-table-header": codes.ACE_TABLE,
        "scope-attr-valid": codes.ACE_TABLE,
        "table-": codes.ACE_TABLE,
        "td-": codes.ACE_TABLE,
        "th-": codes.ACE_TABLE,
        "aria-": codes.ACE_ROLE,
        "epub-type-has-matching-role": codes.ACE_ROLE,
        "landmark-": codes.ACE_ROLE,
        "presentation-role-conflict": codes.ACE_ROLE,
        "metadata-": codes.ACE_METADATA,
        "epub-title": codes.ACE_METADATA,
        "epub-lang": codes.ACE_METADATA,
        "epub-pagelist": codes.ACE_PAGES,
        "epub-pagesource": codes.ACE_PAGES,
        "pagebreak": codes.ACE_PAGES,
        "scrollable-region-focusable": codes.ACE_KEYBOARD,
        "nested-interactive": codes.ACE_KEYBOARD,
        "tabindex": codes.ACE_KEYBOARD,
    },
    codes.ACE,
)
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
}


def _judge(subject: Subject, verdict: AceVerdict) -> list[Judgement]:
    if not verdict.documents:
        return [Judgement(not_run=translate(NOTHING_CHECKED, subject.language))]
    found = []
    for message in verdict.messages:
        said = ". ".join(filter(None, (message.text, message.detail.partition("; ")[0])))
        more = {"impact": message.impact, "help": message.help}
        place = _place(subject, message)
        found.append(RULES.finding(subject, place, message.rule, said, **more))
    version = f"{verdict.validator.removeprefix('Ace ')}, Chromium {chromium_version()}"
    claims = _claims(subject.epub) if found else ()
    return [Judgement(version, verdict.passed and not found, found, claims)]


def _place(subject: Subject, message: AceMessage) -> Place:
    """Where a violation comes from: colours from the brand, languages from the element or the YAML
    that names its language, all else from the element.
    """
    if message.rule in ("color-contrast", "link-in-text-block"):
        return subject.sources.colour_named_in(message.detail)
    if "lang" in message.rule:
        return subject.epub_places.language(message.file, message.cfi)
    return subject.epub_places.at_cfi(message.file, message.cfi)


def _claims(epub: Path) -> tuple[str, ...]:
    """The standards that the package document says it conforms to (``dcterms:conformsTo``).

    Raises zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError for what is no EPUB.
    """
    files = files_of(epub.read_bytes())
    rootfile = etree.fromstring(files[CONTAINER]).find(".//c:rootfile", _NAMESPACES)
    if rootfile is None:
        raise KeyError("rootfile")
    metadata = etree.fromstring(files[rootfile.get("full-path", "")]).find(
        "opf:metadata", _NAMESPACES
    )
    if metadata is None:
        return ()
    # The standard is an address in a link, or text in a meta element. A meta element that refines
    # another one speaks of that one, not of the book.
    linked = [
        e.get("href", "")
        for e in metadata.iterfind("opf:link", _NAMESPACES)
        if e.get("rel") == "dcterms:conformsTo"
    ]
    said = [
        (e.text or "").strip()
        for e in metadata.iterfind("opf:meta", _NAMESPACES)
        if e.get("property") == "dcterms:conformsTo" and not e.get("refines")
    ]
    return tuple(filter(None, (*linked, *said)))


ACE = Validator(
    name="Ace",
    standard=lambda subject: "EPUB Accessibility 1.1",
    artefact=lambda subject: subject.epub,
    missing=ace.missing,
    run=lambda subjects, jobs: ace.check_epubs([s.epub for s in subjects], jobs),
    judge=_judge,
    needs=(Need.CHROMIUM,),
)
