"""Tables 7-15 of the 2020 review of RAR Sörmland, from the files that the demo federation has.

The printed figures stand in ``data/rar_sormland_payback.csv``, typed off the review, in kronor and months; blank where
print has nothing or a dash.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from portfolj.economics.view import EconomicsView, open_economics
from portfolj.exhibits.economics.files import write_economics_tables
from portfolj.followup.view import open_follow_up
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio

PRINTED = pd.read_csv(Path(__file__).parent / "data" / "rar_sormland_payback.csv")
AF_2016 = (2016, "af")  # print contradicts itself: see the test of its own
COLUMNS = {
    "payback": [
        "year", "actor", "participants", "income_1y_sek", "cost_sek", "result_1y_sek", "income_5y_sek",
        "result_5y_sek", "payback_months",
    ],
    "break_even": ["case", "cost_sek", "value_per_person_year_sek", "years", "persons"],
    "chance": [
        "actor", "horizon_years", "chance_to_break_even", "share_never", "payback_p05_months", "payback_p50_months",
        "payback_p95_months",
    ],
}  # fmt: skip
ACTORS = ["samhallet", "kommun", "region", "staten", "af", "fk"]


@pytest.fixture(scope="module")
def economics(rar: Portfolio) -> EconomicsView:
    return open_economics(open_follow_up(rar))


@pytest.fixture(scope="module")
def files(economics: EconomicsView, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pd.DataFrame]:
    folder = tmp_path_factory.mktemp("tables")
    write_economics_tables(economics, folder)
    return lambda name: pd.read_csv(folder / f"{name}.csv")


@pytest.fixture(scope="module")
def payback(files: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """The file's rows beside the printed ones: printed columns end with ``_kr`` and ``_printed``."""
    return files("payback").merge(PRINTED, on=["year", "actor"], how="outer", suffixes=("", "_printed"), validate="1:1")


def differences(payback: pd.DataFrame, computed: str, printed: str) -> Iterator[tuple[tuple[int, str], float]]:
    for row in payback.dropna(subset=printed).to_dict("records"):
        yield (row["year"], row["actor"]), row[computed] - row[printed]


def test_the_files_have_the_columns_that_machines_expect(files: Callable[[str], pd.DataFrame]) -> None:
    assert {name: list(files(name)) for name in COLUMNS} == COLUMNS


def test_there_is_a_row_for_each_year_and_actor_in_print_and_no_other(payback: pd.DataFrame) -> None:
    assert len(payback) == len(PRINTED) == 4 * 6
    assert (payback["participants"] == payback["participants_printed"]).all()
    assert payback.groupby("year")["participants"].first().to_dict() == {2016: 42, 2017: 140, 2018: 263, 2019: 66}
    assert set(payback["actor"]) == set(ACTORS)


def test_printed_incomes_are_the_incomes(payback: pd.DataFrame) -> None:
    assert {off for _, off in differences(payback, "income_1y_sek", "income_1y_kr")} == {0}


def test_one_year_results_are_within_1000_kronor_of_print_and_af_2016_is_12_250_off(payback: pd.DataFrame) -> None:
    off = dict(differences(payback, "result_1y_sek", "profit_1y_kr"))
    assert len(off) == 24
    assert off.pop(AF_2016) == 12_250
    assert max(map(abs, off.values())) <= 1_000


def test_five_year_incomes_and_results_are_within_2500_kronor_of_print_but_for_af_2016(payback: pd.DataFrame) -> None:
    incomes = dict(differences(payback, "income_5y_sek", "income_5y_kr"))
    assert len(incomes) == 16  # print has none of the employment service and the social insurance agency
    assert max(map(abs, incomes.values())) <= 2_500
    results = dict(differences(payback, "result_5y_sek", "profit_5y_kr"))
    assert len(results) == 24
    assert results.pop(AF_2016) == 12_250
    assert max(map(abs, results.values())) <= 2_500


def test_print_has_two_results_of_af_2016_that_no_cost_of_16_000_kronor_gives() -> None:
    row = PRINTED.set_index(["year", "actor"]).loc[AF_2016]
    income = (row["profit_5y_kr"] - row["profit_1y_kr"]) / 4  # the rule of the model: four years' income lie between
    assert income == -847_750
    assert income - row["profit_1y_kr"] == 684_250  # the cost that print must have used; 42 x 16 000 = 672 000
    assert 684_250 - 42 * 16_000 == 12_250


