"""Where the pipeline itself lies: the one place that reckons it from a file's own path."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder with ``book/``, ``assets/``, ``tasks.py``, and what npm installed."""
