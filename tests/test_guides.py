"""The guides do not rot: their examples go through the real loader, Markdown stage and composer.

What an example is stands after the language of its fence: a file name (a whole file of the guides'
one book), ``capitolo`` (a whole chapter), ``edizione-minima``, ``frammento`` (fields of an
edition), ``trascrizione`` (the body of one), ``con C014`` and ``errata E030`` (exactly these
findings); without any it is the body of a chapter.
"""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoke.tasks import Task
from PIL import Image
from pydantic import BaseModel

import tasks
from book.compose.compose import compose
from book.findings import REGISTRY, Finding, in_order
from book.markdown.chapter import chapter_tree
from book.markdown.passes.boxes import BOXES, LABELS
from book.messages import translate
from book.model.accessibility import Exemption
from book.model.chapters import KINDS
from book.model.consent import Consent
from book.model.edition import Edition
from book.model.front_matter import split
from book.model.licence import LICENCE_IDS
from book.model.load import load_edition
from book.model.loaded import WrittenEdition
from book.model.person import Person, Role
from book.reference.codes_page import codes_page
from book.system.checkout import CHECKOUT

GUIDES = ("guida-redazione.md", "guida-contributi.md")
PAGES = sorted(
    path.relative_to(CHECKOUT).as_posix()
    for pattern in ("*.md", "docs/**/*.md")
    for path in CHECKOUT.glob(pattern)
)
README = (CHECKOUT / "README.md").read_text("utf-8")
NAME = "vicinato"
PIXELS = (2200, 2000)
"""Enough for a picture on a cover."""
FILES = re.compile(r"[a-z0-9-]+\.(yaml|md)")


@dataclass(frozen=True)
class Example:
    """A fenced block of a guide: its language, what it is, its text, its line."""

    guide: str
    line: int
    language: str
    what: str
    text: str

    @property
    def expected(self) -> list[str]:
        return re.findall(r"[A-Z][0-9]{3}", self.what)

    def __str__(self) -> str:
        return f"{self.guide}:{self.line}"


def read(guide: str) -> str:
    return (CHECKOUT / "docs" / guide).read_text("utf-8")


def examples() -> Iterator[Example]:
    for guide in GUIDES:
        text = read(guide)
        fences = re.finditer(r"^(`{3,})(\w+) ?([^\n`]*)\n(.*?)^\1$", text, re.M | re.S)
        for fence in fences:
            line = text.count("\n", 0, fence.start()) + 1
            yield Example(guide, line, fence[2], fence[3], fence[4])


EXAMPLES = list(examples())
BODIES = [e for e in EXAMPLES if e.language == "markdown" and not FILES.fullmatch(e.what)]
FRAGMENTS = [e for e in EXAMPLES if e.language == "yaml" and e.what == "frammento"]
RECORDS = [e for e in EXAMPLES if e.what.partition(" ")[0] in ("edizione-minima", "errata")]
WHOLE = {e.what: e.text for e in EXAMPLES if FILES.fullmatch(e.what)}


def write(root: Path, files: dict[str, str]) -> Path:
    """The guides' book in ``root``, with whatever pictures the examples name."""
    folder = root / "chapters" / NAME
    (folder / "images").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    drawing = CHECKOUT / "chapters" / "dimostrativa" / "images" / "ore-per-fase.svg"
    for name in set(re.findall(r"images/([\w-]+\.\w+)", "".join(e.text for e in EXAMPLES))):
        if name.endswith(".svg"):
            shutil.copy(drawing, folder / "images" / name)
        else:
            Image.new("L", PIXELS, 255).save(folder / "images" / name)
    return root


def load(root: Path) -> tuple[WrittenEdition | None, list[Finding]]:
    return load_edition(root, NAME)


def made(loaded: WrittenEdition) -> list[Finding]:
    """What making the trees and composing them finds."""
    trees = {}
    findings = []
    for source in loaded.chapters.values():
        trees[source.slug], found = chapter_tree(source, loaded.edition, loaded.folder)
        findings += found
    _, found = compose(loaded, trees)
    return in_order([*findings, *found])


