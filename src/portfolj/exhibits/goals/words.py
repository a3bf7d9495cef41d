"""The Swedish words on goals that several exhibits share, and what stands where there is nothing to tell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from portfolj.coding.answers import parse_evidence
from portfolj.coding.goal_classes import GOALS, NO_GOAL
from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.scope import nothing_funded
from portfolj.goals.graded import NoGoal
from portfolj.ledger import mask_personal_numbers

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView

MEASURABLE = "outcome_measurable"
PARTS = {
    "indicator": "något att mäta",
    "level": "en nivå",
    "time": "en tidpunkt",
    "baseline": "ett utgångsläge",
}
REASONS = {
    "": "",
    NoGoal.NO_TEXT.value: "ingen måltext i liggaren",
    NoGoal.NOT_IN_TEXT.value: "texten säger inget mål",
    NoGoal.DECIDED.value: "beslutat: inget mål",
}
DECIDED_BY = {"rule": "ordens lydelse", "decision": "beslut"}
# From the best to the worst, told apart by pattern as well as colour.
LOOKS = {
    "outcome_measurable": (figures.BLUE, ""),
    "outcome_unmeasurable": (figures.SKY, "//"),
    "volume": (figures.YELLOW, ".."),
    "activity": (figures.PURPLE, "xx"),
    "missing": (figures.WHITE, "////"),
}
NO_COLUMN = (
    "Liggaren har ingen kolumn med mål, så målen går inte att bedöma här. Har insatserna mål på annat håll kan de "
    "läggas i en kolumn Mål i liggaren, eller beslutas i decisions.csv."
)
NO_GOALS_HERE = "Liggaren har ingen kolumn med mål, så här finns inget att visa."


def nothing_to_tell(view: GoalsView) -> str:
    """The sentence that takes the place of everything where there is nothing to grade; empty where there is."""
    return nothing_funded(view.portfolio) or ("" if view.has_goals else NO_COLUMN)


def nothing_more(view: GoalsView) -> str:
    """The same in short, for the sections after the first; empty where there is something to grade."""
    return nothing_funded(view.portfolio) or ("" if view.has_goals else NO_GOALS_HERE)


def class_label(view: GoalsView, code: str) -> str:
    """What people read for a class."""
    return view.portfolio.codebook.label(GOALS, code)


def class_labels(view: GoalsView, codes: str) -> str:
    """The same for the classes of several goals, joined by ``;``."""
    return labels.code(view.portfolio.codebook, GOALS, codes)


def series(view: GoalsView) -> list[figures.Series]:
    """A kind of bar for each class, best first."""
    return [figures.Series(code, class_label(view, code), *look) for code, look in LOOKS.items()]


def marked_text(text: str, evidence: str) -> Markup:
    """The goal text with the words that decided in bold. ``evidence``: a cell of ``graded.evidence_cell``."""
    masked = mask_personal_numbers(text)
    if masked != text:
        return escape(masked)
    spans = [(words.start, words.end) for words in parse_evidence(evidence)]
    cuts = sorted({0, len(text), *(place for span in spans for place in span)})
    pieces = [
        Markup("<strong>{}</strong>").format(text[start:end])
        if any(first <= start and end <= last for first, last in spans)
        else escape(text[start:end])
        for start, end in pairwise(cuts)
    ]
    return Markup("").join(pieces)


def quality_finding(view: GoalsView) -> str:
    """How many interventions have a goal that can be measured, and how many have none; with money where it is known."""
    text = measurable_finding(view)
    if nothing_to_tell(view):
        return text
    whole, none = len(view.interventions), int(view.by_class.set_index("main_class").loc[NO_GOAL, "count"])
    if none and none < whole:
        have = f"{swedish.sentence(swedish.in_words(none))} har inget mål i liggaren"
        text += f" {have}{_money(view, NO_GOAL)}."
    return text


def measurable_finding(view: GoalsView) -> str:
    """The same without how many have none, for a page that tells of everything."""
    if nothing := nothing_to_tell(view):
        return nothing
    table = view.by_class.set_index("main_class")
    whole = len(view.interventions)
    measurable, none = (int(table.loc[code, "count"]) for code in (MEASURABLE, NO_GOAL))
    if none == whole:
        return "Ingen insats har ett mål i liggaren."
    if whole == 1:
        return f"Den enda insatsen har {'ett mål' if measurable else 'inget mål'} som går att mäta."
    who = swedish.sentence(swedish.in_words(measurable)) if measurable else "Ingen"
    return f"{who} av {swedish.interventions(whole)} har ett mål som går att mäta{_money(view, MEASURABLE)}."


def _money(view: GoalsView, code: str) -> str:
    table = view.by_class.set_index("main_class")
    amount, count = table.loc[code, "granted_sek"], int(table.loc[code, "count"])
    if not view.portfolio.has_amounts or not count or swedish.is_missing(amount):
        return ""
    total = sum(known for known in table["granted_sek"] if not swedish.is_missing(known))
    return f": {labels.scale(view.portfolio).text(float(amount))} ({swedish.percent(float(amount), total)})"
