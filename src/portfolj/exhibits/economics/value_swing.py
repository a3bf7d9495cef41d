"""Which assumed value matters most: each moved alone a quarter down and up, and where the answer turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.options import HORIZON_YEARS
from portfolj.economics.value_sensitivity import SPAN_SHARE
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, details, finding, money_column, note

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

SHOWN = 8  # of each actor; the rest moves little, and stands in the file
NOT_VARIED = (
    "Värden som är hämtade ur en källa, tryckta eller härledda ändras inte här. Att lönen svarar mot vad en deltagare "
    "producerar är ändå ett antagande, och det väger tungt för samhället."
)


def value_swing(view: EconomicsView) -> Html:
    """The table of the first actor that bears a cost, then those of the others to open; nothing without such values."""
    frame = words.table_of(view, "value_sensitivity")
    actors = words.actors_who_pay(view, frame)
    if not actors:
        return left_out("Räkningen använder inget antaget värde.")
    first, *others = actors
    closed = [details(f"{words.label(view, actor)}: värdena som betyder mest", _table(view, frame, actor).html())
              for actor in others]  # fmt: skip
    return Html(finding(value_finding(view)), _table(view, frame, first).html(), note(NOT_VARIED), *closed)


def value_finding(view: EconomicsView) -> str:
    """Which value moves the first actor's result the most, and by how much; empty where there is none."""
    frame = words.table_of(view, "value_sensitivity")
    actors = words.actors_who_pay(view, frame)
    if not actors:
        return ""
    top = frame[frame["actor"] == actors[0]].iloc[0].to_dict()
    low, high = sorted((float(top["result_low_sek"]), float(top["result_high_sek"])))
    return (
        f"Av de antagna värdena betyder {_named(top)} mest för {words.inside(view, actors[0])}. En fjärdedel upp eller "
        f"ned flyttar resultatet efter {swedish.in_words(HORIZON_YEARS)} år från {words.money(low)} till "
        f"{words.money(high)}."
    )


def _table(view: EconomicsView, frame: pd.DataFrame, actor: str) -> Table:
    rows = frame[frame["actor"] == actor]
    more = len(rows) - SHOWN
    rows = rows.head(SHOWN)
    records = rows.to_dict("records")
    scale = words.money_scale(view)
    share = swedish.percent(SPAN_SHARE, 1)
    notes = [
        f"Varje värde ändras {share} nedåt och uppåt. Hur osäkert det är vet ingen: {share} är ett antagande, lika för "
        "alla, så att ordningen visar vad som väger mest.",
        *([f"{swedish.counted(more, 'värde', 'värden')} till flyttar resultatet mindre. De står i "
           "value_sensitivity.csv."] if more > 0 else []),
    ]  # fmt: skip
    return Table(
        name=f"varden-{actor}",
        caption=f"{words.label(view, actor)}: resultat efter {swedish.in_words(HORIZON_YEARS)} år när ett värde i "
        "taget ändras",
        frame=rows.assign(
            named=[swedish.sentence(_named(record)) for record in records],
            now=[_written(record, record["base"]) for record in records],
            switching=pd.Series([_switching(record) for record in records], index=rows.index, dtype="object"),
        ),
        columns=[
            Column("named", "Värde"),
            text_column("now", "Räknat med"),
            money_column("result_low_sek", f"Resultat vid {share} lägre", scale),
            money_column("result_high_sek", f"Resultat vid {share} högre", scale),
            text_column("switching", "Brytvärde", missing="finns inget"),
        ],
        notes=notes,
    )


def _named(record: dict[str, Any]) -> str:
    label = str(record["label"])
    return label[:1].lower() + label[1:]


def _written(record: dict[str, Any], figure: float) -> str:
    unit = str(record["unit"]).split(" per ")[0]
    sign = swedish.NBSP + ("%" if unit in ("%", "procent") else unit)
    decimals = 0 if float(figure).is_integer() or unit == "kr" else 1
    return f"{swedish.number(figure, decimals=decimals)}{sign}"


def _switching(record: dict[str, Any]) -> str | None:
    value = record["switching_value"]
    return None if swedish.is_missing(value) else _written(record, float(value))
