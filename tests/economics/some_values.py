"""Values to test with: a stand-in for those of a federation, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolj.economics.states import benefits_known, measures_known


@dataclass(frozen=True)
class Found:
    value: float


@dataclass(frozen=True)
class Lacking:
    key: str
    year: int

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


@dataclass(frozen=True)
class SomeValues:
    """Finds what it was given, by key alone."""

    numbers: Mapping[str, float]
    asked: set[tuple[str, int, str]] = field(default_factory=set)

    def find(self, key: str, *, year: int, actor: str = "") -> object:
        self.asked.add((key, year, actor))
        return Found(self.numbers[key]) if key in self.numbers else Lacking(key, year)

    def without(self, *keys: str) -> SomeValues:
        return SomeValues({key: value for key, value in self.numbers.items() if key not in keys})


# The wage, the fee and the indirect tax of the printed model; all else is made up to be easy to multiply.
ASSUMED = SomeValues(
    {
        "monthly_wage_sek": 25_000, "employer_fee_pct": 31.42, "indirect_tax_pct": 25, "municipal_tax_pct": 20,
        "regional_tax_pct": 11, "work_extent_pct": 75, "wage_subsidy_share_pct": 80,
        "wage_subsidy_cap_month_sek": 20_000,
        **{f"{code}_sek_per_year": 100_000 + 1000 * n for n, code in enumerate(benefits_known())},
        **{f"measure_{code}_sek_per_year": 50_000 + 1000 * n for n, code in enumerate(measures_known())},
    }
)  # fmt: skip
