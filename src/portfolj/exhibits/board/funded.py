"""What was funded, who owned it, for whom, and aimed at what: a sentence each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portfolj.coding.codebook import ORIENTATION
from portfolj.evaluation import Evaluation
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.board import places
from portfolj.exhibits.board.sentence import Place, Section, Sentence
from portfolj.exhibits.scope import nothing_funded
from portfolj.portfolio import tables
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio

KINDS = {"strukturpaverkande": "strukturpåverkande", "individinriktad": "individinriktade", "blandad": "blandade"}


def sentence_of_funding(evaluation: Evaluation) -> Sentence:
    """How much was granted to how many, with what is not known of it."""
    portfolio = evaluation.portfolio
    count, missing = len(portfolio.interventions), tables.without_amount(portfolio)
    when = "" if portfolio.period is None else f" {portfolio.period_label}"
    money = labels.scale(portfolio).text(sum_sek(portfolio.interventions["granted_sek"]))
    if nothing := nothing_funded(portfolio):
        text = nothing
    elif missing == count:
        text = f"Liggaren har {swedish.interventions(count)}{when}, men inget beviljat belopp."
    elif missing:
        known = swedish.number(count - missing)
        text = (
            f"Liggaren har {swedish.interventions(count)}{when}, och för de {known} som har ett belopp är det {money}."
        )
    else:
        written = money.replace("mkr", "miljoner kronor (mkr)").replace("tkr", "tusen kronor (tkr)")
        text = f"Förbundet beviljade {written} till {swedish.interventions(count)}{when}."
    return Sentence(Section.FUNDED, "Vad finansierade vi?", text, (places.FUNDED,), 100)


def sentence_of_owners(evaluation: Evaluation) -> Sentence | None:
    """Which owner had most, and how much has none that is known; None where nothing was funded."""
    frame = tables.owner(evaluation.portfolio).set_index("owner")
    return _most(
        evaluation.portfolio, frame, dimension="owner", money="granted_sek", count="count", section=places.OWNER,
        question="Vem ägde insatserna?", what="huvudmannen", weight=80,
        most="Mest, {}, gick till insatser med {} som huvudman", common="Vanligaste huvudmannen är {}, med {}",
        every="{} har {} som huvudman",
    )  # fmt: skip


def sentence_of_target_groups(evaluation: Evaluation) -> Sentence | None:
    """Which group had most by the chosen rule, and how much has none that is known; None where nothing was funded."""
    portfolio = evaluation.portfolio
    once = portfolio.counting == CountingRule.ONCE
    return _most(
        portfolio, tables.target_group(portfolio).set_index("target_group"), dimension="target_groups",
        money=f"granted_{portfolio.counting}_sek", count="count_once" if once else "count_overlapping",
        section=places.TARGET_GROUP, question="För vem?", what="målgruppen", weight=85,
        most="Mest, {}, gick till målgruppen {}", common="Vanligaste målgruppen är {}, med {}",
        every="{} har målgruppen {}",
    )  # fmt: skip


def _most(
    portfolio: Portfolio, frame: pd.DataFrame, *, dimension: str, money: str, count: str, section: Place,
    question: str, what: str, weight: int, most: str, common: str, every: str,
) -> Sentence | None:  # fmt: skip
    if nothing_funded(portfolio):
        return None
    unknown, defined = frame.loc[labels.UNDEFINED], frame.drop(index=labels.UNDEFINED)
    measure = defined[money if portfolio.has_amounts else count].fillna(0)
    parts = []
    top = str(measure.idxmax())
    name = labels.inside(portfolio.codebook.label(dimension, top))
    if measure[top] > 0 and portfolio.has_amounts:
        scale, total = labels.scale(portfolio), sum_sek(portfolio.interventions["granted_sek"])
        parts = [most.format(f"{scale.text(measure[top])} ({swedish.percent(measure[top], total)})", name)]
    elif measure[top] == len(portfolio.interventions):
        parts = [every.format(_all_of(portfolio), name)]
    elif measure[top] > 0 and (measure == measure[top]).sum() == 1:
        parts = [common.format(name, swedish.interventions(int(measure[top])))]
    parts += _unknown(portfolio, unknown, money=money, count=count, what=what)
    text = swedish.sentence(", men ".join(parts)) if parts else f"Flera är lika vanliga som {what}"
    return Sentence(Section.FUNDED, question, f"{text}.", (section,), weight)


def _unknown(portfolio: Portfolio, row: Any, *, money: str, count: str, what: str) -> list[str]:
    few, every = int(row[count]), len(portfolio.interventions)
    if not few:
        return []
    if few == every:
        return [f"för ingen insats är {what} känd"]
    known = ""
    if portfolio.has_amounts and not swedish.is_missing(row[money]):
        known = f" med {labels.scale(portfolio).text(float(row[money]))}"
    return [f"för {swedish.number(few)} av {swedish.interventions(every)}{known} är {what} inte känd"]


def sentence_of_orientation(evaluation: Evaluation) -> Sentence | None:
    """How much was aimed at structures and at people; None where nothing was funded."""
    portfolio = evaluation.portfolio
    if nothing_funded(portfolio):
        return None
    frame = tables.orientation(portfolio).set_index("orientation")
    unknown = int(frame.loc[labels.UNDEFINED, "count"])
    if unknown == len(portfolio.interventions):
        text = "Inriktningen går inte att bedöma för någon insats."
    else:
        kinds = [code for code in KINDS if frame.loc[code, "count"]]
        if portfolio.has_amounts:
            said = [f"{_amount(portfolio, frame, code)} till {KINDS[code]}" for code in kinds]
            text = f"Av pengarna gick {swedish.listed(said)} insatser"
        elif len(kinds) == 1 and not unknown:
            kind = (
                KINDS[kinds[0]] if len(portfolio.interventions) > 1 else portfolio.codebook.label(ORIENTATION, kinds[0])
            )
            text = f"{_all_of(portfolio)} är {kind.lower()}"
        else:
            said = [f"{swedish.number(int(frame.loc[code, 'count']))} {KINDS[code]}" for code in kinds]
            text = f"Av {swedish.interventions(len(portfolio.interventions))} är {swedish.listed(said)}"
        text += f", men {swedish.number(unknown)} går inte att bedöma" if unknown else ""
        text += f"{_derived(portfolio)}."
    return Sentence(Section.FUNDED, "Människor eller strukturer?", text, (places.ORIENTATION,), 75)


def _derived(portfolio: Portfolio) -> str:
    """How much has an orientation that no document tells; empty where none has."""
    own = portfolio.interventions[portfolio.interventions["orientation_decided_by"] == "derived"]
    if own.empty:
        return ""
    count = swedish.interventions(len(own))
    known = portfolio.has_amounts and own["granted_sek"].notna().any()
    money = f" med {labels.scale(portfolio).text(sum_sek(own['granted_sek']))}" if known else ""
    return f"; för {count}{money} är inriktningen härledd"


def _all_of(portfolio: Portfolio) -> str:
    count = len(portfolio.interventions)
    return "Den enda insatsen" if count == 1 else "Båda insatserna" if count == 2 else f"Alla {count} insatser"


def _amount(portfolio: Portfolio, frame: pd.DataFrame, code: str) -> str:
    value = frame.loc[code, "granted_sek"]
    if swedish.is_missing(value):
        return "ett okänt belopp"
    return f"{labels.scale(portfolio).text(value)} ({swedish.percent(value, sum_sek(frame['granted_sek']))})"
