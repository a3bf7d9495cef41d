"""The nation's figures beside the federation's own, with what they count, which has changed from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.base import base, base_reported
from portfolj.exhibits.followup.kinds import absent, left_out
from portfolj.exhibits.followup.outcomes import rows_of
from portfolj.exhibits.followup.reported import bounds_text, reported_rows
from portfolj.exhibits.followup.shares import interval_text
from portfolj.exhibits.followup.shown import HIDDEN, first_record, of_whole, people_table, text_column
from portfolj.exhibits.markup import Column, Html, Table, definitions, paragraph
from portfolj.followup.shares import national_outcomes

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

NOT_ALIKE = (
    "Landets siffror räknas inte på samma sätt varje år: vilka insatser som är med och hur många deltagare som har "
    "personuppgifter har ändrats. De kan inte läsas som en utveckling, och förbundets deltagare kan stå närmare eller "
    "längre från arbete än landets."
)


def national(view: FollowUpView) -> Html:
    """A row for the federation and one per year that national figures were printed for."""
    record = first_record(rows_of(view, "all"))
    if not record:
        return absent("participations")
    what = f"{of_whole(record['exits'], 'avslut')}. De vars läge efteråt saknas räknas med bland avsluten."
    share = interval_text(record["work_or_study"], record["exits"])
    counted_of = base(view, ("Sysselsättning efteråt", record["missing_after"]), exits=True)
    return _beside(view, "landet", share, what, counted_of)


def reported_national(view: FollowUpView) -> Html:
    """The same for what was only reported as counts, where those to work and those to studies both are.

    The nation's figures are left to ``national`` where that has them.
    """
    record = first_record(reported_rows(view, "all"))
    if not record:
        return absent("counts")
    exits = record["exits"]
    share: object = bounds_text(record["least_work_or_study"], record["most_work_or_study"], exits)
    if share is None:
        if None in (record["to_work"], record["to_study"], exits):
            return left_out(
                "Arbete och studier är inte redovisat för alla. Därför går det inte att jämföra med landet."
            )
        share = HIDDEN if HIDDEN in (record["to_work"], record["to_study"], exits) else None
    what = f"{of_whole(exits, 'avslut')} i insatser som bara redovisar antal."
    nation = not first_record(rows_of(view, "all"))
    return _beside(view, "landet-antal", share, what, base_reported(view), nation=nation)


def _beside(view: FollowUpView, name: str, share: object, what: str, counted_of: str, *, nation: bool = True) -> Html:
    own = {"who": view.portfolio.federation.name, "year": view.portfolio.period_label, "share": share, "what": what}
    rows = [own]
    printed = national_outcomes()
    printed = printed[(printed["measure"] == "work_or_study") & nation]
    for figure in printed.to_dict("records"):
        checked = "" if figure["status"] != "unverified" else " Inte kontrollerad mot originalet."
        rows.append(
            {
                "who": "Hela landet (tryckt)",
                "year": str(int(figure["year"])),
                "share": f"{swedish.number(figure['percent'])}{swedish.NBSP}%",
                "what": f"{figure['note']} Källa: {figure['source']}.{checked}",
            }
        )
    table = Table(
        name=name,
        caption=f"Andel till arbete eller studier, förbundet{' och hela landet' if nation else ', redovisade antal'}",
        frame=pd.DataFrame(rows).astype("object"),
        columns=[
            Column("who", "Vem"),
            Column("year", "År"),
            text_column("share", "Till arbete eller studier", missing=swedish.NOT_APPLICABLE),
        ],
        base=counted_of,
        notes=[NOT_ALIKE if nation else "Landets siffror står under Jämfört med landet."],
    )
    counted = definitions([(f"{row['who']}, {row['year']}", str(row["what"])) for row in rows])
    return Html(people_table(view, table), paragraph("Vad som räknas:"), counted)
