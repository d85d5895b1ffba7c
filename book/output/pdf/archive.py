"""What PDF/A asks for beyond PDF/UA (ISO 19005-2): the meaning of colours, plain pictures.

Level 2a, not 3a: part 3 differs only in that it admits attached files of any kind, and a book
has none.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

_PROFILE = "sRGB2014.icc"
"""The sRGB profile of the International Color Consortium, which WeasyPrint brings along."""


def make_archival(pdf: Pdf) -> None:
    """Say that colours are sRGB (6.2.3), and let no reader interpolate pictures (6.2.8.1)."""
    profile = pdf.make_stream(_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB2014"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Interpolate" in item:
            del item["/Interpolate"]


def _profile() -> bytes:
    # Importing WeasyPrint would start its font machinery in this process.
    package = importlib.util.find_spec("weasyprint")
    assert package is not None and package.origin is not None
    return (Path(package.origin).parent / "pdf" / _PROFILE).read_bytes()
