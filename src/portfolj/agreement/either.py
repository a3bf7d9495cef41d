"""Right by either coder: the yardstick for a machine that is read beside several people.

The reference of a row is the coder whose answer is nearest to the machine's: the one with the fewest codes too many and
missed. So a code is right when it is equal to any coder's. Of target groups, ``ej_definierad`` is the empty set, and
the staff code beside a client group is ignored on both sides, since coders differ on whether to add it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.target_groups import STAFF


def nearest(answer: Collection[str], coders: Sequence[Collection[str]]) -> set[str]:
    """The codes of the coder, of one or more, whose answer differs least; the first of those that are as near."""
    return min(map(set, coders), key=lambda codes: len(codes ^ set(answer)))


def clients_first(groups: Collection[str]) -> set[str]:
    """The groups without ``ej_definierad``, and without staff where there is another group."""
    named = set(groups) - {UNDEFINED, ""}
    return named - {STAFF} if len(named) > 1 else named
