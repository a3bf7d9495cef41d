"""Transitions over several years and periods: what one report hides no other gives away; and who is told apart."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from some_values import ASSUMED

from portfolj.economics.changes import Changes
from portfolj.economics.flows import flows_of, income_of
from portfolj.economics.states import shipped_states
from portfolj.economics.transitions import changes_from_transitions

STATES = shipped_states()
YEARS = (2018, 2019, 2020)
PERIODS = [(a, b) for a, b in combinations((*YEARS, 2021), 2)]
CODES = ("seeking", "income_support", "work_full_time", "sickness_benefit")
K = 3
Row = tuple[str, str, int, int]  # before, after, count, year


def table(*rows: Row) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["state_before", "state_after", "count", "year"])
    return frame.astype({"count": "int64", "year": "Int64"})


def of_period(rows: pd.DataFrame, first: int, last: int, *, k: int = 5) -> Changes:
    return changes_from_transitions(rows, states=STATES, k=k, period=(first, last))


def shown(changes: Changes) -> dict[tuple[str, str], int]:
    found = {}
    for row in changes.frame.to_dict("records"):
        found |= {(row["state"], side): int(row[side]) for side in ("before", "after") if not pd.isna(row[side])}
    return found


def test_two_periods_do_not_tell_what_the_year_between_them_hides() -> None:
    # 40 in 2018 and 3 in 2019: the year of 3 is in no period, so that 43 and 40 never stand beside each other.
    rows = table(("seeking", "work_full_time", 40, 2018), ("income_support", "work_full_time", 3, 2019))
    both, alone = of_period(rows, 2018, 2019), of_period(rows, 2018, 2018)
    assert shown(both) == shown(alone) == {
        ("work_full_time", "before"): 0, ("work_full_time", "after"): 40, ("seeking", "before"): 40,
        ("seeking", "after"): 0,
    }  # fmt: skip
    assert both.participants == alone.participants == 40
    assert both.remarks == ("Övergångarna 2019 räknas inte: deltagarna är för få för att de ska kunna visas.",)
    assert of_period(rows, 2019, 2019).participants is None


def test_a_state_that_is_small_in_one_year_is_hidden_in_every_period() -> None:
    rows = table(
        ("seeking", "work_full_time", 30, 2018), ("income_support", "work_full_time", 20, 2018),
        ("seeking", "work_full_time", 30, 2019), ("income_support", "work_full_time", 2, 2019),
        ("sickness_benefit", "work_full_time", 9, 2019), ("sickness_benefit", "work_full_time", 9, 2018),
    )  # fmt: skip
    for period in ((2018, 2018), (2019, 2019), (2018, 2019)):
        assert ("income_support", "before") not in shown(of_period(rows, *period))
    assert shown(of_period(rows, 2018, 2019))["seeking", "before"] == 60


ROWS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(1, 9), st.sampled_from(YEARS)),
    min_size=1, max_size=9,
)  # fmt: skip


def no_difference_tells_of_few(rows: list[Row]) -> None:
    """Whoever has the report of every period takes one from the other; what is left is of whole years."""
    told = {period: shown(of_period(table(*rows), period[0], period[1] - 1, k=K)) for period in PERIODS}
    for one, other in ((one, other) for one in PERIODS for other in PERIODS if one != other):
        if one[0] <= other[0] and other[1] <= one[1]:
            for cell in told[one].keys() & told[other].keys():
                left = told[one][cell] - told[other][cell]
                assert left == 0 or left >= K, (one, other, cell)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_the_difference_between_any_two_periods_is_nothing_or_at_least_k(rows: list[Row]) -> None:
    no_difference_tells_of_few(rows)


@pytest.mark.harness
@settings(max_examples=1_000, deadline=None)
@given(ROWS)
def test_a_thousand_files_tell_of_few_by_no_difference_between_periods(rows: list[Row]) -> None:
    no_difference_tells_of_few(rows)


def test_those_whose_state_is_not_known_afterwards_are_in_the_cost_and_have_not_changed() -> None:
    rows = table(("income_support", "work_full_time", 40, 2018), ("income_support", "missing", 60, 2018))
    found = of_period(rows, 2018, 2018)
    assert shown(found)["income_support", "before"] == 40
    assert found.participants == 100
    assert found.remarks[0].startswith("Läget före eller efter saknas för 60 deltagare. De är med i kostnaden")


def test_few_whose_state_is_not_known_are_not_counted_out() -> None:
    rows = table(("income_support", "work_full_time", 40, 2018), ("income_support", "missing", 2, 2018))
    found = of_period(rows, 2018, 2018)
    assert found.participants == 40
    assert "några deltagare" in found.remarks[0]


def test_those_in_subsidised_jobs_stand_apart_with_what_they_came_from() -> None:
    rows = table(
        ("income_support", "work_full_time", 10, 2018), ("income_support", "work_subsidised_full_time", 8, 2018),
        ("income_support", "income_support", 20, 2018),
    )  # fmt: skip
    found = changes_from_transitions(rows, states=STATES, k=5, subsidised_apart=True)
    changed = {(row["state"], row["apart"]): row["change"] for row in found.frame.to_dict("records")}
    assert changed == {
        ("work_full_time", False): 10, ("income_support", False): -10,
        ("work_subsidised_full_time", True): 8, ("income_support", True): -8,
    }  # fmt: skip
    flows = flows_of(found, values=ASSUMED, year=2018, states=STATES)
    support = ASSUMED.numbers["income_support_sek_per_year"]
    for apart, people in ((False, 10), (True, 8)):
        own = flows[(flows["apart"] == apart) & (flows["item"] == "income_support")]
        assert own["sek"].tolist() == [-people * support]
    together = changes_from_transitions(rows, states=STATES, k=5)
    whole = income_of(flows_of(together, values=ASSUMED, year=2018, states=STATES)).set_index("actor")
    parts = [income_of(flows, apart=apart).set_index("actor")["income_1y_sek"] for apart in (False, True)]
    assert (parts[0] + parts[1]).to_dict() == pytest.approx(whole["income_1y_sek"].to_dict())