def test_every_printed_payback_is_the_computed_one_and_blank_where_print_is_blank(payback: pd.DataFrame) -> None:
    pairs = list(zip(payback["payback_months"], payback["payback_months_printed"], strict=True))
    assert [pair for pair in pairs if not (pair[0] == pair[1] or (math.isnan(pair[0]) and math.isnan(pair[1])))] == []
    assert sum(not math.isnan(printed) for _, printed in pairs) == 20
    blank = payback[payback["payback_months"].isna()]
    assert set(zip(blank["year"], blank["actor"], strict=True)) == {
        (2016, "af"), (2017, "af"), (2018, "af"), (2018, "fk"),
    }  # fmt: skip
    assert (blank["income_1y_sek"] < 0).all()


def test_payback_is_twelve_costs_over_the_printed_income_rounded_up(payback: pd.DataFrame) -> None:
    known = payback.dropna(subset="payback_months")
    for row in known.to_dict("records"):
        assert row["payback_months"] == math.ceil(12 * row["cost_sek"] / row["income_1y_sek"])


def test_costs_are_79_583_kronor_per_participant_in_all_and_16_000_each_for_four(payback: pd.DataFrame) -> None:
    each = (payback["cost_sek"] / payback["participants"]).groupby(payback["actor"])
    assert {actor: {round(cost) for cost in costs} for actor, costs in each} == {
        "samhallet": {79_583}, "kommun": {16_000}, "region": {16_000}, "af": {16_000}, "fk": {16_000},
        "staten": {16_000 + 16_000 + 15_583},
    }  # fmt: skip


def test_the_means_over_the_years_are_33_29_200_and_89_and_societys_pooled_payback_is_36(
    files: Callable[[str], pd.DataFrame],
) -> None:
    together = files("payback_summary").set_index("actor")
    means = together["payback_mean_months"]
    assert means[["samhallet", "kommun", "region", "staten"]].to_dict() == {
        "samhallet": 33, "kommun": 29, "region": 200, "staten": 89,
    }  # fmt: skip
    # 12 x 511 x 79 583.33 / (1 540 + 4 267 + 5 232 + 2 642 thousand) = 35.7
    assert math.ceil(12 * 511 * 79_583.33 / 13_681_000) == together.at["samhallet", "payback_pooled_months"] == 36


def test_years_that_never_pay_are_named(files: Callable[[str], pd.DataFrame]) -> None:
    without = files("payback_summary").set_index("actor")["years_without_payback"]
    assert without["af"] == "2016;2017;2018"
    assert str(without["fk"]).removesuffix(".0") == "2018"
    assert without[["samhallet", "kommun", "region", "staten"]].isna().all()


def test_every_printed_figure_agrees_but_those_of_af_2016(economics: EconomicsView) -> None:
    published = economics.tables["published"]
    off = published[published["finding"] != "agrees"]
    assert sorted(zip(off["year"], off["actor"], off["measure"], off["difference"], strict=True)) == [
        (2016, "af", "result_1y", 12_250), (2016, "af", "result_5y", 12_250),
    ]  # fmt: skip
    assert len(published) == 24 * 3 + 16 + 4  # results and payback, incomes of four, and four means


def test_the_demos_files_have_the_same_print_as_these_tests(economics: EconomicsView) -> None:
    measures = {
        "result_1y": "profit_1y_kr", "income_5y": "income_5y_kr", "result_5y": "profit_5y_kr",
        "payback_months": "payback_months",
    }  # fmt: skip
    stated = economics.tables["published"].dropna(subset="year").set_index(["year", "actor", "measure"])
    for row in PRINTED.to_dict("records"):
        for measure, column in measures.items():
            place = (row["year"], row["actor"], measure)
            value = stated.at[place, "printed_value"] if place in stated.index else math.nan
            assert value == row[column] or (math.isnan(value) and math.isnan(row[column])), place


def test_the_page_is_told_that_the_cost_is_others_mean(economics: EconomicsView) -> None:
    costs = economics.tables["costs"].set_index("actor")
    assert round(costs.at["samhallet", "cost_per_participant_sek"]) == 79_583
    assert "58 andra utvärderingar" in costs.at["samhallet", "note"]


