"""SPiK as a worked example of the model from states, on values that are assumed and say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from portfolj.economics.reading import read_economics
from portfolj.economics.states import labels_of_states
from portfolj.economics.view import EconomicsView, economics_of, open_economics
from portfolj.exhibits.economics.files import write_economics_tables
from portfolj.followup.view import FollowUpView, open_follow_up
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio

# The changes, before and after among those who are known of the 267.
CHANGES = {
    "work_part_time": 19, "study": -2, "labour_market_training": 7, "practice": 8, "sickness_benefit": -3,
    "sickness_compensation": -1, "activity_compensation": 1, "unemployment_benefit": 2, "activity_grant": 3,
    "income_support": -34, "study_support": 9,
}  # fmt: skip
# The values of antagna_varden.csv, kronor a year.
BENEFITS = {
    "sickness_benefit": 130_000, "sickness_compensation": 140_000, "activity_compensation": 125_000,
    "unemployment_benefit": 150_000, "activity_grant": 95_000, "income_support": 110_000, "study_support": 45_000,
}  # fmt: skip
TAXED = ("sickness_benefit", "sickness_compensation", "activity_compensation", "unemployment_benefit", "activity_grant")
WAGE = 25_000 * 12 * 0.75
FEE = 0.3142 * WAGE
INDIRECT_TAX = 0.25 * (WAGE + FEE)
PRODUCTION = 19 * 0.75 * 492_825  # = 7 022 756.25
PLACES = {"practice": 60_000, "labour_market_training": 120_000, "study": 70_000}
# Taxes on 19 wages and on the benefits that are taxed: 4 275 000 and -3 x 130 000 - 140 000 + 125 000 + 2 x 150 000
# + 3 x 95 000 = 180 000.
TAXED_SEK = 19 * WAGE + sum(CHANGES[code] * BENEFITS[code] for code in TAXED)
KOMMUN = 0.207 * TAXED_SEK + 34 * 110_000 + 2 * 70_000  # tax, support that is not paid, two places at school fewer
REGION = 0.115 * TAXED_SEK
AF = -(7 * 120_000 + 8 * 60_000 + 3 * 95_000)
FK = 3 * 130_000 + 1 * 140_000 - 1 * 125_000
OTHER_STATE = 19 * (FEE + INDIRECT_TAX) - 2 * 150_000 - 9 * 45_000


@pytest.fixture(scope="module")
def follow_up(places: Places) -> FollowUpView:
    return open_follow_up(open_portfolio("spik", places=places))


@pytest.fixture(scope="module")
def economics(follow_up: FollowUpView) -> EconomicsView:
    return open_economics(follow_up)


@pytest.fixture(scope="module")
def income(economics: EconomicsView) -> pd.Series:
    return economics.tables["model_income"].set_index("actor")["income_1y_sek"]


def test_the_changes_are_those_of_the_follow_up(economics: EconomicsView) -> None:
    changes = economics.tables["changes"].set_index("state")
    assert (economics.basis, economics.participants) == ("rows", 267)
    assert changes["change"].to_dict() == CHANGES
    # 24 work after, 5 before; of the 24 the share whose occupation is known before too is counted, and the other way.
    assert (changes.at["work_part_time", "before"], changes.at["work_part_time", "after"]) == (5, 24)


def test_nineteen_more_who_work_three_quarters_produce_7_022_756_kronor(economics: EconomicsView) -> None:
    assert PRODUCTION == 7_022_756.25
    flows = economics.tables["flows"].set_index(["state", "item"])
    production = flows.loc[("work_part_time", "production")]
    assert production["sek"] == PRODUCTION
    assert production["sek_per_person_year"] == 0.75 * 492_825
    assert (production["payer"], production["receiver"]) == ("realekonomin", "arbetsgivare")


@pytest.mark.parametrize(
    ("actor", "sek"),
    [("kommun", KOMMUN), ("region", REGION), ("af", AF), ("fk", FK), ("ovrig_stat", OTHER_STATE)],
)
def test_each_actors_income_is_what_its_flows_come_to(income: pd.Series, actor: str, sek: float) -> None:
    assert TAXED_SEK == 4_275_000 + 180_000
    assert income[actor] == pytest.approx(sek, abs=0.01)


def test_society_is_the_sum_of_actors_and_the_flows_between_them_cancel(
    economics: EconomicsView, income: pd.Series
) -> None:
    assert income["samhallet"] == income[["kommun", "region", "staten", "individen", "eu"]].sum()
    assert income["staten"] == income[["af", "fk", "ovrig_stat"]].sum()
    # Production less what the places take: 8 x 60 000 + 7 x 120 000 - 2 x 70 000 = 1 180 000.
    taken = sum(CHANGES[code] * sek for code, sek in PLACES.items())
    assert taken == 1_180_000
    assert income["samhallet"] == PRODUCTION - taken == 5_842_756.25
    cancel = economics.tables["cancel"]
    assert (cancel["sum_sek"] == 0).all()
    assert {"wage", "employer_fee", "income_support", "municipal_tax_wage"} <= set(cancel["item"])


def test_society_pays_what_eu_and_municipalities_paid_in_print_without_the_participants_benefits(
    economics: EconomicsView,
) -> None:
    payback = economics.tables["payback"].set_index("actor")
    assert payback["cost_sek"].drop("staten").to_dict() == {
        "samhallet": 15_541_812 + 5_493_396, "kommun": 4_818_781 + 674_615, "region": 0, "af": 0, "fk": 0,
        "ovrig_stat": 0, "individen": 0, "eu": 15_541_812,
    }  # fmt: skip
    assert payback.at["samhallet", "payback_months"] == 44  # 12 x 21 035 208 / 5 842 756 = 43.2
    assert set(payback.loc[["region", "af", "fk"], "why"]) == {"no_cost"}
    assert payback.at["eu", "why"] == "no_income"


def test_who_bears_no_cost_and_loses_has_it_back_only_by_chance(economics: EconomicsView) -> None:
    # Places in training (7 people more) and practice (8), and activity grants (3), might by chance have been fewer.
    chance = economics.tables["chance"].set_index("actor")
    assert AF < 0
    assert chance.loc["af", "share_never"].min() > 0.9


def test_every_assumed_value_is_marked_as_assumed(economics: EconomicsView) -> None:
    values = economics.tables["values"]
    used = values[values["used"]]
    own = used[used["file"] == "antagna_varden.csv"]
    assert set(own.loc[~own["key"].str.startswith("cost_total"), "confidence"]) == {"A"}
    assert own["source"].str.contains("Antaget|slutrapporten").all()
    assert {"V", "D"} <= set(used.loc[used["file"] == "", "confidence"])  # the fee, and the wage behind 500 000


@pytest.fixture(scope="module")
def without_values(follow_up: FollowUpView) -> EconomicsView:
    """The same follow-up, with no file of values: only what ships with portfolj is known."""
    federation = follow_up.portfolio.federation
    assert federation.economics.files == {"values": ["antagna_varden.csv"]}
    files = read_economics(federation, states=labels_of_states(federation))
    return economics_of(follow_up, replace(files, values=()))


def test_without_assumed_values_nothing_is_guessed_and_each_actor_says_what_it_lacks(
    without_values: EconomicsView,
) -> None:
    income = without_values.tables["model_income"].set_index("actor")
    assert income["income_1y_sek"].drop("eu").isna().all()
    assert set(income["why"].drop("eu")) == {"value_missing"}
    lacks = {actor: set(text.split(";")) for actor, text in income["missing"].items()}
    assert any("omfattning" in text.casefold() for text in lacks["samhallet"])
    for actor, word in (("kommun", "Försörjningsstöd"), ("fk", "Sjukpenning"), ("af", "Aktivitetsstöd")):
        assert any(word in text for text in lacks[actor]), actor
    assert all(text.endswith("2022") for of_actor in lacks.values() for text in of_actor if text)
    assert without_values.basis == ""
    payback = without_values.tables["payback"]
    assert payback["payback_months"].isna().all()
    assert without_values.tables["chance"].empty


def test_the_files_without_values_have_no_amount(without_values: EconomicsView, tmp_path: Path) -> None:
    write_economics_tables(without_values, tmp_path)
    flows = pd.read_csv(tmp_path / "flows.csv")
    assert set(flows.loc[flows["change"] != 0, "why"]) == {"value_missing"}
    assert flows.loc[flows["change"] != 0, "sek"].isna().all()
    assert flows.loc[flows["sek"].isna(), "missing"].str.len().gt(0).all()
