"""Publishing broken off at every step of the disk: a reader always finds a whole report, and the next run goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from breaking import DONE, KILLED, TOLD, TOLERATED

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that breaks off is forked")


def breaks(folder: Path, way: str, swap: str, keep: int = 10) -> list[dict[str, Any]]:
    program = Path(__file__).with_name("breaking.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder), way, swap, str(keep)], capture_output=True, text=True, check=True
    )
    *broken, whole = [json.loads(line) for line in done.stdout.splitlines()]
    assert (whole["code"], whole["seen"]) == (DONE, "3")
    return broken


@pytest.mark.parametrize("swap", ["exchange", "two"])
@pytest.mark.parametrize("way", ["kill", "full", "held"])
def test_wherever_publishing_breaks_off_the_next_run_leaves_nothing_and_loses_nothing(
    tmp_path: Path, way: str, swap: str
) -> None:
    broken = breaks(tmp_path, way, swap)
    assert len(broken) >= {"kill": 20, "full": 8, "held": 2}[way]
    for found in broken:
        stood = ["3", "2", "1"] if found["seen"] == "3" else ["2", "1"]  # 1 and 2 stood before
        assert found["next"] == "4", found
        assert found["history"] == stood, found
        assert found["left"] == ["2019", "historik"], found
        assert found["hidden"] == [], found


@pytest.mark.parametrize("way", ["kill", "full", "held"])
def test_a_reader_finds_the_old_report_whole_until_the_new_one_stands(tmp_path: Path, way: str) -> None:
    seen = [found["seen"] for found in breaks(tmp_path, way, "exchange")]
    assert set(seen) == {"2", "3"}
    assert seen == sorted(seen)  # never back to the old one at a later step


def test_where_a_swap_takes_two_steps_the_report_is_missing_between_them_alone(tmp_path: Path) -> None:
    seen = [found["seen"] for found in breaks(tmp_path, "kill", "two")]
    assert seen.count(None) == 1
    between = seen.index(None)
    assert (set(seen[:between]), set(seen[between + 1 :])) == ({"2"}, {"3"})
    for way in ("full", "held"):  # the process lives on and puts the old report back
        assert None not in [found["seen"] for found in breaks(tmp_path / way, way, "two")]


@pytest.mark.parametrize("swap", ["exchange", "two"])
@pytest.mark.parametrize("way", ["full", "held"])
def test_what_the_disk_refuses_is_told_unless_the_new_report_stands_already(
    tmp_path: Path, way: str, swap: str
) -> None:
    outcomes = {(found["code"], found["seen"]) for found in breaks(tmp_path, way, swap)}
    assert outcomes == {(TOLD, "2"), (TOLERATED, "3")}


def test_a_kill_while_history_is_pruned_takes_neither_the_last_report_nor_the_one_before(tmp_path: Path) -> None:
    broken = breaks(tmp_path, "kill", "exchange", keep=1)
    assert {found["code"] for found in broken} == {KILLED}
    for found in broken:
        assert found["history"] == (["3"] if found["seen"] == "3" else ["2"]), found
    # Version 2 goes to history once version 3 stands; 1 goes then, and at each moment it is whole or not there.
    seen = [(found["seen"], *found["kept"]) for found in broken]
    assert list(dict.fromkeys(seen)) == [("2", "1"), ("3", "1"), ("3", "2", "1"), ("3", "2")]
