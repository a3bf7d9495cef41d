"""Every figure that the SPiK report prints, from the rows themselves."""

from __future__ import annotations

import pandas as pd
import pytest
from case_files import DAYS_PER_MONTH, ITEMS, SPIK, printed, spik_changes, spik_people, spik_ratings

SEXES = {"woman": "Kvinna", "man": "Man"}
PEOPLE = spik_people()
CHANGES = spik_changes()
AFTER = PEOPLE["Sysselsättning efter"].fillna("")
WENT = {
    "to_work": AFTER.str.match(r"Arbete( \d+ %)?$"),
    "to_study": AFTER == "Studier (CSN)",
    "to_training": AFTER == "AUB",
}
BAND = pd.cut(
    PEOPLE["Ålder"], [20, 30, 40, 50, 60, 120], right=False, labels=["20-29", "30-39", "40-49", "50-59", "60+"]
)


def test_267_took_part_once_each_123_women_and_144_men() -> None:
    assert len(PEOPLE) == PEOPLE.index.nunique() == 267
    assert PEOPLE["Kön"].value_counts().to_dict() == {"Kvinna": 123, "Man": 144}
    assert set(PEOPLE["Insats"]) == {"SPiK"}


def test_ages_are_96_59_47_52_13() -> None:
    assert BAND.value_counts().to_dict() == {"20-29": 96, "30-39": 59, "40-49": 47, "50-59": 52, "60+": 13}


@pytest.mark.parametrize(
    ("measure", "women", "men"), [("to_work", 9, 15), ("to_study", 5, 4), ("to_training", 5, 2)]
)  # 24, 9 and 7
def test_24_9_and_7_went_to_work_studies_and_training(measure: str, women: int, men: int) -> None:
    assert PEOPLE.loc[WENT[measure], "Kön"].value_counts().to_dict() == {"Kvinna": women, "Man": men}


def test_nobody_went_to_two_of_them() -> None:
    assert pd.DataFrame(WENT).any(axis="columns").sum() == 24 + 9 + 7


def test_vaxjo_referred_48_and_forsakringskassan_47() -> None:
    by_sex = PEOPLE.groupby(["Remittent", "Kön"]).size()
    assert by_sex["Växjö kommun"].to_dict() == {"Kvinna": 14, "Man": 34}
    assert by_sex["Försäkringskassan"].to_dict() == {"Kvinna": 19, "Man": 28}
    others = PEOPLE["Remittent"].value_counts().drop(["Växjö kommun", "Försäkringskassan"])
    assert others.sum() == 267 - 48 - 47
    assert others.max() < 47  # those two are named because they referred most


def test_people_live_in_seven_municipalities() -> None:
    assert PEOPLE["Kommun"].nunique() == 7


def test_the_mean_stay_is_just_under_nine_months_of_a_project_of_21() -> None:
    months = (PEOPLE["Slutdatum"] - PEOPLE["Startdatum"]).dt.days / DAYS_PER_MONTH
    assert 8.7 <= months.mean() < 9
    whole = (PEOPLE["Slutdatum"].max() - PEOPLE["Startdatum"].min()).days / DAYS_PER_MONTH
    assert 20 < whole <= 21


def test_108_were_rated_twice_71_up_26_down_11_unchanged() -> None:
    assert len(CHANGES) == 108
    assert [(CHANGES > 0).sum(), (CHANGES < 0).sum(), (CHANGES == 0).sum()] == [71, 26, 11]


def test_ratings_are_ten_questions_from_1_to_5_every_third_month_of_the_stay() -> None:
    ratings = spik_ratings()
    answers = ratings.iloc[:, -ITEMS:].stack().dropna()
    assert set(answers) == {1, 2, 3, 4, 5}
    apart = ratings.groupby("Deltagare")["Datum"].diff().dropna().dt.days
    assert apart.between(80, 102).all()  # 91 days, ten more or less
    stay = PEOPLE.loc[ratings["Deltagare"]]
    assert (
        (ratings["Datum"].array >= stay["Startdatum"].array) & (ratings["Datum"].array <= stay["Slutdatum"].array)
    ).all()


def test_an_unchanged_mean_is_not_the_same_answers_again() -> None:
    ratings = spik_ratings()
    same = CHANGES[CHANGES == 0].index
    answers = ratings[ratings["Deltagare"].isin(same)].groupby("Deltagare")
    first, last = answers.nth(0).iloc[:, -ITEMS:], answers.nth(-1).iloc[:, -ITEMS:]
    assert (first.to_numpy() != last.to_numpy()).any(axis=1).sum() > len(same) / 2


def test_women_of_40_to_49_gained_most_and_those_of_50_to_59_changed_most_for_the_worse() -> None:
    groups = pd.DataFrame({"change": CHANGES, "sex": PEOPLE["Kön"], "band": BAND}).dropna()
    assert len(groups) == 108
    assert groups.groupby(["sex", "band"], observed=True)["change"].mean().idxmax() == ("Kvinna", "40-49")
    bands = groups.groupby("band", observed=True)["change"]
    assert bands.mean().idxmin() == "50-59"
    assert bands.apply(lambda change: (change < 0).mean()).idxmax() == "50-59"


