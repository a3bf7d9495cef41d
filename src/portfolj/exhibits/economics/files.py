"""The calculation as files for machines: payback, break-even, chance, and what they rest on. Codes, SEK and months."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits.files import harmless_frame
from portfolj.portfolio.money import whole_where_possible

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

# File -> the table of the view and the columns that the file has.
FILES = {
    "payback": (
        "payback",
        (
            "year", "actor", "participants", "income_1y_sek", "cost_sek", "result_1y_sek", "income_5y_sek",
            "result_5y_sek", "payback_months",
        ),
    ),
    "payback_summary": (
        "payback_summary",
        (
            "actor", "years", "participants", "income_1y_sek", "cost_sek", "result_1y_sek", "result_5y_sek",
            "payback_mean_months", "payback_pooled_months", "years_with_payback", "years_without_payback",
            "years_unknown",
        ),
    ),
    "payback_printed": (
        "published",
        ("year", "actor", "measure", "printed", "computed", "difference", "finding", "derived", "note", "source"),
    ),
    "break_even": ("break_even", ("case", "cost_sek", "value_per_person_year_sek", "years", "persons")),
    "chance": (
        "chance",
        (
            "actor", "horizon_years", "chance_to_break_even", "share_never", "payback_p05_months",
            "payback_p50_months", "payback_p95_months",
        ),
    ),
    "sensitivity": (
        "sensitivity",
        (
            "actor", "parameter", "low", "likely", "high", "result_low_sek", "result_base_sek", "result_high_sek",
            "payback_low_months", "payback_base_months", "payback_high_months", "switching_value",
        ),
    ),
    "value_sensitivity": (
        "value_sensitivity",
        (
            "actor", "key", "of_actor", "unit", "low", "base", "high", "result_low_sek", "result_base_sek",
            "result_high_sek", "payback_low_months", "payback_base_months", "payback_high_months", "switching_value",
        ),
    ),
    "flows": (
        "flows",
        ("item", "state", "payer", "receiver", "sek_per_person_year", "change", "sek", "why", "missing", "apart"),
    ),
    "unit_values": (
        "values",
        ("key", "actor", "year", "value", "unit", "label", "source", "confidence", "note", "file", "used", "used_for"),
    ),
}  # fmt: skip
WHOSE = {"stated": "", "printed": "_printed", "model": "_model"}


def write_economics_tables(view: EconomicsView, folder: Path) -> list[str]:
    """Writes each as ``<name>.csv`` (UTF-8, commas, decimal points) and gives the names written.

    A table that the federation has nothing for holds its headings alone. Months beyond five years stand here as they
    are computed; the page says "mer än fem år".
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, (table, columns) in FILES.items():
        frame = view.tables[table]
        if name == "break_even":  # a case may have several values: whose each is stands in its name
            frame = frame.assign(case=frame["case"] + frame["kind"].map(WHOSE))
        frame = _whole(frame[list(columns)])
        harmless_frame(frame).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return list(FILES)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    money = [str(column) for column in frame if str(column).endswith("_sek") and column != "sek_per_person_year"]
    return frame.assign(**{column: whole_where_possible(frame[column]) for column in money})
