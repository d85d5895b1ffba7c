"""Lists made by hand, with a bullet or a number and a space, become lists; torn ones are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.intake.documents import codes as codes
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
"""Characters that stand for nothing but a list."""
_MAYBE = ("-", "–", "—", "*", "o", "§")
"""Dashes also begin a dialogue: one alone makes no list."""
_NUMBER = re.compile(r"(\d{1,2}|[a-z])([.)])")


@dataclass(frozen=True)
class Mark:
    """How a paragraph begins: the sign, its number (0 for bullets), whether it is sure."""

    sign: str
    number: int = 0
    sure: bool = False

    def goes_on(self, last: Mark) -> bool:
        """Whether an entry with this mark follows one with ``last``."""
        if not self.number:
            return self.sign == last.sign and not last.number
        return self.sign == last.sign and self.number == last.number + 1


def apply(draft: Draft) -> None:
    """Make lists of runs of marked paragraphs; then join lists that nothing parts."""

    def listed(blocks: Blocks) -> Blocks:
        return _tight(_joined(_made(blocks, draft)))

    change_blocks(draft.blocks, listed)


def marked(inlines: Inlines) -> Mark | None:
    """The mark that a paragraph begins with, if it does."""
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


def _made(blocks: Blocks, draft: Draft) -> Blocks:
    result: Blocks = []
    index = 0
    while index < len(blocks):
        run = _run(blocks, index)
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


def _run(blocks: Blocks, start: int) -> list[Mark]:
    """The marks of the paragraphs from ``start`` on that make one list; none if they do not."""
    run: list[Mark] = []
    for block in blocks[start:]:
        mark = marked(block["c"]) if is_paragraph(block) else None
        if mark is None or (run and not mark.goes_on(run[-1])):
            break
        run.append(mark)
    return run if len(run) > 1 or (run and run[0].sure) else []


def _list(run: list[Mark]) -> Node:
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
    word: str = inlines[0]["c"]
    if mark.sure and len(word) > 1:
        return [node("Str", word[1:]), *inlines[1:]]
    rest = inlines[1:]
    return rest[1:] if rest and rest[0]["t"] == "Space" else rest


def _entries(block: Node) -> list[Blocks]:
    entries: list[Blocks] = block["c"] if block["t"] == "BulletList" else block["c"][1]
    return entries


def _joined(blocks: Blocks) -> Blocks:
    """Join a list with the list of its kind before it; entries of lists alone belong above."""
    result: Blocks = []
    for block in blocks:
        last = result[-1] if result else None
        if block["t"] in ("BulletList", "OrderedList"):
            if last and last["t"] == block["t"] and _same_style(last, block):
                _entries(last).extend(_entries(block))
            else:
                result.append(block)
            _adopt(_entries(result[-1]))
        else:
            result.append(block)
    return result


def _same_style(first: Node, second: Node) -> bool:
    if first["t"] == "BulletList":
        return True
    (_, style, delimiter), _ = first["c"]
    return bool(second["c"][0][1] == style and second["c"][0][2] == delimiter)


def _adopt(entries: list[Blocks]) -> None:
    """An entry that holds nothing but lists is the continuation of the entry before."""
    for index in range(len(entries) - 1, 0, -1):
        if entries[index] and all(b["t"] in ("BulletList", "OrderedList") for b in entries[index]):
            entries[index - 1].extend(entries.pop(index))
            entries[index - 1][:] = _joined(entries[index - 1])


def _tight(blocks: Blocks) -> Blocks:
    """Lists whose entries are single paragraphs are set tight."""
    for block in blocks:
        if block["t"] in ("BulletList", "OrderedList"):
            entries = [entry for entry in _entries(block) if entry]
            _entries(block)[:] = entries
            if all(sum(is_paragraph(b) for b in entry) < 2 for entry in entries):
                for entry in entries:
                    for inner in entry:
                        inner["t"] = "Plain" if inner["t"] == "Para" else inner["t"]
    return [b for b in blocks if b["t"] not in ("BulletList", "OrderedList") or _entries(b)]
