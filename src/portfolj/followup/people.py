"""Every participation with the attributes that tables ask about: what counts are counted from, and never shown itself.

Each attribute has one value per participation, so that counts are sums of others wherever that follows from what they
ask about. Values that fewer than k participations have and that people may have written freely (municipality, referrer,
status, an intervention that the ledger does not have) become ``few``: a word that only a few have may say who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from portfolj.disclosure import Where, where
from portfolj.followup import flow, length, occupation, progression, years
from portfolj.followup.joined import Joined
from portfolj.followup.near_starts import starts_soon_again
from portfolj.followup.rows import FollowUp, empty_frame

FEW = "few"
MISSING = "missing"
NEAR, NOT_NEAR = "near", "not_near"  # whether a start lies within days of another, where any does
SEXES = ("woman", "man", "other", MISSING)
INCOMES = (
    "sickness_benefit", "rehabilitation_benefit", "sickness_compensation", "activity_compensation",
    "unemployment_benefit", "activity_grant", "development_allowance", "introduction_benefit", "income_support",
    "study_support", "wage", "parental_benefit", "other_public", "none",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class People:
    """``numbers``: attribute -> which of its values each participation has; ``domains``: attribute -> its values.

    ``nobody``: what nobody can be, whoever they are: it ties attributes together for whoever tries to work a hidden
    count out. ``period``: the years asked about, as ``years.label_of``. ``moved``: ``progression.changes`` with
    ``place`` (the participation); ``twice``: ``progression.measured_twice`` with the same.
    """

    numbers: Mapping[str, np.ndarray]
    domains: Mapping[str, tuple[str, ...]]
    nobody: tuple[Where, ...]
    period: str
    moved: pd.DataFrame
    twice: pd.DataFrame
    months: np.ndarray

    @property
    def turn(self) -> str:
        """The attribute that says whether a participation is its person's first in the period."""
        return f"turn {self.period}"

    def values(self, attribute: str) -> tuple[str, ...]:
        """The values of the attribute; none where nothing is known of it."""
        return self.domains.get(attribute, ())

    @cached_property
    def seen(self) -> dict[str, tuple[str, ...]]:
        """The values of each attribute that some participation has, in order."""
        return {
            name: tuple(self.domains[name][n] for n in np.unique(numbers).tolist())
            for name, numbers in self.numbers.items()
        }

    @cached_property
    def years(self) -> dict[tuple[str, str], frozenset[str]]:
        """What ``counted`` has found of years so far: (``active`` or ``ended``, label) -> words."""
        return {}

    def having(self, attribute: str, *codes: str) -> list[str]:
        """The values of the attribute that have one of the codes."""
        return occupation.having(self.values(attribute), *codes)


def people_of(
    rows: FollowUp,
    joined: Joined,
    *,
    period: tuple[int, int] | None,
    k: int,
    step: float,
    age_limits: Sequence[int],
    others_too: bool = False,
) -> People:
    """The participations of a period. ``others_too``: those of other years as well, since other periods' reports tell
    of them. Without a participations file there is one for each person and intervention with ratings or statuses.
    """  # fmt: skip
    table = rows.participations if len(rows.participations) else _from_persons(rows)
    label = years.label_of(period)
    words = years.years_of(table)
    active = words.isin(years.active_in(words.unique(), label)) if len(words) else pd.Series([], dtype="bool")
    if not others_too:
        table = _as_of(table[active], period)
        words = years.years_of(table)
        active = pd.Series(True, index=table.index)
    table = table.assign(label=table["intervention"].map(joined.labels).astype("str"))
    table = table.reset_index(drop=True)
    words, active = words.reset_index(drop=True), active.reset_index(drop=True)
    columns: dict[str, pd.Series] = {
        "when": words,
        "sex": table["sex"],
        "age": table["age_band"],
        "result": occupation.results(table),
        "before": table["occupation_before"],
        "income_before": table["income_before"],
        "income_after": table["income_after"].where(table["end_year"].notna(), occupation.ONGOING),
        "length": length.bands(table),
        f"turn {label}": _turns(table, active),
    }
    free = {"municipality": table["municipality"], "referrer": table["referrer"]}
    for attribute, column in free.items():
        columns[attribute] = _without_few(column, active, k)
    unmatched = table["label"].map(lambda name: joined.why_not.get(name) in ("not_in_ledger", "several"))
    columns["intervention"] = _without_few(table["label"], active, k, only=unmatched.astype("bool"))
    near = starts_soon_again(table["person"].where(active, ""), table["label"], table["start"])
    if near.any():
        columns["near"] = pd.Series(NOT_NEAR, index=table.index, dtype="str").mask(near, NEAR)
    firsts = _first_places(table)
    at, step_of = _statuses(rows, table, joined, firsts, active, k)
    columns |= at
    if step_of is not None:
        columns["step"] = step_of
    twice = _placed(progression.measured_twice(rows.assessments), joined, firsts)
    moved = _placed(progression.changes(twice, step=step), joined, firsts)
    if len(rows.assessments):
        progress = pd.Series(progression.NEVER, index=table.index, dtype="str")
        progress.loc[moved["place"]] = moved["outcome"].to_numpy()
        columns["progress"] = progress
    domains = _domains(columns, age_limits=age_limits)
    numbers = {
        name: pd.Categorical(column, categories=list(domains[name])).codes.astype(np.int32)
        for name, column in columns.items()
    }
    return People(
        numbers, domains, _told(_nobody(domains, label, columns), domains), label, moved, twice,
        length.months(table).to_numpy(dtype=float, na_value=np.nan),
    )  # fmt: skip


