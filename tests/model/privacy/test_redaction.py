"""A withheld name is found however it is written, and other names are left alone."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.model.privacy.folding import folded, words
from book.model.privacy.redaction import NamedPerson, Redaction

ZELMIRA = NamedPerson("Zelmira Immaginari", "Partecipante 1, Comune")
OTHERS = (
    NamedPerson("Finta de’ Nominati", "Partecipante 2"),
    NamedPerson("Niccolò D’Inventi Fasulli", "Partecipante 3"),
    NamedPerson("Zelmira Consentita"),
)
REDACTION = Redaction((ZELMIRA, *OTHERS), allowed=("Premio Zelmira Immaginari",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grazie, Zelmira Immaginari!", "Grazie, Partecipante 1, Comune!"),
        ("ZELMIRA IMMAGINARI", "Partecipante 1, Comune"),
        ("Immaginari, Zelmira", "Partecipante 1, Comune"),
        ("la Z. Immaginari e Immaginari Z.", "la Partecipante 1, Comune e Partecipante 1, Comune."),
        ("a\n> Zelmira\n> Immaginari b", "a\n> Partecipante\n> 1, Comune b"),
        ("| Zelmira | Immaginari |", "| Partecipante | 1, Comune |"),
        ("Zelmira **Immaginari**", "Partecipante **1, Comune**"),
        ("Zel**mira** Immaginari", "Partecipante** 1, Comune"),
        ("[x](a/zelmira-immaginari.md)", "[x](a/partecipante-1-comune.md)"),
        ("{#zelmira_immaginari}", "{#partecipante-1-comune}"),
        ("zelmira.immaginari@example.org", "partecipante-1-comune@example.org"),
        ("zelmiraimmaginari7", "partecipante-1-comune"),
        ("Zelmira%20Immaginari", "partecipante-1-comune"),
        ("&#90;elmira&nbsp;Immagin&#x61;ri", "Partecipante&nbsp;1, Comune"),
        ("Zelmìra Immaginarì", "Partecipante 1, Comune"),
        ("Zel\u00admira\u00a0Imma\u200bginari", "Partecipante 1, Comune"),
        ("de’ Nominati Finta", "de’ Partecipante 2"),
        ("De’ Nominati Finta e Finta de' Nominati", "Partecipante 2 e Partecipante 2"),
        ("Niccolo' D'Inventi; Niccolò Fasulli", "Partecipante 3; Partecipante 3"),
        (unicodedata.normalize("NFD", "Niccolò Fasulli"), "Partecipante 3"),
    ],
)
def test_forms_of_a_name(text: str, expected: str) -> None:
    assert REDACTION.text(text) == expected
    assert REDACTION.first_person_in(text) is not None
    assert REDACTION.first_person_in(expected) is None


@pytest.mark.parametrize(
    "text",
    [
        "Zelmira Consentita parla di Zelmira.",
        "Il Premio Zelmira Immaginari",
        "Zelmira.\n\nImmaginari cose.",
        "È Immaginari",
        "Finta di niente, e de’ suoi.",
        "immaginari e reali",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert REDACTION.text(text) == text


def test_a_word_alone_is_told_and_only_hidden_where_lines_are_quoted() -> None:
    text = "Secondo Immaginari, e Zelmira Consentita, mondi immaginari; Premio Zelmira Immaginari."
    assert [part.offset for part in REDACTION.lone_words(text)] == [text.index("Immaginari")]
    assert REDACTION.text(text) == text
    assert REDACTION.quoted(text) == text.replace("Secondo Immaginari", "Secondo I…")


def test_a_name_of_one_word_needs_its_capital() -> None:
    redaction = Redaction((NamedPerson("Fantasia", "Partecipante 1"),))
    assert redaction.text("Fantasia ha fantasia") == "Partecipante 1 ha fantasia"


def test_nothing_shows_a_name_by_accident() -> None:
    assert "mmaginari" not in repr(REDACTION) + repr(REDACTION.people)


FORMS = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: "".join(f"&#{ord(c)};" for c in t),
        lambda t: "".join(f"&#x{ord(c):x};" for c in t),
        lambda t: "".join(f"%{byte:02X}" for byte in t.encode()),
        lambda t: "\u00ad".join(t),
    ]
)
NAMES = st.sampled_from(["Zelmira Immaginari", "Niccolò Fasulli", "Niccolò D’Inventi Fasulli"])


@given(
    NAMES,
    st.tuples(FORMS, FORMS, FORMS),
    st.sampled_from([" ", "\u00a0", "\n", ", ", "_", "-", "%20", "&nbsp;", "* *", " | "]),
    st.text("ab .\n*|", max_size=20),
    st.text("ab .\n*|", max_size=20),
    st.booleans(),
)
def test_no_form_gets_through(
    name: str, forms: tuple[object, ...], gap: str, before: str, after: str, turned: bool
) -> None:
    parts = name.split()
    if turned:
        parts = [parts[-1], *parts[:-1]]
    written = gap.join(f(p) for f, p in zip(forms, parts, strict=False))  # type: ignore[operator]
    text = f"{before} {written} {after}"
    redacted = REDACTION.text(text)
    assert REDACTION.first_person_in(redacted) is None
    assert not {"immaginari", "fasulli"} & {word.text for word in words(redacted)}
    assert redacted.count("\n") >= text.count("\n")


@given(st.text(max_size=200))
def test_other_texts_stay_and_folding_ends(text: str) -> None:
    assert Redaction().text(text) == text
    redacted = REDACTION.text(text)
    assert REDACTION.text(redacted) == redacted
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)


def test_percent_signs_beyond_ascii() -> None:
    assert folded(quote("Niccolò Fasulli")) == ("niccolo", "fasulli")
