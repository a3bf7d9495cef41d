"""The model from states before and after: who changed state, what that is a year, and which values are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import SOCIETY
from portfolj.economics.changes import some_unknown
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.apart import apart_income, in_state
from portfolj.exhibits.economics.income_table import income_table
from portfolj.exhibits.economics.lacking import (
    NO_GUESS,
    has_payback,
    has_states,
    missing_names,
    no_payback,
    not_from_states,
)
from portfolj.exhibits.economics.rules import not_in_force
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import HIDDEN, legend_note, signed, text_column
from portfolj.exhibits.markup import Column, Html, Table, bullets, finding, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def model_changes(view: EconomicsView) -> Html:
    """How many were in each state before and after."""
    frame = words.table_of(view, "changes")
    if not has_states(view):
        return not_from_states(view)
    apart = frame["apart"].astype("bool") if "apart" in frame else pd.Series(data=False, index=frame.index)
    rows = frame.assign(
        **{key: _counts(frame, key) for key in ("before", "after")},
        moved=moved(frame),
        label=[in_state(str(label), apart=each) for label, each in zip(frame["label"], apart, strict=True)],
    )
    known = bool(_adjusted(frame)) or some_unknown(view.remarks)
    hides = bool(frame["hidden"].any())
    table = Table(
        name="lagen-fore-efter",
        caption="Deltagare i varje läge, före och efter",
        frame=rows,
        columns=[
            Column("label", "Läge"),
            text_column("before", "Före"),
            text_column("after", "Efter"),
            text_column("moved", "Förändring bland dem som är kända" if known else "Förändring"),
        ],
        notes=[
            *([legend_note(view.follow_up)] if hides else []),
            *_adjusted(frame),
            *view.remarks,
            "Före och efter är samma deltagare. Tabellen säger inte vad som hade hänt utan insatserna.",
        ],
    )
    return Html(finding(_most(frame[~apart])), table.html())


def model_income(view: EconomicsView) -> Html:
    """What each actor wins a year by the changes; why it can't be said where it can't."""
    frame = words.table_of(view, "model_income")
    if frame.empty or not has_states(view):
        return not_from_states(view)
    rows = frame.set_index("actor").loc[words.actors_in(frame)].reset_index()
    if rows["income_1y_sek"].isna().all():
        if not has_payback(view):
            return no_payback(view)
        return finding(_income_finding(view, rows))
    table = income_table(
        view,
        rows,
        name="modellens-intakt",
        caption="Intäkt per år och aktör, räknad ur lägena",
        why=words.why,
        notes=[*_values_of(view), *not_in_force(view, "Intäkten här")],
    )
    return Html(finding(_income_finding(view, rows)), table.html(), apart_income(view))


def missing_values(view: EconomicsView) -> Html:
    """Which values are missing, and that nothing has been put in their place."""
    told = missing_names(view)
    if not has_payback(view):  # what is missing stands with how to add it: see lacking.how_to_add
        return left_out("Vilka värden som saknas står där sidan säger vad räkningen bygger på.")
    if not told:
        return paragraph("Inget värde som räkningen behöver saknas.")
    opening = f"Det här {words.NOT_COMPUTED}, eftersom {'värdena' if len(told) > 1 else 'värdet'} saknas:"
    return Html(
        paragraph(opening),
        bullets(told),
        note(f"Lägg till värdet med år och källa i förbundets egen fil med värden. {NO_GUESS}"),
    )


def _counts(frame: pd.DataFrame, key: str) -> pd.Series:
    made = [_hidden_or_none(hidden) if swedish.is_missing(value) else swedish.number(int(value))
            for value, hidden in zip(frame[key], frame["hidden"], strict=True)]  # fmt: skip
    return pd.Series(made, index=frame.index, dtype="object")


def _hidden_or_none(hidden: bool) -> Any:
    return HIDDEN if hidden else None


def moved(frame: pd.DataFrame) -> pd.Series:
    """The change of each state with its sign, or that it is hidden."""
    made = [_hidden_or_none(hidden) if swedish.is_missing(value) else signed(int(value))
            for value, hidden in zip(frame["change"], frame["hidden"], strict=True)]  # fmt: skip
    return pd.Series(made, index=frame.index, dtype="object")


def _adjusted(frame: pd.DataFrame) -> list[str]:
    """That a change is not after less before, with the row where they differ the most; nothing where none does."""
    plain = frame["after"] - frame["before"]
    off = (frame["change"] - plain).abs().fillna(0).astype("int64")
    if not off.any():
        return []
    row = frame.loc[off.idxmax()]
    before, after, change = int(row["before"]), int(row["after"]), int(row["change"])
    return [
        f"Förändringen är inte efter minus före, eftersom läget saknas för en del. Exempel: {row['label']} har "
        f"{before} före och {after} efter, en skillnad på {signed(after - before)}. Bland dem vars läge är känt båda "
        f"gångerna räknas den som {signed(change)}."
    ]


def _most(frame: pd.DataFrame) -> str:
    known = frame[frame["change"].notna() & (frame["change"] != 0)]
    if known.empty:
        return "Inget läge som får visas har fler eller färre deltagare efter än före."
    up, down = known[known["change"] > 0], known[known["change"] < 0]
    parts = []
    for rows, word in ((up, "fler"), (down, "färre")):
        if not rows.empty:
            row = rows.loc[rows["change"].abs().astype("int64").idxmax()]
            parts.append(f"{swedish.number(abs(int(row['change'])))} {word} i läget {_quoted(row['label'])}")
    of_known = " bland dem vars läge är känt" if _adjusted(frame) else ""
    return f"Störst förändring{of_known}: {swedish.listed(parts)}."


def _quoted(label: str) -> str:
    return f"”{label}”"


def _values_of(view: EconomicsView) -> list[str]:
    notes = [f"Räknat med värden för {view.value_year}. Vilka de är står i tabellen över värden."]
    if view.basis == "incomes":
        notes.append("Återbetalningstiderna på sidan bygger inte på den här tabellen, utan på intäkterna ur filen.")
    return notes


def _income_finding(view: EconomicsView, rows: pd.DataFrame) -> str:
    record = words.record_of(rows, actor=SOCIETY) or rows.iloc[0].to_dict()
    name = words.inside(view, str(record["actor"]))
    if not words.is_known(record["income_1y_sek"]):
        return f"Intäkten för {name} kan inte räknas ut: {words.why(record)}."
    return f"Skillnaden mellan före och efter är värd {words.money(record['income_1y_sek'])} per år för {name}."
