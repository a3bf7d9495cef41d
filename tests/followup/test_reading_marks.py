"""Sources of income and occupations as a column each, marked with ja or nej, 1 or 0, an x or nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from followup_case import HEAD, places_of, read, refused

from portfolj.errors import Reason

SICKNESS, SUPPORT, WAGE = "sickness_benefit", "income_support", "wage"


def participations(folder: Path, head: str, *cells: str, more: str = "") -> pd.DataFrame:
    rows = [f"P{n};A;2020-01-01;{row}" for n, row in enumerate(cells)]
    return read(folder, {"participations": [f"{HEAD};{head}", *rows]}, more).participations


@pytest.mark.parametrize(
    ("yes", "no"), [("ja", "nej"), ("Ja", ""), ("1", "0"), ("x", ""), ("X", "-"), ("SANT", "FALSKT"), ("J", "N")]
)
def test_what_is_marked_in_a_row_is_what_the_person_had(yes: str, no: str, tmp_path: Path) -> None:
    head = "Sjukpenning före;Försörjningsstöd före;Lön efter"
    found = participations(tmp_path, head, f"{yes};{yes};{no}", f"{no};{yes};{yes}", f"{no};{no};{no}")
    # The codes of a row stand in alphabetic order; the file does not ask for all sources, so that none is unknown.
    assert list(found["income_before"]) == [f"{SUPPORT};{SICKNESS}", SUPPORT, "missing"]
    assert list(found["income_after"]) == ["missing", WAGE, "missing"]


@pytest.mark.parametrize(
    ("heading", "field", "code"),
    [
        ("Sjukpenning före", "income_before", SICKNESS),
        ("Före: sjukpenning", "income_before", SICKNESS),
        ("Sjukpenning (vid start)", "income_before", SICKNESS),
        ("Försörjning före - Sjukpenning", "income_before", SICKNESS),
        ("Försörjning: sjukpenning, efter insatsen", "income_after", SICKNESS),
        ("Ek. bistånd vid avslut", "income_after", SUPPORT),
        ("Ingen försörjning efter", "income_after", "none"),
        ("Försörjning efter: Pension", "income_after", "other_public"),
        ("Arbete efter", "occupation_after", "work"),
        ("Försörjning efter: Arbete", "income_after", WAGE),
        ("Sysselsättning före: Övrigt", "occupation_before", "other"),
        ("Sjukersättning efter", "income_after", "sickness_compensation"),
        ("Arbetslös före", "occupation_before", "seeking"),
    ],
)
def test_the_heading_says_which_code_and_which_side(heading: str, field: str, code: str, tmp_path: Path) -> None:
    found = participations(tmp_path, heading, "ja", "nej")
    assert list(found[field]) == [code, "missing"]


def test_cells_of_numbers_and_truth_in_a_workbook_are_marks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    head = [*HEAD.split(";"), "Sjukpenning före", "Lön före"]
    for row in (head, ["P1", "A", "2020-01-01", 1, True], ["P2", "A", "2020-01-01", 0, False]):
        book.active.append(row)
    book.save(tmp_path / "participations.xlsx")
    found = read(tmp_path, {"participations": None}).participations
    assert list(found["income_before"]) == [f"{SICKNESS};{WAGE}", "missing"]


def test_the_word_itself_marks_it_as_surveys_write_it_and_a_column_of_codes_is_read_beside(tmp_path: Path) -> None:
    found = participations(
        tmp_path, "Sjukpenning före;Lön före;Försörjning före", "Sjukpenning;;A-kassa", ";Lön;", "ja;;Sjukpenning"
    )
    assert list(found["income_before"]) == [f"{SICKNESS};unemployment_benefit", WAGE, SICKNESS]


def test_words_of_the_federation_are_headings_too(tmp_path: Path) -> None:
    more = '[followup.words.income]\n"Omställningspenning" = ["op"]\n[followup.words.mark]\nyes = ["har"]\n'
    found = participations(tmp_path, "Omställningspenning före;OP efter", "ja;", ";har", more=more)
    assert list(found["income_before"]) == ["Omställningspenning", "missing"]
    assert list(found["income_after"]) == ["missing", "Omställningspenning"]


def test_every_cell_that_is_no_mark_is_told_with_the_others_and_never_shown(tmp_path: Path) -> None:
    with refused() as faults:
        participations(tmp_path, "Sjukpenning före;Arbete efter", "ja;ja", "kanske;nej", "nej;Fick jobb", ";ja")
    assert places_of(faults) == [
        ("participations.csv", "D3", Reason.WORD_UNKNOWN), ("participations.csv", "E4", Reason.WORD_UNKNOWN)
    ]  # fmt: skip
    assert "kanske" not in "".join(map(str, faults))


def test_a_column_of_texts_under_such_a_heading_is_not_read(tmp_path: Path) -> None:
    found = participations(tmp_path, "Arbete efter;Utbildning", "på lagret;Gymnasium", "i skolan;Nej", ";Komvux")
    assert list(found["occupation_after"]) == ["missing"] * 3


def test_a_marked_column_that_does_not_say_side_or_list_is_refused_until_the_settings_do(tmp_path: Path) -> None:
    head, row = "Sjukpenning;Pension efter;Lön", "ja;nej;ja"
    with refused() as faults:
        participations(tmp_path, head, row)
    assert places_of(faults) == [("participations.csv", f"{c}1", Reason.COLUMN_AMBIGUOUS) for c in "DEF"]
    more = '[followup.columns.participations]\nincome_before = "Sjukpenning"\nunused = "Lön; Pension efter"\n'
    assert list(participations(tmp_path, head, row, more=more)["income_before"]) == [SICKNESS]


def test_a_heading_that_stands_twice_is_not_told_apart_by_the_settings(tmp_path: Path) -> None:
    more = '[followup.columns.participations]\nincome_before = "Sjukpenning"\n'
    with refused() as faults:
        participations(tmp_path, "Sjukpenning;Sjukpenning", "ja;nej", more=more)
    assert [fault.cell for fault in faults] == ["D1", "E1"]
