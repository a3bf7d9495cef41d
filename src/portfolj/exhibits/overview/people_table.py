"""The table of follow-up in the overview: only what the reports show."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import hidden_mark
from portfolj.exhibits.markup import Html, cells
from portfolj.exhibits.overview.frame import same_period
from portfolj.exhibits.overview.lines import NAME, REMARKS, overview_table, periods_of, text_column, with_names
from portfolj.exhibits.overview.people import exits_sum, follow_up_reason, followed, share_of_all, with_share


def follow_up_table(frame: pd.DataFrame) -> Html:
    """Participants who have ended and how many of them went to work or studies, only as the reports show it."""
    shown = with_names(frame).assign(
        exits=cells([_exits(record) for _, record in frame.iterrows()], frame),
        share=cells([_own_share(record) for _, record in frame.iterrows()], frame),
        remarks=[follow_up_reason(record) for _, record in frame.iterrows()],
    )
    groups = [group for group in same_period(frame) if len(followed(group.rows)) > 1]
    sums = [
        {
            NAME.key: f"{group.label}, {swedish.number(len(followed(group.rows)))} med uppföljning",
            "exits": exits_sum(group.rows),
            "share": share_of_all(group.rows),
            "remarks": f"Andelen gäller {swedish.number(len(with_share(group.rows)))} förbund.",
        }
        for group in groups
    ]
    return overview_table(
        "uppfoljning", f"Avslutade deltaganden per förbund, {periods_of(frame)}", shown,
        [NAME, text_column("exits", "Avslut"),
         text_column("share", "Till arbete eller studier"), REMARKS],
        sums=sums,
        notes=[
            "Talen är de som rapporterna visar. Ett tal som en rapport döljer för att skydda små grupper står som .. "
            "och är inte med i summan, som då är ”minst”.",
            "Förbunden räknar inte på samma underlag: rader per deltagande, bara antal eller utfall vid avslut. "
            "Deltagarna kan stå olika långt från arbete. Andelarna är ingen rangordning.",
        ],
    )  # fmt: skip


def _exits(record: pd.Series) -> Markup:
    if pd.notna(record["exits"]):
        return escape(swedish.number(int(record["exits"])))
    return hidden_mark() if record["follow_up_suppressed"] else escape(swedish.NOT_APPLICABLE)


def _own_share(record: pd.Series) -> Markup:
    if pd.notna(record["share_work_or_study"]):
        return escape(swedish.percent(float(record["share_work_or_study"]), 1.0))
    return hidden_mark() if record["follow_up_suppressed"] else escape(swedish.NOT_APPLICABLE)
