"""A filled form listed where goals, facts or phases are read gives them, with the form's own cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from filled_forms import GOALS, OUTCOMES, SETTINGS, application, final_report

from portfolj.documentation.reading import read_documentation
from portfolj.errors import InputRefused, Reason
from portfolj.federation import Federation, load_federation
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp

PHASES = [
    ["Förstudie", date(2026, 1, 1), date(2026, 6, 30), 300000, "Tre parter deltar"],
    ["Drift", date(2026, 7, 1), date(2027, 12, 31), 900000, ""],
]


def federation(folder: Path, *, goals: str = "", facts: str = "", phases: str = "") -> Federation:
    listed = (f'"{name}"' if name else "" for name in (goals, facts, phases))
    text = SETTINGS.format(files='"ansokan.xlsx"', goals=next(listed), unit="kr")
    text += f"[documentation]\nfacts = [{next(listed)}]\nphases = [{next(listed)}]\n"
    (folder / "federation.toml").write_text(text, encoding="utf-8")
    return load_federation(folder)


def follow_up(found: Federation) -> FollowUp:
    return read_follow_up(found, key=find_key(found))


def test_the_verdicts_of_a_final_report_are_goals_of_the_follow_up(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    final_report(tmp_path / "slut.xlsx")
    goals = follow_up(federation(tmp_path, goals="slut.xlsx")).goals
    assert goals["text"].tolist() == [row[0] for row in OUTCOMES]
    assert goals["verdict"].tolist() == ["met", "unclear"]
    assert goals["outcome"].tolist() == ["47 procent", "okänt"]
    assert goals["basis"].tolist() == ["Uppföljning Finsam", "Ingen enkät gjordes"]
    assert goals["judged_by"].unique().tolist() == ["Styrgruppen"]
    assert goals["intervention"].unique().tolist() == ["Lotsen"]


def test_a_goal_without_a_verdict_is_told_by_the_cell_of_the_form(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    final_report(tmp_path / "slut.xlsx", tables={"Mål för mål": [["Målet", "1", "2", "kanske", ""], ["Ett till"]]})
    with pytest.raises(InputRefused) as caught:
        follow_up(federation(tmp_path, goals="slut.xlsx"))
    first, second = caught.value.faults
    assert [fault.reason for fault in (first, second)] == [Reason.WORD_UNKNOWN, Reason.VALUE_MISSING]
    assert [fault.sheet for fault in (first, second)] == ["Slutrapport"] * 2
    assert first.cell[0] == second.cell[0] == "E"  # the column of verdicts, the fourth beside the marks
    assert int(second.cell[1:]) == int(first.cell[1:]) + 1


def test_a_form_that_has_nothing_for_a_list_is_refused(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    with pytest.raises(InputRefused) as caught:
        follow_up(federation(tmp_path, goals="ansokan.xlsx"))
    assert [(f.file, f.reason) for f in caught.value.faults] == [("ansokan.xlsx", Reason.FORM_MISPLACED)]


def test_an_application_has_the_facts_that_it_asks_for(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    (row,) = read_documentation(federation(tmp_path, facts="ansokan.xlsx")).facts.to_dict("records")
    assert row["intervention"] == "Lotsen"
    assert row["intervention_id"] == "2025/7"
    assert row["owner"] == "Solbacka kommun"
    assert row["target_group"] == "Unga 16–24 år utan arbete och studier"
    assert row["parties"] == "Solbacka kommun (Två lotsar); Arbetsförmedlingen (En handläggare på halvtid)"
    assert row["budget_per_year"] == "2026: 900\xa0000\xa0kr Förbundets medel; 2027: 400\xa0000\xa0kr ESF".replace(
        "\xa0", row["budget_per_year"][9]
    )
    assert (row["start"], row["end"]) == ("2026-01-01", "2027-12-31")
    assert row["measurable_goals"].startswith(f"40 procent av deltagarna ska {GOALS[0][0]}")
    assert row["implementation"] == "Socialnämnden beslutar i mars 2027."
    assert row["final_report"] == ""


def test_a_final_report_has_facts_too(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    final_report(tmp_path / "slut.xlsx", fields={"Slutrapport": "Dnr 2028/3"})
    (row,) = read_documentation(federation(tmp_path, facts="slut.xlsx")).facts.to_dict("records")
    assert row["final_report"] == "Dnr 2028/3"
    assert row["follow_up"] == ""
    assert row["measurable_goals"] == ("40 procent arbetar eller studerar (uppfyllt); Tolv har egen inkomst (oklart)")


def test_phases_of_an_application_are_phases(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx", tables={"Etapper": PHASES})
    phases = read_documentation(federation(tmp_path, phases="ansokan.xlsx")).phases
    assert phases["phase"].tolist() == ["Förstudie", "Drift"]
    assert phases["amount_sek"].tolist() == [300_000, 900_000]
    assert phases["condition"].tolist() == ["Tre parter deltar", ""]
    assert phases["start"].tolist() == [pd.Timestamp(2026, 1, 1), pd.Timestamp(2026, 7, 1)]
