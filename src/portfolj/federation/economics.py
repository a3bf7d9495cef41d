"""The settings of what an intervention pays: which files tell of it, whose money, and the rules of the calculation."""

from __future__ import annotations

import math
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# The kinds of files, in the order in which they are read and told of.
ECONOMICS_KINDS = ("incomes", "transitions", "values", "break_even", "published")
MOST_YEARS = 5  # no result is of more years than these, so that no cost can be spread over more


def _codes(labels: dict[str, str]) -> dict[str, str]:
    wrong = [code for code, label in labels.items() if not re.fullmatch(r"[a-z][a-z0-9_]*", code) or not label.strip()]
    if wrong:
        raise ValueError('en kod med små bokstäver a-z och en etikett, till exempel eu = "EU (Socialfonden)"')
    return labels


def _used_years(years: dict[str, int]) -> dict[str, int]:
    if any(not re.fullmatch(r"(19|20)\d\d", year) or not 1990 <= used <= 2100 for year, used in years.items()):
        raise ValueError("två årtal, till exempel 2020 = 2019: värden från 2019 används för 2020")
    return years


def _low_to_high(ranges: dict[str, list[float]]) -> dict[str, list[float]]:
    for name, values in ranges.items():
        if name not in RANGED:
            raise ValueError(f"spann för {', '.join(RANGED)}")
        highest = HIGHEST_PCT.get(name)
        if (
            len(values) != 3
            or not all(map(math.isfinite, values))
            or sorted(values) != values
            or values[0] < 0
            or (highest and values[2] > highest)
        ):
            most = f", högst {highest}" if highest else ""
            raise ValueError(f"lägst, troligast och högst i procent{most}, till exempel deadweight_pct = [0, 20, 50]")
    return ranges


# What a range may be stated of: the share of the income and of the cost that holds, in percent, and three options.
RANGED = ("income_pct", "cost_pct", "deadweight_pct", "fade_out_pct", "discount_rate_pct")
HIGHEST_PCT = {"deadweight_pct": 100, "fade_out_pct": 100, "discount_rate_pct": 50}


class EconomicsSettings(BaseModel):
    """The files of each kind and the rules. Without files of incomes or transitions there is no payback of one's own.

    ``actors``: further actors, code -> label; neither may already mean somebody. ``payers``: code of a benefit or a
    measure, or ``wage_subsidy`` -> code of the actor who pays it instead of the one that ``economics_states.toml``
    names; one of the federation's own too, but not the individual, society or the state in total. ``use_year``: year
    -> the year whose values are used for it, where it has none of its own; never a price index. ``value_year``: the
    year whose values a calculation from states is made with; the last of the period where none is stated.
    ``discount_rate_pct``, ``fade_out_pct`` and ``deadweight_pct`` are percent (a year, a year, of the income);
    ``write_off_years``: over how many years, at most ``MOST_YEARS``, the cost is spread in the yearly results;
    ``price_year``: the year in whose prices amounts are shown, none for those of each year (nominal);
    ``subsidised_apart``: whether jobs with a wage subsidy are left out of the income and told for themselves.
    ``ranges``: lowest, most likely and highest of what is uncertain, see ``RANGED``. ``seed``: of the simulation.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    incomes: list[str] = []
    transitions: list[str] = []
    values: list[str] = []
    break_even: list[str] = []
    published: list[str] = []
    actors: Annotated[dict[str, str], AfterValidator(_codes)] = {}
    payers: dict[str, str] = {}
    use_year: Annotated[dict[str, int], AfterValidator(_used_years)] = {}
    value_year: int | None = Field(default=None, ge=1990, le=2100)
    discount_rate_pct: float = Field(default=0, ge=0, le=50)
    fade_out_pct: float = Field(default=0, ge=0, le=100)
    deadweight_pct: float = Field(default=0, ge=0, le=100)
    write_off_years: int = Field(default=1, ge=1, le=MOST_YEARS)
    price_year: int | None = Field(default=None, ge=1990, le=2100)
    subsidised_apart: bool = False
    ranges: Annotated[dict[str, list[float]], AfterValidator(_low_to_high)] = {}
    seed: int = Field(default=1, ge=0)

    @property
    def files(self) -> dict[str, list[str]]:
        """Kind -> its files, for the kinds that there are files of."""
        return {kind: getattr(self, kind) for kind in ECONOMICS_KINDS if getattr(self, kind)}
