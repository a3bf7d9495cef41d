"""Every entry of a ledger belongs to exactly one part, and the parts are the ledger."""

from __future__ import annotations

import pandas as pd
import pytest

from portfolj.errors import ReconciliationError
from portfolj.portfolio.reconcile import reconcile_ledger
from portfolj.portfolio.scope import by_part, by_year, in_portfolio, with_parts


def entries(*rows: tuple[str, int | None, float | None, str, str]) -> pd.DataFrame:
    """Rows of (intervention, year, amount SEK, entry type, financing)."""
    frame = pd.DataFrame(rows, columns=["intervention_key", "year", "amount_sek", "entry_type", "financing"])
    return frame.astype({"year": "Int64", "amount_sek": "float64"})


LEDGER = entries(
    ("a", 2014, 100.0, "granted", "Finsam"),
    ("a", 2015, 50.0, "granted", "Finsam"),
    ("a", 2015, 40.0, "paid", "Finsam"),
    ("b", None, 30.0, "granted", "Finsam"),
    ("c", 2015, 500.0, "granted", "ESF"),
    ("d", 2015, None, "granted", "Finsam"),
    ("e", 2015, 7.0, "paid", "Finsam"),
)
INTERVENTIONS = pd.DataFrame({"intervention_key": ["a", "b", "c", "d", "e"], "name": list("ABCDE")})


def parts(period: tuple[int, int] | None) -> pd.DataFrame:
    return by_part(with_parts(LEDGER, period=period)).set_index("part")


def test_the_parts_of_a_period_sum_to_all_that_was_granted() -> None:
    table = parts((2015, 2015))
    assert table["granted_sek"].to_dict() == {
        "counted": 50.0, "undated": 30.0, "outside_period": 100.0, "external": 500.0,
    }  # fmt: skip
    assert table["granted_sek"].sum() == 100 + 50 + 30 + 500


def test_without_a_period_an_entry_without_a_year_counts_like_any_other() -> None:
    table = parts(None)
    assert table.loc["counted", "granted_sek"] == 180.0  # 100 + 50 + 30
    assert table.loc["undated", "entries"] == 0


def test_payments_never_add_to_what_was_granted() -> None:
    chosen = in_portfolio(INTERVENTIONS, with_parts(LEDGER, period=None)).set_index("intervention_key")
    assert chosen.loc["a", "granted_sek"] == 150.0


def test_an_intervention_that_only_has_payments_counts_with_its_amount_unknown() -> None:
    chosen = in_portfolio(INTERVENTIONS, with_parts(LEDGER, period=None)).set_index("intervention_key")
    assert pd.isna(chosen.loc["e", "granted_sek"])
    assert list(chosen.index) == ["a", "b", "d", "e"]


def test_an_intervention_is_in_the_period_by_its_own_entries_and_with_their_money_alone() -> None:
    chosen = in_portfolio(INTERVENTIONS, with_parts(LEDGER, period=(2014, 2014))).set_index("intervention_key")
    assert chosen["granted_sek"].to_dict() == {"a": 100.0}
    assert chosen.loc["a", "last_year"] == 2014


def test_years_stand_in_order_with_entries_without_a_year_last_and_financing_apart() -> None:
    table = by_year(with_parts(LEDGER, period=(2014, 2015)), period=(2014, 2015))
    assert [(None if pd.isna(y) else int(y), f) for y, f in zip(table["year"], table["financing"], strict=True)] == [
        (2014, "Finsam"), (2015, "Finsam"), (2015, "ESF"), (None, "Finsam"),
    ]  # fmt: skip
    assert table["granted_sek"].tolist() == [100.0, 50.0, 500.0, 30.0]


def test_money_that_goes_missing_between_ledger_and_parts_is_found() -> None:
    table = by_part(with_parts(LEDGER, period=None))
    table.loc[table["part"] == "external", "granted_sek"] = 499.0
    chosen = in_portfolio(INTERVENTIONS, with_parts(LEDGER, period=None))
    with pytest.raises(ReconciliationError, match="liggarens delar"):
        reconcile_ledger(table, rows=LEDGER, interventions=chosen)
