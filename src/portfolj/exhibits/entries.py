"""The ledger's entries as a file: which amounts each intervention has, without the rows' places and texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from portfolj.exhibits.files import harmless_frame
from portfolj.portfolio.money import to_ore, to_sek, whole_where_possible
from portfolj.portfolio.view import Portfolio

ENTRIES_FILE = "entries.csv"
COLUMNS = ("intervention_key", "year", "financing", "part", "granted_sek")


def entries_table(entries: pd.DataFrame) -> pd.DataFrame:
    """One row for each amount that an intervention has in a year from a financier, and how many entries have it.

    ``entries``: see ``Portfolio.entries``. Columns: ``COLUMNS`` and ``entries``. Sorted, so that it is the same
    whatever the order of the ledger's rows, their numbers and their headings. An entry without an amount has none here.
    """
    found = pd.DataFrame({
        "intervention_key": entries["intervention_key"], "year": entries["year"], "financing": entries["financing"],
        "part": entries["part"], "granted_sek": to_ore(entries["amount_sek"]),
    })  # fmt: skip
    counted = found.groupby(list(COLUMNS), dropna=False, sort=True).size().rename("entries").reset_index()
    return counted.assign(granted_sek=whole_where_possible(to_sek(counted["granted_sek"])))


def write_entries(portfolio: Portfolio, folder: Path) -> Path:
    """Writes ``entries_table`` as CSV in ``folder`` and gives its path."""
    path = folder / ENTRIES_FILE
    frame = harmless_frame(entries_table(portfolio.entries))
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return path
