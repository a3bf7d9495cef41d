"""The rows of the sheets on what was reported as counts, printed and paid. A hidden figure is its sign, never empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.contradictions import contradiction_sentences
from portfolj.exhibits.followup.cost import cost_rows
from portfolj.exhibits.followup.printed import BLANK, VERDICTS, what
from portfolj.exhibits.followup.sheet_rows import by_group, sheet_cells, sheet_share
from portfolj.exhibits.followup.shown import HIDDEN, each, table_of, with_shown

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def reported_rows(view: FollowUpView) -> pd.DataFrame:
    """What was only reported as counts, summed, a row per category."""
    counts = ("participations", "exits", "to_work", "to_study", "to_training")
    rows = with_shown(table_of(view, "reported"), counts)
    if rows.empty:
        return rows
    bounds = {"Arbete eller studier, minst": "least_work_or_study", "Arbete eller studier, mest": "most_work_or_study"}
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            **by_group(view, rows, counts),
            "År som är summerade": list(rows["years"]),
            **{heading: sheet_cells(rows[key]) for heading, key in bounds.items()},
            **{
                f"Andel {words.inside(words.MEASURES[key])}, av avslut": sheet_cells(
                    each(rows, sheet_share, key, "exits")
                )
                for key in ("to_work", "to_study")
            },
            "Beviljat per deltagare, kr": list(rows["cost_per_participation_sek"]),
        }
    ).rename(columns={words.MEASURES["participations"]: "Deltagare, räknade varje år"})


def money_rows(view: FollowUpView) -> pd.DataFrame:
    """What a participation cost, a row per intervention and who paid, those without a known cost too."""
    rows = cost_rows(view)
    if rows.empty:
        return rows
    price = zip(rows["participations"], rows["cost_per_participation_sek"], strict=True)
    return pd.DataFrame(
        {
            "Insats": list(rows["intervention"]),
            "Pengar från": list(rows["from_whom"]),
            "Beviljat, kr": list(rows["granted_sek"]),
            "Rader i liggaren": list(rows["entries"]),
            "Därav utan belopp eller år": list(rows["incomplete"]),
            "Antal": sheet_cells(rows["participations"]),
            "Räknat på": list(rows["counted"]),
            "Beviljat per deltagande, kr": sheet_cells(HIDDEN if n is HIDDEN else amount for n, amount in price),
        }
    )


def national_rows(view: FollowUpView) -> pd.DataFrame:
    """The printed figures of the whole country."""
    frame = table_of(view, "national")
    if frame.empty or table_of(view, "outcomes").empty:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            "Mått": [words.measure(name) for name in frame["measure"]],
            "År": list(frame["year"]),
            "Procent, hela landet (tryckt)": list(frame["percent"]),
            "Vad som räknas": list(frame["note"]),
            "Källa": list(frame["source"]),
        }
    )


def contradictions_rows(view: FollowUpView) -> pd.DataFrame:
    """A sentence on each reported or printed figure that does not add up."""
    return pd.DataFrame({"Vad som inte går ihop": contradiction_sentences(view)})


def published_rows(view: FollowUpView) -> pd.DataFrame:
    """Printed figures beside what the rows give."""
    records = table_of(view, "published").to_dict("records")
    return pd.DataFrame(
        {
            "Uppgift": what(view, record),
            "Tryckt": record["printed"],
            "Räknat": swedish.HIDDEN if record["why_blank"] == "suppressed" else record["computed"],
            "Utfall": VERDICTS.get(str(record["verdict"]), str(record["verdict"])),
            "Varför inget räknat tal": BLANK.get(str(record["why_blank"]), ""),
            "Anmärkning": record["note"],
            "Källa": record["source"],
        }
        for record in records
    )
