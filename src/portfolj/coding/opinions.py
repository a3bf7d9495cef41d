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


class _Spoken(NamedTuple):
    """What the words of some texts weigh, sentence by sentence, and what the rules found in them, by number."""

    weights: Sequence[Weight]
    found: Sequence[int]


_SILENCE = _Spoken((), ())


def opinions(rows: Sequence[Mapping[str, FieldReading]]) -> tuple[list[str], list[float]]:
    """The orientation of each of some interventions that is most probable, and how probable it is.

    That is 0 where description and goal have few words.
    """
    opinion = shipped_second_opinion()
    described = [_described(readings) for readings in rows]
    named = [readings["name"].tell(_spoken_by_name) if "name" in readings else _SILENCE for readings in rows]
    words = opinion.totals([spoken.weights for spoken in described])
    names = opinion.totals([spoken.weights for spoken in named])
    pulls = opinion.pulls([[*by_text.found, *by_name.found] for by_text, by_name in zip(described, named, strict=True)])
    probable = opinion.probabilities(opinion.heard(words), opinion.heard(names), pulls)
    kinds = [opinion.kinds[place] for place in probable.argmax(axis=1).tolist()]
    return kinds, np.where(words[:, -1] < FEWEST_WORDS, 0.0, probable.max(axis=1)).tolist()


def _described(readings: Mapping[str, FieldReading]) -> _Spoken:
    texts = [readings[field] for field in DESCRIBING if field in readings]
    return texts[0].tell(_spoken_by_text) if len(texts) == 1 else _spoken_by(texts)


def _spoken_by_text(text: FieldReading) -> _Spoken:
    return _spoken_by([text])


def _spoken_by(texts: Sequence[FieldReading]) -> _Spoken:
    readings = {text.field: text for text in texts}
    shapes, _, roles, _ = rated(readings, DESCRIBING)
    found = [number for shape in shapes for number in _found_in_sentence(shape)]
    if shapes:
        found += _opening(shapes[0])
    found += _beside(tuple(first_groups(readings, Basis.DESCRIBED)), roles)
    return _Spoken([sentence.tell(weighed) for text in texts for sentence in text.sentences], found)


def weighed(sentence: Reading) -> Weight:
    """What the words of a sentence weigh."""
    return shipped_second_opinion().sentence(read_words(sentence))


def _spoken_by_name(name: FieldReading) -> _Spoken:
    opinion = shipped_second_opinion()
    found = opinion.numbers(named_findings(rated({"name": name}, ("name",))))
    return _Spoken([opinion.name(read_words(name))], found)


@lru_cache(maxsize=KEPT_SHAPES)
def _found_in_sentence(shape: Shape) -> Sequence[int]:
    return shipped_second_opinion().numbers(shape_findings(shape))


@lru_cache(maxsize=KEPT_SHAPES)
def _opening(shape: Shape) -> Sequence[int]:
    return shipped_second_opinion().numbers(opening_findings([shape]))


@lru_cache(maxsize=KEPT_SHAPES)
def _beside(groups: tuple[str, ...], roles: frozenset[Role]) -> Sequence[int]:
    staff = {group == STAFF for group in groups}
    return shipped_second_opinion().numbers(beside_findings(staff, roles))
