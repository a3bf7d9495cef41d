"""Counting rules on frames small enough to add up by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.errors import ReconciliationError
from portfolj.portfolio.counting import by_basis, by_category, by_target_group
from portfolj.portfolio.money import equal_shares_ore, sum_sek, to_ore, whole_where_possible
from portfolj.portfolio.reconcile import reconcile
from portfolj.portfolio.tables import overlap_sek

GROUPS = ("unga", "psykisk_ohalsa", "ej_definierad")
OWNERS = ("kommun", "region", "ej_definierad")


def interventions(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    """Rows of (owner, target groups, granted SEK)."""
    frame = pd.DataFrame(rows, columns=["owner", "target_groups", "granted_sek"]).astype({"granted_sek": "float64"})
    return frame.assign(intervention_key=[f"k{i}" for i in range(len(frame))])


def test_an_owner_without_interventions_stands_with_zero_and_no_mean() -> None:
    table = by_category(interventions(("kommun", "unga", 100.0)), OWNERS, column="owner").set_index("owner")
    assert table.loc["region", "count"] == 0
    assert table.loc["region", "granted_sek"] == 0
    assert pd.isna(table.loc["region", "mean_granted_sek"])


def test_a_category_where_no_amount_is_known_has_no_sum_rather_than_zero() -> None:
    table = by_category(interventions(("kommun", "unga", None)), OWNERS, column="owner").set_index("owner")
    assert table.loc["kommun", "count"] == 1
    assert pd.isna(table.loc["kommun", "granted_sek"])
    assert table.loc["kommun", "without_amount"] == 1


def test_the_mean_is_over_the_interventions_whose_amount_is_known() -> None:
    frame = interventions(("kommun", "unga", 100.0), ("kommun", "unga", 300.0), ("kommun", "unga", None))
    table = by_category(frame, OWNERS, column="owner").set_index("owner")
    assert table.loc["kommun", "mean_granted_sek"] == 200.0  # (100 + 300) / 2, the third has no amount


def test_once_gives_all_to_the_primary_group_split_shares_it_and_overlapping_repeats_it() -> None:
    frame = interventions(("kommun", "psykisk_ohalsa;unga", 2_600_000.0), ("kommun", "unga", 1_100_000.0))
    table = by_target_group(frame, GROUPS).set_index("target_group")
    assert table["granted_once_sek"].to_dict() == {"unga": 1_100_000, "psykisk_ohalsa": 2_600_000, "ej_definierad": 0}
    assert table["granted_split_sek"].to_dict() == {"unga": 2_400_000, "psykisk_ohalsa": 1_300_000, "ej_definierad": 0}
    assert table["granted_overlapping_sek"].to_dict() == {
        "unga": 3_700_000, "psykisk_ohalsa": 2_600_000, "ej_definierad": 0,
    }  # fmt: skip
    assert table["count_once"].to_dict() == {"unga": 1, "psykisk_ohalsa": 1, "ej_definierad": 0}
    assert table["count_overlapping"].to_dict() == {"unga": 2, "psykisk_ohalsa": 1, "ej_definierad": 0}


def test_a_code_outside_the_list_is_an_error_and_not_a_row_that_vanishes() -> None:
    with pytest.raises(ValueError, match="stat"):
        by_category(interventions(("stat", "unga", 1.0)), OWNERS, column="owner")


def test_shares_of_an_amount_that_does_not_divide_still_sum_to_it() -> None:
    assert equal_shares_ore(10_001, 3) == [3334, 3334, 3333]
    assert equal_shares_ore(-10_001, 3) == [-3334, -3334, -3333]


def test_amounts_with_ore_keep_them_in_files_and_whole_ones_are_integers() -> None:
    assert whole_where_possible(pd.Series([1.0, 2.0, None])).dtype == "Int64"
    assert whole_where_possible(pd.Series([1.5, 2.0])).tolist() == [1.5, 2.0]


def test_the_sum_of_a_million_tenths_is_exact() -> None:
    # 0.1 has no exact binary form: a plain float sum of these gives 100000.00000133288
    assert sum_sek(pd.Series([0.1] * 1_000_000)) == 100_000.0


def test_answers_are_told_apart_by_what_they_rest_on() -> None:
    frame = interventions(("kommun", "unga", 10.0), ("kommun", "unga", 5.0), ("ej_definierad", "unga", 1.0)).assign(
        owner_basis=["stated", "", ""], owner_decided_by=["rule", "decision", "none"]
    )
    table = by_basis(frame, OWNERS, dimension="owner")
    assert table[["code", "basis", "count", "granted_sek"]].to_dict("split")["data"] == [
        ["kommun", "decision", 1, 5.0],
        ["kommun", "stated", 1, 10.0],
        ["ej_definierad", "none", 1, 1.0],
    ]


def test_a_table_that_misses_one_ore_stops_the_report() -> None:
    frame = interventions(("kommun", "unga", 100.0))
    with pytest.raises(ReconciliationError, match=r"0\.01"):
        reconcile("owner", count=1, rows=pd.Series([99.99]), interventions=frame)


def test_a_table_that_misses_one_intervention_stops_the_report() -> None:
    frame = interventions(("kommun", "unga", 100.0))
    with pytest.raises(ReconciliationError, match="insatser"):
        reconcile("owner", count=0, rows=pd.Series([100.0]), interventions=frame)


AMOUNTS = st.one_of(st.none(), st.integers(-10_000_000, 10_000_000_00).map(lambda ore: ore / 100))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(OWNERS),
        st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True).map(";".join),
        AMOUNTS,
    ),
    max_size=30,
)


@given(ROWS)
def test_every_table_sums_to_what_was_granted_whatever_the_ledger(rows: list[tuple[str, str, float | None]]) -> None:
    frame = interventions(*rows)
    before = frame.copy(deep=True)
    total = int(to_ore(frame["granted_sek"]).sum())
    owners, groups = by_category(frame, OWNERS, column="owner"), by_target_group(frame, GROUPS)
    assert int(to_ore(owners["granted_sek"]).sum()) == total
    assert int(to_ore(groups["granted_once_sek"]).sum()) == total
    assert int(to_ore(groups["granted_split_sek"]).sum()) == total
    overlapping = int(to_ore(groups["granted_overlapping_sek"]).sum())
    assert overlapping - round(overlap_sek(frame) * 100) == total
    assert owners["count"].sum() == groups["count_once"].sum() == len(frame)
    pd.testing.assert_frame_equal(frame, before)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, str, float | None]], random) -> None:  # type: ignore[no-untyped-def]
    frame = interventions(*rows)
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled = frame.iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(by_target_group(frame, GROUPS), by_target_group(shuffled, GROUPS))
    pd.testing.assert_frame_equal(
        by_category(frame, OWNERS, column="owner"), by_category(shuffled, OWNERS, column="owner")
    )
