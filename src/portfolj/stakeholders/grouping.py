"""Small groups put together, so that every group that is told has at least ``k``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

OTHERS: Final = "övriga"
MISSING: Final = "uppgift saknas"


def merged(values: Sequence[str], *, k: int) -> Mapping[str, str]:
    """Each value -> the group that it is told in: itself, or ``OTHERS`` with the smallest, until those are ``k``.

    Empty where fewer than two groups would be left: then there is nothing to tell by. The order is that of size, then
    of the alphabet, so that the same values give the same groups. A value that is not known (``""``) is one too.
    """
    sizes = sorted(Counter(value or MISSING for value in values).items(), key=lambda each: (each[1], each[0]))
    small = [name for name, size in sizes if size < k]
    rest = [name for name, _ in sizes if name not in small]
    number = dict(sizes)
    while small and sum(number[name] for name in small) < k and rest:
        small.append(rest.pop(0))
    if len(rest) + bool(small) < 2:
        return {}
    return {name: OTHERS if name in small and len(small) > 1 else name for name in number}
