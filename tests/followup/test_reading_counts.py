"""Counts, exits, goals and printed figures: rows about nobody in particular."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from followup_case import MAN, places_of, read, refused

from portfolj.errors import Reason


def as_set(frame: pd.DataFrame) -> set[tuple[object, ...]]:
    return set(frame.itertuples(index=False, name=None))


def test_counts_read_alike_with_a_column_or_a_row_for_each_sex(tmp_path: Path) -> None:
    wide = ["Insats;År;Kvinnor;Män;Totalt", "A;2023;5;7;12", "B;2024;1 234;;"]
    long = ["Insats;År;Kön;Antal", "A;2023;Kvinnor;5", "A;2023;Män;7", "A;2023;Totalt;12", "B;2024;K;1234"]
    expected = {("A", 2023, "woman", "participants", 5), ("A", 2023, "man", "participants", 7),
                ("A", 2023, "all", "participants", 12), ("B", 2024, "woman", "participants", 1234)}  # fmt: skip
    assert as_set(read(tmp_path / "w", {"counts": wide}).counts) == expected
    assert as_set(read(tmp_path / "l", {"counts": long}).counts) == expected


def test_counts_of_several_measures(tmp_path: Path) -> None:
    rows = ["Insats;År;Kön;Antal deltagare;Avslutade;Till arbete;Till studier;Till arbetsmarknadsutbildning",
            "A;2023;Kvinna;10;8;3;2;1"]  # fmt: skip
    found = read(tmp_path, {"counts": rows}).counts
    by_measure = dict(zip(found["measure"], found["count"], strict=True))
    assert by_measure == {"participants": 10, "ended": 8, "to_work": 3, "to_study": 2, "to_training": 1}
    assert set(found["sex"]) == {"woman"}


def test_a_heading_may_name_both_sex_and_measure(tmp_path: Path) -> None:
    rows = ["Insats;År;Antal deltagare, kvinnor;Antal avslutade, män", "A;2023;10;8"]
    assert as_set(read(tmp_path, {"counts": rows}).counts) == {
        ("A", 2023, "woman", "participants", 10), ("A", 2023, "man", "ended", 8)
    }  # fmt: skip


def test_counts_that_contradict_one_another_are_read_and_told_with_their_cells(tmp_path: Path) -> None:
    head = "Insats;År;Kvinnor;Män;Totalt;Avslutade kvinnor;Avslutade män;Till arbete män"
    # 5 + 8 = 13 are more than 12; 3 + 4 = 7 are fewer than 9; 6 men ended of 4; 5 to work of the 2 who ended.
    rows = [head, "A;2023;5;8;12;;;", "B;2023;3;4;9;;;", "C;2023;30;4;34;9;6;", "D;2023;30;4;34;9;2;5"]
    found = read(tmp_path, {"counts": rows})
    odd = Reason.COUNTS_CONTRADICT
    assert places_of(found.remarks) == [("counts.csv", cell, odd) for cell in ("E2", "E3", "G4", "H5")]
    assert "tillsammans 13 (C2, D2), men totalen är 12" in found.remarks[0].found
    assert "bara om kön saknas för 2" in found.remarks[1].found
    assert "6 avslutade är fler än 4 deltagare (D4)" in found.remarks[2].found
    assert len(found.counts) == 3 + 3 + 5 + 6


def test_counts_in_several_rows_are_held_against_one_another(tmp_path: Path) -> None:
    rows = ["Insats;År;Kön;Mått;Antal", "A;2023;Kvinnor;Avslutade;7", "a;2023;K;Deltagare;6", "A;2024;K;Deltagare;6"]
    assert places_of(read(tmp_path, {"counts": rows}).remarks) == [("counts.csv", "E2", Reason.COUNTS_CONTRADICT)]


def test_outcomes_that_do_not_sum_to_those_who_completed_or_to_their_total_are_told(tmp_path: Path) -> None:
    rows = ["Insats;Bas;Utfall;Antal", "U;Deltagare;Fullföljde;41", "U;Deltagare;Avbröt;9", "U;Deltagare;Totalt;51",
            "U;Slutförda;Arbete;14", "U;Slutförda;Studier;8", "U;Slutförda;Annat;25"]  # fmt: skip
    found = read(tmp_path, {"exits": rows}).remarks
    # 41 + 9 = 50, not 51; 14 + 8 + 25 = 47, not 41.
    assert [fault.cell for fault in found] == ["D2", "D4"]
    assert "talet är 41, men utfallen för dem som fullföljde är tillsammans 47 (D5, D6, D7)" in found[0].found
    assert "talet är 51, men utfallen för alla deltagare är tillsammans 50 (D2, D3)" in found[1].found


def test_the_same_count_twice_is_one_and_another_is_a_fault(tmp_path: Path) -> None:
    rows = ["Insats;År;Kön;Antal", "A;2023;Kvinnor;5", "a;2023;Kvinna;5"]
    found = read(tmp_path, {"counts": rows})
    assert (list(found.counts["count"]), list(found.set_aside["reason"])) == ([5], ["duplicate_count"])
    with refused() as faults:
        read(tmp_path, {"counts": [*rows, "A;2023;K;6"]})
    assert places_of(faults) == [("counts.csv", "A4", Reason.ROWS_CONTRADICT)]


@pytest.mark.parametrize("cell", ["fem", "-5", "4,5", "<5"])
def test_a_count_that_is_no_whole_number_is_told_with_what_stands_there(cell: str, tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"counts": ["Insats;År;Kvinnor", f"A;2023;{cell}", "A;i fjol;3"]})
    assert [fault.cell for fault in faults] == ["C2", "B3"]
    assert f"”{cell}”" in faults[0].found


def test_exits_keep_their_base_and_where_they_were_printed(tmp_path: Path) -> None:
    rows = ["Insats,Bas,Utfall,Antal,Tryckt i", "IBIS,Fullföljda,Studier,151,Rapporten", "IBIS,Deltagare,Alla,647,",
            "IBIS,Deltagare,Okänt,,"]  # fmt: skip
    found = read(tmp_path, {"exits": rows})
    assert as_set(found.exits) == {
        ("IBIS", "completed", "Studier", 151, "Rapporten"), ("IBIS", "participants", "Alla", 647, "")
    }  # fmt: skip
    assert list(found.set_aside["reason"]) == ["count_missing"]


def test_goals_have_a_verdict_by_somebody_on_something(tmp_path: Path) -> None:
    rows = ["Insats;Mål nr;Måltext;Målvärde;Utfall;Bedömning;Bedömt av;Underlag",
            "RI;1.1;visa steg;100 %;73 %;Delvis uppfyllt;Utvärderaren;Akter",
            "RI;1.2;egen försörjning;20 %;48 %;uppnått;;"]  # fmt: skip
    goals = read(tmp_path, {"goals": rows}).goals
    assert goals.iloc[0].to_dict() == {
        "intervention": "RI", "goal": "1.1", "text": "visa steg", "target": "100 %", "outcome": "73 %",
        "verdict": "partly_met", "judged_by": "Utvärderaren", "basis": "Akter",
    }  # fmt: skip
    assert goals["verdict"][1] == "met"


def test_a_goal_without_a_verdict_or_with_an_unknown_one_is_refused(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"goals": ["Insats;Mål nr;Bedömning", "RI;1;", "RI;2;sådär"]})
    assert places_of(faults) == [("goals.csv", "C2", Reason.VALUE_MISSING), ("goals.csv", "C3", Reason.WORD_UNKNOWN)]


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("16 %", 16, "percent"), ("267", 267, "persons"), ("1 234 kr", 1234, "sek"), ("knappt 9 månader", 9, "months"),
     ("9,5 mån", 9.5, "months")],
)  # fmt: skip
def test_a_printed_figure_is_kept_as_printed_and_understood_where_it_can_be(
    printed: str, value: float, unit: str, tmp_path: Path
) -> None:
    rows = ["Insats;Indelning;Kategori;Mått;Tryckt;Källa", f"SPiK;sex;Kvinnor;participants;{printed};Rapporten"]
    row = read(tmp_path, {"published": rows}).published.iloc[0]
    assert (row["printed"], row["unit"], row["source"]) == (printed, unit, "Rapporten")
    assert row["value"] == value


def test_a_printed_figure_of_an_unknown_measure_or_group_or_without_a_number_is_a_fault_with_its_cell(
    tmp_path: Path,
) -> None:
    rows = ["Insats;Indelning;Kategori;Mått;Tryckt", "A;sex;man;partici;5", "A;sexx;man;to_work;5",
            "A;all;;participations;tolv", "A;sex_sex;man;share_of_to_work;16 %",
            "A;all;;to_work;12 kvinnor"]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"published": rows})
    number, word = Reason.NUMBER_UNREADABLE, Reason.WORD_UNKNOWN
    assert [(fault.cell, fault.reason) for fault in faults] == [
        ("D2", word), ("B3", word), ("E4", number), ("B5", word), ("E6", number)
    ]  # fmt: skip
    assert "to_work" in faults[0].allowed
    assert "target_group" in faults[1].allowed
    assert "”tolv”" in faults[2].found


@pytest.mark.parametrize(
    ("group", "measure"),
    [("referrer_sex", "share_of_participations"), ("target_group", "share_to_work_of_exits"), ("", "Till arbete")],
)
def test_groups_may_be_joined_and_a_measure_may_be_a_share(group: str, measure: str, tmp_path: Path) -> None:
    rows = ["Insats;Indelning;Mått;Tryckt", f"A;{group};{measure};5"]
    row = read(tmp_path, {"published": rows}).published.iloc[0]
    assert (row["group"], row["measure"]) == (group or "all", "to_work" if measure == "Till arbete" else measure)


def test_a_number_in_a_column_of_its_own_stands_for_a_figure_in_words(tmp_path: Path) -> None:
    rows = ["Insats;Mått;Tryckt;Värde", "A;participations;tolv;12"]
    assert read(tmp_path, {"published": rows}).published.iloc[0]["value"] == 12


def test_the_columns_names_in_the_code_are_headings_too(tmp_path: Path) -> None:
    rows = [
        "intervention,group,category,measure,printed,value,unit,note,source",
        "S,all,,participants,267,267,persons,,R",
    ]
    row = read(tmp_path, {"published": rows}).published.iloc[0]
    assert (row["group"], row["measure"], row["value"], row["unit"]) == ("all", "participants", 267, "persons")


@pytest.mark.parametrize("kind", ["counts", "exits", "goals", "published"])
def test_a_personal_number_anywhere_in_them_is_refused(kind: str, tmp_path: Path) -> None:
    rows = {
        "counts": ["Insats;År;Kvinnor;Kommentar", f"A;2023;5;gäller {MAN}"],
        "exits": ["Insats;Bas;Utfall;Antal", f"A;Deltagare;{MAN};5"],
        "goals": [f"Mål för {MAN};;", "Insats;Mål nr;Bedömning", "A;1;uppfyllt"],
        "published": ["Insats;Mått;Tryckt;Anmärkning", f"A;persons;5;{MAN}"],
    }[kind]
    with refused() as faults:
        read(tmp_path, {kind: rows})
    expected = {"counts": "D2", "exits": "C2", "goals": "A1", "published": "D2"}
    assert places_of(faults) == [(f"{kind}.csv", expected[kind], Reason.PERSONAL_NUMBER)]
    assert MAN not in str(faults[0])