def _from_persons(rows: FollowUp) -> pd.DataFrame:
    pairs = pd.concat([rows.assessments[["person", "intervention"]], rows.statuses[["person", "intervention"]]])
    pairs = pairs.drop_duplicates().reset_index(drop=True)
    texts = {name: MISSING for name, kind in empty_frame("participations").dtypes.items() if kind == "str"}
    frame = empty_frame("participations").reindex(range(len(pairs))).assign(**texts, anonymous=False)
    return frame.assign(person=pairs["person"], intervention=pairs["intervention"]).astype({"anonymous": "bool"})


def _as_of(table: pd.DataFrame, period: tuple[int, int] | None) -> pd.DataFrame:
    """The same where whoever ended after the period has not ended yet."""
    if period is None:
        return table
    later = (table["end_year"] > period[1]).fillna(False).astype("bool")
    return table.assign(end_year=table["end_year"].mask(later), end=table["end"].mask(later))


def _turns(table: pd.DataFrame, active: pd.Series) -> pd.Series:
    """``first``, ``again`` or ``anonymous`` among the period's participations; ``outside`` for others."""
    turn = pd.Series("outside", index=table.index, dtype="str")
    known = table[active & ~table["anonymous"]].sort_values(["start", "label"], kind="stable", na_position="last")
    turn.loc[known.index] = np.where(known.duplicated("person"), "again", "first")
    return turn.mask(active & table["anonymous"], "anonymous")


def _first_places(table: pd.DataFrame) -> pd.DataFrame:
    """Where each person's first participation in an intervention stands: ``person``, ``label``, ``place``."""
    known = table[~table["anonymous"]].sort_values("start", kind="stable", na_position="last")
    known = known.drop_duplicates(["person", "label"])
    return pd.DataFrame({"person": known["person"], "label": known["label"], "place": known.index.to_numpy()})


def _placed(frame: pd.DataFrame, joined: Joined, firsts: pd.DataFrame) -> pd.DataFrame:
    """The rows of people that have a participation, with its ``place``."""
    if "place" in frame:
        frame = frame.drop(columns="place")
    with_label = frame.assign(label=frame["intervention"].map(joined.labels).astype("str"))
    found = with_label.merge(firsts, on=["person", "label"], how="inner")
    return found.drop(columns="label").astype({"place": "int64"})


def _without_few(
    column: pd.Series, active: pd.Series, k: int, *, only: pd.Series | None = None
) -> pd.Series:  # fmt: skip
    times = column[active].value_counts()
    rare = column.map(times).fillna(0).astype("int64").lt(k) & column.ne(MISSING)
    return column.mask(rare if only is None else rare & only, FEW).astype("str")


def _statuses(
    rows: FollowUp, table: pd.DataFrame, joined: Joined, firsts: pd.DataFrame, active: pd.Series, k: int
) -> tuple[dict[str, pd.Series], pd.Series | None]:
    if rows.statuses.empty or table.empty:
        return {}, None
    labels = rows.statuses["intervention"].map(joined.labels).astype("str")
    keyed = rows.statuses.assign(label=labels, row=range(len(rows.statuses)))
    found = keyed.merge(firsts, on=["person", "label"], how="left").sort_values("row").reset_index(drop=True)
    asked = table["label"].isin(set(labels))
    at = flow.statuses_at(found, found["place"], size=len(table), asked=asked)
    step = flow.steps(at)
    everywhere = pd.concat([column[active & asked] for column in at.values()])
    times = everywhere.value_counts()
    rare = {status for status, number in times.items() if number < k} - {flow.MISSING, flow.NOT_ASKED}
    known = {
        f"status {point}": column.mask(~column.isin(set(times.index) - rare | {flow.MISSING, flow.NOT_ASKED}), FEW)
        for point, column in at.items()
    }
    return {name: column.astype("str") for name, column in known.items()}, step


