"""Figures that others have printed of participants and outcomes, beside what the rows give.

A printed figure is shown as printed. What is computed beside it goes through the same protection as every other count,
and stays blank where it is hidden, also where the printed figure tells it.

Measures: the columns of the outcomes, progression and steps tables, ``at_exit`` (group ``status``) and ``mean_months``.
``share_<measure>`` is of the same group's participations (``up``, ``down``, ``unchanged``: of those measured twice),
``step_shown_other`` (steps to another status at exit than those of its category) is of the whole's,
``share_<measure>_of_exits`` of its exits, ``share_of_<measure>`` of the whole's same measure. Groups: ``all``, an
attribute, or several joined by ``_`` with their values joined by ``;`` (``referrer_sex``: ``Växjö kommun;woman``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from portfolj.disclosure import Where
from portfolj.followup import flow, progression, years
from portfolj.followup.counted import Row, active, ended
from portfolj.followup.joined import Joined
from portfolj.followup.occupation import MEASURES, ONGOING, having
from portfolj.followup.outcomes import MISSING, measured, ongoing, seen
from portfolj.followup.people import FEW, People
from portfolj.followup.shown import Shown

GROUPS = {
    "sex": "sex", "age": "age", "municipality": "municipality", "referrer": "referrer", "intervention": "intervention",
    "status": f"status {flow.EXIT}",
}  # fmt: skip
MONTHS = "mean_months"
BUDGET = "budget"
AT_EXIT = "at_exit"
STEP_TO_OTHER = "step_shown_other"
SUPPRESSED = "suppressed"
NO_DATA = "no_data"


class Asked(NamedTuple):
    """What a printed figure is of: ``cell`` and ``of`` are cells, or why there are none.

    ``reached``, ``practice``: of those with a status at exit, the ones who went to work or studies, and the others who
    went to practice. Reports count both as self-supporting, where shares of exits do not.
    """

    cell: Where | None = None
    of: Where | None = None
    why: str = ""
    reached: Where | None = None
    practice: Where | None = None


def published_plan(published: pd.DataFrame, people: People | None, joined: Joined) -> list[Row]:
    """One row per printed figure: ``cell``, and ``of`` for a share, or ``why`` there is nothing to compare with."""
    return [_asked(row, people, joined)._asdict() for row in published.to_dict("records")]


def printed_counts(published: pd.DataFrame, plan: Sequence[Row]) -> list[tuple[Where, int]]:
    """The cells that a printed count of people tells, and what it tells; where there is one."""
    told = []
    for printed, row in zip(published.to_dict("records"), plan, strict=True):
        exact = printed["unit"] == "persons" and not pd.isna(printed["value"])
        if exact and row["cell"] is not None and float(printed["value"]).is_integer():
            told.append((row["cell"], int(printed["value"])))
    return told


def published_table(
    published: pd.DataFrame, plan: Sequence[Row], shown: Shown, people: People | None, *, exits: pd.DataFrame,
    budget: Callable[[Mapping[str, Any]], tuple[float | None, str]], k: int,
) -> pd.DataFrame:  # fmt: skip
    """``published`` with ``computed`` (Float64, in the printed unit, one decimal for shares and months), ``difference``
    (computed - printed), ``why_blank`` (``suppressed``, ``no_data``, ``amount_missing`` or empty), ``verdict``,
    and ``reached`` and ``practice`` (Int64, missing where hidden or not asked: see ``Asked``).

    ``exits``: the table of ``protected_exits``; where there are no rows on an intervention, its participations and
    completions are the sums of its exits. ``budget``: what the ledger grants for a printed budget. The verdict is
    ``agrees`` where the computed figure rounds to the printed one, ``differs``, or ``not_comparable``.
    """
    records: list[tuple[float | None, float | None, str, str]] = []
    for printed, row in zip(published.to_dict("records"), plan, strict=True):
        computed, why = _computed(printed, row, shown, people, k=k)
        if why == NO_DATA:
            computed, why = sum_of_exits(printed, exits)
        if why == NO_DATA and printed["measure"] == BUDGET:
            computed, why = budget(printed)
        value = None if pd.isna(printed["value"]) else float(printed["value"])
        if computed is None or value is None:
            records.append((None if computed is None else round(computed, 1), None, why, "not_comparable"))
        else:
            exact = Decimal(repr(computed)) - Decimal(repr(value))
            agrees = abs(exact) <= _half_step(str(printed["printed"]), value, str(printed["unit"])) + Decimal("1e-9")
            rounded = round(computed, 1)
            records.append((rounded, round(rounded - value, 1), "", "agrees" if agrees else "differs"))
    columns = {"computed": "Float64", "difference": "Float64", "why_blank": "str", "verdict": "str"}
    more = pd.DataFrame.from_records(records, columns=list(columns)).astype(columns)
    went = {
        name: pd.Series([shown[row[name]] if row[name] is not None else None for row in plan], dtype="Int64")
        for name in ("reached", "practice")
    }
    return pd.concat([published.reset_index(drop=True), more, pd.DataFrame(went)], axis=1)


def _computed(
    printed: Mapping[str, Any], row: Row, shown: Shown, people: People | None, *, k: int
) -> tuple[float | None, str]:
    if row["why"]:
        return None, str(row["why"])
    number = shown[row["cell"]]
    if number is None:
        return None, SUPPRESSED
    if printed["measure"] == MONTHS:
        if shown.kept:
            return None, SUPPRESSED
        known = _months(people) if people is not None else np.array([])
        return (float(known.mean()), "") if len(known) >= k else (None, SUPPRESSED if len(known) else NO_DATA)
    if row["of"] is None:
        return float(number), ""
    whole = shown[row["of"]]
    if whole is None:
        return None, SUPPRESSED
    return (100 * number / whole, "") if whole else (None, NO_DATA)


def sum_of_exits(printed: Mapping[str, Any], exits: pd.DataFrame) -> tuple[float | None, str]:
    """The sum of how an intervention's participations, or completions, ended, or why there is none."""
    base = {"participations": "participants", "completed": "completed"}.get(str(printed["measure"]))
    own = exits[(exits["intervention"] == printed["intervention"]) & (exits["base"] == base)]
    own = own[own["code"] != "total"]
    if printed["group"] not in ("", "all") or own.empty or own["printed_in"].nunique() > 1:
        return None, NO_DATA
    return (None, SUPPRESSED) if own["suppressed"].any() else (float(own["count"].fillna(0).sum()), "")


