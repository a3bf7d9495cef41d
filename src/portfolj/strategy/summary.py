"""Each priority over the whole period: what it was meant to have, what it had, and whether that can be told."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from portfolj.federation import StrategySettings
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.strategy.money import Line, among

COLUMNS = (
    "priority", "first_year", "last_year", "intended_sek", "granted_sek", "of_sek", "interventions",
    "unknown_interventions", "unknown_sek", "verdict",
)  # fmt: skip


class Verdict(StrEnum):
    """Actual against intended, over the years for which a share is stated."""

    NO_SHARE = "no_share"
    AT_LEAST = "at_least"
    LESS = "less"
    CANNOT_TELL = "cannot_tell"


def summary(made: pd.DataFrame, lines: pd.DataFrame, settings: StrategySettings) -> pd.DataFrame:
    """One row per priority, its years put together by its name, in the order that they are stated.

    Columns: ``priority``, ``first_year``, ``last_year`` (of the ledger's years in which it held; missing where it held
    in none), ``intended_sek`` (of the years with a stated share; missing without one), ``granted_sek``, ``of_sek``
    (all money of the years in which it held), ``interventions``, ``unknown_interventions``, ``unknown_sek``,
    ``verdict``: a ``Verdict``. What is not known can make a priority have more, never less.
    """
    total = lines.groupby("year", dropna=False)["granted_sek"].agg(sum_sek)
    records = []
    for name in dict.fromkeys(priority.name for priority in settings.priorities):
        own = lines[(lines["line"] == Line.PRIORITY.value) & (lines["priority"] == name)]
        places = {n for n, priority in enumerate(settings.priorities) if priority.name == name}
        fits, may = among(made, "priorities", places), among(made, "may_fit", places)
        records.append(
            {
                "priority": name,
                "first_year": own["year"].min(),
                "last_year": own["year"].max(),
                "intended_sek": known_sum_sek(own["intended_sek"]),
                "granted_sek": known_sum_sek(own["granted_sek"]) if len(own) else 0.0,
                "of_sek": sum_sek(total[total.index.isin(own["year"])]),
                "interventions": fits["intervention_key"].nunique(),
                "unknown_interventions": may["intervention_key"].nunique(),
                "unknown_sek": known_sum_sek(own["unknown_sek"]) if len(own) else 0.0,
                "verdict": _verdict(own, made).value,
            }
        )
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    money = {column: "float64" for column in COLUMNS if column.endswith("_sek")}
    return frame.astype({"first_year": "Int64", "last_year": "Int64", **money})


def _verdict(own: pd.DataFrame, made: pd.DataFrame) -> Verdict:
    shared = own[own["intended_share_pct"].notna()]
    if shared.empty:
        return Verdict.NO_SHARE
    if not made.loc[made["year"].isin(shared["year"]), "known"].all():
        return Verdict.CANNOT_TELL  # a share of money that is not known
    had, intended = sum_sek(shared["granted_sek"]), sum_sek(shared["intended_sek"])
    if had >= intended:
        return Verdict.AT_LEAST
    return Verdict.LESS if had + sum_sek(shared["unknown_sek"]) < intended else Verdict.CANNOT_TELL
