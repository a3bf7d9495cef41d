"""The words that people read for the codes and figures of the economics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import LABELS, OTHER_ENDS, in_order
from portfolj.economics.options import HORIZON_YEARS
from portfolj.economics.payback import MONTHS
from portfolj.economics.unit_values import CONFIDENCE
from portfolj.exhibits import labels, swedish

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

HORIZON_MONTHS = HORIZON_YEARS * MONTHS
HORIZON = f"{swedish.in_words(HORIZON_YEARS)} år"
BEYOND = f"mer än {HORIZON}"
NEVER = "aldrig"
FEW = 3  # names in a sentence or a cell, before the rest are only counted
NO_INCOME = "ingen intäkt"
NO_COST = "betalar inget"
NOT_COMPUTED = "kan inte beräknas"
WHY = {
    "no_income": NO_INCOME,
    "no_cost": NO_COST,
    "never": NEVER,
    "value_missing": f"{NOT_COMPUTED}: värde saknas",
    "hidden": "visas inte: för få personer",
    "cost_missing": "kostnaden är inte känd",
}
# What is uncertain, inside a sentence.
UNCERTAIN = {
    "income_pct": "intäktens storlek",
    "cost_pct": "kostnadens storlek",
    "deadweight_pct": "hur mycket som hade kommit ändå",
    "fade_out_pct": "hur fort intäkten avtar",
    "discount_rate_pct": "kalkylräntan",
}
UNITS = {
    "sek": "kr",
    "kr": "kr",
    "tkr": "tkr",
    "pct": "%",
    "percent": "%",
    "procent": "%",
    "%": "%",
    "months": "månader",
    "years": "år",
    "persons": "personer",
    "index": "index",
}
PER = {"month": "månad", "year": "år", "day": "dag", "person": "person", "participant": "deltagare"}
MEASURES = {
    "income_1y": "Intäkt första året",
    "result_1y": "Resultat första året",
    "income_5y": f"Intäkt {HORIZON}",
    "result_5y": f"Resultat {HORIZON}",
    "payback_months": "Återbetalningstid",
}


def label(view: EconomicsView, actor: str) -> str:
    """The actor's name as a table has it."""
    return {**LABELS, **OTHER_ENDS, **view.labels, "": "Okänd"}.get(actor, actor)


def inside(view: EconomicsView, actor: str) -> str:
    """The actor's name inside a sentence."""
    return labels.inside(label(view, actor))


def table_of(view: EconomicsView, name: str) -> pd.DataFrame:
    """The view's table of that name; an empty one where it has none."""
    return view.tables.get(name, pd.DataFrame())


