"""Finds brands, programmes and other shared files: in the root's ``assets``, else the checkout's.

A contributor's root need not have any assets. A root's own file takes the place of the checkout's
file with the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from book.findings import Finding
from book.model import codes
from book.model.brand import Brand
from book.model.brand_checks import check_brand
from book.model.programme import Programme
from book.model.yaml.code_twins import for_assets
from book.model.yaml.source import load_yaml
from book.model.yaml.validation import validate
from book.system.checkout import CHECKOUT


@dataclass(frozen=True)
class Assets:
    """The two folders where a path under ``assets`` is looked for: ``root``, then ``fallback``.

    ``root`` holds ``chapters/`` and may hold ``assets/``. ``fallback`` is the pipeline's checkout,
    which holds all assets.
    """

    root: Path
    fallback: Path = CHECKOUT

    @property
    def folders(self) -> tuple[Path, ...]:
        """The ``assets`` folders, the root's own first."""
        return tuple(dict.fromkeys((self.root / "assets", self.fallback / "assets")))

    def find(self, path: str) -> Path:
        """The file or folder ``path`` of the root if it exists, else the fallback's.

        ``path`` is relative to ``assets``. The fallback's file need not exist.
        """
        own = self.root / "assets" / path
        return own if own.exists() else self.fallback / "assets" / path

    def brands(self) -> list[str]:
        """The names of all brands, sorted."""
        files = self._all("brands/*/brand.yaml")
        return sorted({file.parent.name for file in files})

    def programmes(self) -> list[str]:
        """The names of all programmes, sorted."""
        return sorted({file.stem for file in self._all("programmes/*.yaml")})

    def brand_folder(self, name: str) -> Path:
        """The folder of the brand ``name``, which is one of :meth:`brands`."""
        return self.find(f"brands/{name}/brand.yaml").parent

    def fonts_folder(self) -> Path:
        """The folder of the font files."""
        return self.find("fonts")

    def brand(self, name: str) -> tuple[Brand | None, list[Finding]]:
        """The brand ``name``, one of :meth:`brands`, and findings on its file.

        None when the file cannot be validated.
        """
        file = f"assets/brands/{name}/brand.yaml"
        source, findings = load_yaml(self.find(f"brands/{name}/brand.yaml"), file, "name")
        if source is None:
            return None, [for_assets(f) for f in findings]
        brand, more = validate(Brand, source)
        findings = [for_assets(f) for f in (*findings, *more)]
        if brand is None:
            return None, findings
        findings += check_brand(brand, source, self.brand_folder(name))
        return brand, findings

    def programme(self, name: str) -> tuple[Programme | None, list[Finding]]:
        """The programme ``name``, one of :meth:`programmes`, and findings on its file.

        None when the file cannot be validated.
        """
        file = f"assets/programmes/{name}.yaml"
        source, findings = load_yaml(self.find(f"programmes/{name}.yaml"), file, "id, name")
        if source is None:
            return None, [for_assets(f) for f in findings]
        programme, more = validate(Programme, source)
        findings = [for_assets(f) for f in (*findings, *more)]
        if programme is not None and programme.id != name:
            place = source.value_at(("id",))
            findings.append(codes.PROGRAMME_ID.at(file, *place, value=programme.id, name=name))
        return programme, findings

    def _all(self, pattern: str) -> list[Path]:
        return [file for folder in self.folders for file in folder.glob(pattern)]