def _domains(columns: Mapping[str, pd.Series], *, age_limits: Sequence[int]) -> dict[str, tuple[str, ...]]:
    seen = {name: set(column.unique()) for name, column in columns.items()}
    bands = [f"under-{age_limits[0]}", *(f"{a}-{b - 1}" for a, b in pairwise(age_limits))]
    ordered: dict[str, Iterable[str]] = {
        "sex": SEXES,
        "age": (*bands, f"{age_limits[-1]}+", MISSING),
        "length": (*length.BANDS, MISSING, occupation.ONGOING),
        "progress": progression.OUTCOMES,
        "step": (flow.SHOWN, flow.NOT_SHOWN, flow.NOT_ASKED),
        "result": occupation.possible_results(seen["result"]),
        "before": occupation.possible_combinations(seen["before"], occupation.CODES),
        "income_before": occupation.possible_combinations(seen["income_before"], INCOMES),
        "income_after": occupation.possible_combinations({occupation.ONGOING, *seen["income_after"]}, INCOMES),
    }
    found = {}
    for name, values in seen.items():
        first = tuple(ordered.get(name, ()))
        found[name] = (*first, *sorted(values - set(first)))
        if name.startswith("turn"):
            found[name] = tuple(dict.fromkeys(("first", "again", "anonymous", *sorted(values))))
    told = (values for name, values in seen.items() if name.startswith("status "))
    statuses = sorted({flow.MISSING, flow.NOT_ASKED}.union(*told))
    return {name: tuple(statuses) if name.startswith("status ") else values for name, values in found.items()}


def _nobody(domains: Mapping[str, tuple[str, ...]], label: str, columns: Mapping[str, pd.Series]) -> Iterable[Where]:
    ended = [word for word in domains["when"] if word[-1].isdigit()]
    ongoing = [word for word in domains["when"] if word not in ended]
    results = domains["result"]
    for name in ("result", "income_after", "length"):
        yield where({name: [value for value in domains[name] if value != occupation.ONGOING], "when": ongoing})
        yield where({name: occupation.ONGOING, "when": ended})
    for name in ("income_after", "length"):
        after = [value for value in domains[name] if value != occupation.ONGOING]
        yield where({name: after, "result": occupation.ONGOING})
        yield where({name: occupation.ONGOING, "result": [value for value in results if value != occupation.ONGOING]})
    for code in occupation.GAINED:
        before, after = occupation.unchanged_zero(domains["before"], results, code)
        yield where({"before": before, "result": after})
    inside = years.active_in(domains["when"], label)
    outside = [word for word in domains["when"] if word not in inside]
    yield where({f"turn {label}": "outside", "when": inside})
    yield where({f"turn {label}": ["first", "again", "anonymous"], "when": outside})
    if "progress" in domains:
        yield where({f"turn {label}": "anonymous", "progress": progression.MEASURED})
    if "near" in domains:
        yield where({f"turn {label}": [turn for turn in domains[f"turn {label}"] if turn != "again"], "near": NEAR})
    for name in ("income_before", "income_after"):  # tables list the sources that occur: the others are nobody's
        unseen = set(INCOMES) - {code for value in columns[name].unique() for code in occupation.codes_of(value)}
        yield where({name: occupation.having(domains[name], *unseen)})
    yield from _status_facts(domains, columns)


def _told(facts: Iterable[Where], domains: Mapping[str, tuple[str, ...]]) -> tuple[Where, ...]:
    """The facts that ask about something: without values that there are not, and without those where none is left."""
    own = (frozenset((name, values & set(domains[name])) for name, values in fact) for fact in facts)
    return tuple(fact for fact in own if all(values for _, values in fact))


def _status_facts(domains: Mapping[str, tuple[str, ...]], columns: Mapping[str, pd.Series]) -> Iterable[Where]:
    points = [name for name in domains if name.startswith("status ")]
    if not points:
        return
    asking = set(columns["intervention"][columns[points[0]] != flow.NOT_ASKED])
    if not asking & set(columns["intervention"][columns[points[0]] == flow.NOT_ASKED]):
        yield where({"intervention": asking, points[0]: flow.NOT_ASKED})
        others = [name for name in domains["intervention"] if name not in asking]
        yield where({"intervention": others, points[0]: _but(domains[points[0]], flow.NOT_ASKED)})
    for point in points:  # tables list the statuses that occur at each point
        yield where({point: set(domains[point]) - set(columns[point].unique()) - {flow.NOT_ASKED, flow.MISSING}})
    for first, second in [*flow.moves(points), *([(points[0], "step")] if "step" in domains else [])]:
        yield where({first: flow.NOT_ASKED, second: _but(domains[second], flow.NOT_ASKED)})
        yield where({first: _but(domains[first], flow.NOT_ASKED), second: flow.NOT_ASKED})
    if "step" in domains:
        start, end = points[0], points[-1]
        yield where({start: flow.MISSING, "step": flow.SHOWN})
        yield where({end: flow.MISSING, "step": flow.SHOWN})
        for status in _but(domains[start], flow.NOT_ASKED, flow.MISSING):
            if status != FEW:  # which is several: from one to another of them is a step
                yield where({start: status, end: status, "step": flow.SHOWN})
            other = _but(domains[end], flow.NOT_ASKED, flow.MISSING, status)
            yield where({start: status, end: other, "step": flow.NOT_SHOWN})


def _but(values: Iterable[str], *left_out: str) -> list[str]:
    return [value for value in values if value not in left_out]
