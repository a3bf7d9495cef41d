"""Whose the cost is that must be paid back, and how sure anybody is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import PARTS_OF_STATE, SOCIETY, STATE, SUMS
from portfolj.economics.costs import PAYERS, PER_PARTICIPANT, TOTAL
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.numbered import source_column, source_list, source_numbers
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
    frame = _filled(view, frame)
    sources = [_whence(view, record, frame) for record in frame.to_dict("records")]
    rows = frame.assign(
        name=[words.label(view, str(actor)) for actor in frame["actor"]],
        sure=[words.confidence(str(code)) or swedish.NOT_APPLICABLE for code in frame["confidence"]],
        when=[_when(record, frame) for record in frame.to_dict("records")],
        whence=pd.Series(source_numbers(sources), index=frame.index, dtype="object"),
    )
    columns = [
        Column("name", "Vem som betalar"),
        *([Column("when", "År")] if rows["year"].notna().any() else []),
        *(
            Column(key, heading, lambda amount: swedish.number(amount), numeric=True, missing=swedish.NOT_APPLICABLE)
            for key, heading in ((PER_PARTICIPANT, "Per deltagare, kr"), (TOTAL, "I allt, kr"))
            if rows[key].notna().any()
        ),
        Column("sure", "Säkerhet"),
        source_column("whence"),
    ]
    table = Table(
        name="kostnad-som-raknas",
        caption="Kostnaden som ska betalas tillbaka",
        frame=rows,
        columns=columns,
        notes=[text for text in map(_ended, words.once(rows["note"])) if text != said],
        reconciles=_adds_up(frame),
    )
    return Html(paragraph(cost_source(view)), table.html(), source_list(sources))


def _filled(view: EconomicsView, frame: pd.DataFrame) -> pd.DataFrame:
    """The costs with what is not stated worked out: the total of a cost per participant, and the other way round."""
    summary = words.table_of(view, "payback_summary")
    if frame["actor"].duplicated().any() or summary.empty:
        return frame  # an actor's costs of several years, or nothing to work out from
    by_actor = summary.set_index("actor")
    total = frame["actor"].map(by_actor["cost_sek"])
    people = frame["actor"].map(by_actor["participants"]).astype("float64")
    each = (total / people).where(people > 0)
    return frame.assign(**{TOTAL: frame[TOTAL].fillna(total), PER_PARTICIPANT: frame[PER_PARTICIPANT].fillna(each)})


def _is_sum(record: dict[str, Any], frame: pd.DataFrame) -> bool:
    """Whether a row of society or the state is what the others come to, and not stated."""
    return record["actor"] in SUMS and not words.is_known(record["source"]) and not _is_from_ledger(record, frame)


def _is_from_ledger(record: dict[str, Any], frame: pd.DataFrame) -> bool:
    return (
        record["actor"] == SOCIETY and not words.is_known(record["source"]) and not set(PAYERS) <= set(frame["actor"])
    )


def _when(record: dict[str, Any], frame: pd.DataFrame) -> str:
    if words.is_known(record["year"]):
        return str(int(record["year"]))
    return swedish.NOT_APPLICABLE if record["actor"] in SUMS and not words.is_known(record["source"]) else "alla år"


def _whence(view: EconomicsView, record: dict[str, Any], frame: pd.DataFrame) -> str:
    if _is_from_ledger(record, frame):
        return "Det som liggaren har beviljat de insatser som följs upp"
    if not _is_sum(record, frame):
        return str(record["source"]) or swedish.MISSING
    parts = PARTS_OF_STATE if record["actor"] == STATE else [one for one in frame["actor"] if one not in SUMS]
    return f"Summan av {swedish.listed([words.inside(view, part) for part in parts])}"


def _adds_up(frame: pd.DataFrame) -> list[str]:
    """That the actors' costs are society's, as they are shown, where they are."""
    if frame["actor"].duplicated().any() or SOCIETY not in set(frame["actor"]):
        return []
    parts = frame[~frame["actor"].isin(SUMS)]
    society = frame[frame["actor"] == SOCIETY].iloc[0]
    if len(parts) < 2 or not _is_sum(society.to_dict(), frame):
        return []
    for key, what in ((PER_PARTICIPANT, "samhällets kostnad per deltagare"), (TOTAL, "samhällets kostnad i allt")):
        shown = [round(float(amount)) for amount in parts[key] if not swedish.is_missing(amount)]
        if len(shown) == len(parts) and words.is_known(society[key]) and sum(shown) == round(float(society[key])):
            told = " + ".join(swedish.number(amount) for amount in shown if amount)
            return [f"{told} = {words.kronor(sum(shown))}, {what}."]
    return []


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
