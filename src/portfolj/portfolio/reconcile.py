"""Every table's rows against the ledger, to the öre. A table that does not add up stops the report."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from portfolj.errors import ReconciliationError
from portfolj.portfolio.money import sum_sek


@dataclass(frozen=True)
class Reconciliation:
    """One table's line: rows, minus what stands in several of them, plus what stands in none, is the total.

    Money in SEK. ``not_in_rows_sek`` is money of the total that the table does not list (for instance interventions
    without process support).
    """

    table: str
    count: int
    rows_sek: float
    overlap_sek: float
    not_in_rows_sek: float
    total_count: int
    total_sek: float

    def __post_init__(self) -> None:
        money = _ore(self.rows_sek) - _ore(self.overlap_sek) + _ore(self.not_in_rows_sek) - _ore(self.total_sek)
        if money:
            raise ReconciliationError(
                f"tabellen {self.table} går inte ihop med liggaren: skillnaden är {money / 100} kr"
            )
        if self.count != self.total_count:
            raise ReconciliationError(
                f"tabellen {self.table} har {self.count} insatser men portföljen {self.total_count}"
            )


def reconcile(
    table: str,
    *,
    count: int,
    rows: pd.Series,
    interventions: pd.DataFrame,
    overlap_sek: float = 0.0,
    not_in_rows_sek: float = 0.0,
) -> Reconciliation:
    """The line of a table whose money is ``rows`` (SEK), against the interventions it was made from.

    Raises ReconciliationError where rows - overlap + not_in_rows differs from the total by as little as one öre, or
    the counts differ.
    """
    return Reconciliation(
        table=table,
        count=count,
        rows_sek=sum_sek(rows),
        overlap_sek=overlap_sek,
        not_in_rows_sek=not_in_rows_sek,
        total_count=len(interventions),
        total_sek=sum_sek(interventions["granted_sek"]),
    )


def reconcile_ledger(parts: pd.DataFrame, *, rows: pd.DataFrame, interventions: pd.DataFrame) -> None:
    """The parts of the ledger against all its granted entries, and the portfolio against its part.

    Raises ReconciliationError where money went missing between the ledger and the tables.
    """
    granted = rows.loc[rows["entry_type"] == "granted", "amount_sek"]
    if _ore(sum_sek(parts["granted_sek"])) != _ore(sum_sek(granted)):
        raise ReconciliationError(
            f"liggarens delar ger {sum_sek(parts['granted_sek'])} kr men dess rader {sum_sek(granted)} kr"
        )
    counted = parts.loc[parts["part"] == "counted"].iloc[0]
    if _ore(sum_sek(parts.loc[parts["part"] == "counted", "granted_sek"])) != _ore(
        sum_sek(interventions["granted_sek"])
    ):
        raise ReconciliationError("insatsernas summa är inte summan av de rader som räknas")
    if counted["interventions"] != len(interventions):
        raise ReconciliationError("antalet insatser är inte antalet i de rader som räknas")


def _ore(amount_sek: float) -> int:
    return round(amount_sek * 100)
