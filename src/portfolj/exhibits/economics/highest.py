"""What a participant may cost at the most for the cost to be paid back within a certain time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.economics.payback import MONTHS
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import no_payback
from portfolj.exhibits.economics.rules import in_short, per_year
from portfolj.exhibits.economics.unknown_years import unknown_notes
from portfolj.exhibits.markup import Column, Html, Table, finding

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

NOTHING_BACK = "En aktör som inte får någon intäkt får inte tillbaka något belopp, hur litet det än är. Där står 0."


def highest_cost(view: EconomicsView) -> Html:
    """The highest cost per participant that pays back in so many months, beside what a participant did cost."""
    frame = words.table_of(view, "highest_cost")
    if frame.empty:
        return no_payback(view)
    spans = sorted({int(months) for months in frame["months"]})
    records = []
    for actor in words.actors_in(frame):
        own = frame[frame["actor"] == actor]
        highest = {int(m): cost for m, cost in zip(own["months"], own["highest_cost_per_participant_sek"], strict=True)}
        first = own.iloc[0]
        records.append(
            {
                "label": words.label(view, actor),
                "income": first["income_per_participant_sek"],
                "cost": first["cost_per_participant_sek"],
                **{f"in_{months}": highest.get(months) for months in spans},
            }
        )
    table = Table(
        name="hogsta-kostnad",
        caption="Högsta kostnad per deltagare som är betald inom en viss tid, kr",
        frame=pd.DataFrame(records),
        columns=[
            Column("label", "Aktör"),
            *(Column(f"in_{months}", f"Inom {_span(months)}", _kr, numeric=True, missing=words.NOT_COMPUTED)
              for months in spans),
            Column("cost", "Räknad kostnad", _kr, numeric=True, missing=swedish.MISSING),
            Column("income", _income_heading(view), _kr, numeric=True, missing=words.NOT_COMPUTED),
        ],
        notes=[
            *([NOTHING_BACK] if (frame["highest_cost_per_participant_sek"] == 0).any() else []),
            *unknown_notes(view),
            in_short(view),
        ],
    )  # fmt: skip
    text = highest_cost_finding(view)
    return Html(*([finding(text)] if text else []), table.html())


def highest_cost_finding(view: EconomicsView) -> str:
    """What a participant may cost society at the most to be paid within the longest time; empty where not known."""
    frame = words.table_of(view, "highest_cost")
    if frame.empty:
        return ""
    actor = words.actors_in(frame)[0]
    own = frame[frame["actor"] == actor].sort_values("months")
    record = own.iloc[-1].to_dict()
    highest, cost = record["highest_cost_per_participant_sek"], record["cost_per_participant_sek"]
    if not words.is_known(highest):
        return ""
    name, span = words.inside(view, actor), _span(int(record["months"]))
    text = f"För {name} får en deltagare kosta högst {words.kronor(highest)} för att vara betald inom {span}"
    if not words.is_known(cost):
        return f"{text}."
    than = "högre" if cost > highest else "lägre" if cost < highest else "lika hög"
    return f"{text}. Den räknade kostnaden är {than}: {words.kronor(cost)}."


def _income_heading(view: EconomicsView) -> str:
    return "Intäkt per deltagare och år" if per_year(view) == "per år" else "Intäkt per deltagare första året"


def _span(months: int) -> str:
    years = months // MONTHS
    if months % MONTHS:
        return swedish.counted(months, "månad", "månader")
    return "ett år" if years == 1 else f"{swedish.in_words(years)} år"


def _kr(value: float) -> str:
    return swedish.number(value)
