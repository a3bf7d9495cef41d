"""How long the simulation of payback takes for all federations, beside the same in a plain Python loop, and memory.

    python benchmarks/economics.py [--federations 83] [--draws 100000] [--plain-draws 200] [--seed 1]

Incomes and costs are drawn, of no real federation: seven actors and four years each. The loop makes the same draws of
the same ranges, one draw, federation and actor at a time, by the standard library alone; it does so for fewer draws and
its time is scaled up. Both answer the chance to break even in five years, and the largest difference is printed beside
what so few draws of the loop may differ by.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from collections.abc import Sequence

import numpy as np
import pandas as pd

from portfolj.economics.actors import LABELS, SOCIETY
from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.payback import MONTHS
from portfolj.economics.ranges import Range
from portfolj.economics.simulation import simulate

ACTORS = [actor for actor in LABELS if actor != SOCIETY]
YEARS = ("2016", "2017", "2018", "2019")
SPANS = {
    "income_pct": (50, 100, 125), "cost_pct": (80, 100, 120), "deadweight_pct": (0, 10, 50),
    "fade_out_pct": (0, 5, 30), "discount_rate_pct": (0, 3, 5),
}  # fmt: skip
RANGES = [Range(name, *map(float, span), label=name, source="assumed") for name, span in SPANS.items()]


def draw_base(generator: np.random.Generator) -> pd.DataFrame:
    """A federation's base: a row per year and actor. Most incomes pay the cost in some years, some never do."""
    rows = [(year, actor) for year in YEARS for actor in ACTORS]
    cost = np.round(generator.lognormal(14, 0.6, len(rows)))
    income = np.round(cost * generator.normal(0.4, 0.3, len(rows)))
    frame = pd.DataFrame(rows, columns=["year", "actor"])
    return frame.assign(participants=generator.integers(20, 300, len(rows)), income_1y_sek=income, cost_sek=cost)


def plain_chances(base: pd.DataFrame, *, draws: int, seed: int) -> dict[str, float]:
    """Actor -> the share of draws that break even in five years, by a loop in plain Python."""
    by_actor = {actor: list(zip(rows["income_1y_sek"].tolist(), rows["cost_sek"].tolist(), strict=True))
                for actor, rows in base.groupby("actor")}  # fmt: skip
    paid = dict.fromkeys(by_actor, 0)
    generator = random.Random(seed)
    for _ in range(draws):
        drawn = {name: generator.triangular(low, high, likely) for name, (low, likely, high) in SPANS.items()}
        weights = [generator.expovariate(1) for _ in YEARS]
        q = (1 - drawn["fade_out_pct"] / 100) / (1 + drawn["discount_rate_pct"] / 100)
        for actor, years in by_actor.items():
            income = sum(w * each[0] for w, each in zip(weights, years, strict=True)) * drawn["income_pct"]
            cost = sum(w * each[1] for w, each in zip(weights, years, strict=True)) * drawn["cost_pct"]
            months = plain_months(cost, income * (1 - drawn["deadweight_pct"] / 100), q)
            paid[actor] += months <= MONTHS * HORIZON_YEARS
    return {actor: count / draws for actor, count in paid.items()}


def plain_months(cost: float, first: float, q: float) -> float:
    """Months until an income that is ``q`` of the year before has paid the cost."""
    if first <= 0:
        return math.inf
    left = 1 - cost / first * (1 - q)
    if left <= 0:
        return MONTHS * cost / first if cost <= first else math.inf
    whole = math.floor(math.log(left) / math.log(q))
    paid = first * (1 - q**whole) / (1 - q)
    return math.ceil(MONTHS * (whole + (cost - paid) / (first * q**whole)))


def our_chances(base: pd.DataFrame, *, draws: int, seed: int) -> dict[str, float]:
    """The same by the simulation, which also gives every horizon and percentile."""
    found = simulate(base, options=Options(), ranges=RANGES, draws=draws, seed=seed)
    found = found[found["horizon_years"] == HORIZON_YEARS]
    return dict(zip(found["actor"], found["chance_to_break_even"], strict=True))


def largest_difference(ours: Sequence[dict[str, float]], plain: Sequence[dict[str, float]]) -> float:
    """Between the two, of all federations and actors."""
    return max(abs(one[actor] - other[actor]) for one, other in zip(ours, plain, strict=True) for actor in one)


def main() -> None:
    """Runs both and prints seconds, memory, their ratio and how far apart they are."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--federations", type=int, default=83)
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--plain-draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = np.random.default_rng(arguments.seed)
    bases = [draw_base(generator) for _ in range(arguments.federations)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    ours = [our_chances(base, draws=arguments.draws, seed=arguments.seed) for base in bases]
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    plain = [plain_chances(base, draws=arguments.plain_draws, seed=arguments.seed) for base in bases]
    scaled = (time.perf_counter() - start) * arguments.draws / arguments.plain_draws
    print(
        f"{arguments.federations} federations, {len(ACTORS)} actors, {len(YEARS)} years, {arguments.draws} draws: "
        f"{seconds:.1f} s, {memory:.0f} MB at most ({before:.0f} MB before the first draw); plain Python, "
        f"{arguments.plain_draws} draws scaled: {scaled:.0f} s, ratio 1 : {scaled / seconds:.0f}"
    )
    print(
        f"chance in {HORIZON_YEARS} years: {largest_difference(ours, plain):.3f} apart at most; "
        f"four standard errors of the loop are {4 * 0.5 / math.sqrt(arguments.plain_draws):.3f}"
    )


if __name__ == "__main__":
    main()
