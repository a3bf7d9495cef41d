"""Interventions that may be one: asked, answered, and put together or kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_books import answer_pair, applied, decisions, faults_of, federation_at, fill, opened, rows_of, written

from portfolj.places import Places

LEDGER = """Dnr;Insats;Sökande;År;Beviljat
1;Lotsen;Flens kommun;2019;100
2;Lotsen 2020;Flens kommun;2020;200
3;Lotsen 2021;Flens kommun;2021;400
4;Bron;Trosa kommun;2021;800
"""


@pytest.fixture
def prov(tmp_path: Path) -> Places:
    return federation_at(tmp_path, ledger=LEDGER)


def granted(prov: Places) -> dict[str, float]:
    frame = opened(prov).interventions
    return dict(zip(frame["intervention_key"], frame["granted_sek"], strict=True))


def asked(prov: Places, path: Path) -> dict[tuple[str, str], str | None]:
    return {(row["Nyckel A"], row["Nyckel B"]): row["Samma insats?"] for row in rows_of(path, "Samma insats")}


def test_names_alike_are_asked_about_and_never_put_together_unasked(prov: Places) -> None:
    # The same name but for the year; each asked about with the one before it, the older one to remain.
    assert asked(prov, written(prov)) == {("2", "1"): None, ("3", "2"): None}
    assert granted(prov) == {"1": 100, "2": 200, "3": 400, "4": 800}


def test_a_yes_makes_one_intervention_of_two_and_undoing_it_makes_two_again(prov: Places) -> None:
    path = written(prov)
    answer_pair(path, ("2", "1"), "Samma insats?", "Ja")
    answer_pair(path, ("2", "1"), "Varför", "Samma avtal")
    assert applied(prov).changes == {"new": 1}
    (row,) = decisions(prov)
    assert [row[c] for c in ("intervention_key", "dimension", "code", "why")] == ["2", "same_as", "1", "Samma avtal"]
    assert granted(prov) == {"1": 300, "3": 400, "4": 800}  # 100 + 200
    assert applied(prov).changes == {}
    path = written(prov)
    assert asked(prov, path)["2", "1"] == "ja"
    answer_pair(path, ("2", "1"), "Samma insats?", "ångra beslutet")
    assert applied(prov).changes == {"undone": 1}
    assert granted(prov) == {"1": 100, "2": 200, "3": 400, "4": 800}


def test_a_chain_of_yes_makes_one_of_them_all_whatever_is_answered_first(prov: Places) -> None:
    path = written(prov)
    answer_pair(path, ("3", "2"), "Samma insats?", "ja")
    applied(prov)
    assert granted(prov) == {"1": 100, "2": 600, "4": 800}
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    applied(prov)
    assert granted(prov) == {"1": 700, "4": 800}  # 100 + 200 + 400
    assert applied(prov).changes == {}


def test_a_no_is_remembered_and_not_asked_again(prov: Places) -> None:
    path = written(prov)
    answer_pair(path, ("2", "1"), "Samma insats?", "NEJ")
    assert applied(prov).changes == {"new": 1}
    assert [(row["dimension"], row["code"]) for row in decisions(prov)] == [("not_same_as", "1")]
    path = written(prov)
    assert asked(prov, path)["2", "1"] == "nej"
    assert granted(prov) == {"1": 100, "2": 200, "3": 400, "4": 800}
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    assert applied(prov).changes == {"changed": 1}
    assert [row["dimension"] for row in decisions(prov)] == ["same_as"]


def test_a_yes_that_would_join_two_that_somebody_keeps_apart_is_told(prov: Places) -> None:
    decided = "intervention_key,dimension,code,decided_by\n3,not_same_as,1,Bo Ek\n"
    (prov.raw("prov") / "decisions.csv").write_text(decided, encoding="utf-8")
    path = written(prov)
    cell = answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    answer_pair(path, ("3", "2"), "Samma insats?", "ja")
    told = faults_of(prov)
    # Either yes may stand alone; the one further down the sheet, with fewer kronor, is what makes 1 and 3 the same.
    assert [found for _, _, found in told] == [
        "”1” och ”3” är besvarade med nej, men blir en insats genom det här svaret"
    ]
    assert told[0][:2] == ("Samma insats", cell)


def test_an_answer_that_is_neither_yes_nor_no_is_told_with_its_cell(prov: Places) -> None:
    path = written(prov)
    cell = answer_pair(path, ("2", "1"), "Samma insats?", "kanske")
    why = answer_pair(path, ("3", "2"), "Varför", "Fråga Karin")
    assert sorted(faults_of(prov)) == sorted(
        [
            ("Samma insats", cell, "”kanske” går inte att tolka"),
            ("Samma insats", why, "Raden har ett skäl men inget svar"),
        ]
    )


def test_a_decision_on_what_has_become_part_of_another_follows_to_it(prov: Places) -> None:
    path = written(prov)
    fill(path, {("2", "Huvudman: beslut"): "Region"})
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    applied(prov)
    frame = opened(prov).interventions.set_index("intervention_key")
    assert frame.loc["1", "owner"] == "region"
    assert applied(prov).changes == {}
    # Changed on the row of what remains, it is the same decision that changes.
    fill(written(prov), {("1", "Huvudman: beslut"): "Kommun"})
    assert applied(prov).changes == {"changed": 1}
    assert [row["code"] for row in decisions(prov) if row["dimension"] == "owner"] == ["kommun"]


def test_money_is_the_same_to_the_krona_before_and_after(prov: Places) -> None:
    before = sum(granted(prov).values())
    path = written(prov)
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    answer_pair(path, ("3", "2"), "Samma insats?", "ja")
    applied(prov)
    assert sum(granted(prov).values()) == before == 1500  # 100 + 200 + 400 + 800


OWNER = "Huvudman: beslut"


def test_two_that_become_one_may_not_keep_different_decisions(prov: Places) -> None:
    path = written(prov)
    fill(path, {("1", OWNER): "Region", ("2", OWNER): "Kommun"})
    cell = answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    assert faults_of(prov) == [("Samma insats", cell, "De två har olika beslut om huvudman: ”Kommun” och ”Region”")]
    fill(path, {("2", OWNER): "Region"})
    applied(prov)
    assert opened(prov).interventions.set_index("intervention_key").loc["1", "owner"] == "region"
    assert applied(prov).changes == {}


def test_a_decision_undone_on_what_becomes_part_of_another_leaves_the_others_own(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun"})
    applied(prov)
    path = written(prov)
    fill(path, {("2", OWNER): "ångra beslutet", ("1", OWNER): "Region"})
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    assert applied(prov).changes == {"new": 2, "undone": 1}
    assert opened(prov).interventions.set_index("intervention_key").loc["1", "owner"] == "region"
    before = decisions(prov)
    assert applied(prov).changes == {}
    assert decisions(prov) == before


def test_a_decision_on_one_of_two_that_are_parted_again_is_about_that_one(prov: Places) -> None:
    path = written(prov)
    fill(path, {("2", OWNER): "Region"})
    answer_pair(path, ("2", "1"), "Samma insats?", "ja")
    applied(prov)
    path = written(prov)
    fill(path, {("1", OWNER): "Arbetsförmedlingen"})
    answer_pair(path, ("2", "1"), "Samma insats?", "ångra beslutet")
    applied(prov)
    owners = opened(prov).interventions.set_index("intervention_key")["owner"]
    assert (owners["1"], owners["2"]) == ("af", "region")
    assert applied(prov).changes == {}
