"""Transcripts: speaker turns, time marks, stage directions, cuts and gaps.

A turn starts with a paragraph whose first words are strong and end in a colon: the speaker's label.
A time in brackets before the colon is the time of the turn. It is kept as data and not shown. A
label that fits none of the front matter's speakers stays as written, with a finding: the pipeline
never guesses who spoke.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from book.markdown.codes import LABEL_NOT_BOLD, NOT_A_TIME, TIME_BACKWARDS, UNKNOWN_SPEAKER
from book.markdown.context import Context, suggestion
from book.markdown.dom import HEADINGS, classes, drop, elements, make, name, set_classes, text_of
from book.model.chapter import Speaker, Transcript

_TIME = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)")
_TIMED_LABEL = re.compile(r"(?P<label>.*\S)\s*\[(?P<time>[\d:]{3,9})\]")
_GAP = r"incomprensibile|inudibile|inaudible|voci sovrapposte|audio assente"
_MARKS = re.compile(
    rf"\[(?P<time>\d{{1,2}}(?::\d{{2}}){{1,2}})\]"
    rf"|(?P<cut>\[(?:…|\.\.\.|(?:{_GAP})(?:\s+[\d:]+)?)\])",
    re.I,
)
_CONTINUES = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "div"})
_SKIPPED = frozenset({"code", "pre", "a", "kbd", "samp"})


def apply(root: etree._Element, context: Context) -> None:
    """Give a transcript its turns and marks; other kinds of chapter are left as they are."""
    front_matter = context.source.front_matter
    if not isinstance(front_matter, Transcript):
        return
    marks = _Marks(context, _recording(front_matter, context))
    for element in elements(root, "em"):
        text = text_of(element).strip()
        if text.startswith("[") and text.endswith("]"):
            set_classes(element, [*classes(element), "stage-direction"])
    # After the stage directions, which end a turn.
    _turns(root, _Speakers(front_matter.speakers, context))
    for element in elements(root, *HEADINGS):
        marks.section(element)
    marks.inline(root)
    marks.report_backwards(root)


@dataclass
class _Speakers:
    """The speakers of a transcript by label, and which of them have spoken already.

    A label may be a speaker's id, name, role or short name, in any case. If a label fits two
    speakers, the first one counts.
    """

    speakers: tuple[Speaker, ...]
    context: Context

    def __post_init__(self) -> None:
        self._by_label: dict[str, Speaker] = {}
        for speaker in self.speakers:
            for label in (speaker.id, speaker.name, speaker.role, speaker.short):
                if label:
                    self._by_label.setdefault(label.casefold(), speaker)
        self._introduced: list[Speaker] = []

    def report_plain_label(self, block: etree._Element) -> None:
        """Report a paragraph that starts like a turn, with a label that is not bold."""
        label, colon, _ = (block.text or "").partition(":")
        label = " ".join(label.split())
        if name(block) == "p" and colon and label.casefold() in self._by_label:
            self.context.report(LABEL_NOT_BOLD, block, label, name=label)

    def shown(self, label: str, strong: etree._Element) -> tuple[str, str]:
        """What to show for a label: the name, and at the first turn also role and body.

        Later turns show the short name. An unknown label is reported and stays as it is.
        """
        speaker = self._by_label.get(label.casefold())
        if speaker is None:
            known = [s.label for s in self.speakers]
            self.context.report(
                UNKNOWN_SPEAKER, strong, label, name=label, nearest=suggestion(label, known)
            )
            return label, ""
        if speaker in self._introduced:
            return _capital(speaker.short or speaker.label), ""
        self._introduced.append(speaker)
        details = (speaker.role if speaker.name else None, speaker.organisation)
        return _capital(speaker.label), "".join(f", {d}" for d in details if d)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _turns(root: etree._Element, speakers: _Speakers) -> None:
    """Move the paragraphs with a label, and the blocks that continue them, into turns.

    Only children of the root: a label inside a box or a quote starts no turn.
    """
    turn: etree._Element | None = None
    for child in list(root):
        label = _label(child) if name(child) == "p" else None
        if label is not None:
            turn = make("div", {"class": "turn", "data-line": child.get("data-line", "")})
            if time := _time_of(label, child, speakers.context):
                turn.set("data-time", time)
            child.addprevious(turn)
            turn.tail, child.tail = child.tail, None
            turn.append(child)
            _show_speaker(child, label, speakers)
        elif turn is not None and _continues(child):
            speakers.report_plain_label(child)
            turn[-1].tail, turn.tail = turn.tail, child.tail
            child.tail = None
            turn.append(child)
        else:
            turn = None


def _continues(element: etree._Element) -> bool:
    """Whether a block belongs to the turn before it.

    Headings, boxes and figures end a turn. So does a paragraph that is a stage direction alone.
    """
    if name(element) not in _CONTINUES or "epigraph" in classes(element):
        return False
    only = element[0] if len(element) == 1 else None
    is_direction = only is not None and "stage-direction" in classes(only)
    return not (is_direction and text_of(element).strip() == text_of(element[0]).strip())


def _label(paragraph: etree._Element) -> str | None:
    """The label that a paragraph starts with, without its colon; None if it has none.

    The colon may be inside the strong text or right after it.
    """
    if (paragraph.text or "").strip() or not len(paragraph) or name(paragraph[0]) != "strong":
        return None
    text = " ".join(text_of(paragraph[0]).split())
    if text.endswith(":"):
        return text[:-1].strip() or None
    return text or None if (paragraph[0].tail or "").lstrip().startswith(":") else None


def _time_of(label: str, paragraph: etree._Element, context: Context) -> str | None:
    """The time in a label («Anna [00:12]»); None without one or, with a finding, for a bad one."""
    timed = _TIMED_LABEL.fullmatch(label)
    if timed is None:
        return None
    if seconds(timed["time"]) is None:
        context.report(NOT_A_TIME, paragraph, timed["time"], time=timed["time"])
        return None
    return timed["time"]


def _show_speaker(paragraph: etree._Element, written: str, speakers: _Speakers) -> None:
    """Replace the label of a turn's first paragraph by the speaker's name, role and a dash.

    The label as written stays in ``data-written``: the words of the source are compared with it.
    """
    strong = paragraph[0]
    said = strong.tail or ""
    if not text_of(strong).strip().endswith(":"):
        said = said.lstrip()[1:]
    timed = _TIMED_LABEL.fullmatch(written)
    shown, details = speakers.shown(timed["label"] if timed else written, strong)
    speaker = make("strong", {"class": "speaker"}, shown)
    if shown != written:
        speaker.set("data-written", written)
    new = [speaker]
    if details:
        new.append(make("span", {"class": "speaker-role", "data-generated": ""}, details))
    dash = make("span", {"class": "turn-dash", "data-generated": ""}, " —")
    dash.tail = f" {said.lstrip()}"
    paragraph.text = None
    paragraph[0:1] = [*new, dash]


def _recording(front_matter: Transcript, context: Context) -> str | None:
    """The address of the recording: the front matter's, else that of its meeting; None without."""
    laboratory = context.edition.laboratory
    if front_matter.recording or front_matter.meeting is None or laboratory is None:
        return front_matter.recording
    return next(
        (m.recording for m in laboratory.meetings if m.number == front_matter.meeting), None
    )


