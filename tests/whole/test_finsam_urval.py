"""A ledger with hardly any amounts, and years missing, still gives counts, and says what is missing."""

from __future__ import annotations

import csv
from pathlib import Path

from portfolj.exhibits.files import tidy_tables
from portfolj.exhibits.scope import amounts_missing, undated_line
from portfolj.places import Places
from portfolj.portfolio import tables
from portfolj.portfolio.view import Portfolio, open_portfolio

LEDGER = Path(__file__).parents[2] / "data" / "raw" / "finsam-urval" / "finsam_urval.csv"
ROWS = list(csv.DictReader(LEDGER.read_text(encoding="utf-8-sig").splitlines()))
OUTSIDE = ("ESF", "annan")
OWN = [row for row in ROWS if row["financing"] not in OUTSIDE]


def test_the_sample_holds_253_interventions_of_47_federations() -> None:
    assert len(ROWS) == 253
    assert len({row["federation"] for row in ROWS}) == 47


def test_every_intervention_is_counted_once_and_outside_money_stands_apart(urval: Portfolio) -> None:
    assert len(urval.interventions) == len(OWN)
    assert len(urval.interventions) + len(urval.external) == 253
    assert tidy_tables(urval)["owner"]["count"].sum() == len(OWN)


def test_money_tables_say_how_many_amounts_are_missing(urval: Portfolio) -> None:
    missing = sum(not row["amount_sek"] for row in OWN)
    assert tables.without_amount(urval) == missing
    assert amounts_missing(urval).startswith(f"{missing} av {len(OWN)}\u00a0insatser saknar beviljat belopp")


def test_interventions_without_a_year_have_a_line_of_their_own_in_the_years(urval: Portfolio) -> None:
    years = tables.year(urval)
    own = years[years["financing"] == "Finsam"]
    assert own.loc[own["year"].isna(), "count"].item() == sum(not row["year"] for row in OWN)
    assert own["count"].sum() == len(OWN)


def test_a_period_does_not_swallow_interventions_without_a_year(places: Places) -> None:
    portfolio = open_portfolio("finsam-urval", period="2010-2015", places=places)
    inside = [row for row in OWN if row["year"] and 2010 <= int(row["year"]) <= 2015]
    undated = [row for row in OWN if not row["year"]]
    assert len(portfolio.interventions) == len(inside)
    assert len(portfolio.undated) == len(undated)
    assert f"{len(undated)}\u00a0insatser" in undated_line(portfolio)
