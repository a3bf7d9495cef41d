"""What the benchmarks of a night's run and of a very long ledger work out from what they measure."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import nightly  # noqa: E402
import ten_million  # noqa: E402
from made.nation import COUNTS, NOTHING, ROWS, Plan  # noqa: E402
from tree_memory import Peak  # noqa: E402

from portfolj.portfolio import open_portfolio  # noqa: E402


def plan(place: str, follow_up: str) -> Plan:
    return Plan(place, 0, "comma", follow_up, False, 1, 1, (10,))


FLEET = [plan("A", COUNTS), plan("B", COUNTS), plan("C", ROWS), plan("D", COUNTS), plan("E", NOTHING), plan("F", ROWS)]


def test_a_few_timed_federations_stand_for_all_of_their_kind() -> None:
    # Three that report counts at (10 + 14) / 2 s, two with rows at 30 s, one without follow-up at 8 s.
    timed = {"a": 10.0, "b": 14.0, "c": 30.0, "e": 8.0}
    assert nightly.multiplied_up(timed, FLEET) == 3 * 12 + 2 * 30 + 8


@pytest.mark.parametrize("number", [0, 3, 5])
def test_at_least_one_of_each_kind_is_timed(number: int) -> None:
    chosen = nightly.a_few(FLEET, number)
    assert len(chosen) == len(set(chosen)) == max(number, 3)
    assert {each.follow_up for each in FLEET if each.key in chosen} == {COUNTS, ROWS, NOTHING}


def test_processor_time_until_a_moment_is_that_of_the_last_look_before() -> None:
    # A process that ends between two readings of one look makes that look too small: the most until then counts.
    peak = Peak(spent=[(10.0, 1.5), (12.0, 3.5), (14.0, 3.0)])
    assert [peak.spent_until(moment) for moment in (9.0, 11.0, 12.0, 20.0)] == [0.0, 1.5, 3.5, 3.5]


def test_the_tables_of_a_drawn_ledger_are_those_of_a_bare_group_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolj.prepare.MANY_ROWS", 1_000)  # so that they are read as ten million are
    ten_million.make(tmp_path, rows=2_000, seed=1, federations=3)
    ten_million.keep_settled(tmp_path)
    portfolio = open_portfolio(ten_million.NAME, places=ten_million.places_in(tmp_path))
    assert isinstance(portfolio.prepared.kept, Path)
    assert int(portfolio.prepared.sums["entries"].sum()) == 2_000
    found, bare = ten_million.ours(tmp_path), ten_million.bare(tmp_path)
    assert found.keys() == bare.keys() == {"owner", "target_group", "orientation", "year"}
    for name, table in found.items():
        assert table["ore"].sum() > 0
        pd.testing.assert_frame_equal(table, bare[name])
