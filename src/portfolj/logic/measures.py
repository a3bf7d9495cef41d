"""What an indicator may be measured by: figures of the follow-up that may be shown, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from portfolj.followup.joined import joined, normal
from portfolj.followup.shares import wilson_interval
from portfolj.logic.model import FEDERATION, INTERVENTION, Model

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

GOAL: Final = "goal"
UP: Final = "progression_up"
COST: Final = "cost_per_participation"
COUNTS: Final = ("participations", "persons", "exits")
# Shares of the exits: work or studies without labour-market training, and each for itself.
SHARES: Final = ("work_or_study", "to_work", "to_study", "to_training")
MEASURES: Final = (*COUNTS, *SHARES, UP, COST, GOAL)

SHOWN, HIDDEN, UNKNOWN = "shown", "hidden", "unknown"


@dataclass(frozen=True)
class Measured:
    """A figure beside an indicator.

    ``state``: ``shown``; ``hidden``, too few people; ``unknown``, with ``why``: ``no_follow_up`` (nothing of that
    kind), ``not_there`` (nothing about this intervention or municipality), ``not_told`` (the figure is not reported),
    ``nobody`` (nothing to take a share of), ``no_goal`` or ``several`` (goals with the number). Empty where no measure
    is asked for. ``value``: a count, a percentage or kronor; a share also has ``count`` and ``of``, and the ends of its
    95 % interval. ``verdict``: of a goal.
    """

    state: str = ""
    why: str = ""
    value: float | None = None
    unit: str = ""
    count: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = ""


NOTHING = Measured()


def measured(view: FollowUpView, model: Model, measure: str, *, goal: str = "") -> Measured:
    """The figure that ``measure`` stands for, of what the model is about; ``NOTHING`` for no measure."""
    if not measure:
        return NOTHING
    if measure == GOAL:
        return verdict_of(view, model, goal)
    if measure == UP:
        row = _row(view, model, ("progression",))
        return row if isinstance(row, Measured) else _share(row, "up", "measured_twice")
    row = _row(view, model, ("outcomes", "reported"))
    if isinstance(row, Measured):
        return row
    if measure == COST:
        return _number(row, "cost_per_participation_sek", "sek", hidden_with="participations")
    if measure in COUNTS:
        return _number(row, measure, "persons" if measure == "persons" else measure, hidden_with=measure)
    if measure == "work_or_study" and "work_or_study" not in row:
        row = _exact(row)
    return _share(row, measure, "exits")


def verdict_of(view: FollowUpView, model: Model, goal: str) -> Measured:
    """The follow-up's verdict on a goal by its number, of the model's intervention where it is about one."""
    goals = view.tables.get("goals")
    if goals is None or goals.empty:
        return Measured(UNKNOWN, "no_follow_up")
    found = goals[[normal(str(number)) == normal(goal) for number in goals["goal"]]]
    if model.about == INTERVENTION and model.name:
        own = {normal(model.name), normal(_label(view, model))}
        of_it = [normal(str(name)) in own for name in found["intervention"]]
        found = found[of_it]
    if len(found) != 1:
        return Measured(UNKNOWN, "several" if len(found) else "no_goal")
    return Measured(SHOWN, verdict=str(found["verdict"].iloc[0]))


def _label(view: FollowUpView, model: Model) -> str:
    return joined([model.name], view.portfolio).labels[model.name]


def _row(view: FollowUpView, model: Model, names: tuple[str, ...]) -> Mapping[str, Any] | Measured:
    """The first of these tables' row of what the model is about, or why there is none."""
    tables = [view.tables[name] for name in names if name in view.tables and not view.tables[name].empty]
    if not tables:
        return Measured(UNKNOWN, "no_follow_up")
    group = "all" if model.about == FEDERATION else model.about
    wanted = {normal(model.name)} | ({normal(_label(view, model))} if group == INTERVENTION else set())
    for table in tables:
        rows = table[table["group"] == group]
        if "intervention" in rows:
            rows = rows[rows["intervention"] == ""]
        if group != "all":
            rows = rows[[normal(str(category)) in wanted for category in rows["category"]]]
        if len(rows):
            return {str(key): value for key, value in rows.iloc[0].to_dict().items()}
    return Measured(UNKNOWN, "not_there")


def _exact(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of reported counts with the number who went to work or studies, where it is certain."""
    least, most = row.get("least_work_or_study"), row.get("most_work_or_study")
    certain = not pd.isna(least) and not pd.isna(most) and int(str(least)) == int(str(most))
    hidden = any(bool(row.get(f"{cell}_suppressed")) for cell in ("to_work", "to_study"))
    return {**row, "work_or_study": least if certain else None, "work_or_study_suppressed": hidden and not certain}


def _number(row: Mapping[str, Any], column: str, unit: str, *, hidden_with: str) -> Measured:
    if bool(row.get(f"{hidden_with}_suppressed", False)):
        return Measured(HIDDEN)
    value = row.get(column)
    if value is None or pd.isna(value):
        return Measured(UNKNOWN, "not_told")
    return Measured(SHOWN, value=float(value), unit=unit)


def _share(row: Mapping[str, Any], part: str, whole: str) -> Measured:
    if bool(row.get(f"{part}_suppressed", False)) or bool(row.get(f"{whole}_suppressed", False)):
        return Measured(HIDDEN)
    count, of = row.get(part), row.get(whole)
    if count is None or of is None or pd.isna(count) or pd.isna(of):
        return Measured(UNKNOWN, "not_told")
    if not int(of):
        return Measured(UNKNOWN, "nobody")
    low, high = wilson_interval(int(count), int(of))
    return Measured(
        SHOWN, value=round(100 * int(count) / int(of), 1), unit="percent", count=int(count), of=int(of),
        low=round(100 * low, 1), high=round(100 * high, 1),
    )  # fmt: skip
