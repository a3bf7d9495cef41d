"""What others have published about how soon such interventions paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.numbered import source_column, source_list, source_numbers
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def comparison(view: EconomicsView) -> Html:
    """A row per published study."""
    frame = words.table_of(view, "comparison")
    if frame.empty:
        return left_out("Det finns inga publicerade beräkningar att jämföra med.")

    def kronor(value: float) -> str:
        return words.kronor(value)

    sources = [str(source) for source in frame["source"]]
    rows = frame.assign(
        whence=pd.Series(source_numbers(sources), index=frame.index, dtype="object"),
        months=_months(frame, "payback_months"),
        highest=pd.Series(
            [None if swedish.is_missing(cost) else _highest(cost, months)
             for cost, months in zip(frame["max_cost_per_participant_sek"], frame["max_cost_months"], strict=True)],
            index=frame.index, dtype="object",
        ),
    )  # fmt: skip
    table = Table(
        name="andras-berakningar",
        caption="Vad andra har räknat fram",
        frame=rows,
        columns=[
            Column("label", "Vem eller vad"),
            text_column("months", "Återbetalningstid"),
            text_column("highest", "Högsta kostnad per deltagare"),
            Column("actual_cost_per_participant_sek", "Faktisk kostnad per deltagare", kronor, numeric=True,
                   missing=swedish.NOT_APPLICABLE),
            Column("evaluations", "Utvärderingar", lambda value: swedish.number(int(value)), numeric=True,
                   missing=swedish.NOT_APPLICABLE),
            source_column("whence"),
        ],
        notes=[
            "Siffrorna är andras och är inte räknade om här. De gäller andra deltagare, andra år och andra kostnader. "
            "Om de bygger på en jämförelsegrupp framgår av källan. Lyckade insatser kan ha utvärderats oftare än andra."
        ],
    )  # fmt: skip
    return Html(table.html(), source_list(sources))


def _months(frame: pd.DataFrame, column: str) -> pd.Series:
    told = [words.months(value) if words.is_known(value) else None for value in frame[column]]
    return pd.Series(told, index=frame.index, dtype="object")


def _highest(cost_sek: float, months: Any) -> str:
    told = words.kronor(cost_sek)
    return f"{told} för {words.months(months)}" if words.is_known(months) else told
