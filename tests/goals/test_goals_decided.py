"""A person's decision on goals wins: through the workbook, a frame or decisions.csv, and it can be taken back."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from goal_ledgers import BETTER, BOTH, HEAD, ROWS, opened, places_at

from portfolj import decide, exhibits, pending_goals
from portfolj.errors import InputRefused
from portfolj.exhibits.goals.files import goals_tables
from portfolj.goals.view import open_goals
from portfolj.places import Places
from portfolj.review.book import apply_review, write_review
from portfolj.review.rows import review_items

TODAY = date(2026, 11, 20)
HEADING = "Mål: beslut"


def decisions(places: Places) -> list[dict[str, str]]:
    """The rows of decisions.csv."""
    text = (places.raw("prov") / "decisions.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.split("\n")[0] else ","))


def cells_of(path: Path, key: str) -> dict[str, Any]:
    """The row of an intervention by heading, as plain values."""
    headings, *rows = openpyxl.load_workbook(path)["Insatser"].iter_rows(values_only=True)
    return next(row for row in (dict(zip(headings, row, strict=True)) for row in rows) if row["Nyckel"] == key)


def answered(places: Places, answers: dict[str, str], *, heading: str = HEADING) -> str:
    """Writes answers (key -> cell) into a new workbook and puts them in; gives what the program says."""
    path = write_review(opened(places), places=places).path
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["Insatser"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        if (key := row[columns["Nyckel"] - 1].value) in answers:
            row[columns[heading] - 1].value = answers[key]
    (label,) = [r[0] for r in book["Läs först"].iter_rows() if r[0].value == "Beslutat av"]
    label.offset(column=1).value = "Anna Ek"
    book.save(path)
    told = str(apply_review(opened(places), places=places, today=TODAY))
    path.unlink()
    return told


@pytest.fixture
def prov(by_hand: None, tmp_path: Path) -> Places:
    """The small federation, nothing decided."""
    return places_at(tmp_path)


def test_a_decision_in_the_workbook_becomes_the_class_of_the_text(prov: Places) -> None:
    answered(prov, {"4": "Mätbart utfall"})
    (row,) = decisions(prov)
    assert (row["dimension"], row["code"], row["rule_said"]) == ("goals", "outcome_measurable", "activity")
    assert (row["decided_by"], row["decided_on"]) == ("Anna Ek", "2026-11-20")
    assert row["text_seen"]
    view = open_goals(opened(prov))
    graded = view.interventions.set_index("name").loc["Görs"]
    assert (graded["main_class"], graded["decided_by"], graded["rule_said"]) == (
        "outcome_measurable", "decision", "activity",
    )  # fmt: skip
    assert graded["advice"] == ""  # it was advice on an activity
    assert view.by_class.set_index("main_class").loc["outcome_measurable", "granted_sek"] == 100 + 800
    html = str(exhibits.goals.weakest(view))
    assert "Beslutat av Anna Ek, 2026-11-20. Orden säger: Aktivitet" in html
    # Arbete and Två mål say all themselves; of Görs only a person says so.
    assert html.count("Målet har alla delar som behövs") == 2
    assert "1 ångrat" in answered(prov, {"4": "ångra beslutet"})
    assert decisions(prov) == []
    assert open_goals(opened(prov)).interventions.set_index("name").loc["Görs", "decided_by"] == "rule"


def test_the_classes_of_several_goals_stand_in_one_cell_and_come_back_as_they_were(prov: Places) -> None:
    answered(prov, {"7": "Volym; mätbart utfall"})
    assert decisions(prov)[0]["code"] == "volume;outcome_measurable"
    goals = open_goals(opened(prov)).goals
    assert list(goals.loc[goals["name"] == "Två mål", "goal_class"]) == ["volume", "outcome_measurable"]
    assert set(goals.loc[goals["name"] == "Två mål", "decided_by"]) == {"decision"}
    path = write_review(opened(prov), places=prov).path
    assert cells_of(path, "7")[HEADING] == "Volym; Mätbart utfall"
    assert "Inget att föra in" in str(apply_review(opened(prov), places=prov, today=TODAY))


def test_a_decision_of_another_number_of_goals_is_about_the_text_as_a_whole(prov: Places) -> None:
    answered(prov, {"7": "Aktivitet"})
    view = open_goals(opened(prov))
    assert view.interventions.set_index("name").loc["Två mål", "classes"] == "activity"
    goals = view.goals[view.goals["name"] == "Två mål"]
    assert list(goals["goal_class"]) == ["outcome_measurable", "volume"]
    assert set(goals["decided_by"]) == {"rule"}


def test_what_is_no_class_is_refused_with_its_cell_all_at_once(prov: Places) -> None:
    with pytest.raises(InputRefused) as refused:
        answered(prov, {"4": "Volymen", "3": "Volym; Inget mål", "2": "Volym; Kommun"})
    faults = refused.value.faults
    assert {fault.found for fault in faults} == {
        "”Volymen” finns inte", "”Inget mål” står bredvid ett mål", "”Kommun” finns inte",
    }  # fmt: skip
    assert {fault.sheet for fault in faults} == {"Insatser"}
    assert len({fault.cell for fault in faults}) == 3
    assert not (prov.raw("prov") / "decisions.csv").exists()


def test_the_workbook_shows_the_answer_now_the_words_and_the_advice(prov: Places) -> None:
    row = cells_of(write_review(opened(prov), places=prov).path, "2")
    assert "Mål: Utfall som inte går att mäta" in row["Svar nu"].replace("\n", " ")
    assert "Säg hur stor andel" in row["Svar nu"]
    assert f"Mål: {BETTER}" in row["Underlag"]


def test_a_ledger_without_goals_is_not_asked_about_them(by_hand: None, tmp_path: Path) -> None:
    rows = [(*row[:4], *row[5:]) for row in ROWS]
    prov = places_at(tmp_path, rows=rows, head=(*HEAD[:4], *HEAD[5:]))
    row = cells_of(write_review(opened(prov), places=prov).path, "2")
    assert HEADING not in row
    assert "Mål:" not in row["Svar nu"]


def test_a_decision_without_a_text_in_the_ledger_still_counts(by_hand: None, tmp_path: Path) -> None:
    rows = [(*row[:4], *row[5:]) for row in ROWS]
    told = [("5", "goals", "volume", "Anna Ek", "2026-11-20", "Ansökan", "")]
    prov = places_at(tmp_path, rows=rows, head=(*HEAD[:4], *HEAD[5:]), decisions=told)
    view = open_goals(opened(prov))
    assert view.has_goals
    assert view.by_class.set_index("main_class").loc["volume", "granted_sek"] == 1600
    assert len(goals_tables(view)["goal_quality"]) == 7
    assert HEADING in cells_of(write_review(opened(prov), places=prov).path, "5")


def test_a_decision_whose_text_has_changed_is_told_and_comes_first(prov: Places) -> None:
    answered(prov, {"1": "Volym"})
    ledger = prov.raw("prov") / "liggare.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("30 procent i arbete;2020;100", "40 procent;2020;100"),
                      encoding="utf-8")  # fmt: skip
    portfolio = opened(prov)
    (remark,) = [r for r in portfolio.prepared.remarks if "har ändrats sedan någon beslutade om mål" in r.found]
    assert remark.reason.value
    first = review_items(portfolio)[0]
    assert (first.key, first.doubts["goals"]) == ("1", "text_changed")
    assert "Mål" in str(exhibits.decisions_made(portfolio))
    assert "ändrad" in str(exhibits.decisions_made(portfolio))
    assert "1 bekräftat" in answered(prov, {"1": "ja, det gäller"}, heading="Står beslutet fast?")
    assert "goals" not in review_items(opened(prov))[0].doubts


def test_decisions_from_a_notebook_are_checked_as_those_of_the_workbook(prov: Places) -> None:
    frame = pending_goals(opened(prov))
    assert list(frame["intervention_key"]) == ["6", "4", "3", "2", "1", "7"]  # the weakest first; 5 has no text
    frame.loc[frame["intervention_key"] == "7", ["code", "why"]] = ["volume;Mätbart utfall", "Ansökan sidan 2"]
    assert "1 nytt" in str(decide(opened(prov), frame, by="Anna Ek", today=TODAY))
    assert decisions(prov)[0]["code"] == "volume;outcome_measurable"
    assert list(pending_goals(opened(prov))["intervention_key"]) == ["6", "4", "3", "2", "1"]
    frame = pending_goals(opened(prov))
    frame.loc[frame["intervention_key"] == "1", "code"] = "kommun"
    with pytest.raises(InputRefused, match="kommun"):
        decide(opened(prov), frame, by="Anna Ek", today=TODAY)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("kommun", "code är 'kommun'"),
        ("volume;missing", "code är 'volume;missing'"),
        ("", "code är tom"),
    ],
)
def test_a_wrong_line_of_decisions_is_refused(by_hand: None, tmp_path: Path, code: str, found: str) -> None:
    prov = places_at(tmp_path, decisions=[("1", "goals", code, "Anna Ek", "", "", "")])
    with pytest.raises(InputRefused) as refused:
        opened(prov)
    (fault,) = refused.value.faults
    assert fault.found == found
    assert "missing" in f"{fault.allowed} {fault.action}"


def test_the_same_class_may_stand_for_several_goals(by_hand: None, tmp_path: Path) -> None:
    prov = places_at(tmp_path, decisions=[("7", "goals", "volume;volume", "Anna Ek", "", "", "")])
    view = open_goals(opened(prov))
    row = view.interventions.set_index("name").loc["Två mål"]
    assert (row["classes"], row["main_class"], row["goal_text"]) == ("volume;volume", "volume", BOTH)


def test_a_decision_that_there_is_no_goal_says_so(by_hand: None, tmp_path: Path) -> None:
    prov = places_at(tmp_path, decisions=[("1", "goals", "missing", "Anna Ek", "", "", "")])
    row = open_goals(opened(prov)).interventions.set_index("name").loc["Arbete"]
    assert (row["main_class"], row["reason"], row["rule_said"]) == ("missing", "decided", "outcome_measurable")
