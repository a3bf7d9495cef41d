"""The words that people read for priorities, what belongs to them and what can't be told."""

from __future__ import annotations

from portfolj.exhibits import labels, swedish
from portfolj.federation import CRITERIA, Priority
from portfolj.portfolio.counting import CountingRule
from portfolj.strategy.reading import DIMENSION_OF
from portfolj.strategy.view import StrategyView

NOT_STATED = (
    "Styrelsens prioriteringar är inte angivna. Skriv dem under [[strategy.priorities]] i federation.toml, så visar "
    "sidan om pengarna följde dem."
)
CRITERION = {
    "target_groups": "målgrupp",
    "orientation": "inriktning",
    "owners": "huvudman",
    "process_support": "processtöd",
    "themes": "tema",
    "years": "år",
}
WHAT_IS_MISSING = {
    "target_groups": "målgruppen",
    "orientation": "inriktningen",
    "owners": "huvudmannen",
    "process_support": "en text om insatsen",
    "themes": "en text om insatsen",
    "years": "beslutsåret",
}
RULE = {
    CountingRule.ONCE.value: "Pengar som hör till flera prioriteringar räknas på den som står först i federation.toml.",
    CountingRule.SPLIT.value: "Pengar som hör till flera prioriteringar delas lika mellan dem.",
    CountingRule.OVERLAPPING.value: "Pengar som hör till flera prioriteringar räknas med hela beloppet i var och en.",
}


def belongs(view: StrategyView, priority: Priority) -> str:
    """What an intervention must meet: ``målgrupp: Unga; inriktning: Individinriktad``."""
    parts = []
    for criterion in CRITERIA:
        if values := getattr(priority, criterion):
            dimension = DIMENSION_OF.get(criterion)
            said = [view.portfolio.codebook.label(dimension, code) if dimension else f"”{code}”" for code in values]
            parts.append(f"{CRITERION[criterion]}: {swedish.listed(said, last='eller')}")
    return "; ".join(parts)


def lacks(text: str) -> str:
    """What is missing where an answer is not known, of criteria joined by semicolons."""
    return swedish.listed(list(dict.fromkeys(WHAT_IS_MISSING[criterion] for criterion in text.split(";"))))


def pct(value: float) -> str:
    """A share as a plan states it: ``15 %``, ``12,5 %``."""
    return f"{swedish.number(value, decimals=0 if float(value).is_integer() else 1)}{swedish.NBSP}%"


def money(view: StrategyView, amount_sek: float) -> str:
    """An amount in the report's unit."""
    return labels.scale(view.portfolio).text(amount_sek)
