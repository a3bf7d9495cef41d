"""Participations, persons, anonymous participants and missing values: four different numbers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from counting_rows import at, opened, rows_of

from portfolj.followup.rows import FollowUp, frame_from_records


def test_the_four_numbers_are_kept_apart(tmp_path: Path) -> None:
    rows = rows_of(
        (20, {}),
        (10, {"person": "", "anonymous": True, "sex": "man", "end": None, "end_year": None}),
        (30, {"sex": "missing"}),
        (40, {"occupation_after": "missing"}),
    )
    twice = rows.participations.iloc[:8].assign(start=pd.Timestamp("2019-11-01"), end=pd.Timestamp("2019-12-01"))
    both = FollowUp(participations=pd.concat([rows.participations, twice], ignore_index=True))
    found = opened(both, tmp_path).tables["participants"].iloc[0]
    assert found["participations"] == 108  # 20 + 10 + 30 + 40 and 8 again
    assert found["persons"] == 90  # 20 + 30 + 40
    assert found["anonymous"] == 10
    assert found["missing_sex"] == 30
    assert found["missing_after"] == 40
    assert found["exits"] == 98  # all but the anonymous


def test_three_people_who_come_again_are_not_told_by_participations_minus_persons(tmp_path: Path) -> None:
    rows = rows_of((50, {}))
    twice = rows.participations.iloc[:3].assign(start=pd.Timestamp("2019-11-01"), end=pd.Timestamp("2019-12-01"))
    both = FollowUp(participations=pd.concat([rows.participations, twice], ignore_index=True))
    found = opened(both, tmp_path).tables["participants"].iloc[0]
    assert pd.isna(found["participations"]) or pd.isna(found["persons"])


def test_mistaken_registrations_are_counted_and_a_small_number_of_them_is_hidden(tmp_path: Path) -> None:
    aside = {"file": "deltagande.csv", "sheet": "", "kind": "participations", "reason": "felregistrering"}
    for number, told in ((6, 6), (3, None)):
        frame = frame_from_records("set_aside", [{**aside, "row": n} for n in range(number)])
        table = opened(rows_of((50, {}), set_aside=frame), tmp_path).tables["participants"]
        assert (None if pd.isna(table["misregistered"].iloc[0]) else table["misregistered"].iloc[0]) == told
        assert table["misregistered_suppressed"].iloc[0] == (told is None)


def test_a_word_that_only_a_few_have_is_told_together_with_others(tmp_path: Path) -> None:
    rows = rows_of(
        (20, {"referrer": "social_insurance"}),
        (3, {"referrer": "Kusin Vitamin"}),
        (4, {"referrer": "Farbror Melker"}),
    )
    view = opened(rows, tmp_path)
    outcomes = view.tables["outcomes"]
    assert at(outcomes, "participations", intervention="", group="referrer", category="few") == 7  # 3 + 4
    assert not any("Melker" in text for text in outcomes["category"])
