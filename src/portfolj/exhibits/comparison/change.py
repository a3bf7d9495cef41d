"""What more or less income support or population would mean for one's own federation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.comparison import words
from portfolj.exhibits.comparison.allocation import in_year
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, finding, paragraph

if TYPE_CHECKING:
    from portfolj.comparison.view import AllocationView, ComparisonView

TOLD_PCT = 10
GRID = "#D9D9D9"


def allocation_change(view: ComparisonView) -> Html:
    """A sentence, a figure and a table of the amount at each change; what is left out where there is no own one."""
    found = view.allocation
    if found is None:
        return left_out("Utan en tabell över förbund går det inte att säga vad en ändring skulle ge.")
    if found.changes.empty:
        return paragraph("Utan en fördelning till det egna förbundet går det inte att säga vad en ändring skulle ge.")
    changes = found.changes
    return Html(
        finding(change_finding(found)),
        _figure(changes),
        _table(found).html(),
        paragraph(
            "En ändring i taget, för ett förbund. De andras siffror står stilla, så samma ram delas på ett annat sätt."
        ),
    )


def change_finding(found: AllocationView) -> str:
    """What ten percent more of each measure gives."""
    at = found.changes[found.changes["change_pct"] == TOLD_PCT].set_index("measure")
    parts = []
    for measure, name in words.MEASURES.items():
        difference = at.loc[measure, "difference_sek"]
        if not pd.isna(difference):
            parts.append(f"{_more(int(difference))} om {_inside(name)} ökar med {TOLD_PCT} procent")
    if not parts:
        return "Med de ändrade siffrorna går det inte att fördela ramen."
    return f"{found.own} skulle få {swedish.listed(parts)}."


def _more(difference: int) -> str:
    if not difference:
        return "lika mycket"
    return f"{swedish.kronor(abs(difference))} {'mer' if difference > 0 else 'mindre'}"


def _inside(name: str) -> str:
    return {"Försörjningsmått": "försörjningsmåttet", "Invånare 16–64 år": "antalet invånare 16–64 år"}[name]


def _figure(changes: pd.DataFrame) -> Html:
    shown = {
        "income_support": ("o-", figures.BLUE),
        "population_16_64": ("s--", figures.VERMILION),
    }
    ends = []
    with figures.style():
        figure, axes = figures.canvas(rows=6, legend=2)
        for measure, (style, colour) in shown.items():
            rows = changes[(changes["measure"] == measure) & changes["difference_sek"].notna()]
            thousands = rows["difference_sek"].astype("float64") / 1_000
            axes.plot(rows["change_pct"], thousands, style, color=colour, markersize=5, linewidth=1.8,
                      label=words.MEASURES[measure])  # fmt: skip
            if len(rows):
                first, last = rows.iloc[0], rows.iloc[-1]
                ends.append(f"{words.MEASURES[measure]}: {_at(first)} och {_at(last)}")
        axes.axhline(0, color=figures.GREY, linewidth=0.8)
        axes.xaxis.set_major_formatter(lambda value, _: _signed(value))
        axes.yaxis.set_major_formatter(lambda value, _: _signed(value))
        axes.set_xlabel("Ändring, procent", fontsize=9.5)
        axes.set_ylabel("Skillnad i tilldelning, tkr", fontsize=9.5)
        axes.grid(color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        figure.legend(loc="outside upper left", ncols=1, frameon=False, fontsize=9.5)
        return figures.as_html(
            figure,
            alt=f"Skillnad i tilldelning när ett mått ändras. {'. '.join(ends)}.",
            caption="Vad en ändring av ett mått i taget skulle göra med tilldelningen.",
        )


def _at(row: pd.Series) -> str:
    return f"{_signed(row['difference_sek'])} kr vid {_signed(row['change_pct'])} procent"


def _signed(value: float) -> str:
    return f"+{swedish.number(value)}" if value > 0 else swedish.number(value)


def _table(found: AllocationView) -> Table:
    rows = [
        {
            "what": f"{words.MEASURES[row.measure]} {_signed(row.change_pct)} procent" if row.change_pct
            else f"{words.MEASURES[row.measure]} som nu",
            "value": swedish.number(row.value), "final": row.final_sek, "difference": row.difference_sek,
            "bound": words.BOUNDS[row.bound],
        }
        for row in found.changes.itertuples()
    ]  # fmt: skip
    none = "går inte att fördela"
    return Table(
        name="fordelning-andring",
        caption=f"Tilldelning till {found.own}{in_year(found)} när ett mått ändras",
        frame=pd.DataFrame(rows),
        columns=[
            Column("what", "Ändring"),
            Column("value", "Måttet blir", str, numeric=True),
            Column("final", "Tilldelning, kr", lambda v: swedish.number(int(v)), numeric=True, missing=none),
            Column("difference", "Skillnad, kr", lambda v: _signed(int(v)), numeric=True, missing=none),
            Column("bound", "Det som avgör"),
        ],
    )
