"""Which facts are on file, where, from when they are required, and the money behind those that are missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from documentation_case import opened

from portfolj.documentation import found, status
from portfolj.documentation.view import DocumentationView
from portfolj.errors import ReconciliationError
from portfolj.federation import fact_codes
from portfolj.followup.rows import FollowUp, frame_from_records
from small_ledger import row

# 1 000 + 2 000 + 4 000 kronor: every sum of some of them is a sum of no others.
LEDGER = [
    row("1", "Ung start", applicant="Flens kommun", group="unga", amount="1000", year="2018"),
    row("2", "Steget", amount="2000", year="2019"),
    row("3", "Lotsen", applicant="Flens kommun", amount="", year="2019"),
    row("4", "Bron", amount="4000", year="2019"),
]
FACTS = [
    "Dnr;Insats;Parter;Start;Slut;Vem tar över;Slutrapport;Mätbara mål",
    "1;;Kommunen och AF;2018-01-01;2018-12-31;Kommunen;Dnr 2019/7;ja",
    ";steget;Kommunen;2019-01-01;2019-06-30;;;",
    "3;Lotsen;;2019;tills vidare;krävs inte;;",
    ";Okänd insats;AF;2019;2020;;;",
]


def status_of(view: DocumentationView, key: str) -> dict[str, str]:
    frame = view.tables["documentation"]
    own = frame[frame["intervention_key"] == key]
    return dict(zip(own["fact"], own["status"], strict=True))


def found_of(view: DocumentationView, key: str, fact: str) -> str:
    frame = view.tables["documentation"].set_index(["intervention_key", "fact"])
    return str(frame.loc[(key, fact), "found_in"])


@pytest.fixture(scope="module")
def with_facts(tmp_path_factory: pytest.TempPathFactory) -> DocumentationView:
    return opened(tmp_path_factory.mktemp("facts"), LEDGER, {"facts": FACTS})


def test_a_ledger_alone_has_owner_target_group_and_budget(tmp_path: Path) -> None:
    view = opened(tmp_path, LEDGER)
    assert view.on == date(2019, 12, 31)  # the last day of the ledger's last year
    assert not view.is_asked_for
    present = {key: {f for f, s in status_of(view, key).items() if s == "present"} for key in ("1", "2", "3", "4")}
    assert present == {
        "1": {"owner", "target_group", "budget_per_year"}, "2": {"budget_per_year"},
        "3": {"owner"},  # its amount is not known
        "4": {"budget_per_year"},
    }  # fmt: skip
    assert found_of(view, "1", "owner") == "liggare.csv, rad 2"
    assert found_of(view, "4", "budget_per_year") == "liggare.csv, rad 5"
    # Nobody has said when they end, so nobody can say that a report is missing.
    assert {s for key in "1234" for f, s in status_of(view, key).items() if f == "final_report"} == {"not_required"}
    assert set(view.tables["documentation"]["why"]) == {"", "end_unknown"}


def test_the_file_of_facts_adds_what_the_ledger_has_no_room_for(with_facts: DocumentationView) -> None:
    view = with_facts
    assert {f: s for f, s in status_of(view, "1").items() if s != "present"} == {"follow_up": "missing"}
    assert found_of(view, "1", "parties") == "facts.csv, rad 2"
    assert found_of(view, "2", "start") == "facts.csv, rad 3"  # by its name, whatever the letters' case
    assert status_of(view, "2")["final_report"] == "missing"  # it ended on 30 June 2019
    assert (status_of(view, "3")["implementation"], status_of(view, "3")["final_report"]) == ("not_required",) * 2
    assert found_of(view, "3", "implementation") == "facts.csv, rad 4"
    assert view.tables["unmatched"][["intervention", "row", "why"]].to_numpy().tolist() == [
        ["Okänd insats", 5, "not_in_ledger"]
    ]


@pytest.mark.parametrize(
    ("today", "report"), [(date(2019, 6, 29), "not_required"), (date(2019, 6, 30), "missing")]
)  # fmt: skip
def test_a_final_report_is_missing_once_the_intervention_has_ended(tmp_path: Path, today: date, report: str) -> None:
    view = opened(tmp_path, LEDGER, {"facts": FACTS}, today=today)
    assert (view.on, status_of(view, "2")["final_report"]) == (today, report)


def test_the_day_of_the_report_is_the_last_of_its_period(tmp_path: Path) -> None:
    assert opened(tmp_path, LEDGER, {"facts": FACTS}, period="2018").on == date(2018, 12, 31)


def test_a_fact_is_required_from_the_year_that_the_settings_say(tmp_path: Path) -> None:
    more = 'required = { target_group = 2019, owner = 2020 }\nnot_required = ["parties", "budget_per_year"]'
    view = opened(tmp_path, LEDGER, {"facts": FACTS}, more)
    table = view.tables["documentation"].set_index(["intervention_key", "fact"])
    assert table.loc[("2", "target_group"), "status"] == "missing"
    assert table.loc[("2", "owner"), ["status", "why"]].tolist() == ["not_required", "earlier"]
    assert table.loc[("1", "owner"), "status"] == "present"  # asked for or not, it is there
    assert set(table.xs("parties", level="fact")["status"]) == {"not_required"}
    assert table.loc[("2", "target_group"), "required_from"] == 2019
    assert pd.isna(table.loc[("2", "start"), "required_from"])


def test_the_money_behind_each_missing_fact_and_the_line_that_reconciles_it(with_facts: DocumentationView) -> None:
    view = with_facts
    facts = view.tables["facts"].set_index("fact")
    assert facts.index.tolist() == list(fact_codes())
    assert facts.loc["parties", ["required", "present", "missing", "missing_sek"]].tolist() == [4, 2, 2, 4000]
    assert facts.loc["owner", ["required", "present", "missing", "missing_sek"]].tolist() == [4, 2, 2, 6000]
    assert facts.loc["implementation", ["required", "missing", "not_required"]].tolist() == [3, 2, 1]
    assert pd.isna(facts.loc["budget_per_year", "missing_sek"])  # of the one without an amount nothing is known
    lacking = view.tables["lacking"]
    assert lacking["name"].tolist() == ["Bron", "Steget", "Ung start", "Lotsen"]
    assert lacking["missing_count"].tolist()[:3] == [8, 6, 1]
    line = status.lacking_reconciled(lacking, view.portfolio)
    assert (line.rows_sek, line.not_in_rows_sek, line.total_sek) == (7000, 0, 7000)
    with pytest.raises(ReconciliationError):
        status.lacking_reconciled(lacking.assign(granted_sek=[4000.0, 2000.0, 999.99, None]), view.portfolio)


def test_counts_exits_and_goals_of_follow_up_are_follow_up(tmp_path: Path) -> None:
    goal = {"intervention": "Ung start", "goal": "1", "text": "Arbete", "verdict": "unclear", "target": "",
            "outcome": "", "judged_by": "", "basis": ""}  # fmt: skip
    rows = FollowUp(goals=frame_from_records("goals", [goal]))
    view = opened(tmp_path, LEDGER, rows=rows)
    assert [status_of(view, key)["follow_up"] for key in "1234"] == ["present", "missing", "missing", "missing"]


def test_measurable_goals_are_those_that_the_grading_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graded = pd.DataFrame({
        "intervention_key": list("1234"), "main_class": ["outcome_measurable", "volume"] * 2,
        "decided_by": ["rule", "rule", "decision", "rule"],
    })  # fmt: skip
    monkeypatch.setattr(found, "goal_classes", lambda goals: graded)
    view = opened(tmp_path, LEDGER)
    measurable = [status_of(view, key)["measurable_goals"] for key in "1234"]
    assert measurable == ["present", "missing", "present", "missing"]
    assert found_of(view, "3", "measurable_goals") == "decisions.csv"


def test_a_target_group_that_only_a_name_hints_at_is_not_on_file(tmp_path: Path) -> None:
    ledger = [row("1", "Ungdomar i arbete"), row("2", "Insats", description="Riktar sig till unga 16–24 år.")]
    view = opened(tmp_path, ledger)
    groups = view.portfolio.prepared.interventions["target_groups_basis"].tolist()
    assert groups == ["named", "described"]
    assert [status_of(view, key)["target_group"] for key in "12"] == ["missing", "present"]
    assert found_of(view, "2", "target_group") == "liggare.csv, rad 3"


def test_a_federation_without_interventions_has_nothing_missing(tmp_path: Path) -> None:
    view = opened(tmp_path, [row("1", "Ung start", year="2010")], period="2018-2019")
    assert view.tables["documentation"].empty
    assert view.tables["facts"]["required"].tolist() == [0] * len(fact_codes())
    assert view.tables["lacking"].empty