def test_the_printed_break_even_points_are_there(files: Callable[[str], pd.DataFrame]) -> None:
    table = files("break_even").set_index("case")
    structural = table[table.index.str.startswith("struktur")]
    assert set(structural["cost_sek"]) == {57_000_000}
    assert {114, 580, 850} <= set(structural["persons"])
    assert table.at["struktur_heltid", "persons"] == 114  # 57 000 000 / 500 000
    assert table.at["struktur_halvtid_lonebidrag_printed", "persons"] == 850
    assert table.at["struktur_hogre_lon_printed", "persons"] == 580
    assert table.at["ibis_printed", "persons"] == 215
    ssi = table.loc["ssi"]
    assert (ssi["persons"], ssi["years"]) == (40, 3)  # 11 800 000 / (3 x 100 000) = 39.3


def test_what_print_rounds_is_there_beside_it(files: Callable[[str], pd.DataFrame]) -> None:
    table = files("break_even").set_index("case")
    assert table.at["struktur_heltid_model", "value_per_person_year_sek"] == 25_000 * 12 * 1.3142 * 1.25
    assert table.at["struktur_heltid_model", "persons"] == math.ceil(57_000_000 / 492_825)
    assert table.at["struktur_hogre_lon_model", "value_per_person_year_sek"] == 98_565
    assert table.at["struktur_hogre_lon", "persons"] == 570  # 57 000 000 / 100 000: print has 580, of about 98 300
    assert round(table.at["struktur_halvtid_lonebidrag_printed", "value_per_person_year_sek"]) == 67_059


def test_the_structural_57_million_are_the_ledgers(places: Places, tmp_path: Path) -> None:
    """Another amount in the ledger is another number of persons: nothing is typed."""
    raw = tmp_path / "data" / "raw" / "rar-sormland"
    raw.parent.mkdir(parents=True)
    shutil.copytree(places.raw("rar-sormland"), raw)
    changed = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=places.notebooks)
    portfolio = open_portfolio("rar-sormland", places=changed)
    own = portfolio.interventions[portfolio.interventions["orientation"] == "strukturpaverkande"]
    assert (own["granted_sek"].sum(), len(own)) == (57_000_000, 47)
    names = set(own["name"])
    file = raw / "rar_sormland_ledger.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["Beviljade medel"]
    cell = next(
        cell
        for row in sheet.iter_rows()
        if names & {each.value for each in row}
        for cell in row
        if isinstance(cell.value, int | float) and cell.value >= 100 and cell.value not in range(2000, 2030)
    )
    cell.value += 3_000  # thousands of kronor
    book.save(file)
    economics = open_economics(open_follow_up(open_portfolio("rar-sormland", places=changed)))
    (structural,) = economics.tables["structural"].to_dict("records")
    assert structural["granted_sek"] == 60_000_000
    table = economics.tables["break_even"].query("case == 'struktur_heltid' and kind == 'stated'")
    assert list(table["cost_sek"]) == [60_000_000]
    assert list(table["persons"]) == [120]  # 60 000 000 / 500 000


def test_the_chance_is_told_of_every_actor_at_four_horizons(files: Callable[[str], pd.DataFrame]) -> None:
    chance = files("chance")
    assert list(chance["actor"].drop_duplicates()) == ACTORS
    assert chance.groupby("actor")["horizon_years"].apply(list).map(tuple).unique().tolist() == [(1, 2, 5, 10)]
    assert chance["chance_to_break_even"].between(0, 1).all()
    assert (chance["chance_to_break_even"] + chance["share_never"] <= 1).all()
    for _, own in chance.groupby("actor"):
        assert own["chance_to_break_even"].is_monotonic_increasing
        assert own["share_never"].nunique() == 1
    months = chance[[f"payback_p{share}_months" for share in ("05", "50", "95")]].map(
        lambda text: math.inf if text == "never" else int(text)
    )
    assert (months.diff(axis=1).iloc[:, 1:].fillna(0) >= 0).all(axis=None)
    af = chance[chance["actor"] == "af"]
    assert set(af["payback_p50_months"]) == {"never"}  # it lost in three years of four
