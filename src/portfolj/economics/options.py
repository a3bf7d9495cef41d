"""The rules of a calculation that are somebody's choice. Those of the printed model are the defaults."""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.federation import Federation

HORIZON_YEARS = 5  # the printed model's medium term


@dataclass(frozen=True)
class Options:
    """What the income of later years is worth and how the cost is spread.

    ``discount_rate``: per year, on all years after the first. ``fade_out``: the share of the income that is lost each
    year after the first. ``deadweight``: the share that would have come anyway, taken off all years. All three are
    shares (0.035, not 3.5). ``write_off_years``: see ``results.yearly_results``. ``price_year``: None for nominal.
    """

    discount_rate: float = 0.0
    fade_out: float = 0.0
    deadweight: float = 0.0
    write_off_years: int = 1
    price_year: int | None = None
    subsidised_apart: bool = False

    @property
    def is_printed_model(self) -> bool:
        """Whether income is neither discounted, nor fades, nor would have come anyway: a plain 12 x cost / income."""
        return self.discount_rate == self.fade_out == self.deadweight == 0


def options_of(federation: Federation) -> Options:
    """The options that the federation has stated."""
    stated = federation.economics
    return Options(
        discount_rate=stated.discount_rate_pct / 100,
        fade_out=stated.fade_out_pct / 100,
        deadweight=stated.deadweight_pct / 100,
        write_off_years=stated.write_off_years,
        price_year=stated.price_year,
        subsidised_apart=stated.subsidised_apart,
    )
