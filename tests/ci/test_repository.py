"""What people expect at the front of a public repository is there, well formed, and agrees."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from book.model.chapters import KINDS
from book.system.checkout import CHECKOUT
from tests.support.clones import git

HERE = Path(__file__).resolve().parent
LICENCE = "EUPL-1.2"
FORMS = sorted((CHECKOUT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
TEMPLATES = [
    *CHECKOUT.glob(".gitlab/*_templates/*.md"),
    *CHECKOUT.glob(".github/PULL_REQUEST_TEMPLATE/*.md"),
    CHECKOUT / ".github" / "pull_request_template.md",
    *FORMS,
]


def read(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]


def schema_errors(schema: str, path: Path) -> str:
    """What the forges' schemas, brought by check-jsonschema, say about a file."""
    command = [sys.executable, "-m", "check_jsonschema", f"--builtin-schema=vendor.{schema}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


SCHEMAS = [
    ("dependabot", CHECKOUT / ".github/dependabot.yml", "interval: monthly", "interval: hourly"),
    ("citation-file-format", CHECKOUT / "CITATION.cff", "cff-version: 1.2.0\n", ""),
    *(
        ("github-issue-config", path, "true", "perhaps")
        if path.name == "config.yml"
        else ("github-issue-forms", path, "type: textarea", "type: textaria")
        for path in FORMS
    ),
]


@pytest.mark.parametrize(
    ("schema", "path", "words", "wrong"), SCHEMAS, ids=[row[1].name for row in SCHEMAS]
)
def test_files_have_the_form_that_their_readers_ask_for(
    schema: str, path: Path, words: str, wrong: str, tmp_path: Path
) -> None:
    assert schema_errors(schema, path) == ""
    broken = tmp_path / path.name
    broken.write_text(path.read_text("utf-8").replace(words, wrong), "utf-8")
    assert schema_errors(schema, broken) != ""


class PlainLoader(yaml.SafeLoader):
    """YAML 1.2 has no dates: what looks like one stays text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def publiccode(text: str) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(text, PlainLoader)
    return record


def publiccode_errors(record: dict[str, Any]) -> list[str]:
    schema = json.loads((HERE / "publiccode.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.json_path for error in validator.iter_errors(record)]


def test_the_record_for_the_catalogue_of_public_software_is_complete() -> None:
    record = publiccode(read("publiccode.yml"))
    assert publiccode_errors(record) == []
    assert set(record["description"]) == set(record["localisation"]["availableLanguages"])
    for told in record["description"].values():
        assert all((CHECKOUT / picture).is_file() for picture in told["screenshots"])


@pytest.mark.parametrize(
    ("words", "wrong", "place"),
    [
        ("url:", "address:", "$"),
        ("- content-management", "- books", "$.categories[0]"),
        ("developmentStatus: beta", "developmentStatus: almost", "$.developmentStatus"),
        ("type: internal", "type: contract", "$.maintenance"),
        ("- IT", "- it", "$.intendedAudience.countries[0]"),
        ("From a folder", 150 * "x", "$.description.en.shortDescription"),
        ('publiccodeYmlVersion: "0"', "publiccodeYmlVersion: 0", "$.publiccodeYmlVersion"),
    ],
)
def test_a_mistake_in_the_record_would_be_seen(words: str, wrong: str, place: str) -> None:
    text = read("publiccode.yml")
    assert words in text
    assert place in publiccode_errors(publiccode(text.replace(words, wrong)))


def test_what_only_the_owner_can_tell_is_asked_for_and_not_made_up() -> None:
    record = publiccode(read("publiccode.yml"))
    comment = "".join(re.findall(r"^#.*\n", read("publiccode.yml"), re.M))
    address, (contact,) = record["url"], record["maintenance"]["contacts"]
    if "example.org" in address:
        assert re.search(r"^#   url ", comment, re.M)
    if contact["name"] == "Da indicare":
        assert re.search(r"^#   maintenance/contacts ", comment, re.M)
    assert read("publiccode.yml").count("example.org") == comment.count("example.org") + 1


def test_the_licence_is_whole() -> None:
    text = read("LICENSE")
    assert re.findall(r"^(\d+)\.", text, re.M) == [str(number) for number in range(1, 16)]
    # The words of four copies in other repositories, which agree; punctuation and layout differ.
    words = " ".join(re.findall(r"\w+", text.replace("©", "c")))
    assert hashlib.sha256(words.encode()).hexdigest() == (
        "d3ac25a35c366443ee88235f005738a687ff8662826000be3f628a2d7b3c935a"
    )
    appendix = text[text.rindex("Appendix\n") :]
    assert "GNU Affero General Public License (AGPL) v. 3" in appendix


def test_licence_and_version_are_the_same_everywhere() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    record = publiccode(read("publiccode.yml"))
    licences = [PROJECT["license"], citation["license"], record["legal"]["license"]]
    assert licences == [LICENCE] * 3
    assert citation["version"] == PROJECT["version"]
    assert citation["title"].startswith(record["name"])
    assert "proposal" in read("CONTRIBUTING.md")


def test_the_changelog_is_kept_as_its_form_asks() -> None:
    text = read("CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", text, re.M)
    assert versions[0] == "[Unreleased]"
    for version in versions[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", version)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.M)) <= kinds
    assert PROJECT["version"] in text


def test_every_command_is_in_the_changelog() -> None:
    commands = set(re.findall(r"^\| `\./inv ([a-z]+)", read("README.md"), re.M)) - {"test"}
    assert commands <= set(re.findall(r"\./inv ([a-z]+)", read("CHANGELOG.md")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_templates_name_files_that_are_there(path: Path) -> None:
    text = path.read_text("utf-8")
    for name in re.findall(r"\bdocs/[\w./-]*\w|\b[A-Z_]+\.md\b", text):
        assert (CHECKOUT / name).exists(), name


def test_github_and_gitlab_ask_authors_the_same() -> None:
    form = yaml.safe_load(read(".github/ISSUE_TEMPLATE/nuovo-contributo.yml"))["body"]
    asked = [f["attributes"]["label"] for f in form if f["type"] != "markdown"]
    template = read(".gitlab/issue_templates/Nuovo contributo.md")
    assert asked == re.findall(r"^## (.+)$", template, re.M)
    (boxes,) = (f["attributes"]["options"] for f in form if f["type"] == "checkboxes")
    assert [box["label"] for box in boxes] == re.findall(r"^- \[ \] (.+)$", template, re.M)
    (kinds,) = (f["attributes"]["options"] for f in form if f["type"] == "dropdown")
    assert {re.findall(r"\((\w+)\)", kind)[0] for kind in kinds} == set(KINDS)
    merge = read(".gitlab/merge_request_templates/Nuovo contributo.md")
    assert merge == read(".github/PULL_REQUEST_TEMPLATE/nuovo-contributo.md")


@pytest.mark.parametrize("english, other", [("bug", "Bug"), ("idea", "Idea")])
def test_github_and_gitlab_ask_maintainers_the_same(english: str, other: str) -> None:
    form = yaml.safe_load(read(f".github/ISSUE_TEMPLATE/{english}.yml"))["body"]
    asked = [f["attributes"]["label"] for f in form if f["type"] != "markdown"]
    template = read(f".gitlab/issue_templates/{other}.md")
    assert asked == re.findall(r"^## (.+)$", template, re.M)
    assert read(".gitlab/merge_request_templates/Default.md") in read(
        ".github/pull_request_template.md"
    )


TEXTS = {".cff", ".css", ".js", ".json", ".md", ".mjs", ".py", ".sh", ".toml", ".yaml", ".yml"}
OF_OTHERS = ("tests/books", "tests/hostile", "tests/intake", "tests/markdown", "tests/output")


def test_files_are_as_the_editors_are_told() -> None:
    told = read(".editorconfig")
    assert "\n[*]\ncharset = utf-8\nend_of_line = lf\n" in told
    for folder in OF_OTHERS[:4]:
        assert folder.removeprefix("tests/") in told
    for name in git(CHECKOUT, "ls-files").splitlines():
        path = CHECKOUT / name
        if path.suffix not in TEXTS or name.startswith(OF_OTHERS) or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text, name
        assert "\t" not in text, name
        assert not text or text.endswith("\n"), name
        if path.suffix != ".md":
            assert not re.search(r"[ \t]$", text, re.M), name
