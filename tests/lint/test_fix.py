"""--fix: what it repairs, what it never touches, and that it comes to rest."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from book.lint.fix import difference, fix_file, repaired
from book.markdown.kinds import reading
from book.markdown.kinds.reading import kinds_of
from book.markdown.pandoc import PandocFailed
from book.markdown.plain import words_of
from tests.support.plain_words import plain_words

HEAD = "---\ntitle: Prova\n---\n\n"

PIECES = (
    *("perchè", "perche'", "E' ", "qual'è", "un'altro", "un ente", "po'", "pò", "l’ ora", "I°"),
    *('"', "'", "«", "»", "“", "”", "...", "....", "…", " - ", " -- ", "—", ",", " ,", " .", ": "),
    *("  ", " ", "\n", "\n\n", "- ", "1. ", "> ", "## ", "| ", "    ", "\t", "# ", "* "),
    *("`perchè`", "```\n", "<b>", "</b>", "<!-- ", " -->", "[a](b 'c')", "[a]{lang=en}", "{.x}"),
    *("::: {lang=en}\n", ":::\n", "[^1]", "[^1]: ", "**Voce:**", "*", "_", "\\", "https://a.it/x"),
    *("vita", "che che", "è", "---\n", "e'", "<<", ">>", "°", "parola"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


def plain(text: str) -> list[str]:
    """Words without accents and ordinal signs."""
    words = unicodedata.normalize("NFD", " ".join(words_of(re.sub("[°º]", "", text))))
    return "".join(c for c in words if not unicodedata.combining(c)).split()


@pytest.mark.slow
@given(texts)
@example('"a" - E\' "b  c" perchè')
@settings(max_examples=60)
def test_words_stay_and_a_second_repair_changes_nothing(body: str) -> None:
    text = HEAD + body
    once = repaired(text, "it")
    assert plain(once) == plain(text)
    assert repaired(once, "it") == once
    assert once.startswith(HEAD)


@given(texts, st.sampled_from(["`{}`", "```\n{}\n```", "<!-- {} -->", "<b title='{}'>x</b>"]))
@settings(max_examples=30)
def test_what_is_not_prose_stays(words: str, frame: str) -> None:
    hidden = 'perchè  E\' - "x" , ...'
    framed = f"\n\n{frame.format(hidden)}\n\n"
    body = re.sub(r"[`<>~\\-]", "", words)  # nothing that opens what the frame closes
    assert framed in repaired(HEAD + body + framed, "it")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Disse "così" e  basta , poi...', "Disse «così» e basta, poi…"),
        (
            "E' vero - forse - perchè l'ora è un pò tarda",
            "È vero – forse – perché l’ora è un po’ tarda",
        ),
        ("- \"uno\"\n- 'due'", "- «uno»\n- «due»"),
        ("## Perchè no ?", "## Perché no ?"),  # the id is made from the text, and links name it
        ("## Perchè no ? {#no}", "## Perché no? {#no}"),
        ("| a | perchè |\n|---|---|\n| E' | b |", "| a | perché |\n|---|---|\n| E' | b |"),
        ("[a  b](c.md 'd  e'){title='f  g'}", "[a b](c.md 'd  e'){title='f  g'}"),
        ("Testo:\n\n    perchè  E'", "Testo:\n\n    perchè  E'"),
        ("- voce\n\n    perchè", "- voce\n\n    perché"),
        ('::: {lang=en}\nIt is  so - "x"\n:::', '::: {lang=en}\nIt is  so - "x"\n:::'),
        ("Si apre con `<!--`, perchè no, e `-->`.", "Si apre con `<!--`, perché no, e `-->`."),
        ("Così:\n```` ``` ```` e perchè", "Così:\n```` ``` ```` e perché"),
        ("Disse <<perchè>> e `<<perchè>>`", "Disse «perché» e `<<perchè>>`"),
    ],
)
def test_repairs(before: str, after: str) -> None:
    assert repaired(HEAD + before, "it") == HEAD + after


CODE = (
    '```yaml\ntitolo: "perchè  l\'ente"\n\nnota: "un pò"\n```',
    "~~~\nperchè  l'ente\n\nun pò\n~~~",
    "    perchè  l'ente",
    "<pre>\nperchè  l'ente\n</pre>",
    "Vale <code>perchè  l'ente</code> e <kbd>un pò</kbd>.",
    "<!-- perchè  l'ente -->",
    "[testo](https://e.org/perchè 'un  pò') e <https://e.org/perchè>",
    "[rif]: https://e.org/perchè  'un  pò'",
)


@pytest.mark.parametrize("frame", ["", "- ", "> ", "[^n]: "])
def test_code_stays_byte_for_byte_wherever_it_stands(frame: str) -> None:
    """Each piece of code begins after the first line of an item, a quotation or a note."""
    inner = "\n\n".join(("Voce.", *CODE, "Fine."))
    others = "> " if frame == "> " else "    " if frame else ""
    lines = [f"{others}{line}".rstrip() for line in inner.split("\n")]
    body = "\n".join([frame + lines[0].removeprefix(others), *lines[1:]])
    text = f"{HEAD}Richiamo.[^n]\n\n{body}\n\nE' perchè.\n"
    assert repaired(text, "it") == text.replace("E' perchè.\n", "È perché.\n")


def test_a_file_whose_code_is_not_sure_stays() -> None:
    text = f"{HEAD}Il segno 𓂀 e perchè.\n"
    assert repaired(text, "it") == text
    assert repaired(text.replace("𓂀", "§"), "it") == text.replace("𓂀", "§").replace("è.", "é.")


def test_a_file_that_pandoc_cannot_read_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> str:
        raise PandocFailed("more than 10 s")

    monkeypatch.setattr(reading, "to_json", fail)
    assert repaired(f"{HEAD}perchè", "it") == f"{HEAD}perchè"


def test_a_known_map_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"\nVa bene così.\n": kinds_of("\nVa bene così.\n")}
    monkeypatch.setattr(reading, "to_json", lambda text: pytest.fail(text))
    text = f"{HEAD}Va bene così.\n"
    assert repaired(text, "it", known=known) == text


def test_front_matter_keeps_its_keys_and_its_yaml() -> None:
    before = (
        "---\ntitle: \"Perchè 'no'\"\nkeywords: [un'ente,  due]\nkind: text\n# perchè\n---\n\nX\n"
    )
    after = (
        "---\ntitle: \"Perché 'no'\"\nkeywords: [un ente, due]\nkind: text\n# perchè\n---\n\nX\n"
    )
    assert repaired(before, "it") == after


def test_another_language_and_switched_off_signs_are_respected() -> None:
    assert repaired(f'{HEAD}perchè "x"', "en") == f'{HEAD}perchè "x"'
    assert repaired(f'{HEAD}perchè "x"', "it", signs=False) == f'{HEAD}perché "x"'


def test_pandoc_reads_the_same_words_after_a_repair(repository: Path) -> None:
    body = (repository / "chapters" / "dimostrativa" / "tutte-le-forme.md").read_text("utf-8")
    after = repaired(body, "it")
    assert after != body
    before_words, after_words = plain_words(body), plain_words(after)
    assert [*map(plain, after_words.main)] == [*map(plain, before_words.main)]
    assert [*map(plain, after_words.notes)] == [*map(plain, before_words.notes)]


def test_the_file_keeps_line_ends_and_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + "perchè\n").replace("\n", "\r\n").encode())
    shown, findings = fix_file(path, "a.md", "it")
    assert not findings
    assert "-perchè\n+perché\n" in shown
    assert path.read_bytes() == b"\xef\xbb\xbf" + (HEAD + "perché\n").replace("\n", "\r\n").encode()
    assert fix_file(path, "a.md", "it") == ("", [])
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("content", [b"perch\xe8", f"{HEAD}perchè\r\nE' \n".encode()])
def test_a_file_that_is_not_understood_stays(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    assert fix_file(path, "a.md", "it")[0] == ""
    assert path.read_bytes() == content


def test_difference_ends_its_lines() -> None:
    assert difference("a", "b", "x.md") == "--- x.md\n+++ x.md\n@@ -1 +1 @@\n-a\n+b\n"
