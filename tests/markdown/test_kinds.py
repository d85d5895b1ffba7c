"""The map of the source: what pandoc takes each character for, proved by its own output."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from book.lint.fix import repaired
from book.lint.prose import parted
from book.markdown.kinds import reading
from book.markdown.kinds.kind import Kind, SourceKinds
from book.markdown.kinds.reading import kinds_of, prepared
from book.markdown.pandoc import PandocFailed, to_json
from book.model.yaml.encoding import CHAPTER_LIMIT, read_text

ROOT = Path(__file__).resolve().parents[2]
# What fails is shown as it is: shrinking it would take minutes.
FEW = settings(max_examples=10, phases=[Phase.generate])


def shown(body: str) -> list[str]:
    """The letters of the map for each line of the body, ``.`` for prose."""
    kinds = kinds_of(body)
    assert kinds.exact
    letters = kinds.letters.replace(Kind.PROSE, ".")
    starts = [0, *(found.end() for found in re.finditer("\n", body)), len(body) + 1]
    return [letters[a : b - 1] for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    ("line", "letters"),
    [
        ("Con `co dice` e *enfasi*.", "....mcccccccmm.mm......m."),
        ("Vale <code>il 2</code> e\u00a0poi.", ".....hhhhhhcccchhhhhhh......."),
        ("Vedi [qui](a.md#b 'un titolo').", ".....m...mmaaaaaammtttttttttmm."),
        ("Vedi <https://a.it/b>, sì.", ".....haaaaaaaaaaaaaah....."),
        ("Sono 40 m^2^[^a] qui.\n\n[^a]: Sì.", ".........m.mnnnn....."),
        ("Si dice \\[^a] e [^manca].", "........m....m.m........."),
        ("Uno <!-- due --> tre.", "....kkkkkkkkkkkk....."),
        ("Si apre con `<!--` e si chiude.", "............mccccm............."),
        ("Citt&agrave; e `` ` ``.", "....hhhhhhhhm.mmmmcmmm."),
        ("[Testo]{lang=en} e {così}.", "m.....mtttttttttm.m......."),
        ("Un <<nome>> solo.", "................."),
        ("Un `<<nome>>` solo.", "...mccccccccm......"),
        ("```` ``` ```` in riga.", "mmmmmcccmmmmm........."),
        ("Una nota^[in riga, `x`] e 7.", "........nn.........mcmmm.m.."),
    ],
)
def test_each_character_of_a_line(line: str, letters: str) -> None:
    assert shown(line)[0] == letters


def test_blocks() -> None:
    body = (
        "- voce\n\n    ```sh\n    uno\n\n    due\n    ```\n\n"
        "[^n]: Nota.\n\n    ~~~\n    tre\n    ~~~\n\n"
        "<pre>\nquattro <b>5</b>\n</pre>\n\n"
        "| a | bb |\n|---|---|\n| c | dd | ee |\n\n"
        "[rif]: https://example.org/altrove 'Titolo'\n\nFine.[^n]"
    )
    assert shown(body) == [
        *("mm....", "", "mmmmmmmtt", "mmmmccc", "", "mmmmccc", "mmmmmmm", ""),
        *("dddddm.....", "", "mmmmmmm", "mmmmccc", "mmmmmmm", ""),
        *("hhhhh", "cccccccchhhchhhh", "hhhhhh", ""),
        *("mm.mmm..mm", "mmmmmmmmm", "mm.mmm..mmmllmm", ""),
        *("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", ".....nnnn"),
    ]


def test_notes_in_the_order_of_their_calls() -> None:
    body = "Uno[^b], due^[in riga], tre[^a], due volte[^b].\n\n[^a]: Nota a.\n[^b]: Nota `b`.\n"
    notes = kinds_of(body).notes
    marks = [body.index("[^b]:"), body.index("^["), body.index("[^a]:"), body.index("[^b]:")]
    assert [note.start for note in notes] == marks
    assert [body[note.end - 1] for note in notes] == [".", "a", ".", "."]


def test_words_that_pandoc_reads_otherwise_when_marked_are_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counted(text: str) -> str:
        read.append(text)
        return to_json(text)

    monkeypatch.setattr(reading, "to_json", counted)
    # The table's rule cuts the first letter off a word.
    body = "Primo `uno`.\n\n ---- ----\nparola altra\n ---- ----\n\nUltimo `altro`."
    kinds = kinds_of(body)
    assert kinds.exact
    assert len(read) == 3
    assert kinds.letters.startswith("ppppppmcccmp")
    assert kinds.letters.endswith("ppppppmmcccccmp")


@pytest.mark.parametrize("body", ["Il segno 𓂀 e `del codice`.", "::: x\n" * 400 + "testo"])
def test_what_is_not_proved_says_so(body: str) -> None:
    kinds = kinds_of(body)
    assert not kinds.exact
    assert len(kinds.letters) == len(body)


def test_a_second_reading_that_fails_leaves_the_map_unproved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails_if_marked(text: str) -> str:
        if "parole" not in text:
            raise PandocFailed("more than 10 s")
        return to_json(text)

    monkeypatch.setattr(reading, "to_json", fails_if_marked)
    kinds = kinds_of("Due parole e `codice`.")
    assert not kinds.exact
    assert kinds.letters == "pppmppppppmpmmccccccmp"


@pytest.mark.parametrize(
    "body",
    [
        "[rif]: https://e.org/mai-usato 'Uno'\n[due]: <altra.md>\n    (Altro titolo)\n\nTesto.",
        "[rif]: uno.md 'Primo'\n\n[rif]: due.md 'Secondo'\n\nTesto [con rinvio][rif].",
        "(@buono) Esempio.\n\nCome in (@buono).\n\nii. Altro.\n\n    iv) Ancora.",
        "| a\\|bb | Due |\n|:---|---:|\n| `cc|dd` | ee |\n\nTable: Titolo {#tab:x}",
        "```python numeri\nuno\n```\n\n::: {.uno\n.due}\nTesto.\n:::",
        "![Uno *due*](p.png 'Tre'){alt=\"Quattro cinque\"}\n\nTermine\n:   Definizione.",
        "<!DOCTYPE html>\n\n<b title='uno > due'>tre</b> <nome> <script>\nvar a\n</script>",
    ],
)
def test_words_that_have_their_place_are_not_lost(body: str) -> None:
    kinds = kinds_of(body)
    assert kinds.exact
    assert [*kinds.lost()] == []


WORD = st.text("abefgh", min_size=2, max_size=7)
INLINE: tuple[str, ...] = (
    "{}",
    "*{}*",
    "**{}**",
    "`{}`",
    "``{} {}``",
    "[{}](https://e.org/{})",
    "~~{}~~",
    "({})",
)
INLINE += ("[{}](x.md '{} {}')", '![{}](p.png){{alt="{}"}}', "<b>{}</b>", "[{}]{{lang=en}}")
INLINE += (
    "x^2^^[{} `{}`]",
    "<!-- {} -->",
    "{} &egrave; {}",
    "<<{}>>",
    "«{}»",
    '"{}"',
    "l'{}",
    "[^{}]",
)
BLOCK: tuple[str, ...] = (
    "{0}\n",
    "## {0}\n",
    "```\n{1}\n\n{1}\n```\n",
    "~~~ {{.{1}}}\n{1} [^{1}]\n~~~\n",
)
BLOCK += (
    "    {1}\n\n    <<{1}>>\n",
    "<pre>\n{1}\n{1}\n</pre>\n",
    "| {1} | {1} |\n|---|---|\n| {0} |\n",
)
BLOCK += (
    "<div>\n\n{0}\n\n</div>\n",
    "::: riquadro\n{0}\n:::\n",
    "{1}\n:   {0}\n",
    "<!--\n{1}\n-->\n",
)
FRAMES = (
    ("", ""),
    ("- ", "    "),
    ("3. ", "    "),
    ("> ", "> "),
    ("[^{}]: ", "    "),
    ("a) ", "    "),
)


@st.composite
def texts(draw: st.DrawFn, depth: int = 2) -> str:
    """Markdown in which all words are different, nested."""
    number = iter(range(10**6))

    def word() -> str:
        """A word of its own: its number in letters that mark no list."""
        return f"{draw(WORD)}o{''.join('abefghnpqr'[int(d)] for d in str(next(number)))}u"

    def filled(form: str) -> str:
        return re.sub(r"\{\}", lambda _: word(), form).replace("{{", "{").replace("}}", "}")

    def line() -> str:
        return " ".join(
            filled(f) for f in draw(st.lists(st.sampled_from(INLINE), min_size=1, max_size=4))
        )

    def block(form: str) -> str:
        text = re.sub(r"\{1\}", lambda _: word(), form)
        return re.sub(r"\{0\}", lambda _: line(), text).replace("{{", "{").replace("}}", "}")

    def blocks(level: int) -> Iterator[str]:
        for form in draw(st.lists(st.sampled_from(BLOCK), min_size=1, max_size=3)):
            first, others = draw(st.sampled_from(FRAMES))
            inner = block(form)
            if level and others:
                inner += "\n" + "\n".join(blocks(level - 1))
            lines = inner.split("\n")
            text = "\n".join(
                [filled(first) + lines[0], *((others + rest).rstrip() for rest in lines[1:])]
            )
            yield text + "\n"

    return "\n".join(blocks(depth))


MARKS: tuple[str, ...] = (
    "`",
    "```\n",
    "*",
    "[",
    "](",
    ")",
    "^[",
    "<b>",
    "<!--",
    "-->",
    "|",
    "\n\n",
    "    ",
    "> ",
    "$",
)
MARKS += ("<pre>", "</code>", "~~~\n", ":::\n", "\\", "{", "}", "'", '"', "- ", "[^a]: ", "\t", "&")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Such a text with marks put in anywhere."""
    text = draw(texts())
    for mark in draw(st.lists(st.sampled_from(MARKS), min_size=3, max_size=12)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + mark + text[at:]
    return text


def nodes_of_words(node: Any, kind: str, found: dict[str, set[str]]) -> None:
    """Each word of pandoc's document with what it stands in."""
    if isinstance(node, str):
        for word in re.findall(r"[^\W\d_]+", node):
            found[word].add(kind)
    elif isinstance(node, list):
        for child in node:
            nodes_of_words(child, kind, found)
    elif isinstance(node, dict):
        tag, content = node.get("t"), node.get("c", "")
        if tag in ("Code", "CodeBlock"):
            nodes_of_words(content[0], "attribute", found)
            nodes_of_words(content[1], "code", found)
        elif tag in ("RawInline", "RawBlock"):
            is_pre = content[1].startswith(("<pre", "<script", "<style"))
            nodes_of_words(content[1], "code" if is_pre else "html", found)
        elif tag in ("Link", "Image"):
            nodes_of_words(content[1], kind, found)
            nodes_of_words([content[0], content[2]], "attribute", found)
        elif tag in ("Span", "Div"):
            nodes_of_words(content[0], "attribute", found)
            nodes_of_words(content[1], kind, found)
        elif tag == "Header":
            nodes_of_words(content[2], kind, found)
        elif tag == "Str":
            nodes_of_words(content, kind, found)
        elif tag == "Note":
            nodes_of_words(content, "note in note" if "note" in kind else "note", found)
        else:
            nodes_of_words(content, kind, found)


ALLOWED = {
    Kind.CODE: {"code"},
    Kind.PROSE: {"text", "note"},
    Kind.ADDRESS: {"attribute", "text", "note"},
    Kind.ATTRIBUTE: {"attribute", "text", "note"},  # the alt of a picture becomes its text
    Kind.HTML: {"html"},
    Kind.COMMENT: {"html"},
    Kind.LOST: {"note in note"},
}
"""In which nodes of pandoc's document a word of a kind stands; lost words stand in none."""


def assert_words_are_where_the_map_says(body: str) -> SourceKinds:
    kinds = kinds_of(body)
    assert len(kinds.letters) == len(body)
    assert set(kinds.letters) <= {*Kind}
    text, _ = prepared(body)
    found: dict[str, set[str]] = defaultdict(set)
    nodes_of_words(json.loads(to_json(text))["blocks"], "text", found)
    for word in re.finditer(r"[^\W\d_]+o[abefghnpqr]+u\b", body):
        kind, nodes = Kind(kinds.letters[word.start()]), found.get(word[0], set())
        if kind is Kind.CODE and body.count("<pre>") > body.count("</pre>"):
            continue  # all that follows a tag that nothing closes is in it
        if kind in (Kind.CODE, Kind.PROSE) or (kind in ALLOWED and nodes):
            assert nodes & ALLOWED[kind], (word[0], kind)
        if nodes == {"code"}:
            assert set(kinds.letters[word.start() : word.end()]) == {Kind.CODE}, word[0]
    return kinds


@FEW
@given(texts())
def test_nested_text_is_proved_and_words_are_where_the_map_says(body: str) -> None:
    assert assert_words_are_where_the_map_says(body).exact


@FEW
@given(damaged())
def test_words_of_damaged_text_are_where_the_map_says(body: str) -> None:
    try:
        kinds = assert_words_are_where_the_map_says(body)
    except PandocFailed:
        return
    assert kinds.exact


def not_prose(node: Any) -> Iterator[str]:
    """Code, HTML and addresses of pandoc's document."""
    if isinstance(node, list):
        for child in node:
            yield from not_prose(child)
    elif isinstance(node, dict):
        tag, content = node.get("t"), node.get("c", "")
        if tag in ("Code", "CodeBlock", "RawInline", "RawBlock"):
            yield content[1]
        elif tag in ("Link", "Image"):
            yield content[2][0]
        yield from not_prose(content)


def read_not_as_prose(body: str) -> list[str]:
    text, _ = prepared(body)
    return [*not_prose(json.loads(to_json(text))["blocks"])]


@pytest.mark.slow
@FEW
@given(texts())
def test_repairs_touch_text_alone(body: str) -> None:
    before = f"{body}\n\nE' perchè.\n"
    after = repaired(before, "it")
    assert after.endswith("\n\nÈ perché.\n")
    assert read_not_as_prose(after) == read_not_as_prose(before)


def test_the_map_of_every_book_of_the_tests_is_proved_and_no_word_is_lost() -> None:
    texts = (
        read_text(p, p.name, CHAPTER_LIMIT)[0] for p in ROOT.glob("tests/books/*/chapters/*/*.md")
    )
    bodies = list(dict.fromkeys(parted(text or "")[1] for text in texts))
    with ThreadPoolExecutor(2) as pool:
        maps = list(pool.map(kinds_of, bodies))
    assert len(maps) > 5
    assert all(kinds.exact for kinds in maps)
    lost = [body[slice(*span)] for body, k in zip(bodies, maps, strict=True) for span in k.lost()]
    assert lost == []
