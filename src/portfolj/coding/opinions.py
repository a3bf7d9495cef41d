"""The second opinion on many interventions at once: in numbers, since it is asked of every one and seldom decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from portfolj.coding.codebook import Role
from portfolj.coding.findings import (
    beside_findings,
    named_findings,
    opening_findings,
    read_words,
    shape_findings,
)
from portfolj.coding.ratings import KEPT_SHAPES, Shape, rated
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.second_opinion import Weight, shipped_second_opinion
from portfolj.coding.target_groups import DESCRIBING, STAFF, first_groups
from portfolj.federation import Basis

FEWEST_WORDS = 5  # a text of fewer words tells the second opinion nothing


class Opinion(NamedTuple):
    """The orientation that is most probable, and how probable; 0 where description and goal have few words."""

    kind: str
    probable: float


def opinions(rows: Sequence[Mapping[str, FieldReading]]) -> list[Opinion]:
    """The second opinion on each of some interventions."""
    described: dict[tuple[FieldReading, ...], int] = {}
    named: dict[tuple[FieldReading, ...], int] = {}
    texts, names = [], []
    for readings in rows:
        text = tuple([readings[field] for field in DESCRIBING if field in readings])
        texts.append(described.setdefault(text, len(described)))
        name = (readings["name"],) if "name" in readings else ()
        names.append(named.setdefault(name, len(named)))
    opinion = shipped_second_opinion()
    words = opinion.totals([[s.tell(weighed) for text in key for s in text.sentences] for key in described])
    by_text = opinion.heard(words) + opinion.pulls([*map(_found, described)])
    by_name = opinion.heard(opinion.totals([[name.tell(_weighed_name) for name in key] for key in named]))
    by_name += opinion.pulls([[number for name in key for number in name.tell(_found_in_name)] for key in named])
    probable = opinion.probabilities(by_text[texts], by_name[names])
    highest = np.where(words[texts, -1] < FEWEST_WORDS, 0.0, probable.max(axis=1))
    kinds = [opinion.kinds[place] for place in probable.argmax(axis=1).tolist()]
    return [*map(Opinion, kinds, highest.tolist())]


def weighed(sentence: Reading) -> Weight:
    """What the words of a sentence weigh."""
    return shipped_second_opinion().sentence(read_words(sentence))


def _weighed_name(name: FieldReading) -> Weight:
    return shipped_second_opinion().name(read_words(name))


def _found_in_name(name: FieldReading) -> Sequence[int]:
    return shipped_second_opinion().numbers(named_findings(rated({"name": name}, ("name",))))


def _found(texts: Sequence[FieldReading]) -> Sequence[int]:
    """What the rules found in description and goal, by number."""
    readings = {text.field: text for text in texts}
    described = rated(readings, DESCRIBING)
    staff = frozenset([code == STAFF for code in first_groups(readings, Basis.DESCRIBED)])
    found = [number for shape in described.shapes for number in _found_in_sentence(shape)]
    found += _opening(described.shapes[:1])
    found += _beside(staff, described.roles)
    return found


@lru_cache(maxsize=KEPT_SHAPES)
def _found_in_sentence(shape: Shape) -> Sequence[int]:
    return shipped_second_opinion().numbers(shape_findings(shape))


@lru_cache(maxsize=KEPT_SHAPES)
def _opening(shapes: tuple[Shape, ...]) -> Sequence[int]:
    return shipped_second_opinion().numbers(opening_findings(shapes))


@lru_cache(maxsize=KEPT_SHAPES)
def _beside(staff: frozenset[bool], roles: frozenset[Role]) -> Sequence[int]:
    return shipped_second_opinion().numbers(beside_findings(staff, roles))
