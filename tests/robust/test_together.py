"""Two builds at once, sources edited during a build, a process that the system stops."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from book.driver.edition import COMPOSING, DELIVERY, MARKDOWN, READING, REPORT, WAITING
from tests.robust.conftest import Bench, Forks, beside, content, is_whole

ROUNDS = 5
Figures = Callable[[str, object], None]


def test_two_builds_of_one_edition_take_turns(
    bench: Bench, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    seen: Counter[str] = Counter()
    for number in range(ROUNDS):
        bench.draft(number % 2)
        told = [tmp_path / f"{number}-{builder}" for builder in "ab"]
        both = [forks.start("build", **bench.job(steps=str(path))) for path in told]
        while bench.built.is_dir() and any(len(steps(path)) < 3 for path in told):
            assert is_whole(bench.built)
            time.sleep(0.02)
        assert [forks.wait(process) for process in both] == [0, 0]
        assert content(bench.built) == bench.clean[number % 2]
        assert beside(bench.output) == []
        seen["waited" if any(WAITING in steps(path) for path in told) else "did not meet"] += 1
    assert forks.settled()
    assert seen["waited"] > ROUNDS // 2
    record_property("figure", f"two builds at once: {ROUNDS} rounds; {dict(seen)}")


def steps(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_whoever_waits_says_so(bench: Bench, forks: Forks, tmp_path: Path) -> None:
    bench.draft(0)
    said = tmp_path / "said"
    (first,) = [forks.start("build", **bench.job(edits=[[READING, str(tmp_path / "x"), ""]]))]
    while not (tmp_path / "x").exists():
        time.sleep(0.002)
    assert forks.run("command", **bench.job(said=str(said))) == 0
    assert "base: waiting for another build of the same edition" in said.read_text("utf-8")
    assert forks.wait(first) == 0


def test_an_edit_during_a_build_is_in_it_whole(
    bench: Bench, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    places = (READING, MARKDOWN, COMPOSING, REPORT, DELIVERY)
    for number, step in enumerate(places):
        old, new = number % 2, 1 - number % 2
        bench.draft(old)
        told = tmp_path / f"steps{number}"
        edit = [step, str(bench.chapter), bench.drafts[new]]
        assert forks.run("build", **bench.job(edits=[edit], steps=str(told))) == 0
        assert content(bench.built) == bench.clean[new]
        sources = json.loads((bench.built / "manifest.json").read_text("utf-8"))["sources"]
        written = hashlib.sha256(bench.chapter.read_bytes()).hexdigest()
        assert sources["presentazione.md"] == written
        assert steps(told).count(READING) == 2
    record_property("figure", f"sources edited during a build: {len(places)}, all of one state")


def test_edits_without_end_are_a_finding(bench: Bench, forks: Forks, tmp_path: Path) -> None:
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    # Each edit is made once, when its step comes: one in each of the two tries.
    edits = [[COMPOSING, str(bench.chapter), bench.drafts[1] + "x\n" * number] for number in (1, 2)]
    findings = tmp_path / "findings"
    assert forks.run("build", **bench.job(edits=edits, findings=str(findings))) == 1
    assert "chapters/base/presentazione.md: error E140" in findings.read_text("utf-8")
    assert content(bench.built) == bench.clean[0]
    assert beside(bench.output) == []


def test_what_was_made_of_a_picture_edited_meanwhile_is_not_kept(
    bench: Bench, forks: Forks
) -> None:
    """Else a later build, with the old picture back, would take it for that one's."""
    bench.draft(0)
    picture = bench.root / "chapters" / "base" / "images" / "rete.svg"
    drawn = picture.read_text("utf-8")
    other = drawn.replace("</svg>", "<script>x</script></svg>")
    shutil.rmtree(bench.output / ".cache")
    job = bench.job(edits=[[MARKDOWN, str(picture), other]])
    forks.run("build", **job)
    picture.write_text(drawn, "utf-8")
    assert forks.run("build", **bench.job()) == 0
    assert content(bench.built) == bench.clean[0]


def test_a_process_that_the_system_stops_is_a_finding(
    bench: Bench, forks: Forks, tmp_path: Path
) -> None:
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    shutil.rmtree(bench.output / ".cache")
    findings = tmp_path / "findings"
    assert forks.run("build", **bench.job(kill_workers=True, findings=str(findings))) == 1
    assert "error P003: the system stopped a process" in findings.read_text("utf-8")
    assert content(bench.built) == bench.clean[0]
    assert forks.run("build", **bench.job()) == 0
    assert beside(bench.output) == []
