"""What chance alone does to an income that rests on few who moved."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from some_values import ASSUMED

from portfolj.economics.changes import Changes, frame_of_changes
from portfolj.economics.few_movers import drawn_noise, spread_of_changes
from portfolj.economics.flows import flows_of
from portfolj.economics.options import Options
from portfolj.economics.simulation import simulate
from portfolj.economics.states import shipped_states

STATES = shipped_states()
DRAWS = 200_000


def changes(people: int | None, **states: tuple[int | None, int | None]) -> Changes:
    rows = [
        (code, code, before, after, before is None or after is None,
         None if before is None or after is None else after - before)
        for code, (before, after) in states.items()
    ]  # fmt: skip
    return Changes(frame_of_changes(rows, source="transitions"), people, "transitions")


def noise_of(found: Changes) -> dict[str, np.ndarray]:
    return drawn_noise(found, flows_of(found, values=ASSUMED, year=2018, states=STATES), draws=DRAWS, seed=1)


def test_the_spread_is_that_of_people_who_are_drawn_independently_before_and_after() -> None:
    # 83 people, 5 in work before and 8 after: each is in it with probability 5/83 before and 8/83 after.
    rng = np.random.default_rng(1)
    before, after = (rng.random((20_000, 83)) < share / 83 for share in (5, 8))
    drawn = (after & ~before).sum(axis=1) - (before & ~after).sum(axis=1)
    (spread,) = spread_of_changes(changes(83, work_full_time=(5, 8)))["standard_deviation"]
    # 5 + 8 - 2 x 5 x 8 / 83 - 9 / 83 = 11.93, the root of which is 3.45.
    assert spread == pytest.approx(math.sqrt(13 - 80 / 83 - 9 / 83))
    assert spread == pytest.approx(drawn.std(), rel=0.02)


def test_a_hidden_change_is_nowhere_in_it() -> None:
    assert spread_of_changes(changes(83, work_full_time=(None, 8), income_support=(40, 20)))["state"].tolist() == [
        "income_support"
    ]


def test_noise_is_of_the_same_people_to_all_actors_and_sums_to_society() -> None:
    noise = noise_of(changes(83, work_full_time=(5, 8), income_support=(40, 20), practice=(3, 9)))
    parts = sum(noise[actor] for actor in ("kommun", "region", "af", "ovrig_stat", "individen"))
    assert noise["samhallet"] == pytest.approx(parts, abs=0.01)
    assert noise["staten"] == pytest.approx(noise["af"] + noise["ovrig_stat"], abs=0.01)


def test_chance_neither_helps_nor_harms_on_average_and_may_turn_an_income_into_a_loss() -> None:
    found = changes(83, work_full_time=(5, 8))
    flows = flows_of(found, values=ASSUMED, year=2018, states=STATES)
    noise = noise_of(found)["samhallet"]
    income = (
        -flows.loc[flows["receiver"] == "realekonomin", "sek"].sum()
        + flows.loc[flows["payer"] == "realekonomin", "sek"].sum()
    )
    assert noise.mean() == pytest.approx(0, abs=0.02 * income)
    # 3 more in work with a standard deviation of 3.45: below nothing in P(z < -3 / 3.45) = 19 percent of draws.
    assert (income + noise < 0).mean() == pytest.approx(0.192, abs=0.005)


def test_the_chance_to_break_even_is_that_of_the_normal_distribution_where_nothing_else_varies() -> None:
    base = pd.DataFrame(
        [("2018", "samhallet", 83, 1_000_000.0, 4_000_000.0)],
        columns=["year", "actor", "participants", "income_1y_sek", "cost_sek"],
    )
    noise = {"samhallet": 500_000 * np.random.default_rng(2).standard_normal(DRAWS)}
    chance = simulate(base, options=Options(), ranges=(), draws=DRAWS, seed=1, noise=noise).set_index("horizon_years")
    # Within 5 years where the income is at least 800 000: P(z > -0.4) = 0.6554; never where it is not above 0: 0.0228.
    assert chance.at[5, "chance_to_break_even"] == pytest.approx(0.6554, abs=0.005)
    assert chance.at[5, "share_never"] == pytest.approx(0.0228, abs=0.002)
