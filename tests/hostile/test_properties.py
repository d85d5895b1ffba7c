"""Whatever is handed in, at any stage: no traceback, no hang, nothing read that is outside."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.system.checkout import CHECKOUT
from tests.hostile import hostile
from tests.hostile.jailed import TIME_LIMIT, Jail, Outcome
from tests.hostile.safety import dangers

_FEW = settings(max_examples=8)
_MARKUP = (
    *("# ", "\n\n", "\n", "*", "**", "`", "```\n", "> ", "- ", "[", "](", ")", "![", "{#a .b}"),
    *("<script>", "</div>", "<div onclick=x>", "<a href=javascript:x>", "<!--", "-->", "<svg>"),
    *("::: riquadro\n", "\n:::\n", "[^1]", "\n[^1]: ", "| a |\n|---|\n", "../", "{{ x }}", "\\x"),
    *("&#x202e;", "\u202e", "\0", "\ud7ff", "\u0430a", "**FAC:** ", "[00:01:02]", "file:///"),
)
_CUES = (
    *("WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "00:00:01,000 --> 00:00:02,000\n", "-->"),
    *("1\n", "\n\n", "Ada: ", "<v Ada>", "</v>", "NOTE ", "STYLE\n", "&lt;", "99:99", "\u202e"),
    *("<c.x>", "\r", "\0", "\ufeff", "{\\an8}", "0:00:01.000,0:00:02.000\n", "\N{MINUS SIGN}"),
)


def _texts(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    part = st.one_of(st.sampled_from(pieces), st.text(max_size=6))
    return st.lists(part, max_size=30).map("".join)


def _is_safe(outcome: Outcome) -> None:
    assert outcome.error == ""
    assert list(outcome.misdeeds) == []
    assert outcome.seconds < TIME_LIMIT
    for xhtml in outcome.trees.values():
        assert dangers(xhtml) == []
    assert all(line.isprintable() or "\u00a0" in line for line in outcome.findings)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@_FEW
@given(
    head=_texts(("title: x\n", "kind: tool\n", "- ", "[", "{", "&a ", "*a", "!!x ")),
    body=_texts(_MARKUP),
)
def test_any_chapter(head: str, body: str, jail: Jail) -> None:
    with tempfile.TemporaryDirectory(dir=jail.folder) as made:
        root = Path(made)
        folder = hostile.lay_base(root)
        content = f"---\ntitle: Prova\n{head}\n---\n{body}"
        (folder / hostile.CHAPTER).write_bytes(_encoded(content))
        _is_safe(jail.read(root, [hostile.CHAPTER]))


@_FEW
@given(body=_texts(_MARKUP))
def test_any_text_of_a_chapter(body: str, jail: Jail) -> None:
    with tempfile.TemporaryDirectory(dir=jail.folder) as made:
        root = Path(made)
        folder = hostile.lay_base(root)
        content = f"---\ntitle: Prova\n---\n\nTesto.\n\n{body}"
        (folder / hostile.CHAPTER).write_bytes(_encoded(content))
        _is_safe(jail.read(root, [hostile.CHAPTER]))


@pytest.mark.parametrize("suffix", ["vtt", "srt", "sbv", "json", "html", "rtf"])
@_FEW
@given(
    text=_texts((*_CUES, '{"segments": [', '{"start": 1, "text": "x"}', "]}", "{\\rtf1 ", "<p>"))
)
def test_any_text_handed_in(suffix: str, text: str, jail: Jail) -> None:
    with tempfile.TemporaryDirectory(dir=jail.folder) as made:
        path = Path(made, f"x.{suffix}")
        path.write_bytes(_encoded(text))
        _is_safe(jail.take_in(path))


def _originals() -> list[Path]:
    folder = CHECKOUT / "tests" / "intake" / "originals"
    return sorted(p for p in folder.iterdir() if p.suffix in (".docx", ".pptx", ".odt"))


def _mutated(content: bytes, data: st.DataObject) -> bytes:
    """``content`` with bits flipped, cut short, or its parts exchanged."""
    how = data.draw(st.sampled_from(("bits", "cut", "swap", "inside")))
    if how == "cut":
        return content[: data.draw(st.integers(0, len(content)))]
    changed = bytearray(content)
    if how == "bits":
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
            changed[place] ^= 1 << data.draw(st.integers(0, 7))
        return bytes(changed)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    one, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    if how == "swap":
        parts[one], parts[other] = parts[other], parts[one]
    elif parts[one]:
        part = bytearray(parts[one])
        for place in data.draw(st.lists(st.integers(0, len(part) - 1), max_size=8)):
            part[place] ^= 1 << data.draw(st.integers(0, 7))
        parts[one] = bytes(part)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part_content in parts.items():
            archive.writestr(name, part_content)
    return made.getvalue()


@_FEW
@given(data=st.data())
def test_any_damage_to_a_document(data: st.DataObject, jail: Jail) -> None:
    original = data.draw(st.sampled_from(_originals()))
    with tempfile.TemporaryDirectory(dir=jail.folder) as made:
        path = Path(made, f"x{original.suffix}")
        path.write_bytes(_mutated(original.read_bytes(), data))
        _is_safe(jail.take_in(path))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["title-css", "title-markup", "title-jinja"])
def test_a_whole_build_stays_at_home(name: str, tmp_path: Path, jail: Jail) -> None:
    folder = hostile.lay_base(tmp_path)
    shutil.copy(hostile.HERE / "editions" / f"{name}.yaml", folder / "edition.yaml")
    outcome = jail.build(tmp_path)
    assert outcome.error == ""
    assert list(outcome.misdeeds) == []
    assert not outcome.stopped
    for artefact in (tmp_path / "build" / "base").rglob("*"):
        assert artefact.is_dir() or hostile.SECRET.encode() not in artefact.read_bytes()
