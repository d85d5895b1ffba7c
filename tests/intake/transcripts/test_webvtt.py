"""The cases that the WebVTT specification's own tests are about, one by one.

Each names the file of web-platform-tests (``webvtt/parsing/file-parsing/tests``) that asks the
same. Where a browser drops words, this reader keeps them or says that it did not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from book.intake.transcripts.cues import Reading
from book.intake.transcripts.webvtt import plain

T = "00:00:00.000 --> 00:00:01.000"
Read = Callable[..., Reading]


def texts(reading: Reading) -> list[str]:
    return [cue.text for cue in reading.cues]


def told(reading: Reading) -> str:
    return " ".join(str(value) for f in reading.findings for value in f.values.values())


@pytest.mark.parametrize(
    ("case", "body", "expected"),
    [
        ("ids, leading space", f" prima\n{T}\nuno\n\ndopo \n{T}\ndue", ["uno", "due"]),
        ("ids, broken arrows", f"-- >\n{T}\nuno\n\n->\n{T}\ndue\n\n \n{T}\ntre", 3),
        ("arrows, before a timing", f"-->\n{T}\nuno\n\nx-->\n{T}\ndue\n\n--->\n{T}\ntre", 3),
        ("arrows, no empty line", f"{T}\nuno\n{T}\ndue\n7\n{T}\ntre", ["uno", "due", "tre"]),
        ("newlines, cr", f"id\r{T}\runo\r\rid\r{T}\rdue\r", ["uno", "due"]),
        ("newlines, crlf", f"id\r\n{T}\r\nuno\r\n\r\n{T}\r\ndue", ["uno", "due"]),
        ("newlines, lfcr", f"id\n\r{T}\n\runo", ["uno"]),
        ("whitespace-chars, spaces", "  00:00:00.000   -->  00:00:01.000 \n  uno", ["uno"]),
        ("whitespace-chars, tabs", "\t00:00:00.000\t-->\t00:00:01.000\t\nuno", ["uno"]),
        ("whitespace-chars, none", "00:00:00.000-->00:00:01.000\nuno", ["uno"]),
        ("timings-omitted-hours", "00:00.000 --> 00:01.000\nuno", ["uno"]),
        ("timings-too-long", "000:00:00.000 --> 000:00:01.000\nuno", ["uno"]),
        ("timings-too-short", "0:00:00.000 --> 0:00:01.000\nuno", ["uno"]),
        ("timings-eof", "00:00:00.000 --> 00:00:01.000", []),
        ("settings-multiple", f"{T} align:start position:0% line:-1\nuno", ["uno"]),
        ("settings, unknown", f"{T} region:fred colore:blu\nuno", ["uno"]),
        ("regions-old", f"REGION: id=a width=40%\n\n{T} region:a\nuno", ["uno"]),
        ("stylesheets", f"STYLE\n::cue(#a) {{ }}\n\n{T}\nuno", ["uno"]),
        ("style in a line", f"STYLE e altro\n{T}\nuno", ["uno"]),
        ("note", f"NOTE non si legge\nnemmeno qui\n\n{T}\nuno", ["uno"]),
        ("note, a tab", f"NOTE\tnon si legge\n\n{T}\nuno", ["uno"]),
        ("no note: an id", f"NOTEVOLE\n{T}\nuno", ["uno"]),
        ("speech with an arrow", f"{T}\nda qui --> a là", ["da qui --> a là"]),
        ("speech with an angle", f"{T}\n3 < 5 e 5 > 3", ["3 < 5 e 5 > 3"]),
        ("speech with times", f"{T}\n10:00 --> 11:00 riunione", ["10:00 --> 11:00 riunione"]),
        ("two lines", f"{T}\nuno\ndue", ["uno\ndue"]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_specification(read: Read, case: str, body: str, expected: list[str] | int) -> None:
    found = texts(read(f"WEBVTT\n\n{body}", ".vtt"))
    assert found == expected if isinstance(expected, list) else len(found) == expected


@pytest.mark.parametrize("signature", ["WEBVTT", "WEBVTT ", "WEBVTT\t", "\ufeffWEBVTT"])
def test_signatures(read: Read, signature: str) -> None:
    reading = read(f"{signature}\n\n{T}\nuno", ".vtt")
    assert texts(reading) == ["uno"]
    assert not reading.findings


@pytest.mark.parametrize("signature", ["", "WEBVTTx", "webvtt", "X"])
def test_a_bad_signature_is_told_and_the_words_kept(read: Read, signature: str) -> None:
    reading = read(f"{signature}\n\n{T}\nuno", ".vtt")
    assert texts(reading) == ["uno"]
    assert "I004" in [f.code.id for f in reading.findings]


def test_the_header_may_run_into_the_first_cue(read: Read) -> None:
    reading = read(f"WEBVTT titolo\nKind: captions\n{T}\nuno", ".vtt")
    assert texts(reading) == ["uno"]
    assert "titolo" in told(reading)
    assert texts(read(f"WEBVTT\nrumore\n\n{T}\nuno", ".vtt")) == ["uno"]


@pytest.mark.parametrize(
    "timing",
    ["00:00:75.000 --> 00:01:00.000", "00:61:00.000 --> 01:02:00.000", "-->", "00: --> 00:01"],
)
def test_words_below_a_broken_timing_stay(read: Read, timing: str) -> None:
    reading = read(f"WEBVTT\n\n{T}\nuno\n\n{timing}\ndue\n\n{T}\ntre", ".vtt")
    assert texts(reading) == ["uno", "due", "tre"]
    assert [(f.code.id, f.line) for f in reading.findings] == [("I007", 6)]
    assert reading.cues[1].start == 1.0


def test_an_end_before_the_start_is_the_start(read: Read) -> None:
    (cue,) = read("WEBVTT\n\n00:00:05.000 --> 00:00:04.999\nuno", ".vtt").cues
    assert (cue.start, cue.end) == (5.0, 5.0)


def test_what_follows_an_empty_line_is_told(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{T}\nuno\n\nperduto qui\n\n{T}\ndue", ".vtt")
    assert texts(reading) == ["uno", "due"]
    assert [(f.code.id, f.line, f.values["text"]) for f in reading.findings] == [
        ("I005", 6, "perduto qui")
    ]


def test_an_id_of_many_words_is_told(read: Read) -> None:
    reading = read(f"WEBVTT\n\nuna frase senza il suo tempo\n{T}\nuno", ".vtt")
    assert "una frase senza il suo tempo" in told(reading)


def test_null_and_control_characters_become_spaces(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{T}\nuno\0due\x07tre", ".vtt")
    assert texts(reading) == ["uno due tre"]
    assert reading.findings[0].values["characters"] == "U+0000, U+0007"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>uno</b> <c.giallo>due</c>", "uno due"),
        ("uno<00:00:01.500><c> due</c>", "uno due"),
        ("<lang en>team</lang> <ruby>a<rt>b</rt></ruby>", "team ab"),
        ("l&#39;acqua &amp; &lt;b&gt; &nbsp;è", "l'acqua & <b> \xa0è"),
        ("a < b <non un tag>", "a < b <non un tag>"),
        ("&amp;amp;", "&amp;"),
    ],
)
def test_cue_text(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_voices(read: Read) -> None:
    body = f"{T}\n<v Sala>Sì.</v>\n<v.forte Assistente sociale>Ecco,\nandiamo. <v Sala>Bene"
    cues = read(f"WEBVTT\n\n{body}", ".vtt").cues
    assert [(c.speaker, c.text, c.line) for c in cues] == [
        ("Sala", "Sì.", 4),
        ("Assistente sociale", "Ecco,\nandiamo.", 5),
        ("Sala", "Bene", 6),
    ]


def test_zoom(sample: Callable[[str], Reading]) -> None:
    reading = sample("zoom.vtt")
    assert not reading.findings
    assert [(c.speaker, c.start) for c in reading.cues][:3] == [
        ("Facilitatrice", 3.12),
        ("Facilitatrice", 5.96),
        ("Assistente sociale", 9.01),
    ]
    assert reading.cues[2].text == "Alle 10:30 ho lo sportello: da qui --> a là."


def test_teams(sample: Callable[[str], Reading]) -> None:
    reading = sample("teams.vtt")
    assert [(c.speaker, c.text, c.confidence) for c in reading.cues] == [
        ("Facilitatrice", "Apriamo con la L'Aquila & dintorni", 0.21),
        ("Operatrice (Guest)", "Buongiorno, eccomi.", None),
        ("Facilitatrice", "Bene.", None),
        ("Operatrice (Guest)", "Anche da noi.", None),
    ]
    assert "un appunto di chi ha registrato" in told(reading)
    assert "color: white" in told(reading)
