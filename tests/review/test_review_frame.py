"""Deciding from a notebook with a few lines of pandas: the same checks, told by row and column."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from review_books import TODAY, decisions, decisions_at, opened, written

from portfolj import decide, pending
from portfolj.coding.decisions import text_fingerprint
from portfolj.errors import InputRefused, PortfoljError
from portfolj.places import Places
from portfolj.review.applied import Applied


def decided(prov: Places, frame: pd.DataFrame, *, by: str = "Anna Ek") -> Applied:
    return decide(opened(prov), frame, by=by, today=TODAY)


def faults(prov: Places, frame: pd.DataFrame, *, by: str = "Anna Ek") -> list[tuple[str, str]]:
    with pytest.raises(InputRefused) as refused:
        decided(prov, frame, by=by)
    assert not decisions_at(prov).exists()
    return [(fault.cell, fault.found) for fault in refused.value.faults]


def rows(*records: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(records), columns=["intervention_key", "dimension", "code", "why"])


def test_the_pending_frame_filled_in_becomes_decisions_and_what_is_left_empty_does_not(prov: Places) -> None:
    frame = pending(opened(prov))
    is_owner = (frame["intervention_key"] == "2") & (frame["dimension"] == "owner")
    frame.loc[is_owner, ["code", "why"]] = ["kommun", "Avtal"]
    outcome = decided(prov, frame)
    assert outcome.changes == {"new": 1}
    assert repr(outcome) == f"1 nytt beslut i {decisions_at(prov)}"
    seen = text_fingerprint({"name": "Steget", "description": "Arbetsträning för vuxna."})
    assert decisions(prov) == [
        {
            "intervention_key": "2", "name": "Steget", "dimension": "owner", "code": "kommun", "decided_by": "Anna Ek",
            "decided_on": TODAY.isoformat(), "why": "Avtal", "rule_said": "ej_definierad", "text_seen": seen,
        }
    ]  # fmt: skip
    after = opened(prov)
    assert after.interventions.set_index("intervention_key").loc["2", "owner"] == "kommun"
    assert not ((pending(after)["intervention_key"] == "2") & (pending(after)["dimension"] == "owner")).any()


def test_the_same_frame_twice_changes_nothing_even_from_the_portfolio_opened_before(prov: Places) -> None:
    portfolio, frame = (
        opened(prov),
        rows(("2", "owner", "kommun", "Avtal"), ("3", "target_groups", "unga;missbruk", "")),
    )
    assert decide(portfolio, frame, by="Anna Ek").changes == {"new": 2}
    once = decisions_at(prov).read_bytes()
    assert decide(portfolio, frame, by="Anna Ek").changes == {}
    assert decisions_at(prov).read_bytes() == once


def test_labels_do_as_well_as_codes_and_the_argument_is_not_changed(prov: Places) -> None:
    frame = rows(("3", "target_groups", "Unga; missbruk", None), ("2", "process_support", "inget processtöd", None))
    before = frame.copy()
    decided(prov, frame)
    assert [row["code"] for row in decisions(prov)] == ["unga;missbruk", ""]
    pd.testing.assert_frame_equal(frame, before)


def test_a_row_may_have_its_own_name_and_day(prov: Places) -> None:
    frame = rows(("2", "owner", "kommun", "")).assign(decided_by="Bo Ek", decided_on=pd.Timestamp("2026-10-01"))
    decided(prov, frame)
    assert [(row["decided_by"], row["decided_on"]) for row in decisions(prov)] == [("Bo Ek", "2026-10-01")]


def test_a_decision_is_undone_and_confirmed_from_a_frame_too(prov: Places) -> None:
    decided(prov, rows(("1", "owner", "region", ""), ("2", "owner", "kommun", "Avtal")))
    ledger = prov.raw("prov") / "beslut.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("för vuxna", "för unga"), encoding="utf-8")
    open_ = pending(opened(prov))
    assert open_.loc[0, ["intervention_key", "dimension", "doubt", "said"]].tolist() == [
        "2",
        "owner",
        "text_changed",
        "kommun",
    ]
    outcome = decided(prov, rows(("1", "owner", "ångra beslutet", ""), ("2", "owner", "kommun", "")))
    assert outcome.changes == {"undone": 1, "confirmed": 1}
    assert [(row["intervention_key"], row["why"]) for row in decisions(prov)] == [("2", "Avtal")]
    assert "text_changed" not in pending(opened(prov))["doubt"].tolist()


def test_two_interventions_are_said_to_be_one_from_a_frame_too(prov: Places) -> None:
    decided(prov, rows(("2", "same_as", "1", "Samma avtal")))
    frame = opened(prov).interventions.set_index("intervention_key")
    assert frame["granted_sek"].to_dict() == {"1": 300, "3": 300}  # 100 + 200, and the third as it was


def test_every_fault_comes_at_once_by_row_and_column(prov: Places) -> None:
    frame = rows(
        ("2", "owner", "komun", ""),
        ("2", "target_groups", "unga;unga", ""),
        ("2", "owners", "kommun", ""),
        ("99", "owner", "kommun", ""),
        (None, "owner", "kommun", ""),
        ("3", "owner", None, "Fråga Karin"),
        ("3", "orientation", "blandad", "Ring 800101-1234"),
        ("3", "same_as", "3", ""),
        ("1", "orientation", "blandad;individinriktad", ""),
    )
    frame.index = list("abcdefghi")
    assert faults(prov, frame) == [
        ("rad a, kolumn code", "”komun” finns inte"),
        ("rad b, kolumn code", "”unga” står två gånger"),
        ("rad c, kolumn dimension", "dimension är 'owners'"),
        ("rad d, kolumn intervention_key", "Insatsen ”99” finns inte"),
        ("rad e, kolumn intervention_key", "Raden saknar intervention_key"),
        ("rad f, kolumn why", "Raden har ett skäl men ingen kod"),
        ("rad g, kolumn why", "Cellen innehåller ett personnummer"),
        ("rad h, kolumn code", "”3” är ingen annan insats nyckel"),
        ("rad i, kolumn code", "Flera svar"),
    ]


def test_two_rows_that_say_different_things_are_told(prov: Places) -> None:
    frame = rows(("2", "owner", "kommun", ""), ("2", "owner", "region", ""))
    assert faults(prov, frame) == [("rad 1, kolumn code", "Samma insats har ett annat svar på rad 0, kolumn code")]


def test_decisions_without_a_name_are_refused_once(prov: Places) -> None:
    frame = rows(("2", "owner", "kommun", ""), ("3", "owner", "kommun", ""))
    assert faults(prov, frame, by=" ") == [("rad 0, kolumn decided_by", "Beslutet saknar namn")]


def test_a_frame_without_the_columns_says_which_it_lacks(prov: Places) -> None:
    with pytest.raises(PortfoljError, match="Ramen saknar dimension, code"):
        decided(prov, pd.DataFrame({"intervention_key": ["2"], "kod": ["kommun"]}))


def test_what_is_decided_in_a_notebook_stands_in_the_next_workbook(prov: Places) -> None:
    from review_books import rows_of

    decided(prov, rows(("2", "owner", "kommun", "Avtal")))
    (row,) = [row for row in rows_of(written(prov)) if row["Nyckel"] == "2"]
    assert row["Huvudman: beslut"] == "Kommun"
