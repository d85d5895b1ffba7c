"""The base of every model: immutable, and closed to keys that nobody defined."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable record; an unknown key is an error that the loader turns into a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
