"""Makes lists of paragraphs that begin with a bullet or number, and joins lists that were split."""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    Node,
    change_blocks,
    excerpt,
    is_paragraph,
    node,
)
from book.intake.documents.draft import Draft

_SURE = "•‣▪▫●○◦■□◆◇►▶➢➤✓✔❖❑·∙"
"""Characters that are bullets and nothing else: one paragraph with one makes a list."""
_MAYBE = ("-", "–", "—", "*", "o", "§")
"""Signs that may be bullets. A dash also begins a remark in a dialogue, and «o» is a word, so only
two paragraphs in a row with the same sign make a list."""
_NUMBER = re.compile(r"(\d{1,2}|[a-z])([.)])")
"""Numbers «1.», «1)» and letters «a.», «a)». Two in a row, in order, make a list."""


@dataclass(frozen=True)
class Mark:
    """The mark at the start of a paragraph.

    ``sign`` is the bullet, or the form of the number (``1.``, ``a)``). ``number`` is its value, 0
    for bullets. ``sure`` says whether the mark alone makes a list.
    """

    sign: str
    number: int = 0
    sure: bool = False

    def follows(self, last: Mark) -> bool:
        """Whether an entry with this mark can follow one with the mark ``last``."""
        if not self.number:
            return self.sign == last.sign and not last.number
        return self.sign == last.sign and self.number == last.number + 1


def apply(draft: Draft) -> None:
    """Make lists of runs of marked paragraphs, then join neighbouring lists and make them tight."""

    def listed(blocks: Blocks) -> Blocks:
        return _tighten(_joined(_make_lists(blocks, draft)))

    change_blocks(draft.blocks, listed)


def marked(inlines: Inlines) -> Mark | None:
    """The mark that a paragraph begins with; None if it has none."""
    if not inlines or inlines[0]["t"] != "Str":
        return None
    word: str = inlines[0]["c"]
    is_apart = len(inlines) > 2 and inlines[1]["t"] == "Space"
    if word[0] in _SURE and (is_apart or len(word) > 1):
        return Mark(word[0], sure=True)
    number = _NUMBER.fullmatch(word)
    if not is_apart:
        return None
    if number:
        digits = number[1]
        value = int(digits) if digits.isdigit() else ord(digits) - ord("a") + 1
        return Mark(("1" if digits.isdigit() else "a") + number[2], value)
    return Mark(word) if word in _MAYBE else None


def _make_lists(blocks: Blocks, draft: Draft) -> Blocks:
    """The blocks with each run of marked paragraphs as a list; each list is reported."""
    result: Blocks = []
    index = 0
    while index < len(blocks):
        run = _marked_run(blocks, index)
        if run:
            result.append(_list(run))
            items = blocks[index : index + len(run)]
            draft.report(
                codes.LIST_MADE,
                count=len(run),
                mark=run[0].sign,
                words=excerpt(_unmarked(items[0]["c"], run[0])),
            )
            result[-1]["c"] = _with_items(result[-1], items, run)
            index += len(run)
        else:
            result.append(blocks[index])
            index += 1
    return result


def _marked_run(blocks: Blocks, start: int) -> list[Mark]:
    """The marks of the paragraphs from number ``start`` on that make one list; empty if none do."""
    run: list[Mark] = []
    for block in blocks[start:]:
        mark = marked(block["c"]) if is_paragraph(block) else None
        if mark is None or (run and not mark.follows(run[-1])):
            break
        run.append(mark)
    return run if len(run) > 1 or (run and run[0].sure) else []


def _list(run: list[Mark]) -> Node:
    """A list without entries, of the kind of the marks."""
    if not run[0].number:
        return node("BulletList", [])
    style = "Decimal" if run[0].sign[0] == "1" else "LowerAlpha"
    delimiter = "Period" if run[0].sign[1] == "." else "OneParen"
    return node("OrderedList", [[run[0].number, node(style), node(delimiter)], []])


def _with_items(made: Node, items: Blocks, run: list[Mark]) -> list[object]:
    entries = [
        [node("Plain", _unmarked(item["c"], mark))] for item, mark in zip(items, run, strict=True)
    ]
    return list(entries) if made["t"] == "BulletList" else [made["c"][0], entries]


def _unmarked(inlines: Inlines, mark: Mark) -> Inlines:
    """The inlines of a paragraph without its mark."""
    word: str = inlines[0]["c"]
    if mark.sure and len(word) > 1:
        return [node("Str", word[1:]), *inlines[1:]]
    rest = inlines[1:]
    return rest[1:] if rest and rest[0]["t"] == "Space" else rest


def _entries(block: Node) -> list[Blocks]:
    entries: list[Blocks] = block["c"] if block["t"] == "BulletList" else block["c"][1]
    return entries


def _joined(blocks: Blocks) -> Blocks:
    """Join each list with a list of the same kind right before it; documents often split one."""
    result: Blocks = []
    for block in blocks:
        last = result[-1] if result else None
        if block["t"] in ("BulletList", "OrderedList"):
            if last and last["t"] == block["t"] and _same_style(last, block):
                _entries(last).extend(_entries(block))
            else:
                result.append(block)
            _attach_continuations(_entries(result[-1]))
        else:
            result.append(block)
    return result


def _same_style(first: Node, second: Node) -> bool:
    if first["t"] == "BulletList":
        return True
    (_, style, delimiter), _ = first["c"]
    return bool(second["c"][0][1] == style and second["c"][0][2] == delimiter)


def _attach_continuations(entries: list[Blocks]) -> None:
    """Move the lists of entries that hold nothing else to the end of the entry before."""
    # From the end, so that several in a row all reach the entry before them.
    for index in range(len(entries) - 1, 0, -1):
        if entries[index] and all(b["t"] in ("BulletList", "OrderedList") for b in entries[index]):
            entries[index - 1].extend(entries.pop(index))
            entries[index - 1][:] = _joined(entries[index - 1])


def _tighten(blocks: Blocks) -> Blocks:
    """Make lists tight whose entries have one paragraph each; drop empty entries and lists."""
    for block in blocks:
        if block["t"] in ("BulletList", "OrderedList"):
            entries = [entry for entry in _entries(block) if entry]
            _entries(block)[:] = entries
            if all(sum(is_paragraph(b) for b in entry) < 2 for entry in entries):
                for entry in entries:
                    for inner in entry:
                        inner["t"] = "Plain" if inner["t"] == "Para" else inner["t"]
    return [b for b in blocks if b["t"] not in ("BulletList", "OrderedList") or _entries(b)]
