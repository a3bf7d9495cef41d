"""What the second opinion on orientation is given: the words of a text and what the rules found in it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from portfolj.coding.codebook import OWNER, Role
from portfolj.coding.orientation_rules import DESCRIBING, rated
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.target_groups import STAFF, find_groups
from portfolj.federation import Basis

# Roles that are about who owns an intervention say nothing of what it is aimed at.
_ROLES = {
    role: f"role:{role}"
    for role in (
        Role.NEGATION, Role.NEGATION_AFTER, Role.CONTEXT_FOLLOWS, Role.STRUCTURE_FOLLOWS, Role.BOTH_AT_ONCE,
        Role.NOT_OWNER_FOLLOWS, Role.SEVERAL_PARTIES,
    )
}  # fmt: skip


def opinion_words(reading: Reading) -> list[int]:
    """The words that the second opinion reads, by place: not numbers and names of organisations, which any text has."""
    names = {place for hit in reading.of(OWNER) for place in range(hit.first, hit.last + 1)}
    return [place for place, word in enumerate(reading.words) if place not in names and not word.isdigit()]


def read_words(reading: Reading) -> list[str]:
    """The same words in lower case."""
    return [reading.words[place].lower() for place in opinion_words(reading)]


def findings(readings: Mapping[str, FieldReading]) -> dict[str, float]:
    """Finding -> its value, of the rules' hits in description and goal, which come first, and in the name.

    ``rule:ID`` is 1 where the rule counts, ``k:kind:strength`` the logarithm of one more than the number of hits,
    ``first:kind:strength`` 1 for the first hit, ``nk:kind:strength`` 1 for a hit in the name, ``clients`` and ``staff``
    1 where such a group is described, ``role:name`` 1 where its words stand.
    """
    described, named = rated(readings, DESCRIBING), rated(readings, ("name",))
    found = {f"rule:{rule}": 1.0 for rule in described.rules}
    for kind, count in described.counts.items():
        found[f"k:{kind}"] = math.log1p(count)
    if described.hits:
        found[f"first:{described.hits[0].rule.kind}"] = 1.0
    for kind in named.counts:
        found[f"nk:{kind}"] = 1.0
    for hit in find_groups(readings, Basis.DESCRIBED):
        found["staff" if hit.rule.code == STAFF else "clients"] = 1.0
    for field in DESCRIBING:
        if field in readings:
            roles = readings[field].roles
            found.update({finding: 1.0 for role, finding in _ROLES.items() if role in roles})
    return found
