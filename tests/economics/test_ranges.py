"""Ranges of what is uncertain: stated ones as they stand, else assumed ones that say why."""

from __future__ import annotations

from pathlib import Path

import pytest
from economics_base import federation

from portfolj.economics.options import Options
from portfolj.economics.ranges import Range, ranges_of
from portfolj.federation.economics import RANGED


def named(ranges: tuple[Range, ...]) -> dict[str, Range]:
    return {each.name: each for each in ranges}


def test_without_stated_ranges_all_are_assumed_in_a_fixed_order_with_a_label_and_a_reason() -> None:
    ranges = ranges_of(federation(), options=Options())
    assert [each.name for each in ranges] == list(RANGED)
    assert {each.source for each in ranges} == {"assumed"}
    assert all(each.low <= each.likely <= each.high for each in ranges)
    assert all(each.label and each.reason.endswith(".") for each in ranges)


def test_the_most_likely_of_an_assumed_option_is_the_calculations_own() -> None:
    options = Options(deadweight=0.2, fade_out=0.07, discount_rate=0.035)
    ranges = named(ranges_of(federation(), options=options))
    likely = {name: ranges[name].likely for name in RANGED}
    assert likely == {
        "income_pct": 100, "cost_pct": 100, "deadweight_pct": 20, "fade_out_pct": 7, "discount_rate_pct": 3.5,
    }  # fmt: skip


def test_an_assumed_range_is_widened_to_hold_an_option_outside_it() -> None:
    ordinary = named(ranges_of(federation(), options=Options()))["deadweight_pct"]
    widened = named(ranges_of(federation(), options=Options(deadweight=0.8)))["deadweight_pct"]
    assert ordinary.high < 80
    assert (widened.low, widened.likely, widened.high) == (ordinary.low, 80, 80)


def test_a_stated_range_stands_as_it_is_stated_and_the_others_are_assumed() -> None:
    stated = federation(ranges={"deadweight_pct": [10, 20, 30]})
    ranges = ranges_of(stated, options=Options(deadweight=0.5))
    found = named(ranges)["deadweight_pct"]
    assert (found.low, found.likely, found.high, found.source, found.reason) == (10, 20, 30, "federation", "")
    assert [each.name for each in ranges if each.source == "assumed"] == [n for n in RANGED if n != "deadweight_pct"]


@pytest.mark.parametrize("name", RANGED)
def test_every_ranged_thing_has_an_assumption_that_ships(name: str) -> None:
    text = (Path(__file__).parents[2] / "src/portfolj/reference/economics_ranges.toml").read_text(encoding="utf-8")
    assert f"[{name}]" in text