def _asked(printed: Mapping[str, Any], people: People | None, joined: Joined) -> Asked:
    if people is None or not people.numbers["sex"].size:
        return Asked(why=NO_DATA)
    own: dict[str, Any] = {}
    if printed["intervention"]:
        own["intervention"] = joined.labels.get(str(printed["intervention"]), "")
        if own["intervention"] not in seen(people, "intervention"):
            return Asked(why=NO_DATA)
    asked = _conditions(str(printed["group"]), str(printed["category"]), people, joined)
    if isinstance(asked, str):
        return Asked(why=asked)
    measure = str(printed["measure"])
    if measure.removeprefix("share_") == STEP_TO_OTHER:
        return _step_to_other(people, own, asked, share=measure != STEP_TO_OTHER)
    if measure == MONTHS:
        everybody = not asked and (not own or seen(people, "intervention") == [own["intervention"]])
        return Asked(cell=ended(people)) if everybody else Asked(why=NO_DATA)
    share = measure.startswith("share_") or printed["unit"] == "percent"
    name = measure.removeprefix("share_")
    here = _cells(people, {**own, **asked})
    if share and name.startswith("of_"):
        name = name.removeprefix("of_")
        return _found(here.get(name), _cells(people, own).get(name))
    if share and name.endswith("_of_exits"):
        return _found(here.get(name.removesuffix("_of_exits")), here["exits"])
    if share:
        of = here.get("measured_twice") if name in progression.MEASURED else _of(name, people, own, asked)
        return _found(here.get(name), of)
    if name == AT_EXIT and printed["group"] == "status" and name in here:
        return _at_exit(people, {**own, **asked}, here[name])
    return Asked(cell=here[name]) if name in here else Asked(why=NO_DATA)


def _at_exit(people: People, asked: Mapping[str, Any], cell: Where) -> Asked:
    """Those with a status at exit, and what they went to by their occupation where that is known of anybody."""
    if not set(seen(people, "result")) - {MISSING, ONGOING}:
        return Asked(cell)
    results = people.values("result")
    reached = having(results, *MEASURES["work_or_study"])
    practice = [result for result in having(results, "practice") if result not in reached]
    went = [active(people, {**asked, "result": chosen}) for chosen in (reached, practice)]
    return Asked(cell, reached=went[0], practice=went[1])


