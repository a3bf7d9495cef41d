"""What the calculation rests on: whose figures, which years and whose cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import SOCIETY, SUMS
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import has_payback, how_to_add
from portfolj.exhibits.economics.rules import in_short
from portfolj.exhibits.markup import Column, Html, Table, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

RESTS_ON = {
    "incomes": "Intäkterna är hämtade ur en fil där någon redan har räknat fram dem per år och aktör. De är inte "
    "räknade om här. Det som är räknat här är resultat, återbetalningstid, osäkerhet och vad som krävs för att gå "
    "jämnt ut.",
    "transitions": "Intäkterna är räknade här, ur antalet deltagare i varje läge före och efter. Varje läge har ett "
    "värde i kronor per år. Värdena står i en tabell längre ned.",
    "rows": "Intäkterna är räknade här, ur vad deltagarna i uppföljningen gjorde och försörjde sig på före och efter. "
    "Varje läge har ett värde i kronor per år. Värdena står i en tabell längre ned.",
}
WHOSE = {
    "O": "Kostnaden per deltagare är förbundets egen uppgift.",
    "A": "Kostnaden per deltagare är ett antagande, inte vad insatserna kostade.",
    "P": "Kostnaden per deltagare är hämtad ur en tryckt rapport.",
    "D": "Kostnaden per deltagare är räknad fram ur andra uppgifter.",
    "V": "Kostnaden per deltagare är kontrollerad mot sin källa.",
    "M": "Kostnaden per deltagare är inte kontrollerad.",
}


def basis(view: EconomicsView) -> Html:
    """Where incomes and costs come from; without any, what is missing and how to add it."""
    if not has_payback(view):
        return how_to_add()
    told = f"{RESTS_ON.get(view.basis, '')} {_years(view)}"
    return Html(paragraph(told.strip()), _costs(view), note(in_short(view)))


def cost_source(view: EconomicsView) -> str:
    """Whose the cost is, with what its source says of it; empty where no cost is known."""
    frame = words.table_of(view, "costs")
    known = frame[frame["cost_per_participant_sek"].notna()] if not frame.empty else frame
    if known.empty:
        return ""
    record = _of_society(known)
    amount = swedish.kronor(record["cost_per_participant_sek"])
    said = _ended(record.get("note")) or _ended(record.get("source"))
    return " ".join(text for text in (f"{_whose(record)[:-1]}: {amount}.", said) if text)


def _years(view: EconomicsView) -> str:
    years = sorted(set(words.table_of(view, "payback")["year"].astype("str")))
    if view.basis == "incomes":
        return f"Uppgifterna gäller {swedish.listed(years)}."
    return f"Uppgifterna gäller {swedish.listed(years)}, och värdena är {view.value_year} års."


def _costs(view: EconomicsView) -> Html:
    frame = words.table_of(view, "costs")
    if frame.empty:
        return paragraph("Ingen kostnad per deltagare är känd. Utan den går det inte att räkna ut återbetalningstiden.")
    rows = frame.assign(label=[words.label(view, str(actor)) for actor in frame["actor"]])
    rows = rows.assign(
        told=[words.confidence(str(code)) if words.is_known(code) else None for code in rows["confidence"]]
    )
    record = _of_society(frame)
    said = _ended(record.get("note"))
    in_total = rows["cost_total_sek"].notna().any()
    by_year = rows["year"].notna().any()
    columns = [
        Column("label", "Vem som betalar"),
        *([Column("year", "År", lambda year: str(int(year)), missing="alla år")] if by_year else []),
        Column("cost_per_participant_sek", "Per deltagare, kr", _kr, numeric=True, missing=swedish.NOT_APPLICABLE),
        *(
            [Column("cost_total_sek", "I allt, kr", _kr, numeric=True, missing=swedish.NOT_APPLICABLE)]
            if in_total
            else []
        ),
        Column("told", "Säkerhet"),
        Column("source", "Källa"),
    ]
    table = Table(
        name="kostnad-per-deltagare",
        caption="Kostnaden som räkningen bygger på",
        frame=rows,
        columns=columns,
        notes=[text for text in map(_ended, words.once(rows["note"])) if text != said],
        reconciles=_adds_up(view, frame),
    )
    return Html(paragraph(f"{_whose(record)} {said}".strip()), table.html())


def _kr(amount_sek: float) -> str:
    return swedish.number(amount_sek)


def _whose(record: dict[str, Any]) -> str:
    return WHOSE.get(str(record.get("confidence")), "Kostnaden per deltagare:")


def _of_society(frame: pd.DataFrame) -> dict[str, Any]:
    return words.record_of(frame, actor=SOCIETY) or {str(key): value for key, value in frame.iloc[0].items()}


def _adds_up(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    """That the actors' costs are society's, where each stands once and they do."""
    own = frame.set_index("actor")["cost_per_participant_sek"]
    parts = [actor for actor in own.index if actor not in SUMS]
    if own.index.has_duplicates or SOCIETY not in own.index or own[parts].isna().any() or not parts:
        return []
    total = float(own[parts].sum())
    if round(total) != round(float(own[SOCIETY])):
        return []
    told = " + ".join(swedish.number(float(own[actor])) for actor in parts)
    return [f"{told} = {swedish.kronor(total)}, samhällets kostnad per deltagare."]


def _ended(text: object) -> str:
    return f"{swedish.sentence(str(text).strip().rstrip('.'))}." if words.is_known(text) else ""
