"""How long it takes to make a report's tables on people safe to show, how much memory, and how much is hidden.

    python benchmarks/disclosure.py [--people 500] [--interventions 15] [--seed 1] [--k 5]

The people are drawn, nobody is real: interventions of very different size, years and referrers that depend on the
intervention, outcomes that depend on sex and age. The tables are those of a report: two- and three-way, with margins.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from portfolj.disclosure import Count, Where, protection, where

SIZES = {"year": 6, "sex": 3, "age": 6, "municipality": 9, "referrer": 6, "result": 10, "progress": 4}
# What is counted of results, as sets of the ten: a person may go to work and to study.
MEASURES = {
    "exits": "123456789", "to_work": "1467", "to_study": "2458", "to_training": "3569", "work_or_study": "1245678",
    "work_study_or_training": "12345678",
}  # fmt: skip
PERIODS = {"first": "012", "last": "2345"}
OUTCOMES = ("year", "sex", "age", "municipality", "referrer")  # each by intervention and for the whole, all measures
PROGRESS = [("sex",), ("age",), ("sex", "age"), ("referrer",), ("municipality",), ("intervention",)]


def draw_people(number: int, *, interventions: int, seed: int) -> pd.DataFrame:
    """A row per participation: the code of each attribute, as text."""
    generator = np.random.default_rng(seed)
    size = generator.lognormal(0, 0.8, interventions)
    intervention = generator.choice(interventions, number, p=size / size.sum())
    columns = {"intervention": intervention}
    for attribute, values in SIZES.items():
        by_intervention = generator.dirichlet(np.linspace(2.5, 0.3, values), interventions)
        draw = generator.random(number)
        code = (by_intervention.cumsum(axis=1)[intervention] < draw[:, None]).sum(axis=1)
        columns[attribute] = np.minimum(code, values - 1)
    frame = pd.DataFrame(columns).astype(str)
    frame.loc[generator.random(number) < 0.4, "progress"] = "3"  # never measured twice
    return frame


def domains_of(people: pd.DataFrame) -> dict[str, list[str]]:
    """Every value of each attribute."""
    return {column: sorted(people[column].unique()) for column in people}


def counts_of(people: pd.DataFrame, domains: Mapping[str, Sequence[str]]) -> list[Count]:
    """Every count of a report, each once, cells without people too."""
    tables = [(*by, group) for group in OUTCOMES for by in ((), ("intervention",))] + [
        ("intervention",),
        ("owner",),
        (),
    ]
    asked = [(table, measure) for table in tables for measure in ("", *MEASURES)]
    asked += [(table, value) for groups in PROGRESS for table in (groups, (*groups, "progress")) for value in [""]]
    asked += [(("progress",), "")]
    places: dict[Where, int] = {}
    for table, measure in asked:
        among = people[people["result"].isin(list(MEASURES[measure]))] if measure else people
        extra = {"result": list(MEASURES[measure])} if measure else {}
        for conditions, number in _cells(among, table, domains):
            places[where({**conditions, **extra})] = number
    return [Count(place, number) for place, number in places.items()]


def _cells(
    people: pd.DataFrame, table: Sequence[str], domains: Mapping[str, Sequence[str]]
) -> Iterator[tuple[dict[str, list[str]], int]]:
    if not table:
        yield {}, len(people)
        return
    if table == ("owner",):  # every fifth intervention has the same owner
        for first in range(5):
            owned = list(domains["intervention"][first::5])
            yield {"intervention": owned}, int(people["intervention"].isin(owned).sum())
        return
    shape = [len(domains[attribute]) for attribute in table]
    codes = [pd.Categorical(people[each], categories=domains[each]).codes for each in table]
    cells = np.zeros(shape, dtype=int)
    np.add.at(cells, tuple(codes), 1)
    for place in product(*[range(size) for size in shape]):
        yield {each: [domains[each][n]] for each, n in zip(table, place, strict=True)}, int(cells[place])
    if table[-1] == "year":
        for years in PERIODS.values():
            among = people[people["year"].isin(list(years))]
            for conditions, number in _cells(among, table[:-1], domains):
                yield {**conditions, "year": list(years)}, number


def main() -> None:
    """Draws, protects and prints what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--interventions", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--k", type=int, default=5)
    arguments = parser.parse_args()
    people = draw_people(arguments.people, interventions=arguments.interventions, seed=arguments.seed)
    domains = domains_of(people)
    counts = counts_of(people, domains)
    primary = sum(0 < each.value < arguments.k for each in counts)
    start = time.perf_counter()
    codes = {each: pd.Categorical(people[each], categories=domains[each]).codes for each in people}
    hidden = protection(counts, domains=domains, k=arguments.k, people=codes).hidden
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{arguments.people} participations, {arguments.interventions} interventions, {len(counts)} counts: "
        f"{primary} small, {len(hidden)} hidden, {seconds:.1f} s, {memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
