"""The Swedish words of logic models: kinds, verdicts with their signs, and figures beside indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import hidden_mark
from portfolj.logic.measures import HIDDEN, SHOWN, UNKNOWN
from portfolj.logic.model import (
    ACTIVITIES,
    EFFECTS,
    GOALS,
    INTERIM_GOALS,
    INTERVENTION,
    MUNICIPALITY,
    OUTPUTS,
    RESOURCES,
    RESULTS,
    Model,
)

# Kind -> one, several.
KINDS: Final = {
    RESOURCES: ("resurs", "resurser"),
    ACTIVITIES: ("aktivitet", "aktiviteter"),
    OUTPUTS: ("prestation", "prestationer"),
    RESULTS: ("resultat", "resultat"),
    EFFECTS: ("effekt", "effekter"),
    INTERIM_GOALS: ("delmål", "delmål"),
    GOALS: ("mål", "mål"),
}
# A verdict is its sign and its word, never a colour alone.
VERDICTS: Final = {
    "met": ("✓", "uppfyllt"),
    "partly_met": ("◐", "delvis uppfyllt"),
    "not_met": ("✗", "inte uppfyllt"),
    "unclear": ("?", "oklart"),
}
MEASURES: Final = {
    "participations": "deltaganden",
    "persons": "personer",
    "exits": "avslut",
    "work_or_study": "andel av avsluten till arbete eller studier",
    "to_work": "andel av avsluten till arbete",
    "to_study": "andel av avsluten till studier",
    "to_training": "andel av avsluten till arbetsmarknadsutbildning",
    "progression_up": "andel av de mätta som gick uppåt",
    "cost_per_participation": "kronor per deltagande",
    "goal": "uppföljningens bedömning av målet",
}
_WHOLE: Final = {"progression_up": "mätta minst två gånger"}
_UNITS: Final = {"participations": "deltaganden", "persons": "personer", "exits": "avslut"}
_WHY: Final = {
    "no_follow_up": "uppföljningen har inga uppgifter av det slaget",
    "not_there": "uppföljningen har inga uppgifter om det som modellen gäller",
    "not_told": "uppgiften är inte redovisad",
    "nobody": "ingen har avslutat eller mätts",
    "no_goal": "målet finns inte i uppföljningen",
    "several": "flera mål i uppföljningen har samma nummer",
}
NOT_MEASURED: Final = "inte mätt"
NO_INDICATOR: Final = "ingen indikator"


def verdict(code: str) -> str:
    """``✓ uppfyllt``, its sign and word on one line; empty for no verdict."""
    return swedish.NBSP.join(VERDICTS[code]) if code else ""


def about(model: Model) -> str:
    """What the model is about, as the end of a sentence."""
    if model.about == INTERVENTION:
        return f"insatsen {model.name}"
    return f"kommunen {model.name}" if model.about == MUNICIPALITY else "hela förbundet"


def indicator(row: Mapping[str, Any]) -> str:
    """What it is followed by, in words; empty without any."""
    if row["indicator"] or row["measured"]:
        return str(row["indicator"] or swedish.sentence(MEASURES[row["measured"]]))
    return swedish.sentence(str(row["stated_unit"])) if row["stated_unit"] else ""


def figure(row: Mapping[str, Any]) -> str | Markup:
    """The measured figure, that it is hidden, or that nothing is measured and why; ahead of it what the file states."""
    parts: list[str | Markup] = [text] if (text := stated(row)) else []
    if row["state"] == SHOWN:
        parts.append(_shown(row))
    elif row["state"] == HIDDEN:
        parts.append(hidden_mark())
    elif row["state"] == UNKNOWN:
        parts.append(f"{NOT_MEASURED}: {_WHY[row['why']]}")
    if not parts:
        return NOT_MEASURED if indicator(row) else ""
    return parts[0] if len(parts) == 1 else Markup("; ").join(parts)


def plain_figure(row: Mapping[str, Any], *, hidden: str = swedish.HIDDEN) -> str:
    """The same as plain text, for pictures, sheets and alt texts. ``hidden``: what stands for a hidden figure."""
    if row["state"] == HIDDEN:
        return "; ".join(part for part in (stated(row), hidden) if part)
    return str(figure(row))


def is_measured(row: Mapping[str, Any]) -> bool:
    """Whether a figure is there, also one that is hidden or that the file states."""
    return row["state"] in (SHOWN, HIDDEN) or bool(stated(row))


def stated(row: Mapping[str, Any]) -> str:
    """``414 av 754 timmar (55 %)``: the outcome and the plan that the file states; empty without either."""
    planned, outcome = row["planned"], row["outcome"]
    no_plan, no_outcome = swedish.is_missing(planned), swedish.is_missing(outcome)
    unit = f"{swedish.NBSP}{row['stated_unit']}"
    if no_plan and no_outcome:
        return ""
    if no_plan:
        return f"{_number(outcome)}{unit}"
    if no_outcome:
        return f"{_number(planned)}{unit} planerat, utfallet saknas"
    share = f" ({swedish.percent(float(outcome), float(planned))})" if planned else ""
    return f"{_number(outcome)} av {_number(planned)} planerade{unit}{share}"


def _number(value: float) -> str:
    whole = float(value).is_integer()
    return swedish.number(float(value), decimals=0 if whole else 1)


def _shown(row: Mapping[str, Any]) -> str:
    if row["measured"] == "goal":
        return verdict(str(row["verdict"]))
    if row["unit"] == "percent":
        of = _WHOLE.get(row["measured"], "avslut")
        low, high = swedish.number(float(row["low"])), swedish.number(float(row["high"]))
        count, whole = int(row["count"]), int(row["of"])
        return (
            f"{swedish.percent(count, whole)} ({low}–{high}), {swedish.number(count)} av {swedish.number(whole)} {of}"
        )
    if row["unit"] == "sek":
        return f"{swedish.kronor(round(float(row['value'])))} per deltagande"
    return f"{swedish.number(float(row['value']))}{swedish.NBSP}{_UNITS[row['unit']]}"
