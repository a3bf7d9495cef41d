"""The demo ledger of RAR Sörmland gives the figures that the review of 2020 prints, contradictions included.

Expected figures: Tables 1-6 and the text of the review, as data in tests/portfolio/data/rar_sormland_portfolio.csv.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portfolj.exhibits.files import tidy_tables
from portfolj.portfolio import tables
from portfolj.portfolio.view import Portfolio

PRINTED = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "portfolio" / "data" / "rar_sormland_portfolio.csv").open(encoding="utf-8")
    )
)
# What the review itself contradicts; see test_the_findings_are_those_of_the_review.
CONTRADICTED = {("1", "ej_definierad", "count"), ("3", "kommun", "mean_granted"), ("text", "ej_definierad", "count")}
COLUMN = {"count": "count", "granted": "granted_sek", "mean_granted": "mean_granted_sek"}


def test_the_total_is_56_interventions_and_70_2_million(rar: Portfolio) -> None:
    assert len(rar.interventions) == 56
    assert rar.interventions["granted_sek"].sum() == 70_200_000


OWNER_ROWS = [
    row
    for row in PRINTED
    if row["dimension"] == "owner"
    and row["table"] in "123"
    and (row["table"], row["category"], row["measure"]) not in CONTRADICTED
]


@pytest.mark.parametrize("row", OWNER_ROWS, ids=lambda r: f"table {r['table']} {r['category']}")
def test_the_owner_tables(rar: Portfolio, row: dict[str, str]) -> None:
    table = tidy_tables(rar)["owner"].set_index("owner")
    value = table.loc[row["category"], COLUMN[row["measure"]]]
    if row["measure"] == "mean_granted" and table.loc[row["category"], "count"] == 0:
        assert str(value) == "nan"
        return
    decimals = len(row["value"].partition(".")[2])
    in_unit = value / (1 if row["unit"] == "st" else 1_000_000)
    assert abs(in_unit - float(row["value"])) <= 0.5 * 10**-decimals


@pytest.mark.parametrize("row", [r for r in PRINTED if r["table"] in "45"],
                         ids=lambda r: f"table {r['table']} {r['category']}")  # fmt: skip
def test_the_target_group_tables_count_once_and_sum_money_overlapping(rar: Portfolio, row: dict[str, str]) -> None:
    table = tidy_tables(rar)["target_group"].set_index("target_group")
    if row["measure"] == "count":
        assert table.loc[row["category"], "count_once"] == int(row["value"])
    else:
        assert table.loc[row["category"], "granted_overlapping_sek"] == round(float(row["value"]) * 1_000_000)


def test_57_million_are_structural_and_26_are_process_support(rar: Portfolio) -> None:
    files = tidy_tables(rar)
    orientation = files["orientation"].set_index("orientation")["granted_sek"]
    assert orientation["strukturpaverkande"] == 57_000_000
    assert files["process_support"].set_index("kind")["granted_sek"].to_dict() == {
        "processledare": 14_200_000, "esf_stod": 11_800_000,
    }  # fmt: skip


def test_the_files_have_the_columns_that_machines_expect(rar: Portfolio) -> None:
    files = tidy_tables(rar)
    assert list(files["owner"]) == ["owner", "count", "granted_sek", "mean_granted_sek"]
    assert list(files["target_group"]) == [
        "target_group", "count_once", "granted_once_sek", "granted_split_sek", "granted_overlapping_sek",
    ]  # fmt: skip
    assert list(files["orientation"]) == ["orientation", "count", "granted_sek"]
    assert list(files["process_support"]) == ["kind", "granted_sek"]
    assert list(files["year"]) == ["year", "financing", "granted_sek"]
    assert list(files["published"]) == [
        "table", "dimension", "category", "measure", "printed", "computed", "finding", "why",
    ]  # fmt: skip


def test_esf_money_stands_apart_in_the_years(rar: Portfolio) -> None:
    years = tidy_tables(rar)["year"].groupby("financing")["granted_sek"].sum()
    assert years.to_dict() == {"ESF": 33_200_000, "Finsam": 70_200_000}


def test_the_findings_are_those_of_the_review(rar: Portfolio) -> None:
    ledger, internal = tables.comparisons(rar)
    among = {(c.table, c.dimension, c.category, c.measure): (c.finding, c.printed, c.computed) for c in internal}
    assert [str(v) for v in among[("1", "owner", "sum", "count")]] == ["contradiction", "57", "56"]
    assert [str(v) for v in among[("text", "owner", "ej_definierad", "count")]] == ["contradiction", "32", "30"]
    assert [str(v) for v in among[("3", "owner", "kommun", "mean_granted")]][:2] == ["contradiction", "0.7"]
    assert [str(v) for v in among[("5", "target_group", "sum", "granted")]] == ["explained", "72.8", "70.2"]
    assert [str(v) for v in among[("text_body", "esf", "external", "granted")]] == ["check", "200", "100"]
    staff = ("text", "target_group", "personal_beslutsfattare+ej_definierad", "granted")
    assert [str(v) for v in among[staff]] == ["explained", "49.6", "57"]
    assert among[("3", "owner", "region", "mean_granted")][0] == "not_applicable"
    open_ones = {(c.table, c.category, c.measure) for c in ledger if c.finding == "contradiction"}
    assert open_ones == CONTRADICTED


def test_every_table_has_its_reconciliation_line(rar: Portfolio) -> None:
    lines = tables.reconciliations(rar)
    assert lines["target_group_overlapping"].overlap_sek == 2_600_000  # 72.8 - 70.2 mkr
    assert lines["process_support"].not_in_rows_sek == 44_200_000  # 70.2 - 26.0 mkr
    assert {line.total_sek for line in lines.values()} == {70_200_000.0}
