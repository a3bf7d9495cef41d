"""Shares with an interval, against an independent computation."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from portfolj.followup.outcomes import CELLS
from portfolj.followup.shares import MEASURES, national_outcomes, shares, wilson_interval, with_balance


@given(st.integers(1, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_is_wilsons(pair: tuple[int, int]) -> None:
    count, of = pair
    expected = binomtest(count, of).proportion_ci(0.95, method="wilson")
    assert wilson_interval(count, of) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(("count", "of"), [(1, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson_interval(count, of)


def outcomes(**cells: int | None) -> pd.DataFrame:
    told = {name: cells.get(name, 50) for name in CELLS}
    frame = pd.DataFrame([{"intervention": "", "group": "all", "category": "all", **told}])
    frame = frame.astype(dict.fromkeys(CELLS, "Int64"))
    return frame.assign(**{f"{name}_suppressed": frame[name].isna() for name in CELLS})


def test_a_share_of_a_hidden_count_is_blank_with_its_interval() -> None:
    table = shares(outcomes(to_work=None)).set_index(["measure", "denominator"])
    hidden = table.loc[("to_work", "exits")]
    assert hidden[["percent", "low", "high"]].isna().all()
    assert hidden["suppressed"]
    assert not table.loc[("to_study", "exits"), "suppressed"]


def test_a_share_of_a_hidden_denominator_is_blank() -> None:
    table = shares(outcomes(exits=None)).set_index(["measure", "denominator"])
    for measure in MEASURES:
        assert pd.isna(table.loc[(measure, "exits"), "percent"])
        assert table.loc[(measure, "participations"), "percent"] == 100.0  # 50 of 50


def test_a_share_of_nobody_is_blank_but_not_hidden() -> None:
    table = shares(outcomes(exits=0, to_work=0)).set_index(["measure", "denominator"])
    assert pd.isna(table.loc[("to_work", "exits"), "percent"])
    assert not table.loc[("to_work", "exits"), "suppressed"]


def test_balance_is_within_40_and_60_percent() -> None:
    both = [("all", 123, 144), ("Ojämn", 30, 70), ("Dold", None, 70), ("Ingen", 0, 0)]  # 123 / 267 = 46.1 %
    frame = pd.DataFrame(both, columns=["category", "women", "men"]).astype({"women": "Int64", "men": "Int64"})
    found = with_balance(frame).set_index("category")
    assert found.loc["all", "percent_women"] == 46.1
    assert found["balanced"].dropna().to_dict() == {"all": True, "Ojämn": False}
    assert pd.isna(found.loc["Ingen", "percent_women"])
    assert pd.isna(found.loc["Dold", "percent_women"])


def test_national_figures_have_a_source_and_say_that_definitions_differ() -> None:
    table = national_outcomes().set_index("year")
    assert table["percent"].to_dict() == {2017: 31.0, 2020: 28.0}
    assert (table["source"] != "").all()
    assert table["note"].str.contains("efinitionen skiljer sig").all()
