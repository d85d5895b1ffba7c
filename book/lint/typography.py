"""Accents, apostrophes, spaces and signs: each rule with its finding and, where sure, its repair.

The rules are those of the house (Italian norms: «perché» acute, «È» accented, «un po’», «qual è»,
«…» outside and “…” inside, spaced en dashes, three dots). What the build sets by itself – straight
quotation marks and apostrophes, three dots, a hyphen between spaces – is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from book.findings import Code, Finding
from book.lint import italian_words as words
from book.lint import language_codes as codes
from book.lint.prose import Block, Kind, Prose
from book.markdown.typography import OBJECT

_CONTEXT = 12
_APOSTROPHES = "'’"


@dataclass(frozen=True)
class Rule:
    """A pattern on the mask, what it gives, and what to write instead.

    ``write`` is a template of :meth:`re.Match.expand`, a function of the match, or None when
    only a person can say. ``sure`` rules are repaired by ``--fix``.
    """

    code: Code
    pattern: re.Pattern[str]
    write: str | Callable[[re.Match[str]], str] | None = None
    sure: bool = True
    kinds: frozenset[Kind] = frozenset(Kind)

    def proposal(self, match: re.Match[str]) -> str | None:
        """What should stand in the place of the match."""
        if self.write is None or isinstance(self.write, str):
            return None if self.write is None else match.expand(self.write)
        return self.write(match)


@dataclass(frozen=True)
class Fault:
    """A rule that a place breaks: offsets in the file, what to write there (None: unknown)."""

    rule: Rule
    block: Block
    start: int
    end: int
    proposal: str | None


def _listed(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """The table's word for the match, in the match's case."""

    def write(match: re.Match[str]) -> str:
        found = match[0]
        right = table[words.key(found)]
        if found.isupper() and len(found) > 1:
            return right.upper()
        return right[0].upper() + right[1:] if found[0].isupper() else right

    return write


def _one_of(table: dict[str, str], after: str = r"(?![\w’'])") -> re.Pattern[str]:
    """A pattern for the table's words, longest first, with either apostrophe."""
    listed = "|".join(
        re.escape(word).replace("'", "['’]") for word in sorted(table, key=lambda w: (-len(w), w))
    )
    return re.compile(rf"(?<![\w’'-])(?:{listed}){after}", re.I)


_PROSE = frozenset({Kind.MATTER, Kind.HEADING, Kind.TEXT})
_BODY = frozenset({Kind.HEADING, Kind.TEXT})