def codes(findings: list[Finding]) -> list[str]:
    return sorted(finding.code.id for finding in findings)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> WrittenEdition:
    loaded, findings = load(write(tmp_path_factory.mktemp("guide"), WHOLE))
    assert [f.sentence("it") for f in findings] == []
    assert loaded is not None
    return loaded


def test_the_book_of_the_guides_is_in_order(book: WrittenEdition) -> None:
    assert {source.front_matter.kind for source in book.chapters.values()} == set(KINDS)
    assert [f.sentence("it") for f in made(book)] == []


@pytest.mark.parametrize("example", BODIES, ids=str)
def test_a_form_gives_what_the_guide_says(example: Example, book: WrittenEdition) -> None:
    chapters = book.chapters
    kind = "primo-incontro.md" if "trascrizione" in example.what else "presentazione.md"
    source = replace(chapters[kind], body=example.text, body_line=1)
    if example.what == "capitolo":
        parted, findings = split(example.text, "capitolo.md")
        assert parted is not None
        assert findings == []
        fields = yaml.safe_load(parted.yaml)
        matter = KINDS[fields.get("kind", "text")].model_validate(fields)
        source = replace(source, front_matter=matter, body=parted.body)
    changed = replace(book, chapters={**chapters, kind: source})
    assert codes(made(changed)) == example.expected


@pytest.mark.parametrize("example", FRAGMENTS, ids=str)
def test_a_fragment_fits_into_an_edition(example: Example, tmp_path: Path) -> None:
    data = yaml.load(WHOLE["edition.yaml"], yaml.BaseLoader)
    fields = yaml.load(example.text, yaml.BaseLoader)
    if fields is None:  # a comment for the editor's plug-in
        schema = example.text.partition("$schema=../../")[2].strip()
        assert (CHECKOUT / schema).is_file()
        return
    text = yaml.safe_dump({**data, **fields}, allow_unicode=True)
    loaded, findings = load(write(tmp_path, {**WHOLE, "edition.yaml": text}))
    assert loaded is not None
    assert [f.sentence("it") for f in findings] == []


@pytest.mark.parametrize("example", RECORDS, ids=str)
def test_a_whole_record_gives_what_the_guide_says(example: Example, tmp_path: Path) -> None:
    only = {"edition.yaml": example.text, "presentazione.md": WHOLE["presentazione.md"]}
    _, findings = load(write(tmp_path, only))
    assert codes(findings) == example.expected


def test_the_tour_of_the_readme(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"^```(yaml|markdown)\n(.*?)^```$", README, re.M | re.S))
    files = {"edition.yaml": blocks["yaml"], "primo-incontro.md": blocks["markdown"]}
    loaded, findings = load(write(tmp_path / "right", files))
    assert loaded is not None
    assert [*findings, *made(loaded)] == []
    files["edition.yaml"] = blocks["yaml"].replace("licence:", "licenza:")
    _, (finding,) = load(write(tmp_path / "wrong", files))
    said = (finding.line, finding.values["key"], finding.values["nearest"])
    assert said == (5, "licenza", "licence")


def keys(data: Any) -> set[str]:
    """The names of all fields in parsed YAML."""
    if isinstance(data, dict):
        return set(data).union(*(keys(value) for value in data.values()))
    return set().union(*map(keys, data)) if isinstance(data, list) else set()


def fields(model: type[BaseModel]) -> set[str]:
    """The names of all fields of a model and of those inside it."""
    schema = model.model_json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return set().union(*(m.get("properties", {}) for m in models))


def test_every_field_of_an_edition_is_shown_and_explained() -> None:
    known = fields(Edition)
    # One ISBN is enough of an example: each format has its own. A consent that is withdrawn, or
    # that a public document makes unnecessary, has its example further down; so has what keeps a
    # book from being accessible.
    elsewhere = {"pdf", "print", "revoked", "public_source", "exemption", "barriers"}
    assert known - keys(yaml.safe_load(WHOLE["edition.yaml"])) == elsewhere
    explained = set(re.findall(r"`([a-z_]+)(?:: [a-z]+)?`", read("guida-redazione.md")))
    assert known - explained == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_chapter_is_shown_and_explained(kind: str) -> None:
    chapters = [e.text for e in EXAMPLES if e.language == "markdown" and e.text.startswith("---")]
    shown = set()
    for text in chapters:
        parted, _ = split(text, "x.md")
        assert parted is not None
        matter = yaml.safe_load(parted.yaml)
        if matter.get("kind", "text") in (kind, "text"):
            shown |= keys(matter)
    # A name may be published in a book, not invented in a guide; consents are the editors'.
    assert fields(KINDS[kind]) - shown - fields(Person) - fields(Consent) == set()