# As printed -> what the rows give. 100 * part / whole, both above.
SHARES = {
    ("all", "", "share_to_work"): (9, 100 * 24 / 267),
    ("all", "", "share_to_study"): (3, 100 * 9 / 267),
    ("all", "", "share_to_training"): (3, 100 * 7 / 267),
    ("all", "", "share_measured_twice"): (40, 100 * 108 / 267),
    ("all", "", "share_up"): (66, 100 * 71 / 108),
    ("all", "", "share_down"): (24, 100 * 26 / 108),
    ("all", "", "share_unchanged"): (10, 100 * 11 / 108),
    ("sex", "woman", "share_of_participations"): (46, 100 * 123 / 267),
    ("sex", "man", "share_of_participations"): (54, 100 * 144 / 267),
}
CONTRADICTED = {
    ("all", "", "share_work_study_or_training"): (16, "40 av 267 är 15,0 %"),
    ("sex", "woman", "share_of_to_work"): (37, "summerar till 99"),
    ("sex", "man", "share_of_to_work"): (62, "summerar till 99"),
    ("sex", "woman", "share_of_to_study"): (55, "5 av 9 är 55,6 %"),
    ("sex", "man", "share_of_to_study"): (45, "4 av 9 är 44,4 %"),
}


def test_printed_shares_are_those_of_the_rows_or_noted_as_contradicting_them() -> None:
    shares = printed(SPIK).query("Enhet == 'percent'").set_index(["Grupp", "Kategori", "Mått"])
    assert set(shares.index) == set(SHARES) | set(CONTRADICTED)
    for key, (value, share) in SHARES.items():
        assert shares.loc[key, "Värde"] == value == round(share)
        assert not shares.loc[key, "Anmärkning"].startswith("Motsägelse")
    for key, (value, why) in CONTRADICTED.items():
        assert shares.loc[key, "Värde"] == value
        assert shares.loc[key, "Anmärkning"].startswith("Motsägelse")
        assert why in shares.loc[key, "Anmärkning"]


def test_the_notes_are_right_about_what_does_not_add_up() -> None:
    assert f"{100 * (24 + 9 + 7) / 267:.1f}" == "15.0"
    assert 37 + 62 == 99
    assert (100 * 9 / 24, 100 * 15 / 24) == (37.5, 62.5)
    assert (f"{100 * 5 / 9:.1f}", f"{100 * 4 / 9:.1f}") == ("55.6", "44.4")


def test_every_printed_number_of_persons_is_what_the_rows_give() -> None:
    groups = {"all": pd.Series("", index=PEOPLE.index), "age": BAND.astype(str)}
    groups["sex"] = PEOPLE["Kön"].map({word: code for code, word in SEXES.items()})
    groups["referrer"] = PEOPLE["Remittent"].replace("Försäkringskassan", "social_insurance")
    groups["referrer_sex"] = groups["referrer"] + ";" + groups["sex"]
    everyone = pd.Series(True, index=PEOPLE.index)
    rated = {"measured_twice": CHANGES.index, "up": CHANGES[CHANGES > 0].index, "down": CHANGES[CHANGES < 0].index}
    rated["unchanged"] = CHANGES[CHANGES == 0].index
    counted = {"participations": everyone, **WENT, **{m: PEOPLE.index.isin(who) for m, who in rated.items()}}
    persons = printed(SPIK).query("Enhet == 'persons'")
    assert len(persons) == 1 + 2 + 5 + 3 * (1 + 2) + 4 + 2 * (1 + 2)  # whole, sex, age, went, rated, referred
    for row in persons.itertuples():
        assert ((groups[row.Grupp] == row.Kategori) & counted[row.Mått]).sum() == row.Värde, row


def test_the_budget_in_four_parts_is_in_the_ledger_and_sums_to_the_printed_total() -> None:
    ledger = pd.read_csv(SPIK / "spik_liggare.csv", sep=";")
    parts = ledger.set_index("Del av budgeten")["Beviljat belopp"].str.replace(" ", "").astype(int)
    assert parts.to_list() == [15_541_812, 12_053_403, 4_818_781, 674_615]
    assert parts.sum() == 33_088_611
    budget = printed(SPIK).query("Mått == 'budget'").set_index("Kategori")["Värde"]
    assert budget.to_dict() == {"": 33_088_611, **parts.to_dict()}
    assert ledger["Finansiering"].to_list() == ["ESF", *["annan finansiering"] * 3]


def test_the_goal_of_80_percent_says_how_few_it_was_measured_on() -> None:
    (goal,) = pd.read_csv(SPIK / "mal.csv").itertuples()
    assert (goal.Målnivå, goal.Bedömning) == ("80 %", "Oklart")
    assert goal.Utfall == f"{100 * 71 / 108:.0f} % av de mätta"
    assert f"{267 - 108} av 267" in goal.Underlag
