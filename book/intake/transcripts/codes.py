"""Finding codes for the import of transcripts: I001 to I049."""

from __future__ import annotations

from book.findings import Severity, define
from book.messages import N_

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

NO_CUES = define(
    "I001",
    ERROR,
    N_("nothing in this file reads as a transcript"),
    N_("hand in VTT, SRT, SBV, a Word transcript, Whisper's JSON, or text in lines «Name: words»"),
)
UNREADABLE = define(
    "I002",
    ERROR,
    N_("the file cannot be read: {reason}"),
    N_("export the transcript anew from the program it comes from"),
)
NOT_UTF8 = define(
    "I003",
    WARNING,
    N_("the file is not UTF-8 and was read as {encoding}"),
    N_("compare the accented letters with the original"),
)
NO_SIGNATURE = define(
    "I004",
    WARNING,
    N_("the file does not start with WEBVTT"),
    N_("see whether the beginning of the transcript is missing"),
)
UNUSED_LINE = define(
    "I005",
    WARNING,
    N_("not read as anybody's words and left out: «{text}»"),
    N_("if it was said, write it into the chapter at its place"),
)
NOTE = define(
    "I006",
    HINT,
    N_("a note of the program is left out: «{text}»"),
    N_("nothing to do, unless it says something about the words"),
)
BAD_TIME = define(
    "I007",
    WARNING,
    N_("«{text}» is not a time; the words below it keep the time before"),
    N_("check the time against the recording"),
)
TIMES_BACKWARDS = define(
    "I008",
    WARNING,
    N_("the time {time} comes after {previous}; the order of the file was kept"),
    N_("see whether two recordings were joined, and check the times"),
)
CONTROL_CHARACTER = define(
    "I009",
    HINT,
    N_("characters that cannot be printed ({characters}) became spaces"),
    N_("look at the words on this line"),
)
ROLLING = define(
    "I010",
    HINT,
    N_("the captions roll: repeated lines left out: {count}"),
    N_("nothing to do; every line stays once"),
)
REPEATED = define(
    "I011",
    WARNING,
    N_("«{text}» comes {count} times running, as speech recognition does; it stays once"),
    N_("listen to the recording at {time}"),
)
HALLUCINATION = define(
    "I012",
    WARNING,
    N_("speech recognition's own words are left out: «{text}»"),
    N_("if somebody really said so at {time}, write it into the chapter"),
)
PERHAPS_HALLUCINATION = define(
    "I013",
    WARNING,
    N_("«{text}» is what speech recognition writes where nobody speaks"),
    N_("listen to the recording at {time}, and delete it if nobody says so"),
)
DOUBTFUL = define(
    "I014",
    WARNING,
    N_("speech recognition was not sure of «{text}»"),
    N_("listen to the recording at {time}; the place is marked in the chapter with a comment"),
)
NO_SPEAKER = define(
    "I015",
    WARNING,
    N_("the file does not say who speaks here; passages of this kind: {count}"),
    N_("write the speaker's abbreviation in place of the question mark, and the role in speakers"),
)
ROLE_WANTED = define(
    "I016",
    WARNING,
    N_("the role of «{speaker}» is not known"),
    N_("write it in the chapter's speakers in place of «da indicare»"),
)
SUFFIX = define(
    "I017",
    HINT,
    N_("«{suffix}» was taken off the speaker «{speaker}»"),
    N_("nothing to do"),
)
SHARED_SCREEN = define(
    "I018",
    WARNING,
    N_("«{label}» is a shared screen and nobody who speaks; its words have no speaker"),
    N_("listen to the recording at {time} and name the speaker"),
)
NOT_A_SPEAKER = define(
    "I019",
    HINT,
    N_("«{label}:» was taken as words, not as a speaker"),
    N_("if it is a speaker, write the name in bold with the colon at the start of a paragraph"),
)
PROGRAM_LINE = define(
    "I020",
    HINT,
    N_("a line of the program is left out: «{text}»"),
    N_("nothing to do"),
)
ESTIMATED_TIMES = define(
    "I021",
    HINT,
    N_("the file gives a time only now and then; the times between are estimated"),
    N_("check those that matter against the recording"),
)
NO_TIMES = define(
    "I022",
    HINT,
    N_("the file has no times; the chapter has neither time marks nor sections"),
    N_("set headings by hand, with {{time=00:12:35}} where the time is known"),
)
CLEANED = define(
    "I023",
    HINT,
    N_("clean verbatim: «{before}» became «{after}»"),
    N_("put it back if the repetition means something"),
)
GUESSED_TITLE = define(
    "I024",
    HINT,
    N_("the title «{title}» comes from the file"),
    N_("write the chapter's title; guesses are marked «da verificare»"),
)
TOO_BIG = define(
    "I025",
    ERROR,
    N_("the file is too big: {size} bytes, at most {limit}"),
    N_("hand in the transcript alone, in parts if need be"),
)
CHANGED_TRACKED = define(
    "I026",
    HINT,
    N_("the Word file has tracked changes; deletions are left out, insertions kept"),
    N_("nothing to do if the changes were meant to be accepted"),
)
