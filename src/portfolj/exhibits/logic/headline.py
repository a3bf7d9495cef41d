"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.logic import words

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView


def logic_sentences(view: LogicView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of."""
    if not view.models:
        return []
    return [text for text in (steps_finding(view), verdicts_finding(view), _contradictions(view)) if text]


def links_finding(view: LogicView) -> str:
    """How many of the links can be followed, and how many are."""
    one = len(view.models) == 1
    name = "den logiska modellen" if one else f"de {swedish.in_words(len(view.models))} logiska modellerna"
    rows = [{str(key): value for key, value in row.items()} for row in view.tables["links"].to_dict("records")]
    if not rows:
        return f"{swedish.sentence(name)} har inga länkar och säger inte vad som ska leda till vad."
    followed = [row for row in rows if words.indicator(row)]
    measured = sum(words.is_measured(row) for row in followed)
    count = f"{swedish.in_words(len(rows))} {'länk' if len(rows) == 1 else 'länkar'}"
    if not followed:
        return f"I {name} finns {count}. Ingen har en indikator, så det går inte att följa om ett steg ger nästa."
    told = f"{swedish.in_words(measured)} är {'mätt' if measured == 1 else 'mätta'}" if measured else "ingen är mätt"
    return f"I {name} har {swedish.in_words(len(followed))} av {count} en indikator, och {told}."


def steps_finding(view: LogicView) -> str:
    """The same for those who have not read what a link and an indicator are; empty without models."""
    if not view.models:
        return ""
    rows = [{str(key): value for key, value in row.items()} for row in view.tables["links"].to_dict("records")]
    if len(rows) < 2:
        return links_finding(view)
    followed = [row for row in rows if words.indicator(row)]
    measured = sum(words.is_measured(row) for row in followed)
    where = "den logiska modellen" if len(view.models) == 1 else "de logiska modellerna"
    steps = f"{swedish.in_words(len(rows), neuter=True)} steg i {where}"
    if not followed:
        return f"Av {steps} har inget ett mått, så det går inte att se var det brister."
    told = f"{swedish.in_words(measured, neuter=True)} är {'mätt' if measured == 1 else 'mätta'}" if measured else ""
    have = "alla" if len(followed) == len(rows) else swedish.in_words(len(followed), neuter=True)
    return f"Av {steps} har {have} ett mått, och {told or 'inget är mätt'}."


def own_verdicts(view: LogicView) -> list[str]:
    """The codes of how goals were judged that the follow-up does not tell of."""
    items = view.tables["items"]
    return [str(code) for code in items.loc[items["followed_verdict"] == "", "own_verdict"] if code]


def verdicts_finding(view: LogicView) -> str:
    """How goals were judged that the follow-up does not tell of: its own are told with it. Empty without any."""
    verdicts = own_verdicts(view)
    if not verdicts:
        return ""
    parts = [
        f"{swedish.in_words(verdicts.count(code), neuter=True)} {_plural(word, verdicts.count(code))}"
        for code, (_, word) in words.VERDICTS.items()
        if code in verdicts
    ]
    goals = "bedömt mål" if len(verdicts) == 1 else "bedömda mål"
    where = "den logiska modellen" if len(view.models) == 1 else "de logiska modellerna"
    return f"Av {swedish.in_words(len(verdicts), neuter=True)} {goals} i {where} är {swedish.listed(parts)}."


def _plural(word: str, count: int) -> str:
    """``uppfyllt``, ``uppfyllda``; ``oklart``, ``oklara``."""
    if count == 1:
        return word
    return word.replace("uppfyllt", "uppfyllda").replace("oklart", "oklara")


def _contradictions(view: LogicView) -> str:
    count = int((view.tables["remarks"]["code"] == "verdict_differs").sum())
    if not count:
        return ""
    what = f"{swedish.in_words(count, neuter=True)} mål"
    return f"För {what} säger modellen och uppföljningen olika om det är uppfyllt. Här gäller uppföljningen."