def _step_to_other(people: People, own: Mapping[str, Any], asked: Mapping[str, Any], *, share: bool) -> Asked:
    """Steps to another status at exit than those that the figure names."""
    point = GROUPS["status"]
    if "step" not in people.domains or set(asked) != {point}:
        return Asked(why=NO_DATA)
    named = {asked[point]} if isinstance(asked[point], str) else set(asked[point])
    others = [status for status in people.values(point) if status not in named]
    cell = active(people, {**own, point: others, "step": flow.SHOWN})
    return Asked(cell, active(people, own) if share else None)


def _of(name: str, people: People, own: Mapping[str, Any], asked: Mapping[str, Any]) -> Where:
    """The denominator of a share that names none: the whole's participations where the figure is of a status or of
    participations themselves, else the group's."""
    whole = name in ("participations", "at_exit")
    return _cells(people, own if whole else {**own, **asked})["participations"]


def _found(count: Where | None, of: Where | None) -> Asked:
    return Asked(why=NO_DATA) if count is None or of is None else Asked(count, of)


def _cells(people: People, asked: Mapping[str, Any]) -> dict[str, Where]:
    label = str(asked.get("year", ""))
    asked = {name: value for name, value in asked.items() if name != "year"}
    cells = measured(people, asked, label=label)
    if not label:
        cells["persons"] = active(people, {**asked, people.turn: "first"})
        cells["anonymous"] = active(people, {**asked, people.turn: "anonymous"})
        cells["ongoing"] = ongoing(people, asked)
        cells["at_exit"] = active(people, asked)
        cells["missing_sex"] = active(people, {"sex": MISSING, **asked})
    if "progress" in people.domains:
        cells["measured_twice"] = active(people, {**asked, "progress": progression.MEASURED})
        cells |= {name: active(people, {**asked, "progress": name}) for name in progression.OUTCOMES}
    if "step" in people.domains:
        cells["step_shown"] = active(people, {**asked, "step": flow.SHOWN})
        cells["step_not_shown"] = active(people, {**asked, "step": flow.NOT_SHOWN})
    return cells


def _conditions(group: str, category: str, people: People, joined: Joined) -> dict[str, Any] | str:
    """What a group and a category ask, or why they can't be asked."""
    if group in ("", "all"):
        return {}
    if group == "year":
        return {"year": category} if category.isdigit() else NO_DATA
    if group in ("owner", "target_group"):
        names = seen(people, "intervention")
        of = {name: {joined.owner.get(name)} if group == "owner" else set(joined.target_groups.get(name, ()))
              for name in names}  # fmt: skip
        own = [name for name in names if category in of[name]]
        return {"intervention": own} if own else NO_DATA
    attributes = [GROUPS.get(name, "") for name in group.split("_")]
    parts = category.split(";")
    values = [[part] for part in parts] if len(attributes) > 1 else [parts]
    if len(values) != len(attributes) or any(name not in people.domains for name in attributes):
        return NO_DATA
    for name, own in zip(attributes, values, strict=True):
        if not set(own) <= set(seen(people, name)):
            # A value that only a few have is told together with others: what it is by itself is not said.
            return SUPPRESSED if FEW in seen(people, name) else NO_DATA
    return {name: own if len(own) > 1 else own[0] for name, own in zip(attributes, values, strict=True)}


def _months(people: People) -> np.ndarray:
    """The lengths that are known of participations that ended in the period."""
    words = people.values("when")
    ended_then = set(years.ended_in(words, people.period))
    chosen = np.isin(people.numbers["when"], [n for n, word in enumerate(words) if word in ended_then])
    return people.months[chosen & ~np.isnan(people.months)]


def _half_step(printed: str, value: float, unit: str) -> Decimal:
    """How far the true figure may lie from the printed: half of its last decimal; a count of people is exact."""
    if unit == "persons":
        return Decimal(0)
    number = "".join(mark for mark in printed.replace(",", ".") if mark in "0123456789.-").strip(".-")
    try:
        exponent = Decimal(number).as_tuple().exponent if number else 0
    except InvalidOperation:
        exponent = 0
    return Decimal(1).scaleb(min(int(exponent), 0)) / 2
