"""Which facts a federation requires, as settings: what exists, and what is told of what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from documentation_case import federation_of

from portfolj.documentation.facts import facts_known
from portfolj.errors import InputRefused, Reason
from portfolj.federation import fact_codes
from portfolj.federation.inputs import input_hashes


def faults_of(folder: Path, more: str) -> list[tuple[str, Reason, str]]:
    with pytest.raises(InputRefused) as raised:
        federation_of(folder, {}, more)
    return [(fault.cell, fault.reason, fault.action) for fault in raised.value.faults]


def test_the_facts_are_ten_each_with_words_for_pages_and_forms() -> None:
    assert fact_codes() == (
        "owner", "target_group", "measurable_goals", "parties", "budget_per_year", "start", "end", "follow_up",
        "implementation", "final_report",
    )  # fmt: skip
    for fact in facts_known().values():
        assert all((fact.label, fact.lacking, fact.explanation, fact.question, fact.example))
        assert fact.question.endswith("?")
        assert set(fact.forms) <= {"application", "final-report"}
        assert fact.forms
    assert facts_known()["final_report"].forms == ("final-report",)


def test_every_wrong_fact_is_told_with_the_nearest(tmp_path: Path) -> None:
    more = 'required = { final_raport = 2018, slutrapport = 2018, owner = 2019 }\nnot_required = ["owner", "strat"]'
    assert faults_of(tmp_path, more) == [
        ("documentation.required.final_raport", Reason.SETTING_UNKNOWN, "Menade du final_report?"),
        ("documentation.required.slutrapport", Reason.SETTING_UNKNOWN, "Menade du final_report?"),
        ("documentation.not_required", Reason.SETTING_UNKNOWN, "Menade du start?"),
        ("documentation.required.owner", Reason.SETTING_WRONG, "Ta bort den ena"),
    ]


@pytest.mark.parametrize(
    ("more", "cell"),
    [("required = { owner = 1800 }", "documentation.required.owner"), ("required = 2018", "documentation.required"),
     ('not_required = "owner"', "documentation.not_required")],
)  # fmt: skip
def test_values_that_are_not_years_or_lists_are_refused(tmp_path: Path, more: str, cell: str) -> None:
    assert [(c, reason) for c, reason, _ in faults_of(tmp_path, more)] == [(cell, Reason.SETTING_WRONG)]


def test_a_misspelt_setting_is_refused_with_the_nearest(tmp_path: Path) -> None:
    assert faults_of(tmp_path, 'phase = ["f.csv"]') == [
        ("documentation.phase", Reason.SETTING_UNKNOWN, "Menade du phases?")
    ]


def test_a_run_sees_that_the_files_have_changed(tmp_path: Path) -> None:
    lines = ["Insats;Parter", "Ung start;AF"]
    before = input_hashes(federation_of(tmp_path, {"facts": lines}))["facts.csv"]
    after = input_hashes(federation_of(tmp_path, {"facts": [*lines, "Steget;FK"]}))["facts.csv"]
    assert before != after
