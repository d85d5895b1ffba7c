"""Every other format, laid out as its program writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from book.intake.transcripts import looks_like_transcript
from book.intake.transcripts.cues import Reading
from tests.support.transcripts import codes, docx, zipped

Read = Callable[..., Reading]
SAMPLES = Path(__file__).parent / "samples"


def said(reading: Reading) -> list[tuple[str | None, float | None, str]]:
    return [(cue.speaker, cue.start, cue.text) for cue in reading.cues]


def test_srt(sample: Callable[[str], Reading]) -> None:
    assert said(sample("youtube.srt")) == [
        (None, 0.16, "buongiorno a tutti"),
        (None, 2.48, "oggi parliamo del tavolo"),
    ]


def test_srt_without_numbers_and_with_empty_lines(read: Read) -> None:
    text = "rumore\n\n00:00:01,000 --> 00:00:02,000\nuno\n\ndue\n\n00:00:03.5 --> 00:00:04\n7\n"
    reading = read(text, ".srt")
    assert said(reading) == [(None, 1.0, "uno\ndue"), (None, 3.5, "7")]
    assert [(f.code.id, f.line) for f in reading.findings] == [("I005", 1)]


def test_srt_tags_and_broken_times(read: Read) -> None:
    reading = read(
        "1\n00:00:99,000 --> x\n<i>uno</i>\n\n2\n0:0:1,0 --> 0:0:0,5\n{\\an8}due", ".srt"
    )
    assert said(reading) == [(None, 1.0, "due")]
    reading = read("1\n00:00:99,000 --> 00:01:00,000\nuno\n", ".srt")
    assert said(reading) == [(None, 60.0, "uno")]
    assert codes(reading) == ["I007"]


def test_sbv(sample: Callable[[str], Reading]) -> None:
    reading = sample("youtube.sbv")
    assert said(reading)[1] == (None, 2.48, "oggi parliamo\ndel tavolo")
    assert not reading.findings


def test_sbv_lines_before_the_first_time_are_told(read: Read) -> None:
    reading = read("prima\n\n0:00:01.000,0:00:02.000\nuno[br]due\n", ".sbv")
    assert said(reading) == [(None, 1.0, "uno\ndue")]
    assert codes(reading) == ["I005"]


def test_whisper(sample: Callable[[str], Reading]) -> None:
    cues = sample("whisper.json").cues
    assert [cue.line for cue in cues] == [1, 2, 3, 4]
    assert cues[0].confidence == pytest.approx(0.81, abs=0.01)
    assert cues[1].confidence == pytest.approx(0.24, abs=0.01)


def test_whisper_with_speakers_and_loops(read: Read) -> None:
    segments = [
        {"start": 0, "end": 1, "text": "uno", "speaker": "SPEAKER_00", "compression_ratio": 3.1},
        {"start": "x", "end": None, "text": "due"},
        {"start": 1e400, "text": "tre"},
        {"senza": "testo"},
    ]
    reading = read(json.dumps({"segments": segments}), ".json")
    assert said(reading) == [("SPEAKER_00", 0.0, "uno"), (None, 1.0, "due"), (None, 1.0, "tre")]
    assert reading.cues[0].confidence == 0.0
    assert sorted(codes(reading)) == ["I005", "I007", "I007"]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "null", '{"segments": 3}', "\ud7ff"])
def test_json_that_is_no_transcript(read: Read, text: str) -> None:
    assert not read(text, ".json").cues


def test_teams_newer_docx(read: Read) -> None:
    paragraphs = [
        "Riunione di prova-20230920_093000-Registrazione",
        "20 settembre 2023, 09:30AM",
        "1h 2m 3s",
        "Facilitatrice ha avviato la trascrizione",
        "Facilitatrice   0:03\nBuongiorno. È presto.",
        "Operatrice (Guest)   0:45\nArrivo\nsubito.",
        "Facilitatrice   1:02:03\nGrazie.",
        "Facilitatrice ha interrotto la trascrizione",
    ]
    reading = read(docx(paragraphs), ".docx")
    assert said(reading) == [
        ("Facilitatrice", 3.0, "Buongiorno. È presto."),
        ("Operatrice (Guest)", 45.0, "Arrivo"),
        ("Operatrice (Guest)", 45.0, "subito."),
        ("Facilitatrice", 3723.0, "Grazie."),
    ]
    assert reading.title == "Riunione di prova-20230920_093000-Registrazione"
    assert codes(reading) == ["I020"] * 4


@pytest.mark.parametrize("joined", [True, False])
def test_teams_older_docx(read: Read, joined: bool) -> None:
    turns = [
        ("0:0:0.0 --> 0:0:1.720", "Facilitatrice", "Buongiorno, è l'ora."),
        ("0:0:2.100 --> 0:0:4.0", "Assistente sociale", "Perché così presto?"),
        ("0:1:2.0 --> 0:1:3.0", "Senza nome."),
    ]
    paragraphs = ["\n".join(t) for t in turns] if joined else [line for t in turns for line in t]
    assert said(read(docx(paragraphs), ".docx")) == [
        ("Facilitatrice", 0.0, "Buongiorno, è l'ora."),
        ("Assistente sociale", 2.1, "Perché così presto?"),
        (None, 62.0, "Senza nome."),
    ]


@pytest.mark.parametrize("is_word", [True, False])
def test_meet(read: Read, is_word: bool) -> None:
    text = (SAMPLES / "meet.txt").read_text(encoding="utf-8")
    reading = read(docx(text.split("\n")), ".docx") if is_word else read(text, ".txt")
    assert reading.title == "Secondo incontro"
    assert [(c.speaker, c.start, c.exact) for c in reading.cues] == [
        ("Facilitatrice", 0.0, True),
        ("Educatore", 0.0, False),
        ("Facilitatrice", 0.0, False),
        ("Presentazione di Educatore", 310.0, True),
        ("Educatore", 310.0, False),
    ]
    assert reading.cues[1].text == "Una cosa: le chiavi."
    left_out = " ".join(str(f.values.get("text")) for f in reading.findings)
    assert "terminata dopo 00:06:30" in left_out
    assert "20 set 2023" in left_out
    assert "generata al computer" in left_out


def test_plain(sample: Callable[[str], Reading]) -> None:
    reading = sample("plain.txt")
    assert said(reading) == [
        ("Facilitatrice", None, "Chi vuole cominciare?"),
        ("Assistente sociale", 20.0, "Comincio io."),
        ("Assistente sociale", 20.0, "Il tavolo era in ritardo."),
        ("Partecipante 1", 65.0, "Anch'io."),
        ("Partecipante 1", 65.0, "10:30 Meeting: si parla d'altro."),
        ("Facilitatrice", 120.0, "Grazie."),
    ]


def test_speakers_are_not_invented(read: Read) -> None:
    text = "Facilitatrice: Una regola: chi parla ascolta.\nFacilitatrice: Due.\nNota bene: tre.\n"
    reading = read(text, ".txt")
    assert {cue.speaker for cue in reading.cues} == {"Facilitatrice"}
    assert reading.cues[-1].text == "Nota bene: tre."
    assert codes(reading) == ["I019"]


def test_no_label_in_a_file_that_has_none(read: Read) -> None:
    body = "\n\n".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{t}"
        for n, t in enumerate(["Dico una cosa: no.", "e poi", "ancora", "Attenzione: qui", "basta"])
    )
    reading = read(f"WEBVTT\n\n{body}", ".vtt")
    assert {cue.speaker for cue in reading.cues} == {None}


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.vtt", b"", True),
        ("a.SRT", b"", True),
        ("a.json", b'{"text": "", "segments": [', True),
        ("a.json", b'{"name": 1}', False),
        ("a.txt", "Facilitatrice: sì.\nEducatore: no.\n".encode(), True),
        ("a.txt", b"Una lettera.\n\nCara redazione,\nvi scrivo.\n", False),
        ("a.docx", docx(["Facilitatrice   0:03\nSì.", "Educatore   0:05\nNo."]), True),
        ("a.docx", docx(["Una relazione", "Il tavolo si è riunito."]), False),
        ("Riunione_trascrizione.docx", b"PK\x03\x04", True),
        ("a.odt", b"", False),
    ],
)
def test_what_looks_like_a_transcript(name: str, head: bytes, expected: bool) -> None:
    assert looks_like_transcript(name, head) is expected


@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        (b"\xff\xfe" + "WEBVTT\n\n00:01.000 --> 00:02.000\nperché".encode("utf-16-le"), ".vtt", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nperché".encode("cp1252"), ".vtt", 3),
        (b"PK\x03\x04 rotto", ".docx", 2),
        (zipped({"altro.xml": "<a/>"}), ".docx", 2),
        (zipped({"word/document.xml": "<a><b></a>"}), ".docx", 2),
        (zipped({"word/document.xml": "<a>" + " " * 3_000_000 + "</a>"}), ".docx", 25),
    ],
)
def test_bad_files_are_findings(read: Read, content: bytes, suffix: str, code: int) -> None:
    assert f"I{code:03}" in codes(read(content, suffix))


def test_entities_of_a_word_file_are_not_resolved(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "segreto.txt"
    secret.write_text("SEGRETO")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{w}"><w:body>'
        "<w:p><w:r><w:t>Sala   0:01</w:t><w:br/><w:t>&x;fine</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    reading = read(zipped({"word/document.xml": xml}), ".docx")
    assert not reading.cues
    assert "SEGRETO" not in repr(reading)
    assert codes(reading) == ["I002"]


def test_tracked_changes_are_accepted(read: Read) -> None:
    inside = (
        "<w:p><w:r><w:t>Sala   0:01</w:t><w:br/></w:r><w:ins><w:r><w:t>nuovo</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>vecchio</w:delText></w:r></w:del></w:p>"
    )
    reading = read(docx([], inside=inside), ".docx")
    assert said(reading) == [("Sala", 1.0, "nuovo")]
    assert "I026" in codes(reading)
