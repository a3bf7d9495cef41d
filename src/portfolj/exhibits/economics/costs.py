"""Whose the cost is that must be paid back, and how sure anybody is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolj.economics.actors import SOCIETY, SUMS
from portfolj.economics.costs import PER_PARTICIPANT, TOTAL
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


def costs(view: EconomicsView) -> Html:
    """A sentence on whose the cost is and a row per cost; where none is stated, what stands in its place."""
    frame = words.table_of(view, "costs")
    if frame.empty:
        return paragraph(_from_ledger(view))
    said = _said(view)
    rows = frame.assign(
        name=[words.label(view, str(actor)) for actor in frame["actor"]],
        sure=[words.confidence(str(code)) for code in frame["confidence"]],
        whence=[source or None for source in frame["source"]],
    )
    columns = [
        Column("name", "Vem som betalar"),
        *([Column("year", "År", lambda year: str(int(year)), missing="alla år")] if rows["year"].notna().any() else []),
        *(
            Column(key, heading, lambda amount: swedish.number(amount), numeric=True, missing=swedish.NOT_APPLICABLE)
            for key, heading in ((PER_PARTICIPANT, "Per deltagare, kr"), (TOTAL, "I allt, kr"))
            if rows[key].notna().any()
        ),
        Column("sure", "Säkerhet"),
        Column("whence", "Källa", missing="se raderna nedan"),
    ]
    table = Table(
        name="kostnad-som-raknas",
        caption="Kostnaden som ska betalas tillbaka",
        frame=rows,
        columns=columns,
        notes=[text for text in map(_ended, words.once(rows["note"])) if text != said],
    )
    return Html(paragraph(cost_source(view)), table.html())


def cost_source(view: EconomicsView) -> str:
    """Whose the cost is, with what its source says of it; empty where no cost is stated."""
    frame = words.table_of(view, "costs")
    if frame.empty:
        return ""
    codes = set(frame["confidence"].astype("str"))
    weakest = next((code for code in WHOSE if code in codes), "")
    stated = set(frame.loc[~frame["actor"].isin(SUMS), "confidence"].astype("str")) or codes
    whose = PARTLY.get(weakest, "") if len(stated) > 1 else ""
    whose = whose or WHOSE.get(weakest, "har en källa som anges nedan")
    society = words.record_of(frame, actor=SOCIETY)
    each = society.get(PER_PARTICIPANT)
    amount = "" if each is None or swedish.is_missing(each) else f"per deltagare, {swedish.kronor(round(each))}, "
    return f"Kostnaden {amount}{whose}. {_said(view)}".strip()


def _said(view: EconomicsView) -> str:
    """What is said of society's cost, or of every cost where they all say the same."""
    frame = words.table_of(view, "costs")
    told = words.once([words.record_of(frame, actor=SOCIETY).get("note", "")]) or words.once(frame["note"])
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


def _ended(text: object) -> str:
    return f"{swedish.sentence(str(text).strip().rstrip('.'))}." if words.is_known(text) else ""
