"""The model from states before and after: who changed state, who pays whom for it, and what that is a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from portfolj.economics.actors import EMPLOYERS, REAL_ECONOMY, SOCIETY, SUMS, in_order
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import not_from_states
from portfolj.exhibits.followup.shown import HIDDEN, legend_note, signed, text_column
from portfolj.exhibits.markup import Column, Html, Table, details, finding, money_column, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

ENDS = (EMPLOYERS, REAL_ECONOMY)


def model_changes(view: EconomicsView) -> Html:
    """How many were in each state before and after."""
    frame = words.table_of(view, "changes")
    if frame.empty:
        return not_from_states(view)
    rows = frame.assign(**{key: _counts(frame, key) for key in ("before", "after")}, moved=_moved(frame))
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
            "Före och efter är samma deltagare. Tabellen säger inte vad som hade hänt utan insatserna.",
        ],
    )
    return Html(finding(_most(frame)), table.html())


def model_flows(view: EconomicsView) -> Html:
    """Who wins and loses on each item, with the proof that what one pays another gets, then every flow for itself."""
    frame = words.table_of(view, "flows")
    if frame.empty:
        return not_from_states(view)
    actors = in_order(set(frame["payer"]) | set(frame["receiver"]) - set(SUMS))
    actors = [*(actor for actor in actors if actor not in ENDS), *(end for end in ENDS if end in actors)]
    items = list(dict.fromkeys(frame["item"]))
    cells = {item: _of_item(frame[frame["item"] == item], actors) for item in items}
    names = dict(zip(frame["item"], frame["label"], strict=True))
    rows = pd.DataFrame([{"label": names[item], **cells[item]} for item in items]).astype("object")
    total = {"label": "Summa", **{actor: _added(cells[item][actor] for item in items) for actor in actors}}
    hides = bool((frame["why"] == "hidden").any())
    table = Table(
        name="strommar",
        caption="Vem som vinner och förlorar på varje post, tkr per år",
        frame=rows,
        columns=[Column("label", "Post"),
                 *(Column(actor, words.label(view, actor), _amount, numeric=True, missing=words.NOT_COMPUTED)
                   for actor in actors)],
        total=total,
        reconciles=_cancels(view),
        notes=[
            *([legend_note(view.follow_up)] if hides else []),
            "Plus är pengar in, minus är pengar ut. Varje rad blir noll, eftersom det som en betalar får en annan. "
            "Produktion och resurser är det som skapas när någon arbetar och det som går åt i åtgärderna. Minus där "
            "är samhällets vinst.",
        ],
    )  # fmt: skip
    return Html(
        paragraph(
            "När någon går från bidrag till arbete byter pengar ägare: bidraget upphör, skatt och avgifter betalas in. "
            "Det gör en aktör rikare och en annan fattigare, men samhället vinner bara det som arbetet skapar."
        ),
        table.html(),
        details(f"Varje ström för sig ({swedish.number(len(frame))} rader)", _each_flow(view, frame).html()),
    )


def model_income(view: EconomicsView) -> Html:
    """What each actor wins a year by the changes; why it can't be said where it can't."""
    frame = words.table_of(view, "model_income")
    if frame.empty:
        return not_from_states(view)
    rows = frame.set_index("actor").loc[words.actors_in(frame)].reset_index()
    rows = rows.assign(
        label=[words.label(view, str(actor)) for actor in rows["actor"]],
        reason=["" if words.is_known(record["income_1y_sek"]) else words.why(record)
                for record in rows.to_dict("records")],
    )  # fmt: skip
    table = Table(
        name="modellens-intakt",
        caption="Intäkt per år och aktör, räknad ur lägena",
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            money_column("income_1y_sek", "Intäkt per år", words.money_scale(view), missing=words.NOT_COMPUTED),
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
        return paragraph("Inget värde som räkningen behöver saknas.")
    many = len(told) > 1
    return Html(
        paragraph(
            f"Det här kan inte beräknas, eftersom {'värden' if many else 'ett värde'} saknas: {swedish.listed(told)}."
        ),
        note(
            "Inget värde gissas, och inget lånas från ett annat år i det tysta. Lägg till värdet med år och källa i "
            "förbundets egen fil med värden, eller skriv i notebookens parametercell vilket års värde som ska användas."
        ),
    )


def _counts(frame: pd.DataFrame, key: str) -> pd.Series:
    made = [HIDDEN if hidden else None if swedish.is_missing(value) else swedish.number(int(value))
            for value, hidden in zip(frame[key], frame["hidden"], strict=True)]  # fmt: skip
    return pd.Series(made, index=frame.index, dtype="object")


def _moved(frame: pd.DataFrame) -> pd.Series:
    made = [HIDDEN if hidden else None if swedish.is_missing(value) else signed(int(value))
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


def _of_item(rows: pd.DataFrame, actors: list[str]) -> dict[str, Any]:
    """What each actor gets minus pays on one item: SEK, HIDDEN, or None where a value is missing."""
    found = {}
    for actor in actors:
        signs = [(1.0, rows[rows["receiver"] == actor]), (-1.0, rows[rows["payer"] == actor])]
        found[actor] = _added(
            HIDDEN if record["why"] == "hidden" else sign * record["sek"] if words.is_known(record["sek"]) else None
            for sign, own in signs
            for record in own.to_dict("records")
        )
    return found


def _added(values: Iterable[Any]) -> Any:
    listed = list(values)
    if HIDDEN in listed:
        return HIDDEN
    return None if None in listed else float(sum(listed))


def _amount(value: Any) -> str | Markup:
    from portfolj.exhibits.followup.shown import hidden_mark

    return hidden_mark() if value is HIDDEN else swedish.number(value / 1_000)


def _cancels(view: EconomicsView) -> list[str]:
    """That flows between actors cancel and that society is left with production less resources, where both hold."""
    frame = words.table_of(view, "cancel")
    if frame.empty or not {"sum_sek", "production_sek", "resources_sek", "society_sek"} <= set(frame.columns):
        return []
    if frame["sum_sek"].dropna().abs().max() >= 0.5:
        return []
    found = [frame[column].dropna() for column in ("production_sek", "resources_sek", "society_sek")]
    lines = ["Vad som betalas mellan aktörerna tar ut vartannat: summan är 0 kr."]
    if all(len(values) for values in found):
        production, resources, society = (float(values.iloc[0]) for values in found)
        if round(production - resources) == round(society):
            lines.append(
                f"{swedish.kronor(round(production))} i produktion minus {swedish.kronor(round(resources))} i resurser "
                f"är samhällets {swedish.kronor(round(society))}."
            )
    return lines


def _each_flow(view: EconomicsView, frame: pd.DataFrame) -> Table:
    hidden = frame["why"] == "hidden"
    rows = frame.assign(
        payer_label=[words.label(view, str(actor)) for actor in frame["payer"]],
        receiver_label=[words.label(view, str(actor)) for actor in frame["receiver"]],
        moved=_moved(frame.assign(hidden=hidden)),
        amount=pd.Series([_each_amount(record) for record in frame.to_dict("records")], index=frame.index,
                         dtype="object"),
    )  # fmt: skip
    return Table(
        name="strommar-var-for-sig",
        caption="Strömmarna, var och en",
        frame=rows,
        columns=[
            Column("label", "Post"),
            Column("state", "Läge"),
            Column("payer_label", "Från"),
            Column("receiver_label", "Till"),
            Column("sek_per_person_year", "Kr per person och år", lambda value: swedish.number(value), numeric=True,
                   missing="värde saknas"),
            text_column("moved", "Personer"),
            text_column("amount", "Kr per år", missing=words.NOT_COMPUTED),
        ],
    )  # fmt: skip


def _each_amount(record: dict[str, Any]) -> Any:
    if record["why"] == "hidden":
        return HIDDEN
    return swedish.number(record["sek"]) if words.is_known(record["sek"]) else None


def _values_of(view: EconomicsView) -> list[str]:
    return [f"Räknat med värden för {view.value_year}. Vilka de är står i tabellen över värden."]


def _income_finding(view: EconomicsView, rows: pd.DataFrame) -> str:
    record = words.record_of(rows, actor=SOCIETY) or rows.iloc[0].to_dict()
    name = words.inside(view, str(record["actor"]))
    if not words.is_known(record["income_1y_sek"]):
        return f"Intäkten för {name} kan inte räknas ut: {words.why(record)}."
    return f"Skillnaden mellan före och efter är värd {words.money(record['income_1y_sek'])} per år för {name}."
