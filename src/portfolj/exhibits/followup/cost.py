"""What a participation costs, only where the money and the participations are both known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.outcomes import rows_of
from portfolj.exhibits.followup.shown import people_column, people_table, table_of
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def cost(view: FollowUpView) -> Html:
    """What a participation costs, for the interventions whose cost and participations are both known."""
    frame = table_of(view, "outcomes")
    if frame.empty or "cost_per_participation_sek" not in frame:
        return absent("participations")
    rows = rows_of(view, "intervention")
    priced = rows[rows["cost_per_participation_sek"].notna()] if not rows.empty else rows
    if priced.empty:
        return paragraph(
            "Ingen insats har både ett känt belopp och ett antal deltaganden som får visas. Därför går det inte att "
            "säga vad ett deltagande kostade."
        )
    unknown = len(rows) - len(priced)
    columns = [
        Column("label", "Insats"),
        people_column("participations", "Deltaganden"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True),
        Column("cost_per_participation_sek", "Beviljat per deltagande", _whole_kronor, numeric=True),
    ]
    table = Table(
        name="kostnad",
        caption=f"Beviljade pengar per deltagande, {view.portfolio.period_label}",
        frame=priced,
        columns=columns,
        notes=[
            "Beviljat är förbundets pengar enligt liggaren, inte vad insatsen kostade till slut. Andra finansiärers "
            "pengar är inte med.",
            *([f"{swedish.interventions(unknown)} till saknar belopp eller har ett dolt antal."] if unknown else []),
        ],
    )
    return people_table(view, table)


def _whole_kronor(amount: float) -> str:
    return swedish.kronor(round(amount))
