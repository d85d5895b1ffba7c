"""The folder of the pipeline's own checkout. No other module computes it from ``__file__``."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder with ``book/``, ``assets/``, ``tasks.py``, and what npm installed."""
