"""Follow-up put together with the portfolio: by id or name, owner and target group, and what a participation cost."""

from __future__ import annotations

from pathlib import Path

from counting_rows import at, opened, rows_of

from small_ledger import row

LEDGER = [
    row("D1", "Ung framtid", applicant="Växjö kommun", group="unga", amount="500000"),
    row("D2", "Stegen", applicant="Försäkringskassan", group="långtidssjukskrivna", amount="300000"),
]


def test_an_intervention_is_found_by_its_name_however_spelt_and_by_its_number(tmp_path: Path) -> None:
    rows = rows_of(
        (20, {"intervention": "UNG  framtid"}), (5, {"intervention": "d1"}), (30, {"intervention": "Stegen"})
    )
    outcomes = opened(rows, tmp_path, ledger=LEDGER).tables["outcomes"]
    assert at(outcomes, "participations", intervention="Ung framtid", group="all") == 25
    assert at(outcomes, "participations", intervention="", group="owner", category="kommun") == 25
    assert at(outcomes, "participations", intervention="", group="owner", category="fk") == 30
    assert at(outcomes, "participations", intervention="", group="target_group", category="unga") == 25


def test_a_participation_costs_what_was_granted_through_participations(tmp_path: Path) -> None:
    rows = rows_of((25, {"intervention": "Ung framtid"}), (30, {"intervention": "Stegen"}))
    outcomes = opened(rows, tmp_path, ledger=LEDGER).tables["outcomes"]
    assert at(outcomes, "cost_per_participation_sek", intervention="Ung framtid", group="all") == 20_000  # 500 000 / 25
    assert at(outcomes, "cost_per_participation_sek", intervention="", group="owner", category="fk") == 10_000
    assert at(outcomes, "cost_per_participation_sek", intervention="", group="all") == 14_545  # 800 000 / 55


def test_no_cost_is_told_where_participations_are_hidden_or_money_is_unknown(tmp_path: Path) -> None:
    rows = rows_of(
        (25, {"intervention": "Ung framtid"}), (3, {"intervention": "Stegen"}), (9, {"intervention": "Okänd"})
    )
    outcomes = opened(rows, tmp_path, ledger=LEDGER).tables["outcomes"]
    assert at(outcomes, "participations", intervention="Stegen", group="all") is None
    assert at(outcomes, "cost_per_participation_sek", intervention="Stegen", group="all") is None
    assert at(outcomes, "cost_per_participation_sek", intervention="Okänd", group="all") is None
    assert at(outcomes, "cost_per_participation_sek", intervention="", group="all") is None


def test_an_intervention_that_the_ledger_does_not_have_is_told_with_the_reason(tmp_path: Path) -> None:
    ledger = [*LEDGER, row("D3", "Förr", year="2012")]
    rows = rows_of((25, {"intervention": "Ung framtid"}), (9, {"intervention": "Okänd"}), (8, {"intervention": "Förr"}))
    unmatched = opened(rows, tmp_path, ledger=ledger, period="2019").tables["unmatched"]
    assert at(unmatched, "why", intervention="Okänd") == "not_in_ledger"
    assert at(unmatched, "participations", intervention="Okänd") == 9
    assert at(unmatched, "why", intervention="Förr") == "not_in_period"
    assert "Ung framtid" not in set(unmatched["intervention"])


def test_two_of_the_ledgers_interventions_with_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    ledger = [row("D1", "Stegen", amount="1"), row("D2", "Stegen", amount="2")]
    unmatched = opened(rows_of((9, {"intervention": "Stegen"})), tmp_path, ledger=ledger).tables["unmatched"]
    assert at(unmatched, "why", intervention="Stegen") == "several"


def test_more_than_three_interventions_are_told_by_sex_only(tmp_path: Path) -> None:
    kinds = [(20, {"intervention": f"I{n}", "age_band": "20-29"}) for n in range(4)]
    few = opened(rows_of(*kinds[:3]), tmp_path).tables["outcomes"]
    many = opened(rows_of(*kinds), tmp_path).tables["outcomes"]
    assert "age" in set(few.loc[few["intervention"] == "I0", "group"])
    assert set(many.loc[many["intervention"] == "I0", "group"]) == {"all", "sex"}
