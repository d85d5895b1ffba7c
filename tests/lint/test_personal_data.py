"""Personal data are found and masked; what only looks like them is let pass.

The numbers are nobody's: example numbers of Italy's numbering plan, computed check digits.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from book.findings import Severity
from book.lint.privacy import Allowed, allowed_for, check_privacy, hidden, personal_data
from book.model.load import edition_names, load_edition
from book.system.checkout import CHECKOUT

ALLOWED = Allowed(frozenset({"anci.lombardia.it"}), ("02 12345678",))


def found(text: str, allowed: Allowed = ALLOWED) -> list[tuple[str, str]]:
    findings = personal_data(text, "x.md", 1, allowed)
    assert all(f.severity is Severity.WARNING for f in findings)
    return [(f.code.id, f.values["masked"]) for f in findings]


@pytest.mark.parametrize(
    ("text", "code", "masked"),
    [
        ("al 347 0000036", "V101", "347…36"),
        ("cell. 347-000.00.36", "V101", "347…36"),
        ("3470000036", "V101", "347…36"),
        ("+39 347 00 00 036", "V101", "+39…36"),
        ("0039 0342 000036", "V101", "003…36"),
        ("0342-500036", "V101", "034…36"),
        ("tel. 035.500.036", "V101", "035…36"),
        ("[chiama](tel:+393470000036)", "V101", "+39…36"),
        ("https://wa.me/393470000036", "V101", "393…36"),
        ("nessuno@posta.finzione.it", "V102", "n….it"),
        ("nessuno [at] finzione.it", "V102", "n….it"),
        ("mailto:nessuno%40finzione.it", "V102", "n….it"),
        ("MMGZMR80A41H501T", "V103", "MMG…1T"),
        ("mmgzmr80a41h501t", "V103", "mmg…1t"),
        ("IT60 X054 2811 1010 0000 0123 456 presso", "V104", "IT6…56"),
        ("DE89370400440532013000", "V104", "DE8…00"),
        ("partita IVA 00743110157", "V105", "007…57"),
        ("P. IVA IT00743110157", "V105", "007…57"),
        ("vive in via della Finzione 3/b, a Nessunluogo", "V106", "via …"),
        ("Zelmira Immaginari, viale Finto, n. 12", "V106", "viale …"),
        ("l'auto targata AB 123 CD", "V107", "AB…CD"),
    ],
)
def test_is_found_and_masked(text: str, code: str, masked: str) -> None:
    assert found(text) == [(code, masked)]
    assert found(f"a\n\n{text}\n\nb") == [(code, masked)]
    assert personal_data(f"a\n{text}", "x.md", 10, ALLOWED)[0].line == 11
    shaded = hidden(text, ALLOWED)
    assert len(shaded) == len(text)
    assert shaded != text
    assert found(shaded) == []


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-88-06-21234-5",
        "ISSN 0317-8471",
        "CUP E89F18000510007 e E49D20000010009",
        "il 03-11-2020, 01.02.2021, 2020-11-03, 3/11/2020",
        "legge 8 novembre 2000, n. 328; d.lgs. 3 luglio 2017, n. 117, artt. 55-57",
        "D.G.R. 19 aprile 2021, n. XI/4563; prot. 0234567/2021; n. 0341 2345 del 2020",
        "345.000.000 euro, 348 999 000 euro, 3.471.234 abitanti",
        "dalle 9.30 alle 13.30, 00:12:35",
        "20121 Milano, 23100 Sondrio",
        "[video](https://example.org/v/3470000036?t=0342500036)",
        "info@anci.lombardia.it, ufficio@posta.anci.lombardia.it, x@example.org",
        "Il numero 02 12345678 è ammesso",
        "MMGZMR80A41H501X",
        "IT61X0542811101000000123456",
        "il codice 00743110157 e la partita IVA 00743110158",
        "La sede del Comune è in via Finta, 3. ANCI Lombardia, via Rovello 2",
        "via mail, in via sperimentale 3 volte; vive in via di sviluppo da 3 anni",
        "il DL 123 AB e la sala AB 123 CD",
    ],
)
def test_looks_alike_and_is_none(text: str) -> None:
    assert found(text) == []


NUMBERS = st.integers
LOOKALIKES = st.one_of(
    st.dates().map(lambda d: f"{d:%d/%m/}{d.year:04}"),
    st.dates().map(lambda d: f"{d:%d.%m.}{d.year:04}"),
    st.dates().map(lambda d: f"{d.year:04}-{d:%m-%d}"),
    st.times().map("{0:%H:%M:%S}".format),
    st.tuples(NUMBERS(1, 9999), NUMBERS(1900, 2100)).map("n. {0[0]}/{0[1]}".format),
    NUMBERS(1, 10**12).map("{:,} euro".format).map(lambda t: t.replace(",", ".")),
    NUMBERS(1, 10**9).map("€ {},50".format),
    NUMBERS(0, 10**11 - 1).map("CUP E89F{:011}".format),
    NUMBERS(0, 10**9 - 1)
    .map("978{:09}".format)
    .map(lambda t: t + ean.calc_check_digit(t))
    .map("ISBN {}".format),
)


@given(st.lists(LOOKALIKES, min_size=1, max_size=5))
def test_no_false_alarm(texts: list[str]) -> None:
    assert found("; ".join(texts)) == []


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert len(hidden(text, ALLOWED)) == len(text)


@pytest.mark.parametrize("name", edition_names(CHECKOUT))
def test_the_editions_hold_none(name: str) -> None:
    loaded, findings = load_edition(CHECKOUT, name)
    assert loaded is not None
    assert [f for f in findings if f.code.id.startswith("V")] == []
    allowed, findings = allowed_for(loaded)
    assert [*findings, *check_privacy(loaded, allowed)] == []


def test_an_edition_allows_what_is_an_office_s(reserved: Path) -> None:
    file = reserved / "chapters" / "riserbo" / "edition.yaml"
    text = file.read_text("utf-8").replace("con le parole", "0342 500036, con le parole")
    for more, codes in (
        ("", ["V101"]),
        ("privacy: {allowed: [{value: 0342 500036, reason: Ufficio di Piano}]}\n", []),
    ):
        file.write_text(text + more, "utf-8")
        loaded, _ = load_edition(reserved, "riserbo")
        assert loaded is not None
        allowed, _ = allowed_for(loaded)
        assert [f.code.id for f in check_privacy(loaded, allowed)] == codes