RULES: tuple[Rule, ...] = (
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([^\W\d_]*ch)è(?!\w)", re.I), r"\1é"),
    Rule(
        codes.ACCENT,
        re.compile(r"(?<!\w)((?:vent|trent|quarant|cinquant)[^\W\d_]{0,4}tr)è\b"),
        r"\1é",
    ),
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([a-zàèéìòù]+)á(?!\w)"), r"\1à"),
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([a-zàèéìòù]+)ó(?!\w)"), r"\1ò"),
    Rule(codes.ACCENT, _one_of(words.WRONG_ACCENTS), _listed(words.WRONG_ACCENTS)),
    Rule(codes.NO_ACCENT, _one_of(words.MISSING_ACCENTS), _listed(words.MISSING_ACCENTS)),
    Rule(
        codes.APOSTROPHE_FOR_ACCENT,
        _one_of(words.APOSTROPHES_FOR_ACCENTS, r"(?![\w])"),
        _listed(words.APOSTROPHES_FOR_ACCENTS),
    ),
    Rule(codes.NEEDLESS_ACCENT, _one_of(words.NEEDLESS_ACCENTS), _listed(words.NEEDLESS_ACCENTS)),
    Rule(codes.APOSTROPHE, re.compile(r"(?<!\w)([Qq]ual)['’ ]?['’](è|era|erano)(?!\w)"), r"\1 \2"),
    Rule(
        codes.APOSTROPHE,
        re.compile(rf"(?<!\w)([Uu]n)['’](?=(?:{words.MASCULINE})(?!\w))"),
        r"\1 ",
    ),
    Rule(codes.ELISION, re.compile(rf"(?<!\w)([Uu]n) (?=(?:{words.FEMININE})(?!\w))"), r"\1’"),
    Rule(codes.APOSTROPHE_SIGN, re.compile(r"(?<=[^\W\d_])[´`‘′ʼ](?=[^\W\d_])"), "’"),
    Rule(
        codes.APOSTROPHE_SPACE,
        re.compile(rf"(?<![\w'’])({words.ELIDED})(['’]) +(?=[aeiouhàèéìòùAEIOUHÈ])", re.I),
        r"\1\2",
    ),
    Rule(
        codes.SPACE_BEFORE,
        re.compile(
            r"(?<=[^\W_][*_»”)\]])[ \t]+(?=[,;:.?!](?:[\s»”)*_]|\Z))|"
            r"(?<=[^\W_])[ \t]+(?=[,;:.?!](?:[\s»”)*_]|\Z))"
        ),
        "",
        kinds=_BODY,
    ),
    Rule(
        codes.SPACE_BEFORE,
        re.compile(r"(?<=[^\W_])[ \t]+(?=[,;.](?:[\s»”)]|\Z))"),
        "",
        kinds=frozenset({Kind.MATTER}),
    ),
    Rule(codes.SPACE_INSIDE, re.compile(r"(?<=[«(“])[ \t\u00a0\u202f]+(?=[\w*])"), ""),
    Rule(codes.SPACE_INSIDE, re.compile(r"(?<=[\w*.!?…])[ \t\u00a0\u202f]+(?=[»”)])"), ""),
    Rule(
        codes.SPACE_MISSING,
        re.compile(r"(?<=[a-zàèéìòù])([,;])(?=[A-Za-zÀ-ÿ])"),
        r"\1 ",
        sure=False,
        kinds=_BODY,
    ),
    Rule(
        codes.SPACE_MISSING,
        re.compile(r"(?<=[a-zàèéìòù]{3})([.?!])(?=[A-ZÈ][a-zàèéìòù]{2})"),
        r"\1 ",
        sure=False,
        kinds=_BODY,
    ),
    Rule(
        codes.SPACE_DOUBLED, re.compile(rf"(?<=[^\s{OBJECT}|]) {{2,}}(?=[^\s|])"), " ", kinds=_PROSE
    ),
    Rule(codes.DOTS, re.compile(r"(?<![.…])(?:\.{4,}|…\.+|\.+…)(?!\.)"), "…", kinds=_BODY),
    Rule(codes.DOTS, re.compile(r"(?<=[^\W\d_])\.\.(?=\s|\Z)"), ".", sure=False, kinds=_BODY),
    Rule(codes.DASH, re.compile(r"(?<=[^\s—] )—(?= [^\s—])"), "–"),
    Rule(codes.DASH_SPACE, re.compile(r"(?<=[^\W\d_]{2}) -(?=[^\W\d_]{3})"), kinds=_BODY),
    Rule(
        codes.QUOTES,
        re.compile(r"“([^“”«»\"]{1,500})”"),
        r"«\1»",
        kinds=frozenset({Kind.TEXT, Kind.TABLE}),
    ),
    Rule(codes.QUOTES, re.compile(r"<<(?!<)([^<>\n]{1,500})>>"), r"«\1»", kinds=_BODY),
    Rule(codes.ORDINAL, re.compile(r"(?<!\w)([IVX]{1,7}) ?[°º](?!\w)"), r"\1"),
    Rule(
        codes.DEGREE,
        re.compile(
            r"((?:(?<!\w)(?:[Ii]l|[Aa]l|[Dd]el|[Nn]el|[Dd]al) |[Ll]['’])\d{1,2})°"
            r"(?= [a-zàèéìòù]{4})"
        ),
        r"\1º",
    ),
)


def faults(prose: Prose) -> Iterator[Fault]:
    """What breaks the rules, in no order."""
    for block, mask in prose.pieces():
        for rule in RULES:
            if block.kind not in rule.kinds:
                continue
            for match in rule.pattern.finditer(mask):
                if rule.code is codes.QUOTES and _is_inside(mask, match.start()):
                    continue
                start, end = block.start + match.start(), block.start + match.end()
                yield Fault(rule, block, start, end, rule.proposal(match))


def _is_inside(mask: str, offset: int) -> bool:
    """Whether the place is inside a quotation: “…” belong there."""
    before = mask[:offset]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1


def check(prose: Prose) -> list[Finding]:
    """A finding for each fault of a chapter."""
    return [_finding(prose, fault) for fault in faults(prose)]


def _finding(prose: Prose, fault: Fault) -> Finding:
    """The finding; what is written and proposed come with the words that they stand between."""
    text, start, end = prose.text, fault.start, fault.end
    before = re.search(r"[\w’'.]*\Z", text[max(start - _CONTEXT, 0) : start])
    after = re.match(rf"[,;:.?!»”)]?[\w’']{{0,{_CONTEXT}}}", text[end:])
    head, tail = before[0] if before else "", after[0] if after else ""
    proposal = f"{head}{fault.proposal}{tail}" if fault.proposal is not None else ""
    written = " ".join(f"{head}{text[start:end]}{tail}".split("\n"))
    return fault.rule.code.at(*prose.place(start), written=written, proposal=proposal)
