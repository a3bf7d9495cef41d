"""The settings of logic models: which files hold them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class LogicSettings(BaseModel):
    """``files``: one model in each, of an intervention, a municipality or the whole federation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: list[str] = []