def actors_who_pay(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    """Those of a table's actors that have a cost to get back."""
    summary = table_of(view, "payback_summary")
    nothing = set(summary.loc[summary["cost_sek"] == 0, "actor"]) if not summary.empty else set()
    return [actor for actor in actors_in(frame) if actor not in nothing]


def actors_in(frame: pd.DataFrame) -> list[str]:
    """The actors of a table in the order that tables list them."""
    return in_order(str(actor) for actor in frame["actor"]) if not frame.empty else []


def record_of(frame: pd.DataFrame, **conditions: Any) -> dict[str, Any]:
    """The first row that has these values; empty where none has."""
    for column, value in conditions.items():
        if frame.empty or column not in frame:
            return {}
        frame = frame[frame[column] == value]
    return {str(key): value for key, value in frame.iloc[0].items()} if not frame.empty else {}


def is_known(value: Any) -> bool:
    """Whether the value is there."""
    return not (swedish.is_missing(value) or value == "")


def months(value: Any) -> str:
    """``27 månader``; ``mer än fem år`` beyond the medium term; that it never pays where it is missing or infinite."""
    if not is_known(value) or value == float("inf"):
        return NEVER
    if value > HORIZON_MONTHS:
        return BEYOND
    return swedish.counted(int(value), "månad", "månader") if value else "genast"


def percentile(value: str) -> str:
    """The same of a percentile as the file has it: whole months, or ``never``."""
    return NEVER if value in ("never", "") else months(int(float(value)))


def pooled(summary: Mapping[str, Any]) -> str:
    """An actor's time over all years, of a row of ``payback_summary``; why it has none where it has none."""
    if not is_known(summary["income_1y_sek"]) or not is_known(summary["cost_sek"]):
        return NOT_COMPUTED
    return months(summary["payback_pooled_months"]) if summary["cost_sek"] else NO_COST


def who_pays_nothing(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    """Who of a table's actors pays nothing and is left out, as a note; no note where all of them pay."""
    names = [inside(view, actor) for actor in actors_in(frame) if actor not in actors_who_pay(view, frame)]
    if not names:
        return []
    return [f"{swedish.sentence(swedish.listed(names))} {NO_COST} för insatserna och är därför inte med här."]


def why(record: Mapping[str, Any]) -> str:
    """Why a row has no payback, with what is missing where a value is."""
    code, missing = str(record.get("why") or ""), unjoined(record.get("missing"))
    if code in ("value_missing", "cost_missing") and missing:
        return f"{WHY[code]} ({first_few(missing)})"
    return WHY.get(code, NOT_COMPUTED)


def why_without(record: Mapping[str, Any]) -> str:
    """The same after something that says already that it can't be computed."""
    return why(record).removeprefix(f"{NOT_COMPUTED}: ")


def first_few(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    if len(names) <= FEW + 1:
        return swedish.listed(names)
    return f"{', '.join(names[:FEW])} och {swedish.number(len(names) - FEW)} till"


def unjoined(text: Any) -> list[str]:
    """The parts of a text that a table has joined by semicolons."""
    return [part.strip() for part in str(text).split(";") if part.strip()] if is_known(text) else []


def money_scale(view: EconomicsView) -> swedish.MoneyScale:
    """Thousands, as the printed tables have them; kronor where everything is small."""
    frame = table_of(view, "payback")
    amounts = [frame[column].abs().max() for column in ("income_1y_sek", "cost_sek") if column in frame]
    largest = max((float(amount) for amount in amounts if is_known(amount)), default=0.0)
    return swedish.MoneyScale("kr", 1, 0) if largest < 100_000 else swedish.MoneyScale("tkr", 1_000, 0)


def money(amount_sek: float) -> str:
    """An amount in a sentence, in the unit that suits its size."""
    return swedish.scale_for(amount_sek).text(amount_sek)


def kronor(amount_sek: float) -> str:
    """An amount in a sentence, in whole kronor."""
    return f"{swedish.number(amount_sek)}{swedish.NBSP}kr"


def plain(value: float) -> str:
    """A number with as many decimals as it has, at most two."""
    decimals = next((n for n in (0, 1) if abs(value - round(value, n)) < 1e-9), 2)
    return swedish.number(value, decimals=decimals)


def pct(value: float) -> str:
    """``3,5 %`` of a number that is in percent already."""
    return f"{plain(value)}{swedish.NBSP}%"


def about(value: float) -> str:
    """The same with one decimal at the most."""
    return pct(round(value, 1))


def chance(share: float) -> str:
    """A chance in whole percent; never rounded to certain or impossible when it is not."""
    return swedish.percent(share, 1)


def unit(code: str) -> str:
    """A unit in words: ``kr per månad``. What is not known stands as it is."""
    for separator in ("_per_", "/", " per "):
        if separator in code:
            parts = [part.strip().casefold() for part in code.split(separator)]
            return " per ".join([UNITS.get(parts[0], parts[0]), *(PER.get(part, part) for part in parts[1:])])
    return UNITS.get(code.casefold(), code)


def confidence(code: str) -> str:
    """How sure a value is, in words."""
    return CONFIDENCE.get(code, code)


def year_list(text: Any) -> str:
    """``2016, 2017 och 2019`` of years joined by semicolons."""
    return swedish.listed(unjoined(text))


def once(texts: Iterable[Any]) -> list[str]:
    """Each text once, in order, without empty ones."""
    return list(dict.fromkeys(str(text) for text in texts if is_known(text)))


def sources(texts: Sequence[Any]) -> str:
    """``Källa: a; b.`` of what is stated; empty without any."""
    told = [text.rstrip(".") for text in once(texts)]
    return f"Källa: {'; '.join(told)}." if told else ""
