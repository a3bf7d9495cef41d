"""Statements that may be quoted, as far as they point out nobody."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.stakeholders.grouping import MISSING
from portfolj.stakeholders.themes import Themes

MOST = 3  # quotes of a theme, kind and role: to show what is said, not to be counted


@dataclass(frozen=True, eq=False)
class Quotes:
    """``frame``: theme, kind, role, text. ``allowed``: how many statements may be quoted by their own words;
    ``small_roles``: whether any of them is not shown since its role has too few sources."""

    frame: pd.DataFrame
    allowed: int
    small_roles: bool


def quotes_of(statements: pd.DataFrame, themes: Themes, *, k: int) -> Quotes:
    """The quotes that are shown, by theme, kind, role and text: the order of the file would tell who said several.

    Never of a role with fewer than ``k`` sources, nor one put together of such. Where a count that a quote
    is counted in is hidden there is one at most, which tells no more than that it is somebody, and none where it may be
    nobody.
    """
    may = statements[statements["quotable"]]
    sources = statements.assign(at=range(len(statements)))
    unit = "source" if themes.has_sources else "at"
    sizes = sources.groupby("role")[unit].nunique() if len(sources) else pd.Series(dtype="int64")
    rows, seen, small = [], dict[tuple[str, str, str], int](), False
    for row in may.to_dict("records"):
        role = row["role"] or MISSING
        if int(sizes[row["role"]]) < k or themes.roles.get(role, role) != role:
            small = True
            continue
        place = (row["theme"], role if themes.roles else "", row["kind"])
        wider = {place, (place[0], place[1], ""), (place[0], "", place[2]), (place[0], "", "")}
        hidden = {each for each in wider if themes.number("statements", each) is None}
        most_hidden = 0 if themes.zeros_hidden else 1
        if seen.get(place, 0) < MOST and all(seen.get(each, 0) < most_hidden for each in hidden):
            seen |= {each: seen.get(each, 0) + 1 for each in wider}
            text = mask_personal_numbers(row["text"])
            rows.append({"theme": row["theme"], "kind": row["kind"], "role": role, "text": text})
    frame = pd.DataFrame(rows, columns=["theme", "kind", "role", "text"]).astype("str")
    frame = frame.sort_values(list(frame), kind="stable", ignore_index=True)
    return Quotes(frame, len(may), small)
