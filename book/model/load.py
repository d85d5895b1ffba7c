"""The loader: reads an edition's folder into a :class:`WrittenEdition`, or reports what is wrong.

It does not stop at the first mistake. All mistakes in ``edition.yaml``, in the chapters, in the
brand and in the programmes are reported in one run.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from book.findings import Code, Finding, has_errors, in_order
from book.model import codes
from book.model.assets import Assets
from book.model.brand import Brand, PageFormat
from book.model.chapters import RawChapter, chapter_of, read_chapter
from book.model.coherence import check_edition, meeting_numbers, part_of
from book.model.consent import Medium
from book.model.contents import chapter_files
from book.model.cover_picture import check_cover_picture
from book.model.edition import Contents, Edition
from book.model.loaded import WrittenEdition
from book.model.privacy.people import load_people
from book.model.privacy.private_files import check_files
from book.model.privacy.withhold import Sources, withhold
from book.model.programme import Programme
from book.model.yaml.source import YamlSource, load_yaml
from book.model.yaml.validation import validate
from book.model.yaml.values import shown
from book.system.checkout import CHECKOUT

EDITION_FILE = "edition.yaml"
_EDITION_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_REQUIRED = ", ".join(k for k, f in Edition.model_fields.items() if f.is_required())


def edition_names(root: Path) -> list[str]:
    """The editions under ``root/chapters``, sorted: folders with ``edition.yaml`` or chapters."""
    chapters = root / "chapters"
    if not chapters.is_dir():
        return []
    return sorted(
        folder.name
        for folder in chapters.iterdir()
        if not folder.name.startswith(".")
        and folder.is_dir()
        and ((folder / EDITION_FILE).exists() or any(folder.glob("*.md")))
    )


def load_edition(
    root: Path, name: str, *, fallback: Path = CHECKOUT, medium: Medium = "ebook"
) -> tuple[WrittenEdition | None, list[Finding]]:
    """Read the edition ``name`` of ``root``, which holds ``chapters/`` and may hold ``assets/``.

    Assets that ``root`` lacks come from ``fallback``. People who have not agreed to be named in
    ``medium`` appear by pseudonyms in all that is returned, also in the findings. Returns None
    when there is an error among the findings. The findings are sorted.
    """
    file = f"chapters/{shown(name)}/{EDITION_FILE}"
    if not _EDITION_NAME.fullmatch(name):
        return None, [codes.BAD_EDITION_NAME.at(file.rpartition("/")[0], name=shown(name))]
    folder = root / "chapters" / name
    if not folder.is_dir():
        known = ", ".join(edition_names(root)) or "–"
        return None, [codes.NO_EDITION_FOLDER.at(file.rpartition("/")[0], name=name, known=known)]
    if not (folder / EDITION_FILE).exists():
        return None, [codes.NO_EDITION_FILE.at(file)]
    source, findings = load_yaml(folder / EDITION_FILE, file, _REQUIRED)
    raw, more = _raw_chapters(source, folder, file)
    findings += more
    people, more = load_people(folder, file.rpartition("/")[0])
    findings += more
    # Names are replaced in the raw data, before validation, so that no model and no finding that
    # quotes a value holds them. The findings made before this line are redacted at the end.
    sources, redaction, more = withhold(Sources(source, raw), people, medium)
    findings += more
    if source is not None:
        findings += check_files(folder, file.rpartition("/")[0], redaction)
    loaded, more = _validated(Assets(root, fallback), folder, sources)
    findings = in_order(redaction.findings([*findings, *more]))
    if loaded is None or has_errors(findings):
        return None, findings
    return replace(loaded, redaction=redaction), findings


def _validated(
    assets: Assets, folder: Path, sources: Sources
) -> tuple[WrittenEdition | None, list[Finding]]:
    """Validate sources from which names have been withheld, with the brand and the programmes."""
    source = sources.edition
    meetings = None if source is None else meeting_numbers(source)
    chapters = {}
    findings = []
    for raw in sources.chapters:
        chapter, more = chapter_of(raw, meetings)
        findings += more
        if chapter is not None:
            chapters[raw.name] = chapter
    if source is None:
        return None, findings
    edition, more = validate(Edition, source)
    findings += [*more, *check_edition(source)]
    brand_name, brand, more = _brand(source, assets)
    findings += more
    findings += check_cover_picture(source, folder, _page(source, brand))
    programmes, more = _programmes(source, assets)
    findings += more
    if edition is None or brand is None:
        return None, findings
    return WrittenEdition(
        name=folder.name,
        folder=folder,
        file=source.file,
        edition=edition,
        chapters=chapters,
        brand=brand,
        brand_folder=assets.brand_folder(brand_name),
        assets=assets,
        programmes=programmes,
    ), findings


def _raw_chapters(
    source: YamlSource | None, folder: Path, file: str
) -> tuple[tuple[RawChapter, ...], list[Finding]]:
    """Read the chapters that the contents name, in reading order.

    When ``edition.yaml`` cannot be parsed, reads all chapters of the folder instead, so that their
    mistakes are reported in the same run.
    """
    findings: list[Finding] = []
    if source is None:
        paths = {p.name: p for p in sorted(folder.glob("*.md")) if not p.is_symlink()}
    else:
        complete = part_of(source, "contents", Contents) is not None
        files = chapter_files(source, folder, complete=complete)
        paths, findings = files.names, files.findings
    prefix = file.rpartition("/")[0]
    chapters = []
    for name, path in paths.items():
        raw, more = read_chapter(path, name, f"{prefix}/{name}")
        findings += more
        if raw is not None:
            chapters.append(raw)
    return tuple(chapters), findings


def _brand(source: YamlSource, assets: Assets) -> tuple[str, Brand | None, list[Finding]]:
    """The name of the edition's brand, the brand, and findings.

    Also checks that the brand has the cover ground and the page format that the edition names.
    """
    written = source.data.get("brand")
    name = Edition.model_fields["brand"].default if written is None else written
    if not isinstance(name, str):
        return "", None, []
    name = name.strip()
    known = assets.brands()
    if name not in known:
        return name, None, [_unknown(codes.UNKNOWN_BRAND, source, "brand", name, known)]
    brand, findings = assets.brand(name)
    for key, code in (("ground", codes.UNKNOWN_GROUND), ("page_format", codes.UNKNOWN_FORMAT)):
        value = source.data.get(key)
        if brand is not None and isinstance(value, str):
            known = list(brand.grounds if key == "ground" else brand.formats)
            if value.strip() not in known:
                findings.append(_unknown(code, source, key, value, known))
    return name, brand, findings


def _page(source: YamlSource, brand: Brand | None) -> PageFormat | None:
    """The page format of the edition; None when the brand does not have it or has mistakes."""
    if brand is None:
        return None
    name = source.data.get("page_format") or brand.default_format
    return brand.formats.get(name.strip()) if isinstance(name, str) else None


def _programmes(source: YamlSource, assets: Assets) -> tuple[tuple[Programme, ...], list[Finding]]:
    """The programmes that the edition names, without unknown ones, and findings."""
    written = source.data.get("programme")
    entries = written if isinstance(written, list) else [written]  # one name or a list
    findings = []
    programmes: dict[str, Programme | None] = {}
    known = assets.programmes()
    for index, entry in enumerate(entries):
        if not isinstance(entry, str):
            continue
        name = entry.strip()
        place = source.value_at(("programme", index))
        if name in programmes:
            findings.append(codes.PROGRAMME_TWICE.at(source.file, *place, value=name))
        elif name not in known:
            allowed = ", ".join(known)
            findings.append(
                codes.UNKNOWN_PROGRAMME.at(source.file, *place, value=name, allowed=allowed)
            )
        else:
            programmes[name], more = assets.programme(name)
            findings += more
    return tuple(p for p in programmes.values() if p is not None), findings


def _unknown(code: Code, source: YamlSource, key: str, value: str, known: list[str]) -> Finding:
    """The finding on the field ``key`` whose value is none of ``known``."""
    place = source.value_at((key,))
    return code.at(source.file, *place, value=shown(value), allowed=", ".join(known))
