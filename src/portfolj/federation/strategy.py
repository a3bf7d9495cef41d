"""The board's priorities as they are stated in ``federation.toml``: what belongs to each, when, and its share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from portfolj.federation.period import checked_period, parse_period

# What an intervention can be held against. Each that is stated must be met; of several values one is enough.
CRITERIA = ("target_groups", "orientation", "owners", "process_support", "themes")
NO_CRITERION = f"minst en av {', '.join(CRITERIA)}: det som en insats ska uppfylla för att höra till prioriteringen"
COMES_TWICE = "ett eget namn för varje prioritering, eller samma namn med år som inte överlappar"
OLD_SETTING = "priorities"  # a list of names, which nothing could be held against


class Priority(BaseModel):
    """One thing that the board wanted its money to go to.

    ``years``: when it held, all years where empty. ``target_groups``, ``orientation``, ``owners`` and
    ``process_support`` are codes of the codebook; ``themes`` are words in the codebook's syntax. ``share_pct``: the
    intended part, in percent, of what the members' money was each of those years.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    years: Annotated[str, AfterValidator(checked_period)] = ""
    target_groups: list[str] = []
    orientation: list[str] = []
    owners: list[str] = []
    process_support: list[str] = []
    themes: list[str] = []
    share_pct: float | None = Field(default=None, ge=0, le=100)

    @model_validator(mode="after")
    def _says_what_belongs_to_it(self) -> Priority:
        if not any(getattr(self, criterion) for criterion in CRITERIA):
            raise ValueError(NO_CRITERION)
        return self

    def holds_in(self, year: int) -> bool:
        """Whether it was a priority that year."""
        span = parse_period(self.years)
        return span is None or span[0] <= year <= span[1]


class StrategySettings(BaseModel):
    """The priorities, and how money is counted that fits several of them.

    ``counting``: ``once`` (the first of them in this order has all), ``split`` (equal shares) or ``overlapping`` (the
    full amount in each). ``source``: where they are decided, which the page tells.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    counting: Literal["once", "split", "overlapping"] = "overlapping"
    source: str = ""
    priorities: list[Priority] = []

    @model_validator(mode="after")
    def _each_once_a_year(self) -> StrategySettings:
        for number, one in enumerate(self.priorities):
            for other in self.priorities[:number]:
                if one.name.strip().casefold() == other.name.strip().casefold() and _meet(one, other):
                    raise ValueError(f"{COMES_TWICE}; {one.name!r} står två gånger")
        return self


def _meet(one: Priority, other: Priority) -> bool:
    first, second = parse_period(one.years), parse_period(other.years)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])
