"""The workflows' own commands, run in a fresh clone as a forge would run them.

What belongs to the forge's machine alone is played by small programs on the path, which note how
they were called: ``sudo`` and ``apt-get``, and the two that attach files, ``gh`` and ``curl``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from book.system.checkout import CHECKOUT
from tests.support.clones import fresh_clone, git
from tests.support.once import use_cache

EDITION = "valutazione"
CHAPTER = f"chapters/{EDITION}/glossario.md"
MISTAKE = "\nPerchè un [link](#che-non-esiste).\n"
NOTING = """#!/bin/sh
printf '%s\\n' "{name} $*" >> "$CALLS"
[ "{name}" != sudo ] || exec "$@"
"""


@dataclass
class Forge:
    """A clone on a machine of a forge: runs commands of a workflow, knows what was called."""

    clone: Path
    machine: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            cwd=self.clone,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))},
                "PATH": f"{self.machine}{os.pathsep}{os.environ['PATH']}",
                "CALLS": str(self.machine / "calls"),
                "LANG": "C.UTF-8",
                **self.variables,
                **variables,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=3600,
        )

    @property
    def calls(self) -> list[str]:
        notes = self.machine / "calls"
        return notes.read_text("utf-8").splitlines() if notes.exists() else []


@pytest.fixture
def forge(tmp_path: Path, run_cache: Path) -> Forge:
    machine = tmp_path / "machine"
    machine.mkdir()
    for name in ("sudo", "apt-get", "gh", "curl"):
        (machine / name).write_text(NOTING.format(name=name))
        (machine / name).chmod(0o755)
    clone = fresh_clone(CHECKOUT, tmp_path / "clone")
    use_cache(clone / "build", run_cache)
    return Forge(clone, machine)


def contribute(forge: Forge, text: str) -> None:
    """A merge request: a chapter changed on a branch of its own."""
    git(forge.clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(forge.clone, "checkout", "--quiet", "-b", "contributo")
    path = forge.clone / CHAPTER
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    git(forge.clone, "commit", "--quiet", "--all", "--message", "Un contributo")


def steps(workflow: str, job: str) -> list[dict[str, Any]]:
    path = CHECKOUT / ".github" / "workflows" / f"{workflow}.yml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["jobs"][job]["steps"]
    return found


def step(workflow: str, job: str, name: str) -> dict[str, Any]:
    (found,) = (step for step in steps(workflow, job) if step["name"] == name)
    return found


def gitlab(job: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CHECKOUT / ".gitlab-ci.yml").read_text("utf-8"))[job]
    return found


def uploaded(forge: Forge, patterns: str) -> set[str]:
    return {
        path.relative_to(forge.clone).as_posix()
        for pattern in patterns.split()
        for path in forge.clone.glob(pattern)
    }


@pytest.mark.slow
def test_a_merge_request_on_github_is_annotated_and_previewed(forge: Forge) -> None:
    contribute(forge, "\nUn capoverso in più, senza errori.\n")
    summary = forge.machine / "summary.md"
    forge.variables = {"BASE": "origin/main", "GITHUB_STEP_SUMMARY": str(summary)}
    said = {}
    for part in steps("contributi", "capitoli"):
        if "run" in part:
            done = forge.run(part["run"])
            assert done.returncode == 0, (part["name"], done.stdout, done.stderr)
            said[part["name"]] = done.stdout
    assert forge.calls[0] == "sudo apt-get update --quiet"
    assert EDITION in said["Anteprime"]
    assert "reti-locali" not in said["Anteprime"]
    assert summary.read_text("utf-8").startswith("### ")
    (attached,) = (p for p in steps("contributi", "capitoli") if "upload" in p.get("uses", ""))
    names = {f"{EDITION}.epub", f"{EDITION}.pdf", "report.html"}
    assert uploaded(forge, attached["with"]["path"]) == {f"build/{EDITION}/{n}" for n in names}


@pytest.mark.slow
def test_mistakes_of_a_merge_request_stand_beside_their_lines(forge: Forge) -> None:
    contribute(forge, MISTAKE)
    line = len((forge.clone / CHAPTER).read_text("utf-8").splitlines())
    forge.variables = {"BASE": "origin/main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
    annotate = step("contributi", "capitoli", "Annotazioni accanto alle righe")["run"]
    done = forge.run(annotate)
    assert done.returncode == 1
    errors = [row for row in done.stdout.splitlines() if row.startswith("::error ")]
    assert [row for row in errors if f"file={CHAPTER},line={line}," in row]
    assert "chapters/" not in done.stdout.replace(CHAPTER, "")
    done = forge.run("\n".join(gitlab("capitoli")["script"]))
    assert done.returncode == 1, done.stderr
    remarks = json.loads((forge.clone / "segnalazioni.json").read_text("utf-8"))
    places = {(r["location"]["path"], r["location"]["lines"]["begin"]) for r in remarks}
    assert (CHAPTER, line) in places
    assert "non-esiste" in (forge.clone / "segnalazioni.md").read_text("utf-8")


@pytest.mark.slow
def test_a_tag_releases_its_edition_and_attaches_everything(forge: Forge) -> None:
    text = (forge.clone / "chapters" / EDITION / "edition.yaml").read_text("utf-8")
    version = re.findall(r"^version: (\S+)$", text, re.MULTILINE)[0]
    tag = f"{EDITION}-{version}"
    git(forge.clone, "tag", tag)
    for part in steps("rilascio", "edizione"):
        if "run" in part:
            done = forge.run(part["run"], TAG=tag)
            assert done.returncode == 0, (part["name"], done.stdout, done.stderr)
    dist = forge.clone / "dist" / tag
    names = sorted(path.name for path in dist.iterdir())
    assert {f"{EDITION}.epub", f"{EDITION}.pdf", "note-di-rilascio.md"} <= set(names)

    shutil.copytree(dist, forge.clone / "rilascio")
    attach = step("rilascio", "pubblicazione", "File allegati al rilascio")
    assert forge.run(attach["run"], TAG=tag).returncode == 0
    (call,) = (call for call in forge.calls if call.startswith("gh "))
    assert call.startswith(f"gh release create {tag} ")
    assert all(f"rilascio/{name}" in call.split() for name in names)

    store = {"CI_API_V4_URL": "https://forge/api", "CI_PROJECT_ID": "7", "CI_JOB_TOKEN": "t"}
    done = forge.run("\n".join(gitlab("pubblicazione")["script"]), CI_COMMIT_TAG=tag, **store)
    assert done.returncode == 0, done.stderr
    sent = [call for call in forge.calls if "--upload-file" in call]
    address = f"https://forge/api/projects/7/packages/generic/{EDITION}/{version}"
    assert [call.rsplit(" ", 1)[1] for call in sent] == [f"{address}/{name}" for name in names]
    assert forge.calls[-1].endswith("https://forge/api/projects/7/releases")
    assert f"tag_name={tag}" in forge.calls[-1]


@pytest.mark.parametrize(
    ("tag", "edition"),
    [("reti-locali-1.2.0", "reti-locali"), ("co-programmazione-10.0.1", "co-programmazione")],
)
def test_a_tag_names_edition_and_version(tag: str, edition: str, forge: Forge) -> None:
    release = step("rilascio", "edizione", "Rilascio dell'edizione")["run"]
    said = forge.run(release.replace("./inv", "echo"), TAG=tag)
    assert said.stdout == f"release {edition}\n"
    pattern = re.findall(r"/(.+)/", gitlab("edizione")["rules"][0]["if"])[0]
    assert re.search(pattern, tag)
    assert not re.search(pattern, f"{edition}-bozza")


@pytest.mark.slow
def test_a_commit_with_a_mistake_in_a_chapter_is_held_back(forge: Forge) -> None:
    settings = yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text("utf-8"))
    ((hook,),) = (repository["hooks"] for repository in settings["repos"])
    assert re.search(hook["files"], CHAPTER)
    assert forge.run(hook["entry"]).returncode == 0
    path = forge.clone / CHAPTER
    path.write_text(path.read_text("utf-8") + MISTAKE, "utf-8")
    git(forge.clone, "add", "--all")
    done = forge.run(hook["entry"])
    assert done.returncode == 1, done.stderr
    assert "non-esiste" in done.stdout
    assert "reti-locali" not in done.stdout


def test_both_locks_are_made_with_the_same_options(forge: Forge) -> None:
    noting = forge.machine / "uv"
    noting.write_text(NOTING.format(name="uv"))
    noting.chmod(0o755)
    assert forge.run(step("dipendenze", "python", "Versioni più recenti")["run"]).returncode == 0
    every, builds = (call.split() for call in forge.calls)
    written = [call[call.index("-o") + 1] for call in (every, builds)]
    assert written == ["requirements-test.lock", "requirements.lock"]
    assert options(every) == options(builds)
    assert {"--universal", "--generate-hashes", "--no-emit-index-url"} <= set(options(every))
    assert {"--all-extras", "--upgrade"} <= set(every)
    assert builds[builds.index("-c") + 1] == "requirements-test.lock"
    runs = [part["run"] for part in steps("dipendenze", "python") if "run" in part]
    assert gitlab("dipendenze")["script"] == runs[-2:]


def options(call: list[str]) -> list[str]:
    """What follows the name of the lock file that is written."""
    return call[call.index("-o") + 2 :]