def seconds(time: str) -> int | None:
    """``00:12:35`` or ``12:35`` in seconds; None when it is no time."""
    match = _TIME.fullmatch(time.strip())
    if not match:
        return None
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def at_time(recording: str, offset: int) -> str:
    """The address of a moment of a recording, ``offset`` seconds from its start.

    YouTube takes the parameter ``t``. All others get a temporal media fragment (W3C Media
    Fragments URI 1.0, section 4.2.1).
    """
    address, _, _ = recording.partition("#")
    if re.match(r"https?://(www\.|m\.)?(youtube\.com|youtu\.be)/", address):
        address = re.sub(r"([?&])t=[^&]*&?", r"\1", address).rstrip("?&")
        return f"{address}{'&' if '?' in address else '?'}t={offset}"
    return f"{address}#t={offset}"


class _Marks:
    """Marks up the time marks, cuts and gaps of one transcript.

    ``recording`` is the address of the recording, None without one.
    """

    def __init__(self, context: Context, recording: str | None) -> None:
        self.context = context
        self.recording = recording

    def mark(self, time: str) -> etree._Element:
        """A time mark: a link to its moment when there is a recording, else a span."""
        offset = seconds(time)
        attributes = {"class": "time-mark"}
        if self.recording is None or offset is None:
            return make("span", attributes, time)
        return make("a", {**attributes, "href": at_time(self.recording, offset)}, time)

    def section(self, heading: etree._Element) -> None:
        """Put a section's time, which the heading has as an attribute, in a paragraph below it."""
        time = drop(heading, "data-time") or drop(heading, "time")
        if not time:
            return
        if seconds(time) is None:
            self.context.report(NOT_A_TIME, heading, time, time=time)
            return
        line = heading.get("data-line", "")
        paragraph = make("p", {"class": "section-time", "data-generated": "", "data-line": line})
        paragraph.append(self.mark(time.strip()))
        paragraph.tail, heading.tail = heading.tail, "\n"
        heading.addnext(paragraph)

    def inline(self, root: etree._Element) -> None:
        """Mark up the time marks, cuts and gaps in running text."""
        for element in elements(root):
            skipped = [name(e) in _SKIPPED for e in (element, *element.iterancestors())]
            if not any(skipped):
                self._split(element, "text")
            if not any(skipped[1:]):
                self._split(element, "tail")

    def _split(self, element: etree._Element, where: str) -> None:
        """Put elements in the place of the marks in the element's ``text`` or ``tail``."""
        text = getattr(element, where) or ""
        found = list(_MARKS.finditer(text))
        if not found:
            return
        new: list[etree._Element] = []
        for match, following in zip(found, [*found[1:], None], strict=True):
            time = match["time"]
            if time and seconds(time) is None:
                self.context.report(NOT_A_TIME, element, match[0], time=time)
            is_mark = time and seconds(time) is not None
            piece = self.mark(time) if is_mark else make("span", {"class": "cut"}, match[0])
            tail = text[match.end() : following.start() if following else None]
            # A time mark is shown without its brackets. Where only they parted it from a word, a
            # space must.
            if is_mark and (tail[:1].isalnum() or not tail):
                tail = f" {tail}"
            if following and following["time"] and tail[-1:].isalnum():
                tail += " "
            piece.tail = tail
            new.append(piece)
        before = text[: found[0].start()]
        if found[0]["time"] and (before[-1:].isalnum() or (not before and where == "tail")):
            before += " "
        if where == "text":
            element.text = before
            element[0:0] = new
            return
        parent = element.getparent()
        if parent is not None:
            element.tail = before
            index = parent.index(element) + 1
            parent[index:index] = new

    def report_backwards(self, root: etree._Element) -> None:
        """Report time marks and turns whose time is earlier than the one before."""
        previous: tuple[int, str] | None = None
        for mark in elements(root, "a", "span", "div"):
            is_mark = "time-mark" in classes(mark)
            if not is_mark and "turn" not in classes(mark):
                continue
            time = (mark.text if is_mark else mark.get("data-time")) or ""
            now = seconds(time)
            if now is None:
                continue
            if previous and now < previous[0]:
                self.context.report(TIME_BACKWARDS, mark, time, time=time, previous=previous[1])
            previous = (now, time)
