"""Cues become turns: merged, cleaned of what machines add, with nothing lost in silence."""

from __future__ import annotations

from collections.abc import Callable

from book.findings import Finding
from book.intake.transcripts.clean import Change, clean, clean_text
from book.intake.transcripts.cues import Cue, Reading
from book.intake.transcripts.turns import Paragraph, Piece, Turn, turns_of

FILE = "file.vtt"


def cue(start: float, text: str, speaker: str | None = "Sala", *, lasts: float = 1.0) -> Cue:
    return Cue(start, start + lasts, speaker, text, int(start) + 1)


def said(turns: list[Turn]) -> list[tuple[str | None, list[str]]]:
    return [(turn.speaker, [p.text for p in turn.paragraphs]) for turn in turns]


def ids(findings: list[Finding]) -> list[str]:
    return [finding.code.id for finding in findings]


def test_the_same_speaker_is_one_turn_and_sentences_are_joined() -> None:
    cues = [
        cue(0, "Ho visto\nche"),
        cue(1, "il tavolo c'è."),
        cue(20, "Bene."),
        cue(22, "Sì.", "Altro"),
    ]
    turns, findings = turns_of(cues, FILE)
    assert said(turns) == [("Sala", ["Ho visto che il tavolo c'è. Bene."]), ("Altro", ["Sì."])]
    assert not findings


def test_a_long_silence_starts_a_new_turn() -> None:
    turns, _ = turns_of([cue(0, "Uno."), cue(100, "Due.")], FILE)
    assert [turn.start for turn in turns] == [0, 100]


def test_paragraphs_end_with_sentences() -> None:
    long = "parola " * 60
    cues = [
        cue(0, f"{long}."),
        cue(9, "Poi"),
        cue(10, f"{long}{long}"),
        cue(11, "fine."),
        cue(12, "E"),
    ]
    (turn,), _ = turns_of(cues, FILE)
    assert [len(p.text.split()) for p in turn.paragraphs] == [61, 122, 1]
    assert [p.start for p in turn.paragraphs] == [0, 9, 12]


def test_rolling_captions_stay_once(sample: Callable[[str], Reading]) -> None:
    turns, findings = turns_of(sample("youtube.vtt").cues, FILE)
    assert said(turns) == [(None, ["buongiorno a tutti oggi parliamo del tavolo [Musica]"])]
    assert ids(findings) == ["I010", "I015"]


def test_what_was_said_twice_stays_twice() -> None:
    cues = [
        cue(n, text) for n, text in enumerate(["Sì.", "Sì.", "No.", "Forse.", "Ecco.", "Bene."])
    ]
    turns, findings = turns_of(cues, FILE)
    assert said(turns)[0][1] == ["Sì. Sì. No. Forse. Ecco. Bene."]
    assert not findings


def test_a_recogniser_in_a_loop() -> None:
    turns, findings = turns_of([cue(n, "e quindi") for n in range(7)], FILE)
    assert said(turns) == [("Sala", ["e quindi"])]
    assert [(f.code.id, f.values["count"]) for f in findings] == [("I011", 7)]


def test_words_that_nobody_spoke(sample: Callable[[str], Reading]) -> None:
    turns, findings = turns_of(sample("whisper.json").cues, FILE)
    assert ids(findings) == ["I012", "I013", "I014", "I015"]
    assert "Amara" not in repr(turns)
    assert "Grazie per la visione!" in turns[0].paragraphs[0].text
    assert turns[0].paragraphs[0].pieces[1] == Piece("Il tavolo è aperto.", 2.4)


def test_the_closers_of_subtitles() -> None:
    for text in (
        "Sottotitoli creati dalla comunità Amara.org",
        "Sottotitoli e revisione a cura di QTSS",
        "Sottotitoli a cura di QTSS.",
    ):
        turns, findings = turns_of([cue(0, "Ciao."), cue(1, text)], FILE)
        assert said(turns) == [("Sala", ["Ciao."])]
        assert ids(findings) == ["I012"]


def test_guests_and_shared_screens() -> None:
    cues = [
        cue(0, "Uno.", "Operatrice (Guest)"),
        cue(1, "Due.", "operatrice"),
        cue(2, "Tre.", "Educatore's Presentation"),
    ]
    turns, findings = turns_of(cues, FILE)
    assert said(turns) == [("Operatrice", ["Uno. Due."]), (None, ["Tre."])]
    assert ids(findings) == ["I017", "I018", "I015"]


def test_times_are_estimated_between_those_given(sample: Callable[[str], Reading]) -> None:
    turns, findings = turns_of(sample("meet.txt").cues, FILE)
    starts = [turn.start for turn in turns]
    assert starts[0] == 0
    assert starts[3] == 310
    assert starts == sorted(start for start in starts if start is not None)
    assert "I021" in ids(findings)


def test_no_times_and_times_backwards() -> None:
    _, findings = turns_of([Cue(None, None, "Sala", "Uno.", 1)], FILE)
    assert ids(findings) == ["I022"]
    _, findings = turns_of([cue(60, "Uno."), cue(5, "Due.")], FILE)
    assert ids(findings) == ["I008"]


def test_a_gap_gets_its_time() -> None:
    turns, _ = turns_of([cue(3723, "Dicevo [incomprensibile] e poi (inudibile).")], FILE)
    assert said(turns)[0][1] == ["Dicevo [incomprensibile 01:02:03] e poi [inudibile 01:02:03]."]


def test_clean_verbatim_tells_each_change() -> None:
    for before, after in (
        ("Ehm, allora cominciamo.", "Allora cominciamo."),
        ("Il il tavolo, cioè cioè la rete.", "Il tavolo, cioè la rete."),
        ("Abbiamo fatto abbiamo fatto un patto.", "Abbiamo fatto un patto."),
        ("Il pro- progetto, uhm, va.", "Il progetto, va."),
        ("Mmm.", "."),
    ):
        changes: list[Change] = []
        assert clean_text(before, 1, changes) == after
        assert changes


def test_clean_verbatim_leaves_what_means_something() -> None:
    for text in ("Molto molto bene.", "Piano piano.", "Sì sì.", "Hanno anni.", "Emma è l'em."):
        changes: list[Change] = []
        assert clean_text(text, 1, changes) == text
        assert not changes


def test_a_turn_of_fillers_goes() -> None:
    turn = Turn("Sala", (Paragraph(0, 4, (Piece("Ehm"),)),))
    turns, changes = clean([turn])
    assert not turns
    assert [(c.line, c.before, c.after) for c in changes] == [(4, "Ehm", "")]
