"""How much chance alone may have moved the changes that the income rests on, and whether the redrawings hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

NOT_IN = (
    "Hur mycket slumpen betyder när få personer har bytt läge är inte med i omräkningarna. Bakom en intäkt kan stå "
    "några få som fick arbete, och filen säger inte hur få. Svaret är därför osäkrare än procenten visar."
)
IN = "Hur många som bytte läge beror också på slumpen. Det är med i omräkningarna."


def few_movers_sentence(view: EconomicsView) -> str:
    """Whether the draws hold what chance does to few people, with the largest change as an example."""
    if view.basis == "incomes":
        return NOT_IN
    frame = words.table_of(view, "few_movers")
    if frame.empty:
        return ""
    return f"{IN} {_example(frame)}".strip()


def _example(frame: pd.DataFrame) -> str:
    """``19 fler i läget ”Arbete” kunde av en slump ha blivit 14 eller 24.``: one standard deviation each way."""
    moved = frame[frame["change"].notna() & frame["change"].ne(0)]
    moved = moved[moved["standard_deviation"].ge(0.5)]
    if moved.empty:
        return ""
    gained = moved[moved["change"] > 0]
    rows = gained if not gained.empty else moved
    record: dict[str, Any] = rows.loc[rows["change"].abs().astype("int64").idxmax()].to_dict()
    change, spread = int(record["change"]), float(record["standard_deviation"])
    nearer, farther = (round(abs(change) + sign * spread) for sign in (-1, 1))
    more, fewer = ("fler", "färre") if change > 0 else ("färre", "fler")
    # Chance may turn the change: then the words have to be said with the numbers.
    could = f"{nearer} eller {farther}" if nearer >= 0 else f"{-nearer} {fewer} eller {farther} {more}"
    where = str(record["label"])
    return f"{swedish.number(abs(change))} {more} i läget ”{where}” kunde av en slump ha blivit {could}."
