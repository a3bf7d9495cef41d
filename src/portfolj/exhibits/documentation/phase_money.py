"""The phases' money against what the ledger says was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.documentation.words import AGREES
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView


def phase_money(view: DocumentationView) -> Html:
    """A row per intervention with phases, and which of them the ledger does not agree with."""
    frame = view.tables["phase_sums"]
    if frame.empty:
        return left_out("Det finns inga faser att jämföra med liggaren.")
    shown = frame.assign(
        count=[swedish.counted(count, "fas", "faser") for count in frame["phases"]],
        told=[AGREES[code] for code in frame["agrees"]],
        difference_sek=frame["difference_sek"].where(frame["agrees"] == "differs"),
    )
    columns = [
        Column("name", "Insats"),
        Column("count", "Faser"),
        Column("planned_sek", "Alla faser", swedish.kronor, numeric=True),
        Column("decided_sek", "Beslutade faser", swedish.kronor, numeric=True),
        Column("granted_sek", "Beviljat i liggaren", swedish.kronor, numeric=True),
        Column("told", "Stämmer"),
    ]
    if (frame["agrees"] == "differs").any():
        columns.append(Column("difference_sek", "Beviljat minus beslutade faser", swedish.kronor, numeric=True,
                              missing=swedish.NOT_APPLICABLE))  # fmt: skip
    table = Table(
        name="faser-liggare",
        caption="Fasernas pengar jämförda med liggaren, alla år",
        frame=shown,
        columns=columns,
        notes=["Beviljat är medlemmarnas pengar alla år i liggaren, eller andras där medlemmarna inte har bidragit."],
    )
    return Html(paragraph(phase_money_finding(view)), table.html())


def phase_money_finding(view: DocumentationView) -> str:
    """For how many interventions the phases and the ledger disagree, or that none does; empty without phases."""
    frame = view.tables["phase_sums"]
    if frame.empty:
        return ""
    differs = frame[frame["agrees"] == "differs"]
    if len(differs):
        names = swedish.listed([str(name) for name in differs["name"]])
        return f"Fasernas pengar stämmer inte med liggaren för {names}."
    unknown = int(frame["agrees"].isin(("amount_missing", "not_in_ledger")).sum())
    if unknown == len(frame):
        return "Det går inte att säga om fasernas pengar stämmer med liggaren."
    if unknown:
        return (
            "Fasernas pengar stämmer med liggaren där det går att jämföra. "
            f"För {swedish.interventions(unknown)} går det inte."
        )
    return "Fasernas pengar stämmer med liggaren."
