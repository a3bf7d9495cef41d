"""What others printed about the same years, beside what is computed.

A printed amount is rounded to its unit, and so is the income that it was computed from. A result of one year is off by
two roundings at most, an income of five years by five halves, a result of five years by five (all of half a unit each,
the income's half counted once for each year). What is further off does not agree, and is told with its difference.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from portfolj.economics.options import Options
from portfolj.economics.results import frame_of, summary, yearly_results

AGREES, DIFFERS, NOT_COMPUTED = "agrees", "differs", "not_computed"
COLUMNS = {
    "year": "Int64", "actor": "str", "measure": "str", "printed": "str", "printed_value": "float64",
    "computed": "float64", "difference": "float64", "finding": "str", "derived": "bool", "note": "str", "source": "str",
}  # fmt: skip
SEK_PER_UNIT = {"kr": 1, "tkr": 1_000, "mkr": 1_000_000}
HALF_UNITS = {"income_1y": 1, "result_1y": 2, "income_5y": 5, "result_5y": 5, "payback_months": 0}


def compared(published: pd.DataFrame, base: pd.DataFrame, incomes: pd.DataFrame) -> pd.DataFrame:
    """One row per printed figure: see ``COLUMNS``. ``derived``: the income was itself worked out from the print.

    ``published``: see ``reading.EconomicsFiles``; a figure without a year is a mean of the years. ``base``: see
    ``results.BASE``, in the kronor of each year. What is printed is held to the printed model, whatever options the
    federation has chosen for its own results.
    """
    results = yearly_results(base, options=Options())
    together = summary(results, base, options=Options())
    derived = {(str(row.year), row.actor) for row in incomes.itertuples() if row.derived}
    by_year = results.set_index(["year", "actor"])
    by_actor = together.set_index("actor")
    records = []
    for row in published.to_dict("records"):
        place = (str(row["year"]), row["actor"])
        months = row["measure"] == "payback_months"
        if pd.isna(row["year"]):
            found, counted = _cell(by_actor, row["actor"], "payback_mean_months" if months else "")
        else:
            found, counted = _cell(by_year, place, row["measure"] + ("" if months else "_sek"))
        off = None if found is None or pd.isna(row["value"]) else found - row["value"]
        near = HALF_UNITS[row["measure"]] * rounding(row["printed"]) / 2
        if off is None:
            # Nothing printed and nothing to pay with agree: a dash where the income never pays the cost.
            finding = AGREES if counted and found is None and pd.isna(row["value"]) else NOT_COMPUTED
        else:
            finding = AGREES if abs(off) <= near else DIFFERS
        records.append({
            **{name: row[name] for name in ("year", "actor", "measure", "printed", "note", "source")},
            "printed_value": row["value"], "computed": found, "difference": off, "finding": finding,
            "derived": place in derived,
        })  # fmt: skip
    return frame_of(COLUMNS, records)


def rounding(printed: str) -> float:
    """What one step of the last printed digit is: kronor of an amount with its unit, months of a time.

    >>> rounding("-1 803 tkr"), rounding("4,3 mkr"), rounding("27")
    (1000.0, 100000.0, 1.0)
    """
    decimals = re.search(r"\d[.,](\d+)", printed)
    unit = re.search(r"[a-z]+$", printed.strip())
    return SEK_PER_UNIT.get(unit[0] if unit else "", 1) / 10 ** (len(decimals[1]) if decimals else 0)


def _cell(frame: pd.DataFrame, place: Any, column: str) -> tuple[float | None, bool]:
    """The figure, None where there is none; and whether income and cost are known, so that there being none says so."""
    if not column or place not in frame.index:
        return None, False
    value = frame.at[place, column]
    return (None if pd.isna(value) else float(value)), not pd.isna(frame.at[place, "result_1y_sek"])
