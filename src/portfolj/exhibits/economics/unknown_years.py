"""Which years are in no sum, since nobody knows their income or their cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

NOT_KNOWN = "intäkten eller kostnaden är inte känd"


def unknown_years(view: EconomicsView, actor: str) -> list[str]:
    """The years of an actor that are in none of its sums; none where it has no sum at all."""
    record = words.record_of(words.table_of(view, "payback_summary"), actor=actor)
    return words.unjoined(record.get("years_unknown")) if record and record["years"] else []


def unknown_sentence(view: EconomicsView, actor: str) -> str:
    """``2018 och 2019 är inte med: intäkten eller kostnaden är inte känd.``; empty where every year is known."""
    years = unknown_years(view, actor)
    return f"{swedish.listed(years)} är inte med: {NOT_KNOWN}." if years else ""


def unknown_notes(view: EconomicsView) -> list[str]:
    """The same for all actors, those who lack the same years together; no note where every year is known."""
    actors = words.actors_in(words.table_of(view, "payback_summary"))
    lacking: dict[str, list[str]] = {}
    for actor in actors:
        lacking.setdefault(swedish.listed(unknown_years(view, actor)), []).append(words.inside(view, actor))
    everybody = lacking.get("") is None and len(lacking) == 1
    return [
        f"{years} är inte med i summorna{'' if everybody else f' för {swedish.listed(names)}'}: {NOT_KNOWN}."
        for years, names in lacking.items()
        if years
    ]
