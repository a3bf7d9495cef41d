"""Who pays whom when people change state: a row per item and a column per actor, and that it all cancels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import EMPLOYERS, REAL_ECONOMY, SUMS, in_order
from portfolj.economics.society import society_of
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.apart import in_state
from portfolj.exhibits.economics.lacking import has_payback, has_states, no_payback, not_from_states
from portfolj.exhibits.economics.model import moved
from portfolj.exhibits.economics.rules import not_in_force
from portfolj.exhibits.followup.shown import HIDDEN, legend_note, text_column
from portfolj.exhibits.markup import Column, Html, Table, details, finding, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

HIDDEN_CODE = "hidden"  # why an amount of the table is not there
CANCELLED_SEK = 0.5  # less than a whole krona is rounding
ENDS = (EMPLOYERS, REAL_ECONOMY)


def model_flows(view: EconomicsView) -> Html:
    """Who wins and loses on each item, with the proof that what one pays another gets, then every flow for itself."""
    every = words.table_of(view, "flows")
    if every.empty or not has_states(view):
        return not_from_states(view)
    frame = every[~every["apart"].astype("bool")]
    if frame["sek"].isna().any() and not frame["sek"].fillna(0).any():
        if not has_payback(view):
            return no_payback(view)
        return finding("Vad som betalas mellan aktörerna går inte att räkna ut: värden saknas eller antal är dolda.")
    actors = in_order((set(frame["payer"]) | set(frame["receiver"])) - {*SUMS, ""})
    actors = [*(actor for actor in actors if actor not in ENDS), *(end for end in ENDS if end in actors)]
    items = list(dict.fromkeys(frame["item"]))
    cells = {item: _of_item(frame[frame["item"] == item], actors) for item in items}
    names = dict(zip(frame["item"], frame["label"], strict=True))
    actors = [actor for actor in actors if any(cells[item][actor] != 0 for item in items)]
    items = [item for item in items if any(cells[item][actor] != 0 for actor in actors)]
    rows = pd.DataFrame(
        [{"label": names[item], **{actor: _moved(cells[item][actor]) for actor in actors}} for item in items]
    ).astype("object")
    total = {"label": "Summa", **{actor: _amount(_added(cells[item][actor] for item in items)) for actor in actors}}
    hides = bool((every["why"] == HIDDEN_CODE).any())
    table = Table(
        name="strommar",
        caption="Vem som vinner och förlorar på varje post, tkr per år",
        frame=rows,
        columns=[Column("label", "Post"),
                 *(text_column(actor, words.label(view, actor), missing=words.NOT_COMPUTED) for actor in actors)],
        total=total,
        reconciles=_cancels(view),
        notes=[
            *([legend_note(view.follow_up)] if hides else []),
            "Plus är pengar in, minus är pengar ut. Varje rad blir noll, eftersom det som en betalar får en annan. "
            "Produktion och resurser är det som skapas när någon arbetar och det som går åt i åtgärderna. Står det "
            "minus där har samhället vunnit. Ett streck betyder att posten inte rör aktören.",
            *not_in_force(view, "Beloppen här"),
        ],
    )  # fmt: skip
    return Html(
        paragraph(
            "När någon går från bidrag till arbete byter pengar ägare: bidraget upphör, skatt och avgifter betalas in. "
            "Det gör en aktör rikare och en annan fattigare, men samhället vinner bara det som arbetet skapar."
        ),
        table.html(),
        details(f"Varje ström för sig ({swedish.number(len(every))} rader)", _each_flow(view, every).html()),
    )


def _of_item(rows: pd.DataFrame, actors: list[str]) -> dict[str, Any]:
    """What each actor gets minus pays on one item: SEK, HIDDEN, or None where a value is missing."""
    found = {}
    for actor in actors:
        # A flow whose payer nobody knows may be anyone's, but not the real economy's.
        anybody = (rows["payer"] == "") & (actor != REAL_ECONOMY)
        signs = [(1.0, rows[rows["receiver"] == actor]), (-1.0, rows[(rows["payer"] == actor) | anybody])]
        found[actor] = _added(
            HIDDEN if record["why"] == HIDDEN_CODE else sign * record["sek"] if words.is_known(record["sek"]) else None
            for sign, own in signs
            for record in own.to_dict("records")
        )
    return found


def _added(values: Iterable[Any]) -> Any:
    listed = list(values)
    if HIDDEN in listed:
        return HIDDEN
    return None if None in listed else float(sum(listed))


def _amount(value: Any) -> Any:
    """Thousands of kronor as text; hidden and missing as they are."""
    return value if value is HIDDEN or value is None else swedish.number(value / 1_000)


def _moved(value: Any) -> Any:
    """The same of one item, with a dash where it moves nothing."""
    return swedish.NOT_APPLICABLE if value == 0 else _amount(value)


def _cancels(view: EconomicsView) -> list[str]:
    """That flows between actors cancel and that society is left with production less resources, where both hold."""
    sums = words.table_of(view, "cancel")
    if sums.empty or sums["sum_sek"].isna().all() or sums["sum_sek"].abs().max() >= CANCELLED_SEK:
        return []
    rest = int(sums["sum_sek"].isna().sum())
    but = "" if not rest else f" Det gäller de poster som går att räkna ut; {swedish.in_words(rest)} gör det inte."
    lines = [f"Vad som betalas mellan aktörerna tar ut vartannat: summan är 0 kr.{but}"]
    production, resources, society = society_of(words.table_of(view, "flows"))
    if words.is_known(society):
        lines.append(
            f"{swedish.kronor(round(production))} i produktion minus {swedish.kronor(round(resources))} i resurser är "
            f"samhällets {swedish.kronor(round(society))}."
        )
    return lines


def _each_flow(view: EconomicsView, frame: pd.DataFrame) -> Table:
    hidden = frame["why"] == HIDDEN_CODE
    changes = words.table_of(view, "changes")
    names = dict(zip(changes["state"], changes["label"], strict=True)) if not changes.empty else {}
    rows = frame.assign(
        state_label=[in_state(names.get(state, swedish.NOT_APPLICABLE), apart=bool(apart))
                     for state, apart in zip(frame["state"], frame["apart"], strict=True)],
        payer_label=[words.label(view, str(actor)) for actor in frame["payer"]],
        receiver_label=[words.label(view, str(actor)) for actor in frame["receiver"]],
        moved=moved(frame.assign(hidden=hidden)),
        amount=pd.Series([_each_amount(record) for record in frame.to_dict("records")], index=frame.index,
                         dtype="object"),
    )  # fmt: skip
    return Table(
        name="strommar-var-for-sig",
        caption="Strömmarna, var och en",
        frame=rows,
        columns=[
            Column("label", "Post"),
            Column("state_label", "Läge"),
            Column("payer_label", "Från"),
            Column("receiver_label", "Till"),
            Column("sek_per_person_year", "Kr per person och år", lambda value: swedish.number(value), numeric=True,
                   missing="värde saknas"),
            text_column("moved", "Personer"),
            text_column("amount", "Kr per år", missing=words.NOT_COMPUTED),
        ],
    )  # fmt: skip


def _each_amount(record: dict[str, Any]) -> Any:
    if record["why"] == HIDDEN_CODE:
        return HIDDEN
    return swedish.number(record["sek"]) if words.is_known(record["sek"]) else None
