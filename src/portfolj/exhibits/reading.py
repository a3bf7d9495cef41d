"""For the analyst: what was read, what was set aside, what to look at in the ledger."""

from __future__ import annotations

import pandas as pd

from portfolj.errors import Reason
from portfolj.exhibits import swedish
from portfolj.exhibits.markup import LONGEST_LIST, Column, Html, Table, count_column, finding, paragraph
from portfolj.ledger.checking import SET_ASIDE_LABELS
from portfolj.portfolio.view import Portfolio

FIELDS = {
    "intervention_id": "Insatsens nummer",
    "name": "Insatsens namn",
    "applicant": "Sökande",
    "target_group_text": "Målgrupp",
    "description": "Beskrivning",
    "goal_text": "Mål",
    "decision_date": "Beslutsdatum",
    "year": "År",
    "amount": "Belopp",
    "granted": "Beviljat",
    "paid": "Utbetalt",
    "returned": "Återbetalt",
    "entry_type": "Typ av rad",
    "financing": "Finansiering",
    "document": "Dokument",
    "budget_line": "Del av budgeten",
}


def sources(portfolio: Portfolio) -> Html:
    """The files and sheets that were read: rows in, used and set aside."""
    prepared = portfolio.prepared
    frame = prepared.sources
    rows_in, used, aside = prepared.row_counts
    text = (
        f"{swedish.counted(rows_in, 'rad', 'rader')} in: {swedish.number(used)} användes och "
        f"{swedish.number(aside)} lades åt sidan. Av de använda raderna blev det "
        f"{swedish.interventions(len(prepared.interventions))}."
    )
    columns = [
        Column("file", "Fil"),
        Column("sheet", "Blad"),
        Column("header_row", "Rubrikrad", lambda v: str(int(v)), numeric=True, missing=swedish.NOT_APPLICABLE),
        Column("unit", "Beloppens enhet"),
        count_column("rows_in", "Rader in"),
        count_column("rows_used", "Använda"),
        count_column("rows_set_aside", "Åt sidan"),
        Column("note", "Anmärkning"),
        Column("short", "SHA-256, början"),
    ]
    frame = frame.assign(short=frame["sha256"].str[:12])
    table = Table(name="kallor", caption="Filer och blad som lästes", frame=frame, columns=columns)
    return Html(finding(text), table.html(), _headings(portfolio))


def _headings(portfolio: Portfolio) -> Html:
    columns = portfolio.prepared.columns
    frame = pd.DataFrame(
        {
            "field": list(FIELDS.values()),
            "heading": [columns.get(field) for field in FIELDS],
        }
    )
    frame = frame[frame["heading"].notna()]
    missing = [label.lower() for field, label in FIELDS.items() if field not in columns and field in _EXPECTED]
    notes = [f"Liggaren har ingen kolumn för {swedish.listed(missing, last='eller')}."] if missing else []
    return Table(
        name="rubriker", caption="Så lästes liggarens rubriker", frame=frame,
        columns=[Column("field", "Uppgift"), Column("heading", "Rubrik i liggaren")], notes=notes,
    ).html()  # fmt: skip


_EXPECTED = ("intervention_id", "applicant", "target_group_text", "description", "goal_text", "year", "financing")


def set_aside(portfolio: Portfolio) -> Html:
    """Every row of the ledger that was not used, with its reason."""
    frame = portfolio.prepared.set_aside
    if frame.empty:
        return paragraph("Alla rader i liggaren användes.")
    unread = frame[frame["reason"] == "sheet_not_read"]
    frame = frame[frame["reason"] != "sheet_not_read"]
    notes = [
        f"Bladet {sheet or file}: {swedish.counted(len(rows), 'rad', 'rader')}, läses inte."
        for (file, sheet), rows in unread.groupby(["file", "sheet"])
    ]
    if len(frame) > LONGEST_LIST:
        left = swedish.number(len(frame) - LONGEST_LIST)
        notes.append(f"Här visas de första {LONGEST_LIST}. Ytterligare {left} står i tables/set_aside.csv.")
        frame = frame.head(LONGEST_LIST)
    frame = frame.assign(reason=[swedish.sentence(SET_ASIDE_LABELS[reason][0]) for reason in frame["reason"]])
    columns = [
        Column("row", "Rad", lambda v: str(int(v)), numeric=True),
        Column("file", "Fil"),
        Column("sheet", "Blad"),
        Column("reason", "Varför"),
        Column("text", "Text på raden"),
    ]
    return Table(name="at-sidan", caption="Rader som lades åt sidan", frame=frame, columns=columns, notes=notes).html()


def remarks(portfolio: Portfolio) -> Html:
    """Things in the ledger to look at; none of them stopped the run."""
    found = portfolio.prepared.remarks
    if not found:
        return paragraph("Läsningen gav inga anmärkningar.")
    frame = pd.DataFrame(
        {
            "place": [remark.place for remark in found],
            "found": [remark.found for remark in found],
            "action": [remark.action for remark in found],
        }
    )
    personal = sum(remark.reason == Reason.PERSONAL_NUMBER for remark in found)
    notes = []
    if personal:
        places = swedish.counted(personal, "ställe", "ställen")
        notes.append(f"På {places} står något som ser ut som ett personnummer. Det visas inte och förs inte vidare.")
    columns = [Column("place", "Plats"), Column("found", "Vad som står där"), Column("action", "Att göra")]
    return Table(
        name="anmarkningar", caption="Anmärkningar på liggaren", frame=frame, columns=columns, notes=notes
    ).html()


def scope_of_reading(portfolio: Portfolio) -> Html:
    """How many interventions have each field at all: what there is to code from."""
    frame = portfolio.interventions
    fields = ["applicant", "target_group_text", "description", "goal_text"]
    counts = pd.DataFrame(
        {
            "field": [FIELDS[field] for field in fields],
            "count": [int(frame[field].notna().sum()) for field in fields],
        }
    )
    counts["share"] = [swedish.percent(count, len(frame)) for count in counts["count"]]
    columns = [
        Column("field", "Uppgift"),
        count_column("count", "Insatser som har den"),
        Column("share", "Andel", numeric=True),
    ]
    return Table(
        name="dokumenterat",
        caption=f"Vad som är dokumenterat om {swedish.interventions(len(frame))}, {portfolio.period_label}",
        frame=counts,
        columns=columns,
    ).html()
