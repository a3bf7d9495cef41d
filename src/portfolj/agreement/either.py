"""Right by either coder: the yardstick for a machine that is read beside several people.

A code is right when it is equal to any coder's. For target groups the nearest of the coders' sets counts, the one with
the fewest groups too many and missed; ``ej_definierad`` is the empty set, and the staff code beside a client group is
ignored on both sides, since coders differ on whether to add it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from portfolj.agreement.statistics import Floats
from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.target_groups import STAFF


def either_counts(answers: Sequence[Collection[str]], coders: Sequence[Sequence[Collection[str]]]) -> Floats:
    """Per row: groups found, groups too many and groups missed, against the nearest of the row's coders.

    ``coders`` holds the sets of each row's coders, at least one; where two are as near, the first counts.
    """
    counts = [_nearest(given, row) for given, row in zip(answers, coders, strict=True)]
    return np.array(counts, dtype=np.float64).reshape(len(counts), 3)


def _nearest(answer: Collection[str], coders: Sequence[Collection[str]]) -> tuple[int, int, int]:
    given = clients_first(answer)
    counts = [(len(given & wanted), len(given - wanted), len(wanted - given)) for wanted in map(clients_first, coders)]
    return min(counts, key=lambda count: count[1] + count[2])


def clients_first(groups: Collection[str]) -> set[str]:
    """The groups without ``ej_definierad``, and without staff where there is another group."""
    named = set(groups) - {UNDEFINED, ""}
    return named - {STAFF} if len(named) > 1 else named
