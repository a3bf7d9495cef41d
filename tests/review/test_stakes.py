"""What waits for a decision could move so many kronor in the board's tables: every figure here is worked out by hand.

The ledgers are written in the tests. Where a text must be read in a certain way, the test asserts that first.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portfolj.coding.codebook import DIMENSIONS
from portfolj.portfolio import tables
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import at_stake, kronor_in_doubt
from portfolj.review.moves import changes_ore, moved_sek
from portfolj.review.stakes import stakes
from small_ledger import portfolio_of, row

KNOWN = {"applicant": "Flens kommun", "group": "Unga", "description": "Coachning av deltagare"}  # sure in every way
YOUNG_AND_ILL = "Coachning av unga med psykisk ohälsa"


def waiting(portfolio: Portfolio, dimension: str) -> pd.DataFrame:
    """The rows of ``at_stake`` for a dimension, by key."""
    open_ = at_stake(portfolio)
    return open_[open_["dimension"] == dimension].set_index("intervention_key")


def table_of(portfolio: Portfolio, dimension: str) -> pd.DataFrame:
    """The rows of ``stakes`` for a dimension, by code."""
    frame = stakes(portfolio)
    return frame[frame["dimension"] == dimension].set_index("code")


def test_an_answer_that_stands_in_its_field_waits_for_nothing(tmp_path: Path) -> None:
    portfolio = portfolio_of([row("1", **KNOWN)], tmp_path)
    assert at_stake(portfolio).empty
    assert stakes(portfolio)[["could_leave", "could_come", "could_leave_sek", "could_come_sek"]].sum().sum() == 0


# 100.01 kr with the hint "unga;psykisk_ohalsa": 10 001 öre halved is 5 001 + 5 000.
HINTED = {
    "once": ({"ej_definierad": -100.01, "unga": 100.01}, 100.01),
    "split": ({"ej_definierad": -100.01, "unga": 50.01, "psykisk_ohalsa": 50.00}, 100.01),
    # Each group has the full amount: 2 x 100.01 come where 100.01 left.
    "overlapping": ({"ej_definierad": -100.01, "unga": 100.01, "psykisk_ohalsa": 100.01}, 200.02),
}


@pytest.mark.parametrize("counting", HINTED)
def test_a_hint_of_two_groups_moves_kronor_by_the_counting_rule(counting: str, tmp_path: Path) -> None:
    rows = [row("1", YOUNG_AND_ILL, applicant="Flens kommun", amount="100,01"), row("2", **KNOWN, amount="400")]
    portfolio = portfolio_of(rows, tmp_path, basis="stated", counting=counting)
    found = waiting(portfolio, "target_groups").loc["1"]
    assert (found["said"], found["could_become"]) == ("ej_definierad", "unga;psykisk_ohalsa")
    expected, moves = HINTED[counting]
    assert found["moves_sek"] == moves
    table = table_of(portfolio, "target_groups")
    assert table["could_leave_sek"].to_dict() == {code: -min(expected.get(code, 0), 0) for code in table.index}
    assert table["could_come_sek"].to_dict() == {code: max(expected.get(code, 0), 0) for code in table.index}
    assert table.loc["unga", "granted_sek"] == 400
    assert (table.loc["unga", "could_come"], table.loc["psykisk_ohalsa", "could_come"]) == (
        1,
        0 if counting == "once" else 1,
    )


@pytest.mark.parametrize(
    ("counting", "moves"),
    # Nothing speaks for another answer, so all that stands under this one may go: in both groups when overlapping.
    [("once", 100.01), ("split", 100.01), ("overlapping", 200.02)],
)
def test_an_answer_that_rests_on_the_name_may_lose_all_that_stands_under_it(
    counting: str, moves: float, tmp_path: Path
) -> None:
    rows = [row("1", YOUNG_AND_ILL, applicant="Flens kommun", amount="100,01")]
    portfolio = portfolio_of(rows, tmp_path, counting=counting)
    found = waiting(portfolio, "target_groups").loc["1"]
    assert (found["said"], found["doubt"], found["could_become"]) == ("unga;psykisk_ohalsa", "named", "")
    assert found["moves_sek"] == moves
    assert table_of(portfolio, "target_groups")["could_leave_sek"].sum() == pytest.approx(moves)


def test_several_parties_point_to_none_of_them(tmp_path: Path) -> None:
    rows = [row("1", **{**KNOWN, "applicant": "Flens kommun och Region Sörmland"}, amount="1000")]
    portfolio = portfolio_of(rows, tmp_path)
    found = waiting(portfolio, "owner").loc["1"]
    assert (found["doubt"], found["could_become"], found["moves_sek"]) == ("several_parties", "", 1000)
    assert table_of(portfolio, "owner")["could_come"].sum() == 0


BOTH_WEAKLY = """
[[orientation.codes.strukturpaverkande.rules]]
id = "EGEN-S"
strength = "weak"
include = ["sälgar"]
[[orientation.codes.individinriktad.rules]]
id = "EGEN-I"
strength = "weak"
include = ["björkar"]
"""


def test_words_for_both_orientations_point_to_neither(tmp_path: Path) -> None:
    rows = [row("1", "Björkar och sälgar", applicant="Flens kommun", amount="300")]
    portfolio = portfolio_of(rows, tmp_path, codebook=BOTH_WEAKLY)
    found = waiting(portfolio, "orientation").loc["1"]
    assert (found["said"], found["doubt"]) == ("ej_definierad", "ambiguous")
    assert (found["could_become"], found["moves_sek"]) == ("", 300)


def test_a_decision_that_stands_waits_for_nothing_and_one_on_another_text_comes_first(tmp_path: Path) -> None:
    rows = [row("1", **KNOWN, amount="1000"), row("2", **KNOWN, amount="10"), row("3", amount="5000")]
    by_hand = ("1", "", "owner", "region", "Anna Ek", "2026-11-20", "Avtalet", "")
    on_another_text = ("2", "", "owner", "region", "Anna Ek", "2026-11-20", "Avtalet", "0123456789ab")
    portfolio = portfolio_of(rows, tmp_path, decisions=[by_hand, on_another_text])
    first = at_stake(portfolio).iloc[0]
    assert (first["intervention_key"], first["dimension"], first["doubt"]) == ("2", "owner", "text_changed")
    # The rule reads Flens kommun, the decision says the region: 10 kr would go back.
    assert (first["said"], first["could_become"], first["moves_sek"]) == ("region", "kommun", 10)
    table = table_of(portfolio, "owner")
    assert (table.loc["region", "granted_sek"], table.loc["region", "could_leave_sek"]) == (1010, 10)
    assert (table.loc["kommun", "could_come_sek"], table.loc["kommun", "count"]) == (10, 0)
    doubt = kronor_in_doubt(portfolio).set_index("dimension").loc["owner"]
    assert (doubt["sure_sek"], doubt["weak_sek"], doubt["undefined_sek"]) == (1000, 10, 5000)


def test_another_order_of_the_same_groups_moves_kronor_only_where_the_first_has_all(tmp_path: Path) -> None:
    decision = ("1", "", "target_groups", "psykisk_ohalsa;unga", "Anna Ek", "2026-11-20", "", "0123456789ab")
    rows = [row("1", **{**KNOWN, "group": "Unga med psykisk ohälsa"}, amount="100")]
    moves = {}
    for counting in CountingRule:
        portfolio = portfolio_of(rows, tmp_path, decisions=[decision], counting=counting.value)
        found = waiting(portfolio, "target_groups").loc["1"]
        assert (found["said"], found["could_become"]) == ("psykisk_ohalsa;unga", "unga;psykisk_ohalsa")
        moves[counting.value] = found["moves_sek"]
    assert moves == {"once": 100, "split": 0, "overlapping": 0}


FOLDED = """
[fold.target_groups]
missbruk = "psykisk_ohalsa"
langtidssjukskrivna = "ej_definierad"
"""


def test_hints_and_decisions_are_told_in_the_codes_that_the_report_shows(tmp_path: Path) -> None:
    rows = [
        row("1", "Stöd vid missbruk", applicant="Flens kommun", amount="100"),
        row("2", "Stöd till långtidssjukskrivna", applicant="Flens kommun", amount="200"),
        row("3", **{**KNOWN, "group": "Personer med missbruk"}, amount="400"),
    ]
    decision = ("3", "", "target_groups", "psykisk_ohalsa", "Anna Ek", "2026-11-20", "", "0123456789ab")
    portfolio = portfolio_of(rows, tmp_path, basis="stated", codebook=FOLDED, decisions=[decision])
    found = waiting(portfolio, "target_groups")
    # 1: folded as the report folds. 2: what is folded to "not defined" is no other answer than the one now.
    # 3: the rule's "missbruk" is the decision's "psykisk_ohalsa" in this report.
    assert found["could_become"].to_dict() == {"1": "psykisk_ohalsa", "2": "", "3": ""}
    assert table_of(portfolio, "target_groups")["could_come_sek"]["psykisk_ohalsa"] == 100


def test_a_correction_that_is_more_than_its_grant_moves_as_many_kronor_back(tmp_path: Path) -> None:
    portfolio = portfolio_of([row("1", amount="-50"), row("2", **KNOWN, amount="80")], tmp_path)
    assert waiting(portfolio, "owner").loc["1", "moves_sek"] == 50
    assert table_of(portfolio, "owner").loc["ej_definierad", "could_leave_sek"] == -50


def test_an_unknown_amount_is_counted_but_adds_no_kronor(tmp_path: Path) -> None:
    portfolio = portfolio_of([row("1", amount=""), row("2", **KNOWN, amount="80")], tmp_path)
    assert pd.isna(waiting(portfolio, "owner").loc["1", "moves_sek"])
    undefined = table_of(portfolio, "owner").loc["ej_definierad"]
    assert (undefined["could_leave"], undefined["could_leave_sek"]) == (1, 0)


def test_what_could_leave_is_what_is_weak_or_undefined_to_the_ore(rar: Portfolio) -> None:
    doubt = kronor_in_doubt(rar).set_index("dimension")
    frame = stakes(rar)
    for dimension in DIMENSIONS:
        part, line = frame[frame["dimension"] == dimension], doubt.loc[dimension]
        assert part["could_leave_sek"].sum() == line["weak_sek"] + line["undefined_sek"]
        assert part["could_leave"].sum() == line["weak"] + line["undefined"]
        assert line["sure_sek"] + line["weak_sek"] + line["undefined_sek"] == line["total_sek"] == 70_200_000
        assert line["sure"] + line["weak"] + line["undefined"] == 56
    # The board's own tables, untouched: 57 mkr structural, 43 mkr to local groups (the review of 2020).
    assert frame.set_index("code").loc["strukturpaverkande", "granted_sek"] == 57_000_000
    assert tables.owner(rar).set_index("owner").loc["lsg", "granted_sek"] == 43_000_000


def test_nothing_changes_where_the_same_is_decided() -> None:
    same = changes_ore("kommun", "kommun", granted_sek=100.0, dimension="owner", counting=CountingRule.ONCE)
    assert same == {}
    assert moved_sek(same) == 0
