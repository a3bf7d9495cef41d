"""Every figure that the evaluation of Rätt insats prints, from the rows themselves."""

from __future__ import annotations

import pandas as pd
from case_files import RATT_INSATS, printed, ratt_insats_people, ratt_insats_states

PEOPLE = ratt_insats_people()
STATES = ratt_insats_states().reindex(PEOPLE.index)
SELF_SUFFICIENT = ["Arbete eller praktik", "Arbetsprövning", "Studier"]
STEP = STATES["Avslut"].notna() & (STATES["Avslut"] != STATES["Start"])
FAVOURABLE = STATES["Avslut"].isin(SELF_SUFFICIENT)


def test_63_took_part_29_in_the_first_phase_and_34_in_the_second() -> None:
    assert len(PEOPLE) == PEOPLE.index.nunique() == 63
    assert PEOPLE["Insats"].value_counts().to_dict() == {"Rätt insats.se": 29, "Rätt insats 2.1": 34}
    first, second = (
        PEOPLE.loc[PEOPLE["Insats"] == name, "Startdatum"] for name in ("Rätt insats.se", "Rätt insats 2.1")
    )
    assert first.max() < second.min()


def test_a_step_is_shown_for_46_and_not_for_17() -> None:
    assert [STEP.sum(), (~STEP).sum()] == [46, 17]
    # Both kinds of "not shown": nobody wrote down the last state, or it is where the person began.
    assert STATES.loc[~STEP, "Avslut"].isna().sum() > 0
    assert (STATES.loc[~STEP, "Avslut"] == STATES.loc[~STEP, "Start"]).sum() > 0


def test_30_became_self_sufficient_and_16_moved_to_something_else() -> None:
    assert [FAVOURABLE.sum(), (STEP & ~FAVOURABLE).sum()] == [30, 16]
    assert STEP[FAVOURABLE].all()


def test_states_are_noted_at_start_and_every_third_month_of_the_stay() -> None:
    assert STATES["Start"].notna().all()
    assert set(STATES.columns) - {"Start", "Avslut"} == {f"{months} månader" for months in (3, 6, 9, 12)}
    stay = (PEOPLE["Slutdatum"] - PEOPLE["Startdatum"]).dt.days
    for months in (3, 6, 9, 12):
        noted = STATES[f"{months} månader"].notna()
        assert stay[noted].min() >= 91 * months / 3


def test_those_who_left_for_work_have_work_or_practice_as_their_occupation_afterwards() -> None:
    after = PEOPLE["Sysselsättning efter"].fillna("")
    worked = after.str.startswith(("Arbete ", "Praktik"))
    assert worked[STATES["Avslut"].isin(SELF_SUFFICIENT[:2])].all()
    assert (after[STATES["Avslut"] == "Studier"] == "Studier").all()
    assert (after[STATES["Avslut"].isna()] == "").all()


def test_there_were_never_40_at_once() -> None:
    most = max(((PEOPLE["Startdatum"] <= day) & (PEOPLE["Slutdatum"] >= day)).sum() for day in PEOPLE["Startdatum"])
    assert most < 40


def test_the_four_goals_have_the_printed_targets_outcomes_and_verdicts() -> None:
    goals = pd.read_csv(RATT_INSATS / "mal.csv", dtype=str).set_index("Mål nr")
    assert goals[["Målnivå", "Utfall", "Bedömning"]].to_dict("index") == {
        "1.1": {"Målnivå": "100 %", "Utfall": "73 %", "Bedömning": "Delvis uppfyllt"},
        "1.2": {"Målnivå": "20 %", "Utfall": "48 %", "Bedömning": "Uppfyllt"},
        "1.3": {"Målnivå": "40", "Utfall": "Färre", "Bedömning": "Delvis uppfyllt"},
        "2.1": {"Målnivå": "En modell", "Utfall": "En modell", "Bedömning": "Uppfyllt"},
    }


def test_the_printed_figures_are_those_of_the_rows() -> None:
    figures = printed(RATT_INSATS).set_index(["Insats", "Grupp", "Kategori", "Mått"])["Värde"].to_dict()
    assert figures == {
        ("", "all", "", "participations"): 63,
        ("Rätt insats.se", "all", "", "participations"): 29,
        ("Rätt insats 2.1", "all", "", "participations"): 34,
        ("", "all", "", "step_shown"): 46,
        ("", "all", "", "step_not_shown"): 17,
        ("", "all", "", "share_step_shown"): round(100 * 46 / 63),  # 73
        ("", "status", ";".join(SELF_SUFFICIENT), "at_exit"): 30,
        ("", "status", ";".join(SELF_SUFFICIENT), "share_at_exit"): round(100 * 30 / 63),  # 48
        ("", "status", ";".join(SELF_SUFFICIENT), "step_shown_other"): 46 - 30,
        ("", "status", ";".join(SELF_SUFFICIENT), "share_step_shown_other"): round(100 * 16 / 63),  # 25
    }


def test_the_ledger_knows_the_two_phases_and_no_amount() -> None:
    ledger = pd.read_csv(RATT_INSATS / "ratt_insats_liggare.csv", sep=";")
    assert set(ledger["Insats"]) == set(PEOPLE["Insats"])
    assert ledger["Beviljat belopp"].isna().all()
