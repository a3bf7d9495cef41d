"""How many took part: participations, persons, anonymous and missing are different numbers, and stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import (
    LONGEST_FIRST,
    Shown,
    first_record,
    known,
    people_column,
    people_table,
    shown_value,
    table_of,
    under_finding,
    whole,
)
from portfolj.exhibits.markup import Column, Html, Table
from portfolj.followup.near_starts import NEAR_DAYS

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

ROWS = {
    "participations": ("Deltaganden", "En person i en insats från en start. Det är det som räknas i tabellerna."),
    "persons": ("Personer", "Olika personer bakom deltagandena. Anonyma kan inte räknas som personer."),
    "anonymous": ("Anonyma deltaganden", "Utan samtycke eller med skyddade uppgifter. De ingår i deltagandena."),
    "exits": ("Avslut", "Deltaganden som tog slut under perioden."),
    "ongoing": ("Pågående", "Deltaganden som inte hade tagit slut när perioden var över."),
    "missing_sex": ("Kön saknas", "Deltaganden utan uppgift om kön."),
    "missing_after": ("Efteråt saknas", "Avslut utan uppgift om sysselsättning efteråt."),
    "misregistered": ("Felregistreringar", "Rader som någon har tagit tillbaka. De är inte med i några siffror."),
    "put_together": (
        "Rader som har lagts ihop",
        "Rader om ett deltagande som redan står på en annan rad: samma person, insats och start. Det räknas en gång.",
    ),
    "near": (
        "Start nära en annan",
        f"Deltaganden där samma person hade börjat i samma insats högst {NEAR_DAYS} dagar tidigare. De räknas som egna "
        "deltaganden. Är de samma ska starten rättas i den ena filen.",
    ),
}


def participants(view: FollowUpView) -> Html:
    """The numbers that must not be taken for one another, a row each with what it is."""
    record = first_record(table_of(view, "participants"))
    if not record:
        return absent("participations")
    rows = participants_rows(view)
    frame = pd.DataFrame(rows, columns=["what", "count", "means"]).astype({"count": "object"})
    columns = [Column("what", "Tal"), people_column("count", "Antal"), Column("means", "Vad det är")]
    table = Table(
        name="deltagare",
        caption=f"Deltaganden, personer och det som saknas, {view.portfolio.period_label}",
        frame=frame,
        columns=columns,
    )
    return under_finding(participants_finding(view), people_table(view, table, longest=LONGEST_FIRST))


def participants_rows(view: FollowUpView) -> list[tuple[str, Shown, str]]:
    """Each number's label, what may be shown of it, and what it is; without what is not known of near starts."""
    record = first_record(table_of(view, "participants"))
    return [
        (label, shown_value(record, key), means)
        for key, (label, means) in ROWS.items()
        if key in record and not (key == "near" and shown_value(record, key) is None)
    ]


def kept_finding(view: FollowUpView) -> str:
    """That the figures are an earlier report's; empty where they are not."""
    if not view.kept:
        return ""
    return (
        "Siffrorna om deltaganden är desamma som i en tidigare rapport. För lite har ändrats sedan dess för att de nya "
        "ska kunna visas utan att några få personer pekas ut. Medelvärden visas inte så länge."
    )


def participants_finding(view: FollowUpView) -> str:
    """How many participations by how many persons; only with counts that are shown."""
    record = first_record(table_of(view, "participants"))
    total, persons = shown_value(record, "participations"), shown_value(record, "persons")
    exits, anonymous = shown_value(record, "exits"), shown_value(record, "anonymous")
    if not known(total):
        return ""
    text = swedish.counted(whole(total), "deltagande", "deltaganden")
    if known(persons, anonymous):
        by = swedish.counted(whole(persons), "person", "personer")
        unnamed = f" och {swedish.counted(whole(anonymous), 'anonymt', 'anonyma')}" if anonymous else ""
        text += f" av {by}{unnamed}" if persons or anonymous else ""
    when = "" if view.portfolio.period is None else f" {view.portfolio.period_label}"
    return f"Uppföljningen har {text}{when}{_ended(exits, total)}."


def _ended(exits: Shown, total: Shown) -> str:
    if not known(exits):
        return ""
    if whole(exits) == whole(total):
        return ", alla avslutade" if exits else ""
    return f", varav {swedish.number(whole(exits))} har avslutats"
