"""What a participation costs, with the ledger's rows summed by pandas alone, and printed budgets beside the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from counting_rows import at, opened, rows_of

from portfolj.followup.joined import joined
from portfolj.followup.money import budget_of
from portfolj.followup.rows import frame_from_records
from portfolj.followup.view import FollowUpView, open_follow_up
from portfolj.portfolio import open_portfolio
from small_ledger import portfolio_of, row

RAW = Path(__file__).parents[2] / "data" / "raw"


def money(number: str, name: str, amount: str, financing: str, year: str = "2019") -> tuple[str, ...]:
    return (*row(number, name, amount=amount, year=year)[:6], financing, "beviljat", amount)


@pytest.fixture(scope="module")
def spik() -> FollowUpView:
    return open_follow_up(open_portfolio("spik"))


def test_spik_cost_what_its_ledger_sums_to_through_267(spik: FollowUpView) -> None:
    ledger = pd.read_csv(RAW / "spik" / "spik_liggare.csv", sep=";")
    amounts = ledger["Beviljat belopp"].str.replace(r"\s", "", regex=True).astype(int)
    esf = ledger["Finansiering"] == "ESF"
    for financing, own in (("ESF", amounts[esf]), ("other", amounts[~esf]), ("together", amounts)):
        assert at(spik.tables["cost"], "granted_sek", financing=financing) == own.sum()
        assert at(spik.tables["cost"], "cost_per_participation_sek", financing=financing) == round(own.sum() / 267)
    assert amounts.sum() == 33_088_611
    assert at(spik.tables["cost"], "cost_per_participation_sek", financing="together") == 123_927


def test_the_five_printed_budget_lines_of_spik_are_those_of_the_ledger(spik: FollowUpView) -> None:
    ledger = pd.read_csv(RAW / "spik" / "spik_liggare.csv", sep=";").set_index("Del av budgeten")
    amounts = ledger["Beviljat belopp"].str.replace(r"\s", "", regex=True).astype(int).to_dict()
    lines = spik.tables["published"].query("measure == 'budget'").set_index("category")
    assert lines["computed"].to_dict() == {"": sum(amounts.values()), **amounts}
    assert set(lines["verdict"]) == {"agrees"}


def test_ibis_and_ssi_cost_what_esf_paid_through_how_they_ended_and_as_printed() -> None:
    ledger = pd.read_csv(RAW / "rar-sormland" / "other-formats" / "rar_sormland_ledger.csv")
    paid = ledger[ledger["Finansiering"] == "ESF"].groupby("Insats")["Beviljat belopp"].sum()
    exits = pd.read_csv(RAW / "rar-sormland" / "utfall.csv")
    ended = exits[exits["Bas"] == "Deltagare"].groupby("Insats")["Antal"].sum()  # 647 and 70; SSI is printed as 60
    cost = open_follow_up(open_portfolio("rar-sormland")).tables["cost"]
    assert paid.to_dict() == {"IBIS": 21_400_000, "SSI": 11_800_000}
    assert cost[["intervention", "financing", "base", "participations"]].to_numpy().tolist() == [
        ["IBIS", "ESF", "exits", ended["IBIS"]], ["SSI", "ESF", "exits", ended["SSI"]], ["SSI", "ESF", "printed", 60],
    ]  # fmt: skip
    assert cost["granted_sek"].tolist() == [paid["IBIS"], paid["SSI"], paid["SSI"]]
    each = [round(paid["IBIS"] / ended["IBIS"]), round(paid["SSI"] / ended["SSI"]), round(paid["SSI"] / 60)]
    assert cost["cost_per_participation_sek"].tolist() == each


def test_members_money_and_others_are_rows_of_their_own_and_a_sum_is_named(tmp_path: Path) -> None:
    ledger = [money("D1", "Stegen", "300000", "Finsam"), money("D1", "Stegen", "700000", "ESF")]
    cost = opened(rows_of((50, {"intervention": "Stegen"})), tmp_path, ledger=ledger).tables["cost"]
    each = cost.set_index("financing")["cost_per_participation_sek"].to_dict()
    # 300 000 / 50, 700 000 / 50 and 1 000 000 / 50
    assert each == {"Finsam": 6_000, "ESF": 14_000, "together": 20_000}


def test_a_grant_without_an_amount_leaves_the_cost_unknown(tmp_path: Path) -> None:
    ledger = [row("D1", "Ung framtid", amount="500000"), row("D1", "Ung framtid", amount=""),
              row("D2", "Stegen", amount="300000")]  # fmt: skip
    rows = rows_of((25, {"intervention": "Ung framtid"}), (30, {"intervention": "Stegen"}))
    tables = opened(rows, tmp_path, ledger=ledger).tables
    first = tables["cost"].set_index("intervention").loc["Ung framtid"]
    assert (first["granted_sek"], first["entries"], first["incomplete"]) == (500_000, 2, 1)
    assert pd.isna(first["cost_per_participation_sek"])
    assert at(tables["cost"], "cost_per_participation_sek", intervention="Stegen") == 10_000  # 300 000 / 30
    # Nor is it told of an owner, or of the whole, that it is part of.
    assert at(tables["outcomes"], "cost_per_participation_sek", intervention="Ung framtid", group="all") is None
    assert at(tables["outcomes"], "cost_per_participation_sek", intervention="", group="all") is None


def test_only_money_of_the_period_is_divided_and_money_without_a_year_leaves_it_unknown(tmp_path: Path) -> None:
    ledger = [
        money("D1", "Stegen", "300000", "ESF"), money("D1", "Stegen", "900000", "ESF", "2015"),
        money("D2", "Vägen", "100000", "ESF", "2015"), money("D3", "Bron", "100000", "ESF", ""),
        row("D4", "Annan"),
    ]  # fmt: skip
    names = ("Stegen", "Vägen", "Bron")
    rows = rows_of(*((30, {"intervention": name}) for name in names))
    cost = opened(rows, tmp_path, ledger=ledger, period="2019").tables["cost"].set_index("intervention")
    assert cost.loc["Stegen", "cost_per_participation_sek"] == 10_000  # 300 000 / 30
    assert cost.loc["Vägen", ["financing", "entries"]].tolist() == ["", 0]
    assert cost.loc["Bron", ["financing", "incomplete"]].tolist() == ["ESF", 1]
    assert cost.loc[["Vägen", "Bron"], "cost_per_participation_sek"].isna().all()


def test_a_hidden_number_of_participations_hides_the_cost(tmp_path: Path) -> None:
    ledger = [row("D1", "Ung framtid", amount="500000"), row("D2", "Stegen", amount="300000")]
    rows = rows_of((25, {"intervention": "Ung framtid"}), (3, {"intervention": "Stegen"}))
    cost = opened(rows, tmp_path, ledger=ledger).tables["cost"].set_index("intervention")
    assert cost.loc["Stegen", ["participations_suppressed", "granted_sek"]].tolist() == [True, 300_000]
    assert pd.isna(cost.loc["Stegen", "cost_per_participation_sek"])


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("", (1_000.0, "")),  # 600 + 400
        ("esf", (600.0, "")),
        ("Lokal", (None, "no_data")),
    ],
)
def test_a_printed_budget_is_the_sum_of_the_ledgers_rows(
    tmp_path: Path, category: str, expected: tuple[float | None, str]
) -> None:
    ledger = [money("D1", "Stegen", "600", "ESF"), money("D1", "Stegen", "400", "Finsam", "2015"), row("D2", "Annan")]
    portfolio = portfolio_of(ledger, tmp_path, basis="stated", period="2019")
    printed = {"intervention": "stegen", "category": category}
    assert budget_of(printed, portfolio.entries, joined(["stegen"], portfolio)) == expected


def test_a_printed_budget_with_an_amount_missing_in_the_ledger_is_not_compared(tmp_path: Path) -> None:
    ledger = [money("D1", "Stegen", "600", "ESF"), money("D1", "Stegen", "", "ESF"), row("D2", "Annan")]
    figure = {"intervention": "Stegen", "group": "all", "measure": "budget", "printed": "600 kr", "value": 600.0,
              "unit": "sek"}  # fmt: skip
    published = frame_from_records("published", [figure])
    table = opened(rows_of((50, {})), tmp_path, ledger=ledger)
    assert "published" not in table.tables
    told = opened(rows_of((50, {}), published=published), tmp_path, ledger=ledger).tables["published"].iloc[0]
    assert (told["why_blank"], told["verdict"]) == ("amount_missing", "not_comparable")


def test_steps_to_something_else_are_those_that_ended_in_no_status_of_the_figure() -> None:
    published = open_follow_up(open_portfolio("ratt-insats")).tables["published"]
    rows = published[published["measure"].isin(["step_shown_other", "share_step_shown_other"])]
    assert rows["computed"].tolist() == [46 - 30, round(100 * 16 / 63, 1)]
    assert set(rows["verdict"]) == {"agrees"}


def test_of_those_with_a_status_at_exit_it_is_told_how_many_work_or_study_and_how_many_practise(tmp_path: Path) -> None:
    after = {
        "work": (30, "Arbete"),
        "study": (25, "Studier"),
        "practice": (20, "Praktik"),
        "seeking": (40, "Utan insats"),
    }
    told = rows_of(*((number, {"occupation_after": code}) for code, (number, _) in after.items()))
    ended = [status for number, status in after.values() for _ in range(number)]
    stood = [
        {"person": f"p{n}", "intervention": "Insats", "point": point, "status": status}
        for n, last in enumerate(ended) for point, status in (("0", "Utan insats"), ("exit", last))
    ]  # fmt: skip
    figure = {"group": "status", "category": "Arbete;Praktik;Studier", "measure": "at_exit", "printed": "75",
              "value": 75.0, "unit": "persons"}  # fmt: skip
    rows = replace(told, statuses=frame_from_records("statuses", stood),
                   published=frame_from_records("published", [figure]))  # fmt: skip
    shown = opened(rows, tmp_path).tables["published"].iloc[0]
    assert (shown["computed"], shown["reached"], shown["practice"]) == (30 + 25 + 20, 30 + 25, 20)
