"""Printed figures beside the computed ones: what print's own rounding explains, and what it does not."""

from __future__ import annotations

import pandas as pd
import pytest
from view_case import cell, incomes

from portfolj.economics.compared import COLUMNS, compared, rounding
from portfolj.economics.reading.files import frame_of as files_frame_of
from portfolj.economics.results import BASE, frame_of


def printed(*rows: tuple[int | None, str, str, str, float | None]) -> pd.DataFrame:
    """Year, actor, measure, the text and its figure."""
    names = ("year", "actor", "measure", "printed", "value")
    data = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    constant = {"unit": "sek", "source": "Rapporten", "note": ""}
    return files_frame_of("published", {**data, **{name: [word] * len(rows) for name, word in constant.items()}})


def found(published: pd.DataFrame, *rows: tuple[int, str, float, float], derived: bool = False) -> pd.DataFrame:
    """The comparison with a base of year, actor, income and cost."""
    records = [
        {"year": str(year), "actor": actor, "participants": 10, "income_1y_sek": income, "cost_sek": cost, "why": "",
         "missing": ""}
        for year, actor, income, cost in rows
    ]  # fmt: skip
    base = frame_of(BASE, records)
    read = incomes(*((year, 10, actor, income) for year, actor, income, _ in rows), derived=derived)
    return compared(published, base, read)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("-1803 tkr", 1_000), ("−1 803 tkr", 1_000), ("4,3 mkr", 100_000), ("4.35 mkr", 10_000), ("27 månader", 1),
        ("27", 1), ("1 540 000 kr", 1), ("–", 1), ("", 1),
    ],
)  # fmt: skip
def test_one_step_of_the_last_printed_digit(text: str, step: float) -> None:
    assert rounding(text) == step


@pytest.mark.parametrize(
    ("measure", "off_sek", "finding"),
    [
        ("income_1y", 500, "agrees"), ("income_1y", 501, "differs"),  # half a thousand
        ("result_1y", 1_000, "agrees"), ("result_1y", -1_001, "differs"),  # the income's half and the result's own
        ("income_5y", 2_500, "agrees"), ("income_5y", 2_501, "differs"),  # five times the income's half
        ("result_5y", -2_500, "agrees"), ("result_5y", 2_501, "differs"),
    ],
)  # fmt: skip
def test_what_rounding_of_the_income_explains_agrees_and_a_krona_more_differs(
    measure: str, off_sek: int, finding: str
) -> None:
    # Income 100 000, cost 300 000: 100 000, -200 000, 500 000 and 200 000.
    exact = {"income_1y": 100_000, "result_1y": -200_000, "income_5y": 500_000, "result_5y": 200_000}[measure]
    figure = float(exact - off_sek)
    table = found(printed((2019, "kommun", measure, f"{figure / 1000:.0f} tkr", figure)), (2019, "kommun", 1e5, 3e5))
    assert (cell(table, "finding", measure=measure), cell(table, "difference", measure=measure)) == (finding, off_sek)


@pytest.mark.parametrize(("months", "finding"), [(36, "agrees"), (35, "differs"), (37, "differs")])
def test_months_agree_to_the_month(months: int, finding: str) -> None:
    table = found(printed((2019, "kommun", "payback_months", str(months), months)), (2019, "kommun", 1e5, 3e5))
    assert cell(table, "finding", actor="kommun") == finding


@pytest.mark.parametrize(
    ("text", "value", "income", "finding"),
    [
        ("–", None, -1e5, "agrees"),  # never, and print has a dash
        ("–", None, 1e5, "not_computed"),  # print has a dash where there is a payback
        ("36", 36.0, -1e5, "not_computed"),  # print has a payback where there is none
    ],
)
def test_a_dash_agrees_with_what_never_pays_alone(text: str, value: float | None, income: float, finding: str) -> None:
    table = found(printed((2019, "kommun", "payback_months", text, value)), (2019, "kommun", income, 3e5))
    assert (cell(table, "finding", actor="kommun"), cell(table, "difference", actor="kommun")) == (finding, None)


def test_what_nobody_has_computed_is_not_said_to_agree() -> None:
    table = found(
        printed((2018, "kommun", "result_1y", "-200 tkr", -2e5), (2019, "fk", "result_1y", "-200 tkr", -2e5)),
        (2019, "kommun", 1e5, 3e5),
    )
    assert list(table["finding"]) == ["not_computed", "not_computed"]
    assert table["computed"].isna().all()


def test_a_dash_does_not_agree_with_what_is_not_computed_at_all() -> None:
    dashes = printed(
        (2018, "kommun", "payback_months", "–", None),  # a year that is not there
        (2019, "fk", "payback_months", "–", None),  # an actor that is not there
        (2019, "kommun", "payback_months", "–", None),  # whose cost nobody knows
        (None, "kommun", "payback_months", "–", None),
        (None, "kommun", "income_1y", "–", None),
    )
    assert set(found(dashes, (2019, "kommun", -1e5, float("nan")))["finding"]) == {"not_computed"}
    of_never = found(dashes, (2019, "kommun", -1e5, 3e5))["finding"]
    assert list(of_never) == ["not_computed", "not_computed", "agrees", "agrees", "not_computed"]


def test_a_figure_without_a_year_is_the_mean_of_the_years() -> None:
    rows = [(2018, "kommun", 1e5, 1e5), (2019, "kommun", 1e5, 2e5)]  # 12 and 24 months, 18 on average
    table = found(printed((None, "kommun", "payback_months", "18", 18), (None, "kommun", "income_1y", "1", 1)), *rows)
    assert (cell(table, "computed", measure="payback_months"), cell(table, "finding", measure="payback_months")) == (
        18, "agrees",
    )  # fmt: skip
    assert cell(table, "finding", measure="income_1y") == "not_computed"  # print has no mean of anything else
    assert table["year"].isna().all()


def test_a_figure_whose_income_was_worked_out_from_print_is_marked() -> None:
    asked = printed((2019, "kommun", "result_1y", "-200 tkr", -2e5))
    for derived in (True, False):
        table = found(asked, (2019, "kommun", 1e5, 3e5), derived=derived)
        assert list(table["derived"]) == [derived]


def test_the_reviews_af_2016_differs_by_12_250_kronor() -> None:
    # Income (-4 923 + 1 532) / 4 = -847.75; cost 42 x 16 000: -847 750 - 672 000 = -1 519 750, print has -1 532 000.
    table = found(printed((2016, "af", "result_1y", "-1532 tkr", -1_532_000)), (2016, "af", -847_750, 42 * 16_000))
    assert (cell(table, "difference", actor="af"), cell(table, "finding", actor="af")) == (12_250, "differs")


def test_the_table_has_its_columns_also_without_print() -> None:
    table = found(printed(), (2019, "kommun", 1e5, 3e5))
    assert table.empty
    assert table.dtypes.astype("str").to_dict() == COLUMNS
