"""The EPUB container (OCF): a reproducible zip, whose bytes depend only on the files in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = ("mimetype", "META-INF/container.xml")
# The earliest time that a zip can hold. The edition's date is in the package document.
_TIME = (1980, 1, 1, 0, 0, 0)
_PERMISSIONS = 0o100644 << 16
_UNIX = 3
_ALREADY_COMPRESSED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".woff", ".woff2")


def files_of(archive: bytes) -> dict[str, bytes]:
    """The files in a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def reproducible(files: Mapping[str, bytes]) -> bytes:
    """The zip of ``files`` in a fixed order, with fixed times, permissions and compression.

    ``mimetype`` comes first, stored and without extra field (EPUB 3.3, section 4.2.4).
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        others = sorted(name for name in files if name not in _FIRST)
        for name in (*_FIRST, *others):
            info = zipfile.ZipInfo(name, _TIME)
            info.external_attr = _PERMISSIONS
            info.create_system = _UNIX
            stored = name == "mimetype" or name.lower().endswith(_ALREADY_COMPRESSED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return target.getvalue()
