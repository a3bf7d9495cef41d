"""The demo: what is printed of Bättre förutsättningar, and the check of its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolj.checking import check
from portfolj.errors import Reason
from portfolj.followup.view import open_follow_up
from portfolj.logic.model import AIMS
from portfolj.logic.view import LogicView, open_logic
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio

ROOT = Path(__file__).parents[2]

DEMO = ROOT / "data" / "raw" / "battre-forutsattningar"


@pytest.fixture(scope="module")
def demo(places: Places) -> LogicView:
    return open_logic(open_follow_up(open_portfolio("battre-forutsattningar", places=places)))


def test_the_verdicts_are_the_printed_ones_in_their_order(demo: LogicView) -> None:
    items = demo.tables["items"]
    assert list(items.loc[items["kind"] == "goals", "verdict"]) == ["met", "partly_met", "not_met", "unclear"]


def test_the_hours_are_the_sums_of_their_printed_parts(demo: LogicView) -> None:
    items = demo.tables["items"].set_index("id")
    assert items.loc["timmar", "planned"] == 360 + 360 + 24 + 10
    assert items.loc["timmar", "outcome"] == 360 + 26 + 24 + 4


def test_what_is_not_printed_has_no_source_and_the_note_says_so(demo: LogicView) -> None:
    items = demo.tables["items"]
    printed = set(items.loc[items["source"] != "", "kind"])
    assert printed == {"resources", "activities", *AIMS}
    assert "konstruerad ur det som är tryckt" in demo.models[0].note


def test_the_only_box_that_hangs_loose_is_the_interim_goal(demo: LogicView) -> None:
    remarks = demo.tables["remarks"]
    found = remarks[remarks["code"] != "link_without_indicator"]
    assert list(found[["code", "about"]].itertuples(index=False, name=None)) == [("goal_without_cause", "sfi")]


def test_the_check_tells_of_boxes_links_and_weaknesses() -> None:
    result = check(DEMO)
    assert result.faults == ()
    assert "logic_model.toml: 16 rutor och 17 länkar" in result.text
    assert "Svagheter i de logiska modellerna (14)" in result.text
    assert "logic_model.toml, rad 64, interim_goals, sfi: Ingenting leder till delmålet" in result.text


def test_the_check_of_the_file_alone_is_the_same() -> None:
    alone = check(DEMO / "logic_model.toml")
    assert alone.faults == ()
    assert alone.text.startswith("logic_model.toml\nFilen går att läsa.\n")
    assert "Svagheter i de logiska modellerna (14)" in alone.text


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "trasig"
    shutil.copytree(DEMO, folder)
    path = folder / "logic_model.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('to = "kunskap"', 'to = "kunskp"'), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["", "logic_model.toml"])
def test_the_check_refuses_a_broken_model(broken: Path, name: str) -> None:
    result = check(broken / name)
    assert {fault.reason for fault in result.faults} == {Reason.ID_UNKNOWN}
    assert len(result.faults) == 2
    assert "Menade du kunskap?" in result.text


def test_a_changed_model_makes_a_new_report(places: Places, broken: Path) -> None:
    from portfolj.federation import load_federation
    from portfolj.federation.inputs import input_hashes

    before, after = (input_hashes(load_federation(folder))["logic_model.toml"] for folder in (DEMO, broken))
    assert before != after