def test_choices_are_all_listed() -> None:
    editors, contributors = map(read, GUIDES)
    brand = yaml.safe_load((CHECKOUT / "assets/brands/ancilab/brand.yaml").read_text("utf-8"))
    programmes = [p.stem for p in (CHECKOUT / "assets/programmes").glob("*.yaml")]
    brands = [p.parent.name for p in (CHECKOUT / "assets/brands").glob("*/brand.yaml")]
    visual = (*brand["grounds"], *brand["formats"], *brands)
    for word in (*Role, *LICENCE_IDS, *Exemption, *programmes, *visual):
        assert f"`{word}`" in editors, word
    for word in KINDS:
        assert f"`{word}`" in contributors, word
    for word in BOXES:
        assert re.search(rf"^::: .*\b{word}\b", contributors, re.M), word
    for label in LABELS.values():
        assert f"«{translate(label, 'it')}»" in contributors


def test_codes_and_options_exist() -> None:
    known = codes_page()
    for guide in GUIDES:
        for code in re.findall(r"\b[A-Z][0-9]{3}\b", read(guide)):
            assert code in REGISTRY, code
            assert f"`{code}`" in known, code
    # Not get_arguments(), which takes the help texts out of the task.
    options = set(inspect.signature(tasks.build.body).parameters) - {"context", "editions"}
    assert options == set(re.findall(r"`--([a-z]+)", read("guida-redazione.md")))
    assert options == set(re.findall(r"`--([a-z]+)", README.partition("Options of")[2]))


def test_the_readme_names_every_task() -> None:
    made = {made.name for made in vars(tasks).values() if isinstance(made, Task)}
    assert made == set(re.findall(r"^\| `\./inv ([a-z]+)", README, re.M))


def test_cells_of_the_readme_are_short() -> None:
    rows = [line.strip("|") for line in README.splitlines() if line.startswith("|")]
    longest = max((cell for row in rows for cell in row.split("|")), key=lambda c: len(c.split()))
    assert len(longest.split()) <= 25, longest


def test_the_architecture_names_every_room() -> None:
    text = read("architecture.md")
    for room in (CHECKOUT / "book").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert f"book/{room.name}/" in text
        elif room.suffix == ".py" and room.name != "__init__.py":
            assert room.name in text


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        text = (CHECKOUT / page).read_text("utf-8")
        outside_fences = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.M | re.S)
        for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", outside_fences):
            path, _, fragment = target.partition("#")
            if "://" in target:
                continue
            file = (CHECKOUT / page).parent / path if path else CHECKOUT / page
            assert file.exists(), f"{page}: {target}"
            if fragment:
                headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
                assert fragment in map(slug, headings), f"{page}: {target}"


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_files_of_the_repository_that_are_there(page: str) -> None:
    text = (CHECKOUT / page).read_text("utf-8")
    for name in re.findall(r"`((?:assets|book|tests)/[\w./-]+)`", text):
        assert (CHECKOUT / name).exists(), name


def test_decisions_are_numbered_dated_and_listed() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")
    rows = []
    for path in sorted(folder.glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        title = re.match(r"# (\d+)\. (.+)\n\nDate: (\d{4}-\d{2}-\d{2})\n", text)
        assert title is not None, path.name
        assert path.name.startswith(f"{int(title[1]):04}-")
        parts = re.findall(r"^## (.+)$", text, re.M)
        assert parts == ["Context", "Decision", "Consequences"], path.name
        rows.append(f"| {title[1]} | [{title[2]}]({path.name}) | {title[3]} |")
    assert rows == re.findall(r"^\| \d.*$", listed, re.M)
    assert [int(row.split()[1]) for row in rows] == list(range(1, len(rows) + 1))


def slug(heading: str) -> str:
    """A heading's id as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
