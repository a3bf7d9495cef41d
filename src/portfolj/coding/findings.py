"""What the second opinion on orientation is given: the words of a text and what the rules found in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from portfolj.coding.codebook import OWNER, Role
from portfolj.coding.ratings import Rated, Shape, rated, told_by
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.target_groups import DESCRIBING, STAFF, find_groups
from portfolj.federation import Basis


def opinion_words(reading: Reading) -> list[int]:
    """The words that the second opinion reads, by place: not numbers and names of organisations, which any text has."""
    names = {place for hit in reading.of(OWNER) for place in range(hit.first, hit.last + 1)}
    return [place for place, word in enumerate(reading.words) if place not in names and not word.isdigit()]


def read_words(reading: Reading) -> list[str]:
    """The same words in lower case."""
    return [reading.words[place].lower() for place in opinion_words(reading)]


def findings(readings: Mapping[str, FieldReading]) -> dict[str, float]:
    """Finding -> its value: all that follow."""
    described, named = rated(readings, DESCRIBING), rated(readings, ("name",))
    groups = find_groups(readings, Basis.DESCRIBED)
    return {
        **described_findings(described.shapes),
        **named_findings(named),
        **group_findings({hit.rule.code == STAFF for hit in groups}),
        **role_findings(described.roles),
    }


def described_findings(shapes: tuple[Shape, ...]) -> dict[str, float]:
    """What the rules found in description and goal; it depends on the ``shapes`` of their sentences alone.

    ``rule:ID`` is 1 where the rule counts, ``k:kind:strength`` the logarithm of one more than the number of hits,
    ``first:kind:strength`` 1 for the first hit.
    """
    told = told_by(shapes)
    found = {f"rule:{rule}": 1.0 for rule in told.rules}
    for kind, count in told.counts.items():
        found[f"k:{kind}"] = math.log1p(count)
    if told.opens:
        found[f"first:{told.opens}"] = 1.0
    return found


def role_findings(roles: Collection[Role]) -> dict[str, float]:
    """``role:name`` is 1 where words of the role stand in description or goal."""
    return {f"role:{role}": 1.0 for role in roles}


def named_findings(named: Rated) -> dict[str, float]:
    """``nk:kind:strength`` is 1 for a hit in the name."""
    return {f"nk:{kind}": 1.0 for kind in told_by(named.shapes).counts}


def group_findings(staff: Collection[bool]) -> dict[str, float]:
    """``staff`` and ``clients`` are 1 where a described group is staff, or is not."""
    return {"staff" if each else "clients": 1.0 for each in staff}
