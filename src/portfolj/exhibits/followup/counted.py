"""What federations report as counts only: per intervention, year and sex, and exits as ESF projects count them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base_sum
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import (
    Shown,
    first_record,
    known,
    people_column,
    people_table,
    shown_value,
    table_of,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table
from portfolj.followup.count_contradictions import DESTINATIONS
from portfolj.followup.exit_outcomes import COMPLETED, PARTICIPANTS

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

SEX_ORDER = ("woman", "man", "other", "missing", "all")


def yearly_counts(view: FollowUpView) -> Html:
    """A row per intervention, year and measure, a column per sex."""
    frame = table_of(view, "counts")
    if frame.empty:
        return absent("counts")
    sexes = [sex for sex in SEX_ORDER if (frame["sex"] == sex).any()]
    rows = []
    for (intervention, year, measure), part in frame.groupby(
        ["intervention", "year", "measure"], sort=False, dropna=False
    ):
        counts: dict[str, Shown] = {str(r["sex"]): shown_value(r, "count") for r in part.to_dict("records")}
        row: dict[str, Any] = {
            "intervention": intervention or "Alla insatser",
            "year": None if swedish.is_missing(year) else str(int(year)),
            "measure": words.MEASURES.get(str(measure), str(measure)),
        }
        rows.append(row | {sex: counts.get(sex) for sex in sexes})
    columns = [
        Column("intervention", "Insats"),
        Column("year", "År"),
        Column("measure", "Mått"),
        *(people_column(sex, words.sex(sex), missing=swedish.NOT_APPLICABLE) for sex in sexes),
    ]
    table = Table(
        name="antal",
        caption="Redovisade antal per insats, år och kön",
        frame=pd.DataFrame(rows).astype("object"),
        columns=columns,
        notes=["Ett streck betyder att antalet inte har redovisats. Antal för olika år kan gälla samma personer."],
        base=_base_of_years(frame),
    )
    return people_table(view, table)


def exit_counts(view: FollowUpView) -> Html:
    """Two tables per intervention: how all participations ended, and what those who completed went to."""
    frame = table_of(view, "exits")
    if frame.empty:
        return absent("exits")
    parts = []
    for number, ((intervention, base), part) in enumerate(frame.groupby(["intervention", "base"], sort=False), 1):
        rows = with_shown(part, ["count"])
        printed = sorted({str(place) for place in rows["printed_in"] if place})
        parts_of = rows[rows["code"] != "total"]
        one_source = rows["printed_in"].nunique() == 1
        all_printed = bool((rows["printed_in"] != "").all())
        which = "" if all_printed else f": {swedish.listed(_names(rows[rows['printed_in'] != '']))}"
        counts = list(parts_of["count"])
        summed = one_source and len(parts_of) == len(rows) and known(*counts)
        total = {"outcome": "Summa av raderna", "count": sum(map(whole, counts))} if summed else None
        table = Table(
            name=f"utfall-vid-avslut-{number}",
            caption=f"{intervention}: utfall {words.inside(words.base(str(base)))}",
            frame=rows,
            columns=[Column("outcome", "Utfall"), people_column("count", "Antal (tryckt)" if all_printed else "Antal")],
            total=total,
            notes=[f"Tryckt i {swedish.listed(printed)}; visas som det trycktes{which}."] if printed else [],
            base=_base_of_exits(view, str(intervention), str(base), rows, one_source=one_source),
        )
        parts.append(people_table(view, table))
    return Html(*parts)


def _names(rows: pd.DataFrame) -> list[str]:
    return [words.inside(str(outcome)) for outcome in rows["outcome"]]


def _base_of_exits(view: FollowUpView, intervention: str, base: str, rows: pd.DataFrame, *, one_source: bool) -> str:
    """How many outcomes there are: the sum of the rows where all are shown, else as other tables tell it."""
    counts = list(rows.loc[rows["code"] != "total", "count"])
    if one_source and known(*counts):
        return base_sum(("outcomes", counts))
    frame = table_of(view, "reported")
    own = frame[(frame["group"] == "intervention") & (frame["category"] == intervention)] if len(frame) else frame
    told = first_record(with_shown(own, ["participations", "exits"])) if len(own) else {}
    of_exits = base == COMPLETED and bool(set(rows["code"]) & {*DESTINATIONS, "work_or_study"})
    number = told["exits" if of_exits else "participations"] if told and not told["years"] else None
    if known(number) and (of_exits or base == PARTICIPANTS):
        return base_sum(("outcomes", [number]))
    return base_sum(("outcomes", counts)) if one_source else ""


def _base_of_years(frame: pd.DataFrame) -> str:
    """How many took part, each intervention and year by itself: of all where that is told, else of the sexes."""
    rows = with_shown(frame[frame["measure"] == "participants"], ["count"])
    own = rows[rows["intervention"] != ""]
    told: list[Shown] = []
    for _, part in (own if len(own) else rows).groupby(["intervention", "year"], dropna=False):
        every = part[part["sex"] == "all"]
        told += list((every if len(every) else part)["count"])
    return base_sum(("yearly" if frame["year"].nunique() > 1 else "participants", told))
