"""The typefaces and pictures that a released book holds, with their authors and licences."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pikepdf
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from book.compose.documents import Book
from book.compose.notice import EMBLEM, notice_pictures
from book.messages import N_
from book.model.licence import LICENCE_IDS, licence_of
from book.release.text import PictureFact

FONTS_FILE = "fonts.yaml"
_NAMES = {
    "OFL-1.1": ("SIL Open Font License 1.1", "https://openfontlicense.org/"),
    "Ubuntu-font-1.0": ("Ubuntu Font Licence 1.0", "https://ubuntu.com/legal/font-licence"),
}
"""The licences of typefaces by SPDX identifier: name and address."""
_FONTS = {".ttf", ".otf", ".woff", ".woff2"}
_EMBLEM_TERMS = N_(
    "emblem of the European Union, used under the administrative agreement with the Council of "
    "Europe (OJ C 271, 8.9.2012, p. 5)"
)
_LOGO_TERMS = N_("logo of its owner, shown as the programme demands")
_MOTIF_TERMS = N_("drawn by the publisher for this book")


class _Face(BaseModel):
    model_config = ConfigDict(extra="ignore")
    file: str


class _Family(BaseModel):
    """An entry of ``assets/fonts/fonts.yaml``."""

    model_config = ConfigDict(extra="ignore")
    family: str
    version: str = ""
    designer: str = ""
    licence: str
    licence_file: str = Field(alias="licence-file")
    faces: tuple[_Face, ...] = ()


@dataclass(frozen=True)
class Typeface:
    """A typeface, with the artefacts that hold it (``files``) and the full text of its licence."""

    family: str
    version: str
    designer: str
    licence: str
    url: str | None
    files: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PictureLicence:
    """A picture: its file, its place in the book, who made it, and its terms of use.

    ``place`` is the id of a chapter, ``cover`` or ``notice``. ``credit`` is "" when nobody is
    named. ``terms`` is a message id or the name of a licence. ``own`` says whether the picture has
    terms of its own and not the book's.
    """

    file: str
    place: str
    credit: str
    terms: str
    url: str | None
    own: bool
    sha256: str


@dataclass(frozen=True)
class Licences:
    """All typefaces and pictures; ``unknown`` are typefaces without a recorded licence."""

    typefaces: tuple[Typeface, ...]
    pictures: tuple[PictureLicence, ...]
    unknown: tuple[str, ...]

    @property
    def uncredited(self) -> tuple[PictureLicence, ...]:
        """The pictures without a credit."""
        return tuple(picture for picture in self.pictures if not picture.credit)


def licences_of(
    book: Book, pictures: Iterable[PictureFact], artefacts: Mapping[str, bytes], publisher: str
) -> Licences:
    """The licences of all that ``artefacts`` (by file name) hold.

    Typefaces are read out of the finished files, so that none is forgotten.
    """
    held = {name: _families(name, content) for name, content in artefacts.items()}
    known = _known(book.loaded.fonts_folder)
    # A PDF gives names of families, an EPUB names of font files, which are looked up here.
    by_file = {
        PurePosixPath(face.file).name: family for family in known.values() for face in family.faces
    }
    in_files: dict[str, list[str]] = {}
    for name, found in held.items():
        families = {by_file[f].family if f in by_file else f for f in found}
        for family in sorted(families):
            in_files.setdefault(family, []).append(name)
    return Licences(
        tuple(
            _typeface(known[family], tuple(files), book.loaded.fonts_folder)
            for family, files in sorted(in_files.items())
            if family in known
        ),
        (*_cover(book, publisher), *_of_notice(book), *_of_text(book, pictures)),
        tuple(sorted(family for family in in_files if family not in known)),
    )


def _families(name: str, content: bytes) -> set[str]:
    """The font families in a PDF, the names of font files in an EPUB; a font file's own name.

    None in other files.
    """
    if PurePosixPath(name).suffix in _FONTS:
        return {PurePosixPath(name).name}
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return {
                str(item.get("/FontFamily", item.get("/FontName", ""))).removeprefix("/")
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            }
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as epub:
            paths = map(PurePosixPath, epub.namelist())
            return {path.name for path in paths if path.suffix in _FONTS}
    return set()


def _known(folder: Path) -> dict[str, _Family]:
    """The families of ``fonts.yaml`` whose licence file exists; none if the file is malformed.

    Families that are missing here are reported as unlicensed, so nothing is lost silently.
    """
    try:
        data = yaml.safe_load((folder / FONTS_FILE).read_text(encoding="utf-8"))
        families = [_Family.model_validate(entry) for entry in data["families"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValidationError):
        return {}
    return {
        family.family: family for family in families if (folder / family.licence_file).is_file()
    }


def _typeface(family: _Family, files: tuple[str, ...], folder: Path) -> Typeface:
    name, url = _NAMES.get(family.licence, (family.licence, None))
    text = (folder / family.licence_file).read_text(encoding="utf-8", errors="replace")
    return Typeface(family.family, family.version, family.designer, name, url, files, text.strip())


def _cover(book: Book, publisher: str) -> Iterable[PictureLicence]:
    """The edition's picture or the brand's motif, and the publisher's logo."""
    edition = book.loaded.edition
    if edition.cover is not None:
        licence = licence_of(edition.cover.licence, edition.language)
        path = book.loaded.folder / edition.cover.image
        yield PictureLicence(
            edition.cover.image,
            "cover",
            edition.cover.credit,
            licence.name,
            licence.url,
            True,
            _sha256(path),
        )
    elif book.loaded.brand.motif != "none":
        yield PictureLicence("", "cover", publisher, _MOTIF_TERMS, None, True, "")
    logo = book.loaded.brand.logo
    if logo is not None:
        path = book.loaded.brand_folder / logo.file
        yield PictureLicence(
            PurePosixPath(logo.file).name,
            "cover",
            publisher,
            _LOGO_TERMS,
            None,
            True,
            _sha256(path),
        )


def _of_notice(book: Book) -> Iterable[PictureLicence]:
    """The emblem of the European Union, and the logos of the authorities."""
    for address, path in notice_pictures(book.loaded).items():
        is_emblem = address == EMBLEM
        yield PictureLicence(
            path.name,
            "notice",
            N_("European Union") if is_emblem else _owner(book, path.name),
            _EMBLEM_TERMS if is_emblem else _LOGO_TERMS,
            None,
            True,
            _sha256(path),
        )


def _owner(book: Book, logo: str) -> str:
    """The name of the authority whose logo the file is; "" if there is none."""
    authorities = (a for programme in book.loaded.programmes for a in programme.authorities)
    return next((a.name for a in authorities if a.logo and PurePosixPath(a.logo).name == logo), "")


def _of_text(book: Book, pictures: Iterable[PictureFact]) -> Iterable[PictureLicence]:
    """The pictures of the chapters; one without a licence of its own has the book's."""
    edition = book.loaded.edition
    for picture in pictures:
        id = picture.licence or edition.licence
        licence = licence_of(id, edition.language) if id in LICENCE_IDS else None
        yield PictureLicence(
            picture.path,
            picture.chapter,
            picture.credit,
            licence.name if licence else picture.licence,
            licence.url if licence else None,
            bool(picture.licence),
            picture.sha256,
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
