"""The settings of what must be on file for an intervention: which files tell of it, which facts and from which year."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portfolj.errors import Fault, Reason
from portfolj.federation.setting_faults import nearest_setting, setting_fault

# The kinds of files, in the order in which they are read and told of.
DOCUMENTATION_KINDS = ("facts", "phases")


class DocumentationSettings(BaseModel):
    """The files of each kind, and which facts an intervention must have. Without settings all are always required.

    ``required``: fact -> the first year of which it is required; facts that are not named are required whatever the
    year. ``not_required``: facts that are never asked for. The facts are those of ``reference/documentation.toml``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: list[str] = []
    phases: list[str] = []
    required: dict[str, Annotated[int, Field(ge=1990, le=2100)]] = {}
    not_required: list[str] = []

    @property
    def files(self) -> dict[str, list[str]]:
        """Kind -> its files, for the kinds that there are files of."""
        return {kind: getattr(self, kind) for kind in DOCUMENTATION_KINDS if getattr(self, kind)}


@cache
def fact_labels() -> Mapping[str, str]:
    """Code -> what the fact is called, in the order in which they are shown."""
    text = (files("portfolj") / "reference" / "documentation.toml").read_text(encoding="utf-8")
    return {code: fact["label"] for code, fact in tomllib.loads(text).items()}


@cache
def fact_codes() -> tuple[str, ...]:
    """The codes of the facts, in the order in which they are shown."""
    return tuple(fact_labels())


def fact_faults(settings: DocumentationSettings) -> Iterator[Fault]:
    """One fault for each fact in the settings that does not exist or is both required and not."""
    for place, named in (("required", list(settings.required)), ("not_required", settings.not_required)):
        for code in named:
            if code not in fact_codes():
                cell = f"documentation.{place}.{code}" if place == "required" else f"documentation.{place}"
                yield setting_fault(
                    cell, Reason.SETTING_UNKNOWN, f"Uppgiften {code!r} finns inte", ", ".join(fact_codes()),
                    _nearest(code),
                )  # fmt: skip
    for code in sorted(set(settings.required) & set(settings.not_required)):
        yield setting_fault(
            f"documentation.required.{code}", Reason.SETTING_WRONG, f"Uppgiften {code!r} både krävs och krävs inte",
            "antingen required eller not_required", "Ta bort den ena",
        )  # fmt: skip


def _nearest(word: str) -> str:
    """What to do about a fact that does not exist; it may be written in Swedish."""
    written = {**{label.casefold(): code for code, label in fact_labels().items()}, **{c: c for c in fact_codes()}}
    close = difflib.get_close_matches(word.casefold(), list(written), n=1)
    return f"Menade du {written[close[0]]}?" if close else nearest_setting(word, fact_codes())
