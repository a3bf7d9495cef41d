"""Stepwise funding: what each phase waits for, and its money against the ledger's."""

from __future__ import annotations

from pathlib import Path

import pytest
from documentation_case import opened

from small_ledger import row

HEAD = "Insats;Fas;Belopp, kr;Start;Villkor;Uppfyllt;Beslutad"
LEDGER = [row("1", "Ung start", amount="600", year="2018"), row("2", "Steget", amount="500", year="2019")]


def test_money_waits_behind_the_first_condition_that_is_not_met(tmp_path: Path) -> None:
    lines = [
        HEAD, "Ung start;1;100;2018-01-01;Tio deltagare;ja;2017-12-01",
        "Ung start;2;200;2018-07-01;En plan;delvis;2018-06-01",
        "Ung start;3;300;2019-01-01;Ett avtal;;", "Ung start;4;50;2019-07-01;;;",
    ]  # fmt: skip
    view = opened(tmp_path, LEDGER, {"phases": lines})
    phases = view.tables["phases"]
    assert phases["state"].tolist() == ["decided", "decided", "waits", "waits"]
    assert phases["met"].tolist() == ["yes", "partly", "unclear", ""]
    # What the next phase is worth, once it is not decided already.
    assert phases["at_stake_sek"].fillna(-1).tolist() == [-1, 300, 50, -1]
    sums = view.tables["phase_sums"].iloc[0]
    assert sums[["planned_sek", "decided_sek", "waits_sek", "open_sek"]].tolist() == [650, 300, 350, 0]


def test_a_phase_whose_conditions_are_met_is_open_and_one_decided_in_spite_is_told(tmp_path: Path) -> None:
    lines = [
        HEAD, "Steget;A;500;2019-07-01;;;", "Steget;B;400;2019-01-01;Tio deltagare;ja;2018-12-01",
        "Ung start;1;100;;En plan;nej;2018-01-01", "Ung start;2;500;;;;2018-06-01",
    ]  # fmt: skip
    phases = opened(tmp_path, LEDGER, {"phases": lines}).tables["phases"]
    # In the order of their starts where each has one, else as they stand.
    assert phases["phase"].tolist() == ["B", "A", "1", "2"]
    assert phases["number"].tolist() == [1, 2, 1, 2]
    assert phases["state"].tolist() == ["decided", "open", "decided", "decided_unmet"]


@pytest.mark.parametrize(
    ("amounts", "agrees"),
    [(("600", "100"), "decided"), (("400", "200"), "planned"), (("400", "100"), "differs"),
     (("400", ""), "amount_missing")],
)  # fmt: skip
def test_the_phases_money_is_held_against_the_ledger_and_stops_nothing(
    tmp_path: Path, amounts: tuple[str, str], agrees: str
) -> None:
    lines = [HEAD, f"Ung start;1;{amounts[0]};;En plan;ja;2018-01-01", f"Ung start;2;{amounts[1]};;;;"]
    sums = opened(tmp_path, LEDGER, {"phases": lines}).tables["phase_sums"].iloc[0]
    assert (sums["granted_sek"], sums["agrees"]) == (600, agrees)
    assert sums["difference_sek"] == 600 - float(amounts[0])


def test_phases_of_something_that_the_ledger_does_not_have_are_shown_and_told(tmp_path: Path) -> None:
    view = opened(tmp_path, LEDGER, {"phases": [HEAD, "Okänd;1;100;;;;"]})
    assert view.tables["phases"][["name", "intervention_key"]].to_numpy().tolist() == [["Okänd", ""]]
    assert view.tables["phase_sums"]["agrees"].tolist() == ["not_in_ledger"]


def test_without_phases_there_are_empty_tables(tmp_path: Path) -> None:
    view = opened(tmp_path, LEDGER)
    assert view.tables["phases"].empty
    assert view.tables["phase_sums"].empty
