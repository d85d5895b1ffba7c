"""How a PDF of this house is written: the same bytes for the same content."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Pdf


def saved(pdf: Pdf) -> bytes:
    """``pdf`` as a file of PDF 1.7 whose identifier comes from its content."""
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return target.getvalue()
