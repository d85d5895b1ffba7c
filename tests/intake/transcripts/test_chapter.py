"""The chapter that an import writes: it loads, builds, keeps every word and every time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from book.intake.transcripts import SUFFIXES, import_transcript, read_content
from book.intake.transcripts.cast import cast_of
from book.intake.transcripts.cues import Reading, clock, seconds
from book.intake.transcripts.turns import turns_of
from book.intake.transcripts.write import escaped, write
from book.markdown.chapter import chapter_tree
from book.markdown.plain import tree_words, words_of
from book.markdown.tree import parse
from book.model.chapter import Transcript
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.system.checkout import CHECKOUT
from tests.support.effort import bounded

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
ORIGINAL = CHECKOUT / "tests" / "intake" / "originals" / "un-anno-dopo.vtt"


def source_of(text: str) -> ChapterSource:
    _, head, body = text.split("---\n", 2)
    matter = Transcript.model_validate(yaml.safe_load(head))
    return ChapterSource("c.md", "c", Path("c.md"), "c.md", matter, body, head.count("\n") + 3)


def edition() -> Edition:
    return Edition.model_validate(
        {
            "title": "Prova",
            "date": "2021-01-01",
            "version": "1.0.0",
            "description": "Una prova",
            "licence": "CC-BY-4.0",
            "contents": {"chapters": ["c.md"]},
        }
    )


def turn_times(xhtml: str) -> list[str]:
    return [e.get("data-time", "") for e in parse(xhtml).iter() if e.get("class") == "turn"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_builds_without_edits(path: Path) -> None:
    imported = import_transcript(path, clean=False)
    tree, findings = chapter_tree(source_of(imported.text), edition(), path.parent)
    assert not [f for f in findings if f.code.id != "C051"]
    assert "<h2" in tree.body.xhtml


def test_times_come_back_out_of_the_tree() -> None:
    reading = Reading("x.vtt")
    read_content(ORIGINAL.read_bytes(), ".vtt", reading)
    turns, _ = turns_of(reading.cues, "x.vtt")
    imported = import_transcript(ORIGINAL, clean=False)
    tree, findings = chapter_tree(source_of(imported.text), edition(), CHECKOUT)
    assert not findings
    assert turn_times(tree.body.xhtml) == [clock(turn.start or 0) for turn in turns]
    sections = [e for e in tree.body.root.iter() if e.get("class") == "section-time"]
    assert ["".join(map(str, e.itertext())) for e in sections] == ["00:00:04", "00:10:12"]


def test_times_are_no_words_of_the_page() -> None:
    tree, _ = chapter_tree(
        source_of(import_transcript(ORIGINAL, clean=False).text), edition(), CHECKOUT
    )
    root = tree.body.root
    speakers = [e for e in root.iter() if e.get("class") == "speaker"]
    assert {"".join(map(str, e.itertext())) for e in speakers} == {
        "Facilitatrice",
        "Educatore",
        "Volontario della corriera",
    }


def test_the_demonstration_holds_what_was_imported() -> None:
    chapter = (CHECKOUT / "chapters/dimostrativa/un-anno-dopo.md").read_text(encoding="utf-8")
    imported = import_transcript(ORIGINAL, clean=True).text
    made, kept = (
        [line for line in text.split("---\n", 2)[2].split("\n") if line.startswith("**")]
        for text in (imported, chapter)
    )
    assert made == kept


def test_sections_start_with_turns() -> None:
    body = "\n\n".join(
        f"{clock(n * 60)}.000 --> {clock(n * 60 + 50)}.000\n<v {'AB'[n % 2]}>Parola {n}."
        for n in range(30)
    )
    reading = Reading("x.vtt")
    read_content(f"WEBVTT\n\n{body}".encode(), ".vtt", reading)
    turns, _ = turns_of(reading.cues, "x.vtt")
    for minutes, expected in ((10, ["00:00:00", "00:10:00", "00:20:00"]), (60, ["00:00:00"])):
        text = write(turns, "Titolo", minutes).text
        headings = [line for line in text.split("\n") if line.startswith("## ")]
        assert headings == [f"## Parte {n} {{time={t}}}" for n, t in enumerate(expected, start=1)]


def test_a_monologue_has_sections_too() -> None:
    words = "Una frase di prova che dura. " * 8
    body = "\n\n".join(
        f"{clock(n * 30)}.000 --> {clock(n * 30 + 29)}.000\n<v Sala>{n} {words}" for n in range(60)
    )
    reading = Reading("x.vtt")
    read_content(f"WEBVTT\n\n{body}".encode(), ".vtt", reading)
    text = write(turns_of(reading.cues, "x.vtt")[0], "Titolo", 10).text
    assert text.count("## Parte") == 2
    assert text.count("**SAL [") == 2


def test_the_table_of_speakers() -> None:
    labels = [
        "Ada Neri (Comune)",
        "Facilitatrice",
        "ada",
        "Anna Nuti",
        None,
        "Partecipante 2",
        "李",
    ]
    cast = cast_of(labels)
    assert [member.id for member in cast.values()] == ["AN", "FAC", "ADA2", "AN2", "?", "P2", "P"]
    assert cast["Ada Neri (Comune)"].organisation == "Comune"
    assert cast["Facilitatrice"].role == "Facilitatrice"
    assert cast["Anna Nuti"].name == "Anna Nuti"


def test_voices_told_apart_by_a_machine_have_no_role_yet(tmp_path: Path) -> None:
    path = tmp_path / "whisperx.srt"
    path.write_text(
        "1\n00:00:00,000 --> 00:00:02,000\n[SPEAKER_00]: Chi comincia?\n\n"
        "2\n00:00:02,000 --> 00:00:04,000\n[SPEAKER_01]: Io.\n"
    )
    imported = import_transcript(path, clean=False)
    matter = source_of(imported.text).front_matter
    assert isinstance(matter, Transcript)
    speakers = [(s.id, s.name, s.role) for s in matter.speakers]
    assert speakers == [("S00", None, "da indicare"), ("S01", None, "da indicare")]
    assert "**S01 [00:00:02]:** Io." in imported.text


@pytest.mark.parametrize(
    "text", ["no", "Sì: «a»", 'dice "x"', "back\\slash", "# no", "a #b", "null", "- x", "Anna Bo"]
)
def test_speakers_and_titles_are_yaml(text: str) -> None:
    body = f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v {text}>Ecco."
    reading = Reading("x.vtt")
    read_content(body.encode(), ".vtt", reading)
    written = write(turns_of(reading.cues, "x.vtt")[0], text, 10).text
    matter = source_of(written).front_matter
    assert isinstance(matter, Transcript)
    assert matter.title == text
    assert matter.speakers[0].label == text


TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\ufeff"),
    max_size=60,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(TEXT, min_size=1, max_size=6))
def test_no_word_of_a_cue_is_lost(texts: list[str]) -> None:
    numbered = [f"parola{n} {text} fine{n}" for n, text in enumerate(texts)]
    blocks = "\n\n".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{t}" for n, t in enumerate(numbered))
    reading = Reading("x.vtt")
    read_content(f"WEBVTT\n\n{blocks}".encode(), ".vtt", reading)
    turns, findings = turns_of(reading.cues, "x.vtt")
    imported = write(turns, "T", 10).text
    told = [str(v) for f in (*reading.findings, *findings) for v in f.values.values()]
    tree, _ = chapter_tree(source_of(imported), edition(), CHECKOUT)
    kept = set(words_of(" ".join(told) + " " + imported.split("---\n")[1]))
    kept |= set(tree_words(tree.body.root, generated=False).main)
    said = {word for cue in reading.cues for word in words_of(cue.text)}
    written = {f"{w}{n}" for n in range(len(texts)) for w in ("parola", "fine")}
    assert (said | written) <= kept


@pytest.mark.slow
@settings(max_examples=100)
@given(TEXT)
def test_escaped_words_are_just_words(text: str) -> None:
    text = " ".join(text.split())
    speaker = "speakers:\n  - id: X\n    role: x\n"
    chapter = f"---\ntitle: T\nkind: transcript\n{speaker}---\n\n**X:** {escaped(text)} fine\n"
    tree, _ = chapter_tree(source_of(chapter), edition(), CHECKOUT)
    words = tree_words(tree.body.root, generated=False)
    assert list(words.main) == ["X", *words_of(f"{text} fine")]


PIECES = st.sampled_from(
    ["WEBVTT", "NOTE", "STYLE", "-->", "00:00:01.000", "00:01", "<v ", "Nome:", ">", "\n", "\n\n",
     "1", " ", "[", "]", "\0", "Transcript", "Transcription ended after", "{", '"segments":', "%"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(SUFFIXES)),
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES | TEXT, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    ),
)
def test_nothing_makes_an_import_fail(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("t") / f"file{suffix}"
    path.write_bytes(content)
    imported = import_transcript(path, clean=True)
    assert imported.text or any(f.severity == "error" for f in imported.findings)
    for finding in imported.findings:
        assert finding.sentence("en")


@pytest.mark.parametrize(
    "content",
    [
        "WEBVTT\n\n" + "-" * 300_000 + "-->",
        "WEBVTT\n\n00:00.000 --> 00:01.000 " + "line:" * 50_000 + " x\nuno",
        "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "<v " * 100_000,
        "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "ehm il il " * 30_000,
        "WEBVTT\n\n" + "00:00.000 --> 00:01.000\nuno\n\n" * 10_000,
        "WEBVTT\n\n00:00.000 --> 00:01.000\n" + " " * 500_000 + "x",
        "a" + " " * 300_000 + "- x\n" * 10,
    ],
    ids=range(7),
)
@pytest.mark.parametrize("suffix", [".vtt", ".srt", ".txt"])
def test_long_files_take_bounded_time(content: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_text(content, encoding="utf-8")
    with bounded():
        import_transcript(path, clean=True)


def test_a_file_too_big_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.intake.transcripts.SIZE_LIMIT", 10)
    path = tmp_path / "file.vtt"
    path.write_text("WEBVTT\n\nlungo")
    assert [f.code.id for f in import_transcript(path, clean=False).findings] == ["I025"]
    pipe = tmp_path / "pipe.vtt"
    os.mkfifo(pipe)
    assert [f.code.id for f in import_transcript(pipe, clean=False).findings] == ["I002"]
    absent = import_transcript(tmp_path / "manca.vtt", clean=False)
    assert [f.code.id for f in absent.findings] == ["I002"]


@pytest.mark.parametrize(
    ("time", "expected"),
    [("0:0:1.720", 1.72), ("1:02", 62), ("00:00:01,5", 1.5), ("0:75", None), ("1:75:00", None),
     ("9999:00:00", None), ("x", None), ("75:00", 4500)],
)  # fmt: skip
def test_times(time: str, expected: float | None) -> None:
    assert seconds(time) == (pytest.approx(expected) if expected is not None else None)
