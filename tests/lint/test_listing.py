"""The formats: SARIF holds to its schema's essentials, annotations and comments are escaped."""

from __future__ import annotations

import json

import jsonschema
import pytest

from book.lint.codes import LINK_SAYS_NOTHING, NO_ABSTRACT, PICTURE_UNUSED
from book.lint.language_codes import ACCENT
from book.lint.readability import Readability
from book.markdown.codes import UNREADABLE
from book.report.listing import FORMATS, Listing, written

LISTING = Listing(
    findings=(
        ACCENT.at("chapters/a/b c.md", 3, 7, written="perchè", proposal="perché"),
        LINK_SAYS_NOTHING.at("chapters/a/b c.md", 4, text="a|b, <i> @c 50%\n::x"),
        NO_ABSTRACT.at("chapters/a/b c.md"),
        UNREADABLE.at("chapters/a/b c.md", 1, 1, reason="x"),
    ),
    readability=(Readability("chapters/a/b c.md", "Titolo", 120, 55, (("Uno", 4, 60),)),),
    differences="--- a\n+++ a\n",
    sections=True,
)

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
# What sarif-schema-2.1.0 demands of what is written here.
ESSENTIALS = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "language": {"pattern": "^[a-zA-Z]{2}-[A-Z]{2}$"},
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "help": TEXT,
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["message"],
                            "properties": {
                                "message": TEXT,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"pattern": r"^[^\s\\]+$"}
                                                        }
                                                    },
                                                    "region": {
                                                        "required": ["startLine"],
                                                        "properties": {
                                                            "startLine": {"minimum": 1},
                                                            "startColumn": {"minimum": 1},
                                                        },
                                                    },
                                                },
                                            }
                                        }
                                    }
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}


def test_sarif_holds_to_the_schema() -> None:
    log = json.loads(written(LISTING, "sarif", "it"))
    jsonschema.validate(log, ESSENTIALS)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["K101", "K310", "K001", "C001"]
    assert [r["level"] for r in run["results"]] == ["warning", "warning", "note", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "chapters/a/b%20c.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]


def test_a_fingerprint_outlives_lines_added_above() -> None:
    def prints(line: int) -> list[str]:
        finding = ACCENT.at("a.md", line, 1, written="x", proposal="y")
        log = json.loads(written(Listing((finding, finding)), "sarif", "en"))
        return [r["partialFingerprints"]["finding/v1"] for r in log["runs"][0]["results"]]

    assert prints(3) == prints(9)
    assert len(set(prints(3))) == 2


def test_annotations_are_one_line_each_and_escaped() -> None:
    lines = written(LISTING, "github", "en").splitlines()
    assert len(lines) == len(LISTING.findings)
    assert lines[0].startswith("::warning file=chapters/a/b c.md,line=3,col=7,title=K101::")
    assert "@c 50%25" in lines[1]
    assert lines[2].startswith("::notice file=chapters/a/b c.md,title=K001::")
    assert lines[3].startswith("::error ")


def test_a_comment_holds_no_markup_of_the_sources() -> None:
    comment = written(LISTING, "markdown", "en")
    assert "a\\|b, &lt;i> @\u200bc" in comment
    assert comment.index("K310") < comment.index("<details>") < comment.index("K001")
    assert "| Titolo | 55 | hard without a diploma |" in comment


def test_a_comment_counts_what_it_leaves_out() -> None:
    many = tuple(PICTURE_UNUSED.at(f"{n}.png", path="x") for n in range(70))
    assert "… and 20 more." in written(Listing(many), "markdown", "en")


def test_text_ends_with_the_count() -> None:
    said = written(LISTING, "text", "en")
    assert said.startswith("--- a\n")
    assert "   55  chapters/a/b c.md – hard without a diploma\n       60  Uno\n" in said
    assert said.endswith("\nFindings: errors: 1, warnings: 2, hints: 1.\n")


def test_json_holds_everything() -> None:
    data = json.loads(written(LISTING, "json", "en"))
    assert [f["code"] for f in data["findings"]] == ["K101", "K310", "K001", "C001"]
    assert data["readability"][0]["gulpease"] == 55
    assert data["differences"] == LISTING.differences


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_said_in_every_format(name: str) -> None:
    assert written(Listing(()), name, "it") or name == "github"


def test_gitlab_gets_a_remark_beside_each_line() -> None:
    remarks = json.loads(written(LISTING, "gitlab", "en"))
    assert [remark["check_name"] for remark in remarks] == [f.code.id for f in LISTING.findings]
    assert len({remark["fingerprint"] for remark in remarks}) == len(remarks)
    assert {remark["severity"] for remark in remarks} <= {
        *("info", "minor", "major", "critical", "blocker"),
    }
    places = [(r["location"]["path"], r["location"]["lines"]["begin"]) for r in remarks]
    assert places == [(f.file, f.line or 1) for f in LISTING.findings]
    assert written(LISTING, "gitlab", "en") == written(LISTING, "gitlab", "en")
