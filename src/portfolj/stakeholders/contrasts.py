"""Which themes differ most between roles: the share of a role's sources that raise a theme, held against another's.

The sources are chosen for what they know, not drawn by lot, so there is nothing to test and nothing is inferred: the
share tells of those who were heard. What one source more or less would change is told beside it.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import pandas as pd

from portfolj.stakeholders.themes import Themes

COLUMNS: Final = {
    "theme": "str",
    "higher": "str",
    "lower": "str",
    "sources_higher": "int64",
    "of_higher": "int64",
    "sources_lower": "int64",
    "of_lower": "int64",
    "difference": "float64",
}


def contrasts_of(themes: Themes, *, least_sources: int) -> pd.DataFrame:
    """A row per theme: the two roles whose shares of sources differ most, the largest difference first.

    ``difference``: share of the higher less that of the lower, 0 to 1. Only roles with ``least_sources`` sources, and
    only counts that are shown.
    """
    rows = []
    named = [name for name in dict.fromkeys(themes.frame["theme"]) if name]
    roles = [role for role in dict.fromkeys(themes.frame["role"]) if role]
    sizes = {role: themes.number("sources", ("", role, "")) for role in roles}
    for theme in named:
        shares = {
            role: (count, size)
            for role, size in sizes.items()
            if size is not None
            and size >= least_sources
            and (count := themes.number("sources", (theme, role, ""))) is not None
        }
        pairs = [
            (abs(shares[a][0] / shares[a][1] - shares[b][0] / shares[b][1]), a, b) for a, b in combinations(shares, 2)
        ]
        if not pairs:
            continue
        _, a, b = max(pairs, key=lambda pair: pair[0])
        high, low = sorted((a, b), key=lambda role: -shares[role][0] / shares[role][1])
        (more, of_more), (fewer, of_fewer) = shares[high], shares[low]
        rows.append((theme, high, low, more, of_more, fewer, of_fewer, more / of_more - fewer / of_fewer))
    rows.sort(key=lambda row: -row[-1])
    data = zip(*rows, strict=True) if rows else [[] for _ in COLUMNS]
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(COLUMNS.items(), data, strict=True)
        }
    )
