"""Themes of coded statements by role: how many statements, and how many sources said them, small numbers hidden.

A source is a person, so counts of sources of 1 to ``k`` - 1 are hidden with those that would give them away. A count of
statements tells how many sources there can be at most, so it is hidden where that of sources is, and protected like it.
That a source has not raised a theme is no fact about it and is not protected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from typing import Final

import numpy as np
import pandas as pd

from portfolj.disclosure import NOTHING, Count, Moved, Remembered, Where, moved, protection, where
from portfolj.disclosure.counts import plain
from portfolj.followup.codes import fold
from portfolj.stakeholders.grouping import MISSING, merged

STRENGTH, DEVELOP = "strength", "develop"
KINDS: Final = (STRENGTH, DEVELOP)
BOTH, NEITHER = "both", "nothing"
FEW, LATE = "few", "late"
SOURCES, STATEMENTS = "sources", "statements"  # what the counts of each are remembered under
COLUMNS: Mapping[str, str] = {
    "theme": "str",
    "role": "str",
    "kind": "str",
    "statements": "Int64",
    "sources": "Int64",
    "suppressed": "bool",
}
# A theme is not told by role, or by role and kind, where more of the counts that are not zero are small. The second is
# stricter: its small counts would take those of the first with them.
MOST_SMALL, MOST_SMALL_OF_KINDS = 0.5, 0.1
Place = tuple[str, str, str]  # theme, role, kind; empty where it is not asked about


@dataclass(frozen=True, eq=False)
class Themes:
    """``frame``: a row per theme, role and kind (see ``COLUMNS``), empty words for all of them; ``roles``: each role of
    the file -> the role that it is told as, none where there are not two to tell; ``has_sources``: whether every
    statement says whose it is: without that a statement stands for a source, and ``sources`` is not known.
    ``zeros_hidden``: whether a hidden count may be nobody. ``left_out``: themes that are not told by role,
    or not by role and kind: too many of the counts are small. ``silent``: why no count at all is told, if so (``FEW``,
    ``LATE``): then nor is which themes there are. ``told``: the counts that are told, of sources and of statements.
    """

    frame: pd.DataFrame
    roles: Mapping[str, str]
    has_sources: bool
    zeros_hidden: bool = False
    left_out: tuple[str, ...] = ()
    silent: str = ""
    told: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)

    def number(self, column: str, place: Place) -> int | None:
        """The count, None where it is hidden or not known."""
        found = self.frame[
            self.frame["theme"].eq(place[0]) & self.frame["role"].eq(place[1]) & self.frame["kind"].eq(place[2])
        ]
        return None if found.empty or pd.isna(found[column].iloc[0]) else int(found[column].iloc[0])


@dataclass(frozen=True, eq=False)
class _Units:
    """People or statements as attributes and values; ``place``: what a row of the table counts of them."""

    numbers: Mapping[str, np.ndarray]
    domains: Mapping[str, tuple[str, ...]]
    size: int

    def count(self, place: Where) -> int:
        chosen = np.ones(self.size, dtype=bool)
        for attribute, values in place:
            chosen &= np.isin(self.numbers[attribute], [self.domains[attribute].index(value) for value in values])
        return int(chosen.sum())


def themes_of(statements: pd.DataFrame, *, k: int, before: Remembered = NOTHING) -> Themes:
    """The themes with their counts; no rows where there are no statements. ``before``: what earlier reports have
    shown."""
    if statements.empty:
        return Themes(pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in COLUMNS.items()}), {}, True)
    has_sources = bool(statements["source"].ne("").all())
    # Without sources each statement may be one person's.
    told = statements.assign(source=[fold(s) for s in statements["source"]] if has_sources else range(len(statements)))
    role_of = told.drop_duplicates("source").set_index("source")["role"]
    roles = merged(list(role_of), k=k)
    told = told.assign(role=[roles.get(role or MISSING, "") for role in told["role"]])
    themes = list(dict.fromkeys(told["theme"]))
    sources, spoken = _sources(told, themes), _spoken(told)
    groups = tuple(dict.fromkeys(roles.values()))
    units = ((SOURCES, sources, _of_sources), (STATEMENTS, spoken, _of_spoken))[0 if has_sources else 1 :]

    told_as = partial(_told_as, roles=roles)
    since = [
        (of, _since(each, of, before.versions(name), themes, groups, told_as=told_as, k=k)) for name, each, of in units
    ]

    def is_little(place: Place) -> bool:
        return any(of(place) in found.little for of, found in since)

    late = any(found.wholly for _, found in since) or is_little(("", "", ""))
    if silent := FEW if sources.size < k else LATE if late else "":
        return Themes(_frame_of([("", "", "")], {}), {}, has_sources, True, silent=silent)
    # Of whom so few have come or gone nothing is told: which of their counts are hidden would tell what they said.
    if any(found.regrouped for _, found in since) or any(is_little(("", role, "")) for role in groups):
        roles, groups = {}, ()
    every = list(_places(themes, groups))
    few_came = {place for place in every if (place[1] or place[2]) and is_little((place[0], "", ""))}
    quiet = {place for place in few_came if not place[1]}  # in the table as hidden
    thin = few_came - quiet
    for block, most in ((_by_role, MOST_SMALL), (_by_role_and_kind, MOST_SMALL_OF_KINDS)):
        for theme in themes:
            own = [place for place in every if place[0] == theme and block(place)]
            if _is_thin([sources.count(_of_sources(place)) for place in own], most, k=k):
                thin |= set(own)
    told_of = [place for place in every if place not in thin]
    asked = [place for place in told_of if place not in quiet]
    little = frozenset(place for place in asked if is_little(place))
    hidden, zeros = _hidden(asked, sources, spoken, little, k=k)
    counts = {
        place: (spoken.count(_of_spoken(place)), sources.count(_of_sources(place)) if has_sources else None)
        for place in asked
        if place not in hidden
    }
    frame = _frame_of(told_of, counts)
    left_out = tuple(theme for theme in themes if any(place[0] == theme for place in thin))
    told = {
        name: tuple({Count(told_as(of(place)), each.count(of(place))) for place in counts}) for name, each, of in units
    }
    return Themes(frame, roles, has_sources, zeros, left_out, told=told)


def _since(
    units: _Units, of: Callable[[Place], Where], before: Iterable[Mapping[Where, int]], themes: Sequence[str],
    groups: Sequence[str], *, told_as: Callable[[Where], Where], k: int,
) -> Moved:  # fmt: skip
    """What has moved since these units were told of."""
    places = {of(place) for place in _places(themes, groups)}
    if of is _of_sources:
        places |= {_only(theme, role, kind) for theme in themes for role in ("", *groups) for kind in KINDS}
    now = {place: units.count(place) for place in places}
    return moved(now, before, parts=_parts(themes, groups, of), k=k, told_as=told_as, groupings=["role"])


def _told_as(place: Where, *, roles: Mapping[str, str]) -> Where:
    """A place as it is remembered: a role as those of the file that are in it, and all in small letters."""
    told = []
    for attribute, values in place:
        members = [role for role, group in roles.items() if group in values] if attribute == "role" else []
        told.append((fold(attribute), frozenset(map(fold, members or values))))
    return frozenset(told)


def _frame_of(asked: Iterable[Place], counts: Mapping[Place, tuple[int, int | None]]) -> pd.DataFrame:
    """A row per place; hidden where there are no counts of it."""
    rows = [(*place, *counts.get(place, (None, None)), place not in counts) for place in asked]
    columns = zip(COLUMNS.items(), zip(*rows, strict=True), strict=True)
    return pd.DataFrame({name: pd.Series(list(values), dtype=dtype) for (name, dtype), values in columns})


def _places(themes: Iterable[str], roles: Iterable[str]) -> Iterator[Place]:
    for role in ("", *roles):
        yield "", role, ""
    for theme in themes:
        for role in ("", *roles):
            yield from ((theme, role, kind) for kind in ("", *KINDS))


def _parts(
    themes: Sequence[str], roles: Sequence[str], of: Callable[[Place], Where]
) -> Iterator[tuple[Where, list[Where]]]:
    """Counts, and those that each is the sum of. A source may raise several themes, and both kinds of one."""
    if of is _of_sources:
        for theme in themes:
            for role in ("", *roles):
                for kind, other in (KINDS, KINDS[::-1]):
                    yield of((theme, role, "")), [of((theme, role, kind)), _only(theme, role, other)]
    for theme in ("", *themes):
        for kind in ("", *KINDS) if theme else ("",):
            if roles:
                yield of((theme, "", kind)), [of((theme, role, kind)) for role in roles]
    if of is _of_spoken:
        for role in ("", *roles):
            yield of(("", role, "")), [of((theme, role, "")) for theme in themes]
            yield from ((of((theme, role, "")), [of((theme, role, kind)) for kind in KINDS]) for theme in themes)


def _only(theme: str, role: str, kind: str) -> Where:
    """Those who see a theme as this and not as the other: told nowhere, but what follows from three that are."""
    return where({_theme(theme): kind, **({"role": role} if role else {})})


def _hidden(
    asked: list[Place], sources: _Units, spoken: _Units, little: frozenset[Place], *, k: int
) -> tuple[frozenset[Place], bool]:
    """The places of which neither sources nor statements are shown, and whether one of them may be nobody. ``little``:
    those that have moved little since an earlier report."""
    hidden = little
    zeros = False
    follow = {_only(theme, role, other) for theme, role, kind in asked for other in KINDS if kind}
    for turn, (units, of) in enumerate(cycle(((sources, _of_sources), (spoken, _of_spoken)))):
        own = {of(place) for place in asked} | (follow if of is _of_sources else set())
        found = protection(
            [Count(each, units.count(each)) for each in own],
            domains=units.domains,
            k=k,
            sensitive=[of(place) for place in hidden],
            people=units.numbers,
            weights={of(place): _worth(place) for place in asked},
        )
        more = hidden | {place for place in asked if plain(of(place), units.domains) in found.hidden}
        zeros |= bool(found.zeros_too)
        if turn and more == hidden:
            break
        hidden = more
    return hidden, zeros


def _sources(told: pd.DataFrame, themes: list[str]) -> _Units:
    people = told.drop_duplicates("source")[["source", "role"]].reset_index(drop=True)
    columns = {"role": list(people["role"])}
    for theme in themes:
        said = {kind: set(told.loc[told["theme"].eq(theme) & told["kind"].eq(kind), "source"]) for kind in KINDS}
        columns[_theme(theme)] = [
            {(True, True): BOTH, (True, False): STRENGTH, (False, True): DEVELOP}.get(
                (source in said[STRENGTH], source in said[DEVELOP]), NEITHER
            )
            for source in people["source"]
        ]
    domains = {_theme(theme): (STRENGTH, DEVELOP, BOTH, NEITHER) for theme in themes}
    return _units(columns, {"role": tuple(dict.fromkeys(people["role"])), **domains})


def _spoken(told: pd.DataFrame) -> _Units:
    columns = {name: list(told[name]) for name in ("theme", "role", "kind")}
    return _units(columns, {name: tuple(dict.fromkeys(values)) for name, values in columns.items()} | {"kind": KINDS})


def _units(columns: Mapping[str, list[str]], domains: Mapping[str, tuple[str, ...]]) -> _Units:
    numbers = {
        name: pd.Categorical(values, categories=list(domains[name])).codes.astype(np.int32)
        for name, values in columns.items()
    }
    return _Units(numbers, domains, len(next(iter(columns.values()))))


def _of_sources(place: Place) -> Where:
    theme, role, kind = place
    conditions: dict[str, list[str]] = {"role": [role]} if role else {}
    if theme:
        conditions[_theme(theme)] = [kind, BOTH] if kind else [STRENGTH, DEVELOP, BOTH]
    return where(conditions)


def _of_spoken(place: Place) -> Where:
    return where({name: value for name, value in zip(("theme", "role", "kind"), place, strict=True) if value})


def _theme(theme: str) -> str:
    return f"theme {theme}"


def _worth(place: Place) -> float:
    """How much more a reader misses the count than one of a theme, role and kind."""
    return 1.0 if _by_role_and_kind(place) else 2.0 if _by_role(place) else 4.0


def _by_role(place: Place) -> bool:
    return bool(place[0] and place[1] and not place[2])


def _by_role_and_kind(place: Place) -> bool:
    return bool(place[0] and place[1] and place[2])


def _is_thin(numbers: list[int], most: float, *, k: int) -> bool:
    somebody = [number for number in numbers if number]
    return sum(number < k for number in somebody) > most * len(somebody)
