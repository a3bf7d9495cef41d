"""How much chance alone may do to an income that rests on few who moved."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from portfolj.economics.few_movers import with_chance_of_few
from portfolj.economics.ranges import Range
from portfolj.economics.states import shipped_states

ASSUMED = Range("income_pct", 50.0, 100.0, 125.0, "Intäkten", "assumed", "ett skäl")
COST = Range("cost_pct", 80.0, 100.0, 120.0, "Kostnaden", "assumed", "ett skäl")


def changes(before: int | None, after: int | None) -> pd.DataFrame:
    rows = [("work_part_time", before, after), ("income_support", 151, 111)]
    frame = pd.DataFrame(rows, columns=["state", "before", "after"])
    return frame.astype({"before": "Int64", "after": "Int64"})


def income(before: int | None, after: int | None, of: Range = ASSUMED) -> Range:
    own, cost = with_chance_of_few([of, COST], changes(before, after), states=shipped_states())
    assert cost == COST
    return own


def test_few_movers_widen_the_range_of_the_income_both_ways() -> None:
    # sqrt(6 x (5 + 24)) / (24 - 5) = 13.19 / 19 = 0.694: 100 - 69 = 31 and 100 + 69 = 169.
    found = income(5, 24)
    assert (found.low, found.likely, found.high) == (31.0, 100.0, 169.0)
    assert "5 arbetade före och 24 efter" in found.reason


def test_many_movers_leave_the_assumed_range() -> None:
    # sqrt(6 x 10 200) / 9 800 = 0.025.
    assert income(200, 10_000) == ASSUMED


@pytest.mark.parametrize(("before", "after"), [(None, 24), (5, None), (7, 7)])
def test_nothing_is_said_where_the_number_in_work_is_hidden_or_unchanged(before: int | None, after: int | None) -> None:
    assert income(before, after) == ASSUMED


def test_a_range_that_the_federation_has_stated_stands() -> None:
    stated = Range("income_pct", 90.0, 100.0, 110.0, "Intäkten", "federation")
    assert income(5, 24, stated) == stated


def test_the_triangle_spreads_as_chance_does_where_nobody_stays() -> None:
    # 20 of 4 000 leave work and 100 of 4 000 come: binomials, of which the variance is nearly 20 + 100.
    rng = np.random.default_rng(1)
    drawn = rng.binomial(4_000, 100 / 4_000, 200_000) - rng.binomial(4_000, 20 / 4_000, 200_000)
    found = income(20, 100, Range("income_pct", 95.0, 100.0, 105.0, "Intäkten", "assumed"))
    half = (found.high - found.low) / 2
    assert half / math.sqrt(6) >= 100 * drawn.std() / 80  # never narrower than chance
    assert half / math.sqrt(6) == pytest.approx(100 * drawn.std() / 80, rel=0.05)
