"""The values that the calculation was made with, each with its year, its source and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import has_payback
from portfolj.exhibits.economics.numbered import source_column, source_list, source_numbers
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, finding

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView
# In one and in several; from the surest.
KINDS = {
    "V": ("kontrollerat i en källa", "kontrollerade i en källa"),
    "O": ("förbundets eget", "förbundets egna"),
    "P": ("tryckt i en rapport", "tryckta i en rapport"),
    "D": ("uträknat ur andra tal", "uträknade ur andra tal"),
    "M": ("inte kontrollerat", "inte kontrollerade"),
    "A": ("antaget", "antagna"),
}
DERIVED = "Det som är uträknat är inte säkrare än de tal som det är räknat ur."


def values_used(view: EconomicsView) -> Html:
    """A row per value that was used."""
    frame = words.table_of(view, "values")
    used = frame[frame["used"].astype("bool")] if not frame.empty else frame
    if used.empty or not (has_payback(view) or len(words.table_of(view, "break_even"))):
        return left_out("Räkningen använder inga värden som behöver anges här.")
    records = used.to_dict("records")
    sources = [_source(record) for record in records]
    rows = used.assign(
        name=[_name(view, record) for record in records],
        text=pd.Series([_value(record) for record in records], index=used.index, dtype="object"),
        when=[_when(record) for record in records],
        sure=[words.confidence(str(record["confidence"])) for record in records],
        whence=pd.Series(source_numbers(sources), index=used.index, dtype="object"),
    )
    table = Table(
        name="varden",
        caption="Värden som räkningen använder",
        frame=rows,
        columns=[
            Column("name", "Värde"),
            Column("text", "Hur mycket", numeric=True),
            Column("when", "År"),
            Column("sure", "Säkerhet"),
            source_column("whence"),
        ],
        notes=[
            "Egna värden går före dem som följer med portfolj. Ändra dem i förbundets egen fil med värden eller, för "
            "en enda körning, i notebookens parametercell."
        ],
    )
    return Html(finding(_finding(used)), table.html(), source_list(sources))


def _finding(used: pd.DataFrame) -> str:
    """How many values are used, and how many of them are of each kind of sureness."""
    count = len(used)
    text = f"Räkningen använder {swedish.in_words(count, neuter=True)} {'värde' if count == 1 else 'värden'}"
    of_kind = {code: int((used["confidence"] == code).sum()) for code in KINDS}
    parts = [f"{swedish.in_words(of_kind[code], neuter=True)} är {KINDS[code][of_kind[code] > 1]}"
             for code in KINDS if of_kind[code]]  # fmt: skip
    none = "" if of_kind["A"] or not parts else " Inget är antaget."
    text = f"{text}: {swedish.listed(parts)}.{none}" if parts else f"{text}."
    return f"{text} {DERIVED}" if of_kind["D"] else text


def _name(view: EconomicsView, record: dict[str, Any]) -> str:
    label, actor = str(record["label"]), record["actor"]
    name = words.inside(view, str(actor)) if words.is_known(actor) else ""
    return label if name in label.casefold() else f"{label}, {name}"


def _value(record: dict[str, Any]) -> str | None:
    value = record["value"]
    if not words.is_known(value):
        return None
    return f"{words.plain(float(value))}{swedish.NBSP}{words.unit(str(record['unit']))}".strip()


def _when(record: dict[str, Any]) -> str:
    """The value's own year, and for which other years it was used."""
    year = record["year"]
    if swedish.is_missing(year):
        return "alla år"
    others = [used for used in words.unjoined(record["used_for"]) if used != str(int(year))]
    return f"{int(year)}, använt för {swedish.listed(others)}" if others else str(int(year))


def _source(record: dict[str, Any]) -> str:
    told = words.once([record["source"], record["note"]])
    if len(told) > 1 and told[1].rstrip(".").casefold() in told[0].casefold():
        told = told[:1]
    return ". ".join(text.rstrip(".") for text in told) + ("." if len(told) > 1 else "")
