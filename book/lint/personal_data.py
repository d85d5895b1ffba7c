"""Finds personal data in a text by their form.

Many numbers of a book look like personal data: ISBN, CUP, dates, numbers of laws, prices, protocol
numbers. Two means keep them out. Data with check digits (tax codes, VAT numbers, accounts) must
have valid ones. Data without (telephone numbers, number plates, streets) are judged by the words
around them. Each search below states its own rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers
from stdnum import iban, issn
from stdnum.it import codicefiscale, iva

from book.findings import Code
from book.model.privacy import codes as privacy_codes

_WORD_BEFORE = 40
"""Characters before a number in which a search looks for a word that says what the number is."""

_SENTENCE = 160
"""Characters before a street in which a search looks for the person who lives there."""


class Hit(NamedTuple):
    """A passage that looks like personal data: its code, its start and end offsets in the text."""

    code: Code
    start: int
    end: int


def hits(text: str) -> list[Hit]:
    """All personal data in ``text``, in order of their offsets.

    Where two hits overlap, that of the earlier search counts: an e-mail address may hold what looks
    like a telephone number, and is still an e-mail address.
    """
    found: list[Hit] = []
    for search in (_emails, _accounts, _tax_codes, _vat_numbers, _phones, _plates, _addresses):
        free = [hit for hit in search(text) if not _overlaps(hit, found)]
        found = sorted([*found, *free], key=lambda hit: hit.start)
    return found


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    """Whether ``hit`` shares characters with one of ``others``.

    ``others`` are sorted and do not overlap, so it is enough to look at the last one that starts
    before the end of ``hit``.
    """
    before = bisect_left(others, hit.end, key=lambda other: other.start) - 1
    return before >= 0 and others[before].end > hit.start


# The @ may be written «%40» (in a mailto: link), «(at)» or «[chiocciola]».
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|%40|\s?[\[(](?:at|chiocciola)[\])]\s?)"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}(?![\w-])",
    re.I,
)


def _emails(text: str) -> Iterator[Hit]:
    return (Hit(privacy_codes.EMAIL, *match.span()) for match in _EMAIL.finditer(text))


# Two letters of the country, two check digits, then letters and digits, often in groups of four.
_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}")


def _accounts(text: str) -> Iterator[Hit]:
    """IBANs (ISO 13616) whose country has their form and whose check digits are right.

    The pattern takes groups parted by spaces, so a match may reach into the words behind an IBAN.
    The search therefore tries each end of a group, the longest first.
    """
    for match in _ACCOUNT.finditer(text):
        written = match[0]
        ends = [m.start() for m in re.finditer(r"[ \u00a0-]|$", written)]
        for end in reversed(ends):
            if iban.is_valid(re.sub(r"[ \u00a0-]", "", written[:end])):
                yield Hit(privacy_codes.BANK_ACCOUNT, match.start(), match.start() + end)
                break


# The seven digits of a tax code may be letters (L-N, P-V): the tax office replaces digits when two
# people would have the same code («omocodia»).
_TAX_CODE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{6}[ ]?[\dL-NP-V]{2}[ ]?[A-EHLMPRST][ ]?[\dL-NP-V]{2}"
    r"[ ]?[A-Z][\dL-NP-V]{3}[ ]?[A-Z](?![A-Za-z0-9])",
    re.I,
)


def _tax_codes(text: str) -> Iterator[Hit]:
    """Tax codes of people (d.m. 23 dicembre 1976): sixteen characters, the last of which checks."""
    for match in _TAX_CODE.finditer(text):
        if codicefiscale.is_valid(match[0].replace(" ", "")):
            yield Hit(privacy_codes.TAX_CODE, *match.span())


_ELEVEN = re.compile(r"(?<![\w./-])(?:IT[ ]?)?(\d{11})(?![\w/-])")
_VAT_WORD = re.compile(r"\b(?:i\.?\s?v\.?\s?a|vat)\b|\bIT[ ]?$", re.I)


def _vat_numbers(text: str) -> Iterator[Hit]:
    """VAT numbers (d.P.R. 633/1972, art. 35) with a valid check digit that the text calls so.

    One in ten numbers of eleven digits has a valid check digit, so the word «IVA» or the prefix
    «IT» must stand before it.
    """
    for match in _ELEVEN.finditer(text):
        before = text[max(match.start() - _WORD_BEFORE, 0) : match.start(1)]
        if iva.is_valid(match[1]) and _VAT_WORD.search(before):
            yield Hit(privacy_codes.VAT_NUMBER, match.start(1), match.end(1))


_ADDRESS_OF_PAGE = re.compile(r"https?://[^\s<>)\]\"']+", re.I)
_PHONE_PAGE = re.compile(r"https?://(?:wa\.me|api\.whatsapp\.com|t\.me)/", re.I)
# Dates in any order of day, month and year; an amount is three digits to a group after the first.
_DATES = re.compile(
    r"\d{1,2}([./ -])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./ -])\d{1,2}\2\d{1,2}|\d{1,2}[./-]\d{4}"
)
_AMOUNT = re.compile(r"[+]?\d{1,3}(?:[.\u00a0\u202f ]\d{3})+")
_MONEY = re.compile(r"^[\s\u00a0]*(?:€|euro|eur\b|milion|miliard|mila|abitanti|persone)|^,\d", re.I)
# Words before a number which say that it is something else than a telephone number.
_NO_PHONE = re.compile(
    r"(?:\b(?:n|nr|num|prot|protocollo|art|cap|cig|cup|isbn|issn|doi|codice|delibera|decreto|legge"
    r"|numero)\b\.?°?|€|§)[\s\u00a0]*(?:[A-Z]{0,4}/?)$",
    re.I,
)
_PHONE_WORD = re.compile(r"\b(?:tel|telefono|cell|cellulare|mobile|fax|phone|whatsapp)\b", re.I)


def _phones(text: str) -> Iterator[Hit]:
    """Telephone numbers of Italy's numbering plan, and of another country's with a + before them.

    A word such as «tel.» before the number makes it certain. Without one, numbers that may be
    something else are left out. Digits in addresses of web pages are not telephone numbers, except
    in addresses of WhatsApp and Telegram.
    """
    text = _ADDRESS_OF_PAGE.sub(_blank_unless_phone, text)
    for match in phonenumbers.PhoneNumberMatcher(text, "IT"):
        before = text[max(match.start - _WORD_BEFORE, 0) : match.start]
        if _PHONE_WORD.search(before) or not _is_other_number(
            match.raw_string, before, text[match.end : match.end + 12]
        ):
            yield Hit(privacy_codes.PHONE, match.start, match.end)


def _blank_unless_phone(match: re.Match[str]) -> str:
    """Spaces of the same length for an address that holds no telephone number."""
    return match[0] if _PHONE_PAGE.match(match[0]) else " " * len(match[0])


def _is_other_number(written: str, before: str, after: str) -> bool:
    """Whether a number that fits the numbering plan is a date, an amount or a reference.

    ``before`` and ``after`` are the text around the number ``written``.
    """
    digits = re.sub(r"\D", "", written)
    if _DATES.fullmatch(written) or _NO_PHONE.search(before):
        return True
    if _AMOUNT.fullmatch(written) and ("." in written or _MONEY.match(after)):
        # A mobile number with dots is no amount: 347.123.4567 has four digits in its last group.
        return True
    if re.fullmatch(r"\d{4}-\d{4}", written) and issn.is_valid(digits):
        return True
    # «0123/2019» is a protocol with its year; a number that goes on with «/2» is a reference.
    if re.fullmatch(r"0\d+/(?:19|20)\d{2}", written) or re.match(r"[/-]\d", after):
        return True
    # Before «euro» or «abitanti» a short number is an amount.
    return bool(_MONEY.match(after)) and len(digits) < 9


_PLATE = re.compile(r"(?<![A-Za-z0-9])[A-HJ-NPR-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NPR-TV-Z]{2}(?!\w)")
_PLATE_WORD = re.compile(r"\btarg(?:a|at[oaie])\b", re.I)


def _plates(text: str) -> Iterator[Hit]:
    """Italian number plates in their form since 1994, with a word like «targa» before them."""
    for match in _PLATE.finditer(text):
        before = text[max(match.start() - _WORD_BEFORE, 0) : match.start()]
        if _PLATE_WORD.search(before):
            yield Hit(privacy_codes.NUMBER_PLATE, *match.span())


# A kind of street, up to four words, the last word of its name, a house number. The bounds on the
# repetitions keep the search from taking exponential time.
_ADDRESS = re.compile(
    r"\b(?:via|viale|v\.le|piazza|p\.zza|piazzale|piazzetta|corso|c\.so|largo|vicolo|strada"
    r"|contrada|salita|borgo|località|loc\.|frazione|fraz\.)[ \u00a0]"
    r"(?:[\w.’'-]{1,30}[ \u00a0]){0,4}?[A-ZÀ-Ý0-9][\w.’'-]{1,30},?[ \u00a0](?:n\.?°?[ \u00a0]?)?"
    r"\d{1,4}(?:[ /]?[A-Za-z](?!\w))?(?!\d)",
    re.I,
)
_STREET_NAME = re.compile(r"[ \u00a0][A-ZÀ-Ý][\w.’'-]+,?[ \u00a0](?:n\.?°?[ \u00a0]?)?\d", re.U)
# Words of a sentence which say that somebody lives at an address.
_LIVES = re.compile(
    r"\b(?:resident[ei]|risied[eo]\w*|domiciliat[oaie]|abit(?:a|o|ano|ava|avano|ante)|vive|vivono"
    r"|viveva|casa (?:di|sua|mia)|nat[oa] (?:a|il)|sig(?:\.|\.ra|nor|nora|nori)|famiglia|citofono)"
    r"(?!\w)",
    re.I,
)
_PERSON_BEFORE = re.compile(
    r"(?:^|[.;:(*\n,]\s*|\b(?:dott|dr|avv|ing|prof)\w*\.?(?:ssa)?\s)"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ’']+(?:[ \u00a0][A-ZÀ-Ý][a-zà-ÿ’']+){1,2})[*]*,[ \u00a0]*$"
)
# Words for bodies and public buildings, whose addresses are no personal data.
_BODY = re.compile(
    r"\b(?:comune|municipio|sede|uffici?o?|palazzo|sala|biblioteca|scuola|istituto|cooperativa"
    r"|associazione|fondazione|centro|anci|ancilab|regione|provincia|ambito|azienda|consorzio"
    r"|ministero|museo|teatro|parrocchia|auditorium|editore|università|consultorio|ospedale)\b",
    re.I,
)


def _addresses(text: str) -> Iterator[Hit]:
    """Streets with a number that are somebody's home.

    An address is a home if its sentence says that somebody lives there («residente in …») and
    names no body or building, or if the name of a person stands before it.
    """
    for match in _ADDRESS.finditer(text):
        # The search for «via» ignores case, so that «VIA ROMA 1» is found; but the name of a street
        # begins with a capital. «corso di 3 anni» is none.
        if not _STREET_NAME.search(match[0]):
            continue
        nearest = max(match.start() - _SENTENCE, 0)
        start = max(text.rfind("\n\n", nearest, match.start()), nearest)
        sentence = re.split(r"[.!?]\s+(?=[A-ZÀ-Ý])", text[start : match.start()])[-1]
        name = _PERSON_BEFORE.search(text[start : match.start()])
        named = name is not None and not _BODY.search(name["name"])
        if named or (_LIVES.search(sentence) and not _BODY.search(sentence)):
            yield Hit(privacy_codes.HOME_ADDRESS, *match.span())
