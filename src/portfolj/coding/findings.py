"""What the second opinion on orientation is given: the words of a text and what the rules found in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from portfolj.coding.codebook import OWNER, Role
from portfolj.coding.ratings import Rated, Shape, rated
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.target_groups import DESCRIBING, STAFF, first_groups
from portfolj.federation import Basis

COUNTED = "k:"  # begins the findings of which it counts how many there are; of others only that they are there


def opinion_words(reading: Reading) -> list[int]:
    """The words that the second opinion reads, by place: not numbers and names of organisations, which any text has."""
    names = {place for hit in reading.of(OWNER) for place in range(hit.first, hit.last + 1)}
    return [place for place, word in enumerate(reading.words) if place not in names and not word.isdigit()]


def read_words(reading: Reading) -> list[str]:
    """The same words in lower case."""
    return [reading.words[place].lower() for place in opinion_words(reading)]


def findings(readings: Mapping[str, FieldReading]) -> dict[str, float]:
    """Finding -> its value: the logarithm of one more than its number where that counts, of all others 1."""
    return {
        finding: math.log1p(number) if finding.startswith(COUNTED) else 1.0
        for finding, number in Counter(found(readings)).items()
    }


def found(readings: Mapping[str, FieldReading]) -> list[str]:
    """All that is found, each finding as often as it is."""
    described, named = rated(readings, DESCRIBING), rated(readings, ("name",))
    staff = {code == STAFF for code in first_groups(readings, Basis.DESCRIBED)}
    in_sentences = [finding for shape in described.shapes for finding in shape_findings(shape)]
    beside = beside_findings(staff, described.roles)
    return [*in_sentences, *opening_findings(described.shapes), *beside, *named_findings(named)]


def shape_findings(shape: Shape) -> list[str]:
    """What the rules found in a sentence of description or goal: ``rule:ID`` and ``k:kind:strength`` for each hit."""
    return [finding for rule in shape.rules for finding in (f"rule:{rule.id}", f"{COUNTED}{rule.kind}")]


def opening_findings(shapes: Sequence[Shape]) -> list[str]:
    """``first:kind:strength`` of the first hit in description and goal."""
    return [f"first:{shape.rules[0].kind}" for shape in shapes[:1]]


def named_findings(named: Rated) -> list[str]:
    """``nk:kind:strength`` for each hit in the name."""
    return [f"nk:{rule.kind}" for shape in named.shapes for rule in shape.rules]


def beside_findings(staff: Collection[bool], roles: Collection[Role]) -> list[str]:
    """``staff`` and ``clients`` where a described group is staff, or is not; ``role:name`` where its words stand."""
    return [*("staff" if each else "clients" for each in staff), *(f"role:{role}" for role in roles)]
