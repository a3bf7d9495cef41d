"""What the second opinion on orientation is given: the words of a text and what the rules found in it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from portfolj.coding.codebook import OWNER, Role
from portfolj.coding.orientation_rules import DESCRIBING, orienting_hits
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.target_groups import STAFF, find_groups
from portfolj.federation import Basis

# Roles that are about who owns an intervention say nothing of what it is aimed at.
_ROLES = (
    Role.NEGATION, Role.NEGATION_AFTER, Role.CONTEXT_FOLLOWS, Role.STRUCTURE_FOLLOWS, Role.BOTH_AT_ONCE,
    Role.NOT_OWNER_FOLLOWS, Role.SEVERAL_PARTIES,
)  # fmt: skip


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
    found: dict[str, float] = {}
    counts: dict[str, int] = {}
    hits = orienting_hits(readings, DESCRIBING)
    for hit in hits:
        found[f"rule:{hit.rule.id}"] = 1.0
        kind = f"{hit.rule.code}:{hit.rule.strength}"
        counts[kind] = counts.get(kind, 0) + 1
    for kind, count in counts.items():
        found[f"k:{kind}"] = math.log1p(count)
    if hits:
        found[f"first:{hits[0].rule.code}:{hits[0].rule.strength}"] = 1.0
    for hit in orienting_hits(readings, ("name",)):
        found[f"nk:{hit.rule.code}:{hit.rule.strength}"] = 1.0
    for hit in find_groups(readings, Basis.DESCRIBED):
        found["staff" if hit.rule.code == STAFF else "clients"] = 1.0
    for field in DESCRIBING:
        if field in readings:
            for role in _ROLES:
                if readings[field].spans(role):
                    found[f"role:{role}"] = 1.0
    return found
