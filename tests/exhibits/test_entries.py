"""The ledger's entries as a file: nothing of where the rows stand, and every krona of what they grant."""

from __future__ import annotations

from portfolj.exhibits.entries import COLUMNS, entries_table
from portfolj.portfolio.view import Portfolio


def test_the_entries_are_as_many_and_worth_as_much_as_the_ledgers_parts(rar: Portfolio) -> None:
    table = entries_table(rar.entries)
    for part, number, granted_sek in zip(
        rar.parts["part"], rar.parts["entries"], rar.parts["granted_sek"], strict=True
    ):
        own = table[table["part"] == part]
        assert own["entries"].sum() == number
        assert (own["granted_sek"] * own["entries"]).sum() == granted_sek


def test_the_entries_hold_no_text_of_the_ledger_and_no_place_in_it(rar: Portfolio) -> None:
    assert tuple(entries_table(rar.entries)) == (*COLUMNS, "entries")


def test_entries_in_another_order_and_on_other_rows_give_the_same_table(rar: Portfolio) -> None:
    turned = rar.entries.iloc[::-1].assign(row=range(1000, 1000 + len(rar.entries)), sheet="Ett annat blad")
    assert entries_table(turned).equals(entries_table(rar.entries))


def test_an_entry_without_a_year_or_an_amount_is_an_entry(rar: Portfolio) -> None:
    few = rar.entries.head(2).assign(year=[None, 2019], amount_sek=[100.0, None], part=["undated", "counted"])
    table = entries_table(few.astype({"year": "Int64", "amount_sek": "float64"}))
    assert table["entries"].sum() == 2
    assert table["granted_sek"].isna().sum() == table["year"].isna().sum() == 1
