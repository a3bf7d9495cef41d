"""What others have published about how soon such interventions paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
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
        return swedish.kronor(value)

    rows = frame.assign(
        months=[words.months(value) if words.is_known(value) else None for value in frame["payback_months"]]
    )
    table = Table(
        name="andras-berakningar",
        caption="Vad andra har räknat fram",
        frame=rows,
        columns=[
            Column("label", "Vem eller vad"),
            text_column("months", "Återbetalningstid"),
            Column("max_cost_per_participant_sek", "Högsta kostnad per deltagare", kronor, numeric=True,
                   missing=swedish.NOT_APPLICABLE),
            Column("actual_cost_per_participant_sek", "Faktisk kostnad per deltagare", kronor, numeric=True,
                   missing=swedish.NOT_APPLICABLE),
            Column("evaluations", "Utvärderingar", lambda value: swedish.number(int(value)), numeric=True,
                   missing=swedish.NOT_APPLICABLE),
            Column("source", "Källa"),
        ],
        notes=[
            "Siffrorna är andras och är inte räknade om här. De gäller andra deltagare, andra år och andra kostnader. "
            "Om de bygger på en jämförelsegrupp framgår av källan. Lyckade insatser kan ha utvärderats oftare än andra."
        ],
    )  # fmt: skip
    return table.html()
