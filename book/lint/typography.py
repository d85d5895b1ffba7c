"""The rules on accents, apostrophes, spaces and signs, each with its code and its repair.

They are the norms of Italian that the house follows: «perché» with an acute accent, «È» with an
accent, «un po’», «qual è», «…» outside and “…” inside of quotations, spaced en dashes, three dots.
What the build corrects by itself (straight quotation marks and apostrophes, three dots, a hyphen
between spaces) gives no finding.
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
"""Characters on both sides of a fault from which a finding takes whole words, for recognition."""
_APOSTROPHES = "'’"


@dataclass(frozen=True)
class Rule:
    """A pattern to find in the mask, the code of its findings, and what to write instead.

    ``write`` is a template for :meth:`re.Match.expand`, a function of the match, or None when only
    a person can decide. ``--fix`` repairs the faults of rules that are ``sure``. ``kinds`` are the
    kinds of blocks in which the rule applies.
    """

    code: Code
    pattern: re.Pattern[str]
    write: str | Callable[[re.Match[str]], str] | None = None
    sure: bool = True
    kinds: frozenset[Kind] = frozenset(Kind)

    def proposal(self, match: re.Match[str]) -> str | None:
        """The text to write in the place of the match; None when only a person can decide."""
        if self.write is None or isinstance(self.write, str):
            return None if self.write is None else match.expand(self.write)
        return self.write(match)


@dataclass(frozen=True)
class Fault:
    """A place that breaks a rule: its offsets in the file, and the text to write there or None."""

    rule: Rule
    block: Block
    start: int
    end: int
    proposal: str | None


def _replacement_from(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """A function that gives the right form of a match from ``table``, in the case of the match."""

    def write(match: re.Match[str]) -> str:
        found = match[0]
        right = table[words.key(found)]
        if found.isupper() and len(found) > 1:
            return right.upper()
        return right[0].upper() + right[1:] if found[0].isupper() else right

    return write


def _any_of(table: dict[str, str], after: str = r"(?![\w’'])") -> re.Pattern[str]:
    """A pattern of the words in ``table`` with either apostrophe; a longer word comes first."""
    listed = "|".join(
        re.escape(word).replace("'", "['’]") for word in sorted(table, key=lambda w: (-len(w), w))
    )
    return re.compile(rf"(?<![\w’'-])(?:{listed}){after}", re.I)


_PROSE = frozenset({Kind.MATTER, Kind.HEADING, Kind.TEXT})
_BODY = frozenset({Kind.HEADING, Kind.TEXT})

# In the patterns, OBJECT stands for anything that is masked. It is no letter and no space, so words
# and spaces beside code or tags are not judged as if they stood beside each other.
RULES: tuple[Rule, ...] = (
    # «perchè», «poichè», «che»: all words in -ché have the acute accent.
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([^\W\d_]*ch)è(?!\w)", re.I), r"\1é"),
    # «ventitrè», «quarantatrè»: compounds of «tre» have the acute accent.
    Rule(
        codes.ACCENT,
        re.compile(r"(?<!\w)((?:vent|trent|quarant|cinquant)[^\W\d_]{0,4}tr)è\b"),
        r"\1é",
    ),
    # At the end of an Italian word a and o have the grave accent. Words with a capital are passed
    # over, because they may be foreign names.
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([a-zàèéìòù]+)á(?!\w)"), r"\1à"),
    Rule(codes.ACCENT, re.compile(r"(?<!\w)([a-zàèéìòù]+)ó(?!\w)"), r"\1ò"),
    Rule(codes.ACCENT, _any_of(words.WRONG_ACCENTS), _replacement_from(words.WRONG_ACCENTS)),
    Rule(codes.NO_ACCENT, _any_of(words.MISSING_ACCENTS), _replacement_from(words.MISSING_ACCENTS)),
    Rule(
        codes.APOSTROPHE_FOR_ACCENT,
        _any_of(words.APOSTROPHES_FOR_ACCENTS, r"(?![\w])"),
        _replacement_from(words.APOSTROPHES_FOR_ACCENTS),
    ),
    Rule(
        codes.NEEDLESS_ACCENT,
        _any_of(words.NEEDLESS_ACCENTS),
        _replacement_from(words.NEEDLESS_ACCENTS),
    ),
    # «qual'è»: «qual» is a shortened word, not an elided one.
    Rule(codes.APOSTROPHE, re.compile(r"(?<!\w)([Qq]ual)['’ ]?['’](è|era|erano)(?!\w)"), r"\1 \2"),
    Rule(
        codes.APOSTROPHE,
        re.compile(rf"(?<!\w)([Uu]n)['’](?=(?:{words.MASCULINE})(?!\w))"),
        r"\1 ",
    ),
    Rule(codes.ELISION, re.compile(rf"(?<!\w)([Uu]n) (?=(?:{words.FEMININE})(?!\w))"), r"\1’"),
    # Accents and primes that people type in the place of an apostrophe.
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
    # Not sure: «a,b» may be a name or a formula.
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
    # «parola -parola»: the author may mean a compound or an aside.
    Rule(codes.DASH_SPACE, re.compile(r"(?<=[^\W\d_]{2}) -(?=[^\W\d_]{3})"), kinds=_BODY),
    Rule(
        codes.QUOTES,
        re.compile(r"“([^“”«»\"]{1,500})”"),
        r"«\1»",
        kinds=frozenset({Kind.TEXT, Kind.TABLE}),
    ),
    Rule(codes.QUOTES, re.compile(r"<<(?!<)([^<>\n]{1,500})>>"), r"«\1»", kinds=_BODY),
    # «I°»: Roman numerals are ordinals without a sign.
    Rule(codes.ORDINAL, re.compile(r"(?<!\w)([IVX]{1,7}) ?[°º](?!\w)"), r"\1"),
    # «il 3° incontro»: degrees in the place of the ordinal sign, told by the article before it.
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
    """The places that break rules, in no order. A fault may overlap another."""
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
    """Whether the place is inside a quotation, where “…” are right."""
    before = mask[:offset]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1


def check(prose: Prose) -> list[Finding]:
    """A finding for each fault of a chapter."""
    return [_finding(prose, fault) for fault in faults(prose)]


def _finding(prose: Prose, fault: Fault) -> Finding:
    """The finding on a fault. It quotes and proposes whole words, so that the author finds them."""
    text, start, end = prose.text, fault.start, fault.end
    before = re.search(r"[\w’'.]*\Z", text[max(start - _CONTEXT, 0) : start])
    after = re.match(rf"[,;:.?!»”)]?[\w’']{{0,{_CONTEXT}}}", text[end:])
    head, tail = before[0] if before else "", after[0] if after else ""
    proposal = f"{head}{fault.proposal}{tail}" if fault.proposal is not None else ""
    written = " ".join(f"{head}{text[start:end]}{tail}".split("\n"))
    return fault.rule.code.at(*prose.place(start), written=written, proposal=proposal)
