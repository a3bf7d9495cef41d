"""What each actor gains or loses a year as a table: of everybody, and of those who are told for themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits.economics import words
from portfolj.exhibits.markup import Column, Table, money_column

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def income_table(
    view: EconomicsView, income: pd.DataFrame, *, name: str, caption: str, notes: Sequence[str],
    why: Callable[[Mapping[str, Any]], str],
) -> Table:  # fmt: skip
    """A row per actor of ``income`` (see ``flows.income_of``); ``why`` says of a row why it has no amount."""
    rows = income.assign(
        label=[words.label(view, str(actor)) for actor in income["actor"]],
        reason=["" if words.is_known(record["income_1y_sek"]) else why(record) for record in income.to_dict("records")],
    )
    return Table(
        name=name,
        caption=caption,
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            money_column("income_1y_sek", "Intäkt per år", words.money_scale(view), missing=words.NOT_COMPUTED),
            *([Column("reason", "Varför den saknas")] if rows["reason"].ne("").any() else []),
        ],
        notes=notes,
    )
