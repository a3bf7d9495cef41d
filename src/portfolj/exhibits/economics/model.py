"""The model from states before and after: who changed state, what that is a year, and which values are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import SOCIETY
from portfolj.economics.flows import income_of
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import has_payback, has_states, not_from_states
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import HIDDEN, legend_note, signed, text_column
from portfolj.exhibits.markup import Column, Html, Table, bullets, finding, money_column, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def model_changes(view: EconomicsView) -> Html:
    """How many were in each state before and after."""
    frame = words.table_of(view, "changes")
    if not has_states(view):
        return not_from_states(view)
    rows = frame.assign(**{key: _counts(frame, key) for key in ("before", "after")}, moved=moved(frame))
    hides = bool(frame["hidden"].any())
    table = Table(
        name="lagen-fore-efter",
        caption="Deltagare i varje läge, före och efter",
        frame=rows,
        columns=[
            Column("label", "Läge"),
            text_column("before", "Före"),
            text_column("after", "Efter"),
            text_column("moved", "Förändring"),
        ],
        notes=[
            *([legend_note(view.follow_up)] if hides else []),
            *view.remarks,
            "Före och efter är samma deltagare. Tabellen säger inte vad som hade hänt utan insatserna.",
        ],
    )
    return Html(finding(_most(frame)), table.html())


def model_income(view: EconomicsView) -> Html:
    """What each actor wins a year by the changes; why it can't be said where it can't."""
    frame = words.table_of(view, "model_income")
    if frame.empty or not has_states(view):
        return not_from_states(view)
    rows = frame.set_index("actor").loc[words.actors_in(frame)].reset_index()
    if rows["income_1y_sek"].isna().all():
        return finding(_income_finding(view, rows))
    rows = rows.assign(
        label=[words.label(view, str(actor)) for actor in rows["actor"]],
        reason=["" if words.is_known(record["income_1y_sek"]) else words.why(record)
                for record in rows.to_dict("records")],
    )  # fmt: skip
    flows = words.table_of(view, "flows")
    if not flows.empty and flows["apart"].any():
        apart = income_of(flows, apart=True).set_index("actor")["income_1y_sek"]
        rows = rows.assign(apart=rows["actor"].map(apart))
    table = Table(
        name="modellens-intakt",
        caption="Intäkt per år och aktör, räknad ur lägena",
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            money_column("income_1y_sek", "Intäkt per år", words.money_scale(view), missing=words.NOT_COMPUTED),
            *(
                [
                    money_column(
                        "apart", "Jobb med lönestöd, för sig", words.money_scale(view), missing=words.NOT_COMPUTED
                    )
                ]
                if "apart" in rows
                else []
            ),
            *([Column("reason", "Varför den saknas")] if rows["reason"].ne("").any() else []),
        ],
        notes=_values_of(view),
    )
    return Html(finding(_income_finding(view, rows)), table.html())


def missing_values(view: EconomicsView) -> Html:
    """Which values are missing, and that nothing has been put in their place."""
    told = [str(missing) for missing in view.values.missing]
    for name in ("flows", "model_income", "payback"):
        frame = words.table_of(view, name)
        if "missing" in frame:
            told += [part for text in frame["missing"] for part in words.unjoined(text)]
    told = words.once(told)
    if not told:
        text = "Inget värde som räkningen behöver saknas."
        return paragraph(text) if has_payback(view) else left_out(text)
    opening = f"Det här {words.NOT_COMPUTED}, eftersom {'värdena' if len(told) > 1 else 'värdet'} saknas:"
    return Html(
        paragraph(opening),
        bullets(told),
        note(
            "Inget värde gissas, och inget lånas från ett annat år i det tysta. Lägg till värdet med år och källa i "
            "förbundets egen fil med värden, eller skriv i notebookens parametercell vilket års värde som ska användas."
        ),
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
    return f"Störst förändring: {swedish.listed(parts)}."


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
