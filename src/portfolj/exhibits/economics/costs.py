"""Whose the cost is that must be paid back, and how sure anybody is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import SOCIETY, SUMS, in_order
from portfolj.economics.costs import PER_PARTICIPANT
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

# From the weakest: the whole is no surer than its weakest part.
WHOSE = {
    "M": "är inte kontrollerad",
    "A": "är ett antagande, inte vad insatserna kostade",
    "P": "är hämtad ur en tryckt rapport",
    "D": "är räknad fram ur andra uppgifter",
    "V": "är kontrollerad mot sin källa",
    "O": "är förbundets egen uppgift",
}
PARTLY = {"M": "är till en del inte kontrollerad", "A": "bygger till en del på antaganden"}
KINDS = {True: "per deltagare", False: "i allt"}


def costs(view: EconomicsView) -> Html:
    """A sentence on whose the cost is and a row per stated cost; where none is stated, what stands in its place."""
    frame = words.table_of(view, "costs")
    if frame.empty:
        return paragraph(_from_ledger(view))
    rank = {actor: n for n, actor in enumerate(in_order(str(actor) for actor in frame["actor"]))}
    rows = frame.assign(_rank=frame["actor"].map(rank)).sort_values(["_rank", "year"], kind="stable")
    by_year = bool(rows["year"].notna().any())
    kinds = rows["key"].nunique() > 1
    rows = rows.assign(
        name=[words.label(view, str(actor)) if actor else "Alla" for actor in rows["actor"]],
        kind=[KINDS[key == PER_PARTICIPANT] for key in rows["key"]],
        sure=[words.confidence(str(code)) for code in rows["confidence"]],
    )
    per = per_participant_sek(view)
    in_parts = per is not None and SOCIETY not in set(rows["actor"]) and not kinds
    said = _said(frame)
    table = Table(
        name="kostnad-som-raknas",
        caption="Kostnaden som ska betalas tillbaka" + ("" if kinds else f", {rows['kind'].iloc[0]}"),
        frame=rows,
        columns=[
            Column("name", "Vem som betalar"),
            *([Column("kind", "Kostnad")] if kinds else []),
            *([Column("year", "År", lambda year: str(int(year)), missing="alla år")] if by_year else []),
            Column("value", "Kronor", _kr, numeric=True),
            Column("sure", "Säkerhet"),
            Column("source", "Källa"),
        ],
        total={"name": "Tillsammans", "value": per} if in_parts else None,
        notes=[text for text in map(_ended, words.once(rows["note"])) if text not in said],
    )
    return Html(paragraph(cost_source(view)), table.html())


def cost_source(view: EconomicsView) -> str:
    """Whose the cost is, with what its source says of it; empty where no cost is stated."""
    frame = words.table_of(view, "costs")
    if frame.empty:
        return ""
    codes = set(frame["confidence"].astype("str"))
    weakest = next((code for code in WHOSE if code in codes), "")
    whose = PARTLY.get(weakest, "") if len(codes) > 1 else ""
    whose = whose or WHOSE.get(weakest, "har en källa som anges nedan")
    per = per_participant_sek(view)
    amount = f"per deltagare, {swedish.kronor(round(per))}, " if per is not None else ""
    return f"Kostnaden {amount}{whose}. {_said(frame)}".strip()


def per_participant_sek(view: EconomicsView) -> float | None:
    """What a participant costs society: as stated, or the sum of what each actor pays, where each states it once."""
    frame = words.table_of(view, "costs")
    own = frame[frame["key"] == PER_PARTICIPANT] if not frame.empty else frame
    if own.empty or own["actor"].duplicated().any() or own["value"].isna().any():
        return None
    stated = own.loc[own["actor"] == SOCIETY, "value"]
    if len(stated):
        return float(stated.iloc[0])
    parts = own[~own["actor"].isin(SUMS)]
    return float(parts["value"].sum()) if len(own) == len(frame) and len(parts) > 1 else None


def _said(frame: pd.DataFrame) -> str:
    """What every stated cost says of itself, where they all say the same."""
    told = words.once(frame["note"])
    return _ended(told[0]) if len(told) == 1 else ""


def _from_ledger(view: EconomicsView) -> str:
    record: dict[str, Any] = words.record_of(words.table_of(view, "payback"), actor=SOCIETY)
    if view.basis != "incomes" and record and words.is_known(record["cost_sek"]):
        return (
            f"Samhällets kostnad är det som liggaren har beviljat de insatser som följs upp, "
            f"{words.money(record['cost_sek'])}. Vem av medlemmarna som har betalat säger liggaren inte."
        )
    if record and words.is_known(record["cost_sek"]):
        return "Kostnaden är angiven i samma fil som intäkterna."
    return "Ingen kostnad är känd. Utan den går det inte att räkna ut återbetalningstiden."


def _kr(amount_sek: float) -> str:
    return words.plain(amount_sek)


def _ended(text: object) -> str:
    return f"{swedish.sentence(str(text).strip().rstrip('.'))}." if words.is_known(text) else ""
