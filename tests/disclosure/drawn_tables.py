"""Sets of linked tables drawn at random: a few people or many, with two to five attributes."""

from __future__ import annotations

from itertools import combinations, product
from typing import NamedTuple

import numpy as np

Asked = dict[str, frozenset[str]]


class Tables(NamedTuple):
    """``asked``: the conditions of every count; ``values``: its count; ``people``: attribute values, one a person."""

    domains: dict[str, list[str]]
    asked: list[Asked]
    values: list[int]
    people: list[dict[str, str]]
    shape: str


CYCLE = [("a", "b"), ("b", "c"), ("a", "c")]  # as sex x age, age x result, result x sex


def draw(seed: int) -> Tables:
    """The set of tables of this number, always the same."""
    generator = np.random.default_rng(seed)
    wide = int(generator.integers(2, 6))
    most = {2: 6, 3: 4, 4: 3, 5: 2}[wide]
    domains = {name: [f"{name}{n}" for n in range(int(generator.integers(2, most + 1)))] for name in "abcde"[:wide]}
    shape = str(generator.choice(["sparse", "middling", "dense"]))
    kinds = list(product(*domains.values()))
    mean = {"sparse": 0.7, "middling": 3.0, "dense": 12.0}[shape] * max(1.0, 20 / len(kinds))
    numbers = generator.poisson(mean * generator.gamma(1.0, 1.0, len(kinds)))
    people = [dict(zip(domains, kind, strict=True)) for kind, many in zip(kinds, numbers, strict=True)
              for _ in range(many)]  # fmt: skip
    pairs = list(combinations(domains, 2))
    chosen = [pairs[n] for n in generator.permutation(len(pairs))[: int(generator.integers(1, min(4, len(pairs)) + 1))]]
    if wide >= 3 and seed % 3 == 0:
        chosen = list(dict.fromkeys([*CYCLE, *chosen[:1]]))
    tables: list[tuple[str, ...]] = [*chosen]
    if wide >= 3 and generator.random() < 0.3:
        tables.append(tuple(sorted(generator.choice(list(domains), 3, replace=False))))
    if generator.random() < 0.8:  # most tables have their margins
        tables += [(name,) for name in domains] + [()]
    groups = _groups(domains, generator)
    asked: dict[frozenset[tuple[str, frozenset[str]]], Asked] = {}
    for table in tables:
        choices = [[frozenset([v]) for v in domains[name]] + groups.get(name, []) for name in table]
        for choice in product(*choices):
            count = dict(zip(table, choice, strict=True))
            asked[frozenset(count.items())] = count
    values = [sum(all(p[n] in vs for n, vs in count.items()) for p in people) for count in asked.values()]
    return Tables(domains, list(asked.values()), values, people, shape)


def _groups(domains: dict[str, list[str]], generator: np.random.Generator) -> dict[str, list[frozenset[str]]]:
    """Sums over values, as owners are of interventions (apart) and periods of years (that may overlap)."""
    groups: dict[str, list[frozenset[str]]] = {}
    for name, values in domains.items():
        if len(values) < 3 or generator.random() < 0.5:
            continue
        middle = len(values) // 2
        overlapping = generator.random() < 0.5
        groups[name] = [frozenset(values[: middle + overlapping]), frozenset(values[middle:])]
    return groups
