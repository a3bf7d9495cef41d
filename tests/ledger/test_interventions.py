from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cases import find

from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.ledger import ROW_COLUMNS, frame_of

ORE = st.one_of(st.none(), st.integers(-(10**11), 10**11))
ROW = st.fixed_dictionaries(
    {
        "intervention_key": st.sampled_from(["a", "b", "c", "ö"]),
        "name": st.sampled_from(["Alfa", "alfa", "Beta"]),
        "applicant": st.sampled_from([None, "Flens kommun", "Fk"]),
        "year": st.one_of(st.none(), st.integers(2014, 2019)),
        "ore": ORE,
        "entry_type": st.sampled_from(["granted", "paid", "returned"]),
        "financing": st.sampled_from(["Finsam", "ESF"]),
    }
)


def frame(records):
    return frame_of(
        [
            {
                **r,
                "amount_sek": None if r["ore"] is None else r["ore"] / 100,
                "row": n,
                "file": "f",
                "sheet": "",
                "cell": "",
            }
            for n, r in enumerate(records)
        ],
        ROW_COLUMNS,
    )


@settings(deadline=None, max_examples=25)
@given(st.lists(ROW, min_size=1, max_size=25), st.randoms())
def test_row_order_does_not_matter_and_the_frame_is_not_changed(records, random):
    rows = frame(records)
    before = rows.copy(deep=True)
    shuffled = rows.sample(frac=1, random_state=random.randint(0, 1000)).reset_index(drop=True)
    pd.testing.assert_frame_equal(interventions_of(rows), interventions_of(shuffled))
    pd.testing.assert_frame_equal(rows, before)


@settings(deadline=None, max_examples=25)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_sums_are_kept_to_the_ore(records):
    table = interventions_of(frame(records)).set_index("intervention_key")
    for key in table.index:
        own = [
            r["ore"]
            for r in records
            if r["intervention_key"] == key
            and r["entry_type"] == "granted"
            and r["financing"] == "Finsam"
            and r["ore"] is not None
        ]
        expected = float(Decimal(sum(own)) / 100) if own else float("nan")
        np.testing.assert_equal(table.at[key, "granted_sek"], expected)


def test_of_differing_texts_the_most_common_wins_then_the_latest_then_the_alphabet():
    text = (
        "Dnr;Insats;Sökande;År;Belopp\n"
        "1;Coach;Flens kommun;2014;1\n1;Coach;Flens kommun;2015;1\n1;Coachen;Fk;2019;1\n"  # most common: Coach
        "2;Träff;A;2014;1\n2;Träffen;A;2015;1\n"  # one each: the latest
        "3;Öster;;2014;1\n3;Norr;;2014;1\n"  # same year: the alphabet
    )
    table = interventions_of(find(text).ledger().rows)
    assert table["name"].tolist() == ["Coach", "Träffen", "Norr"]
    assert table["applicant"].tolist()[:2] == ["Flens kommun", "A"]
    assert pd.isna(table["applicant"].iloc[2])


def test_years_counts_and_missing_amounts():
    table = interventions_of(find("Insats;År;Finansiering;Belopp\nA;2014;;1\na ;2016;;\nB;;ESF;5\n").ledger().rows)
    assert table["intervention_key"].tolist() == ["a", "b"]
    assert table["first_year"].tolist() == [2014, pd.NA]
    assert table["last_year"].iloc[0] == 2016
    assert table[["row_count", "rows_without_amount"]].to_numpy().tolist() == [[2, 1], [1, 0]]
    assert table["members"].tolist() == [True, False]
    assert table["external_sek"].tolist()[1] == 5
    assert table["granted_sek"].isna().tolist() == [False, True]


def test_names_that_look_alike_are_told_and_never_merged():
    ledger = find("Insats;Belopp\nProcessledare Flen;1\nProcessledare Flén;2\nEtapp 1;3\nEtapp 2;4\n").ledger()
    assert len(interventions_of(ledger.rows)) == 4
    alike = [r for r in ledger.remarks if r.reason == "names_alike"]
    assert len(alike) == 1
    assert "Flén" in alike[0].found


def test_the_same_name_under_two_ids_is_told_and_never_merged():
    ledger = find("Dnr;Insats;Belopp\n1;Coach;1\n2;Coach;2\n").ledger()
    assert len(interventions_of(ledger.rows)) == 2
    assert [r.reason for r in ledger.remarks] == ["names_alike"]


def test_texts_that_differ_within_an_intervention_are_told():
    ledger = find("Dnr;Insats;Sökande;Belopp\n1;Coach;Flen;1\n1;Coach;Trosa;2\n").ledger()
    assert [r.reason for r in ledger.remarks] == ["text_differs"]
    assert "Flen" in ledger.remarks[0].found
    assert "Trosa" in ledger.remarks[0].found


def test_doubled_rows_are_told_and_both_counted():
    ledger = find("Insats;Beslutsdatum;Belopp\nA;2019-01-01;5\nA;2019-01-01;5\n").ledger()
    assert interventions_of(ledger.rows)["granted_sek"].tolist() == [10]
    assert [r.reason for r in ledger.remarks] == ["duplicate_rows"]
