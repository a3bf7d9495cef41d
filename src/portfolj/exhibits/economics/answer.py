"""How long until an income has paid a cost, in words and with the rule: the answer of the command line."""

from __future__ import annotations

import math

from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.payback import income_over_years, months_to_pay, shares_of
from portfolj.economics.results import payback
from portfolj.exhibits import swedish


def payback_answer(cost_sek: float, income_sek: float, *, options: Options) -> str:
    """Some lines of plain text: the months, the results after one and five years, and the rule that gave them."""
    months = payback(cost_sek, income_sek, options=options)
    lines = [_months(months), _result(1, cost_sek, income_sek, options)]
    lines.append(_result(HORIZON_YEARS, cost_sek, income_sek, options))
    return "\n".join([*lines, "", *_rule(cost_sek, income_sek, options)])


def _months(months: int | None) -> str:
    if months is None:
        return "Återbetalningstid: aldrig. Intäkten betalar inte kostnaden."
    years = f" ({swedish.number(months / 12, decimals=1)}{swedish.NBSP}år)" if months > 12 else ""
    return f"Återbetalningstid: {swedish.counted(months, 'månad', 'månader')}{years}."


def _result(years: int, cost_sek: float, income_sek: float, options: Options) -> str:
    result = round(float(income_over_years(income_sek, years, **shares_of(options)))) - round(cost_sek)
    return f"Resultat efter {swedish.in_words(years, neuter=True)} år: {swedish.kronor(result)}."


def _rule(cost_sek: float, income_sek: float, options: Options) -> list[str]:
    cost, income = swedish.kronor(cost_sek), swedish.kronor(income_sek)
    if options.is_printed_model:
        if income_sek <= 0 or cost_sek <= 0:
            return [
                f"Regel: 12 × kostnaden / intäkten, avrundat uppåt till hela månader. Kostnad {cost}, intäkt {income}."
            ]
        exact = swedish.number(12 * cost_sek / income_sek, decimals=2)
        return [
            f"Regel: 12 × {cost} / {income} = {exact}, avrundat uppåt till hela månader.",
            "Intäkten antas fortsätta lika stor varje år. Ingen ränta, inget som avtar, inget avdrag för det som hade "
            "hänt ändå.",
        ]
    parts = [
        f"räntan är {_percent(options.discount_rate)} per år" if options.discount_rate else "",
        f"{_percent(options.fade_out)} av intäkten försvinner varje år efter det första" if options.fade_out else "",
        f"{_percent(options.deadweight)} av intäkten hade kommit ändå och dras av" if options.deadweight else "",
    ]
    told = swedish.listed([part for part in parts if part])
    undecided = float(months_to_pay(cost_sek, income_sek))
    plain = swedish.counted(int(undecided), "månad", "månader") if math.isfinite(undecided) else "aldrig"
    return [
        f"Regel: intäkten {income} per år läggs ihop månad för månad tills den når kostnaden {cost}; {told}.",
        f"Utan det: {plain}.",
    ]


def _percent(share: float) -> str:
    return f"{swedish.number(100 * share, decimals=0 if (100 * share).is_integer() else 1)}{swedish.NBSP}%"
