"""An economics view written by hand, with the tables that the lower room makes, so that exhibits can be tested alone.

The incomes are the printed ones of the 2020 review of RAR Sörmland, in SEK.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pandas as pd

from portfolj.economics.actors import labels_of
from portfolj.economics.options import Options
from portfolj.economics.payback import mean_months, payback_months

# year, participants, then income and one-year result per actor, thousands of kronor
PRINTED = [
    ("2016", 42, {"samhallet": (1540, -1803), "kommun": (919, 247), "region": (104, -568), "staten": (140, -1858),
                  "af": (-848, -1532)}),
    ("2017", 140, {"samhallet": (4267, -6875), "kommun": (939, -1301), "region": (72, -2168), "staten": (3152, -3510),
                   "af": (-1125, -3366)}),
    ("2018", 263, {"samhallet": (5232, -15698), "kommun": (1488, -2720), "region": (326, -3882),
                   "staten": (1121, -11393), "af": (-310, -4518)}),
    ("2019", 66, {"samhallet": (2642, -2611), "kommun": (291, -765), "region": (66, -990), "staten": (1789, -1351),
                  "af": (384, -672)}),
]  # fmt: skip


def payback_row(year: str, actor: str, participants: int | None, income: float | None, cost: float | None,
                why: str = "", missing: str = "") -> dict[str, Any]:  # fmt: skip
    """A row of the table ``payback``, worked out by the printed model."""
    known = income is not None and cost is not None
    months = payback_months(round(cost), round(income)) if known else None  # type: ignore[arg-type]
    result = income - cost if known else None  # type: ignore[operator]
    return {
        "year": year, "actor": actor, "participants": participants, "income_1y_sek": income, "cost_sek": cost,
        "result_1y_sek": result, "income_5y_sek": None if income is None else 5 * income,
        "result_5y_sek": 5 * income - cost if known else None, "payback_months": months,  # type: ignore[operator]
        "why": why or ("" if months is not None else "no_income"), "missing": missing,
    }  # fmt: skip


def payback_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows with the types of the table."""
    floats = ("income_1y_sek", "cost_sek", "result_1y_sek", "income_5y_sek", "result_5y_sek")
    types = {"participants": "Int64", "payback_months": "Int64", **dict.fromkeys(floats, "float64")}
    return pd.DataFrame(rows).astype(types)


def summary_of(payback: pd.DataFrame) -> pd.DataFrame:
    """The years together per actor."""
    rows = []
    for actor, own in payback.groupby("actor", sort=False):
        income, cost = own["income_1y_sek"].sum(skipna=False), own["cost_sek"].sum(skipna=False)
        has = own["payback_months"].notna()
        rows.append({
            "actor": actor, "years": len(own), "participants": own["participants"].sum(), "income_1y_sek": income,
            "cost_sek": cost, "result_1y_sek": own["result_1y_sek"].sum(skipna=False),
            "result_5y_sek": own["result_5y_sek"].sum(skipna=False),
            "payback_mean_months": mean_months([int(m) for m in own["payback_months"].dropna()]),
            "payback_pooled_months": None if pd.isna(income + cost) else payback_months(round(cost), round(income)),
            "years_with_payback": ";".join(own.loc[has, "year"]),
            "years_without_payback": ";".join(own.loc[~has, "year"]), "years_unknown": "",
        })  # fmt: skip
    return pd.DataFrame(rows).astype({"payback_mean_months": "Int64", "payback_pooled_months": "Int64"})


PAYBACK = payback_frame(
    [
        payback_row(year, actor, participants, 1000.0 * income, 1000.0 * (income - result))
        for year, participants, actors in PRINTED
        for actor, (income, result) in actors.items()
    ]
)
NOTE = "medelvärdet av 58 andra utvärderingar, inte förbundets egen kostnad"
COSTS = pd.DataFrame(
    [
        (actor, None, "2020 års genomlysning" if actor != "samhallet" else "", confidence, NOTE, each, total)
        for actor, each, total, confidence in (
            ("samhallet", 79_583.33, 40_667_082.0, "D"), ("kommun", 16_000.0, None, "P"),
            ("region", 16_000.0, None, "P"), ("af", 16_000.0, None, "P"), ("fk", 16_000.0, None, "P"),
            ("ovrig_stat", 15_583.33, None, "D"),
        )
    ],
    columns=["actor", "year", "source", "confidence", "note", "cost_per_participant_sek", "cost_total_sek"],
).astype({"year": "Int64", "cost_total_sek": "float64"})  # fmt: skip
PUBLISHED = pd.DataFrame(
    [
        (2016, "samhallet", "payback_months", "27", 27.0, 27.0, 0.0, "agrees", False, ""),
        (2016, "af", "result_1y", "-1 532", -1_532_000.0, -1_520_000.0, 12_000.0, "differs", True, "Tryckfel"),
        (None, "region", "payback_months", "200", 200.0, 200.0, 0.0, "agrees", False, ""),
        (2019, "af", "payback_months", "33", 33.0, 33.0, 0.0, "agrees", True, ""),
        (2015, "kommun", "income_1y", "100", 100_000.0, None, None, "not_computed", False, ""),
    ],
    columns=["year", "actor", "measure", "printed", "printed_value", "computed", "difference", "finding", "derived",
             "note"],
).assign(source="2020 års genomlysning").astype({"year": "Int64"})  # fmt: skip
BREAK_EVEN = pd.DataFrame(
    [
        ("full_time", "Arbete på heltid utan stöd", 57e6, 500_000.0, 1.0, 114, "stated", 114, "Genomlysningen", "", ""),
        ("full_time", "Arbete på heltid utan stöd", 57e6, 492_825.0, 1.0, 116, "model", 114, "", "", ""),
        ("half_time", "Arbete på halvtid med lönestöd", 57e6, 67_059.0, 1.0, 850, "printed", 850, "Genomlysningen", "",
         ""),
        ("ssi", "SSI: 5 000 kr mer i månaden", 11.8e6, 98_333.0, 3.0, 40, "printed", 40, "Genomlysningen", "",
         ""),
        ("own", "Kortare sjukskrivning", 11.8e6, None, 1.0, None, "model", None, "", "value_missing",
         "Sjukpenning 2020"),
    ],
    columns=["case", "label", "cost_sek", "value_per_person_year_sek", "years", "persons", "kind", "printed_persons",
             "source", "why", "missing"],
).astype({"persons": "Int64", "printed_persons": "Int64"})  # fmt: skip
HIGHEST = pd.DataFrame(
    [
        {"actor": actor, "months": months, "highest_cost_per_participant_sek": income * months / 12,
         "cost_per_participant_sek": cost, "income_per_participant_sek": income}
        for actor, income, cost in (("samhallet", 26_773.0, 79_583.0), ("kommun", 7_117.0, 16_000.0))
        for months in (12, 24, 36, 60)
    ]
)  # fmt: skip
SENSITIVITY = pd.DataFrame(
    [
        (actor, "income_pct", "Intäkten", 60.0, 100.0, 120.0, 0.4e6 * scale, 27.7e6 * scale, 41.4e6 * scale, 60.0, 36.0,
         30.0, 59.5)
        for actor, scale in (("samhallet", 1.0), ("kommun", 0.3))
    ]
    + [
        ("samhallet", "fade_out_pct", "Avtagande intäkt", 0.0, 0.0, 30.0, 27.7e6, 27.7e6, -2.7e6, 36.0, 36.0,
         float("inf"), 28.1),
        ("samhallet", "discount_rate_pct", "Kalkylränta", 0.0, 0.0, 4.0, 27.7e6, 27.7e6, 22.7e6, 36.0, 36.0, 38.0,
         None),
    ],
    columns=["actor", "parameter", "label", "low", "likely", "high", "result_low_sek", "result_base_sek",
             "result_high_sek", "payback_low_months", "payback_base_months", "payback_high_months", "switching_value"],
)  # fmt: skip
CHANCE = pd.DataFrame(
    [
        (actor, years, share, never, *percentiles)
        for actor, shares, never, percentiles in (
            ("samhallet", (0.0, 0.02, 0.83, 0.95), 0.031, ("27", "41", "never")),
            ("kommun", (0.0, 0.3, 0.9, 0.99), 0.004, ("19", "31", "80")),
            ("region", (0.0, 0.0, 0.0, 0.001), 0.9, ("150", "never", "never")),
        )
        for years, share in zip((1, 2, 5, 10), shares, strict=True)
    ],
    columns=["actor", "horizon_years", "chance_to_break_even", "share_never", "payback_p05_months",
             "payback_p50_months", "payback_p95_months"],
)  # fmt: skip
VALUES = pd.DataFrame(
    [
        ("monthly_wage_sek", "Månadslön", "", None, 25_000.0, "kr per månad", "Genomlysningen", "D", "", "", True,
         "2020"),
        ("municipal_tax_pct", "Kommunalskatt", "kommun", 2018, 20.74, "%", "SCB", "V", "", "", True, "2020"),
        ("work_extent_pct", "Arbetstid", "", None, 50.0, "%", "", "A", "Antas av förbundet", "varden.csv", True,
         "2020"),
        ("price_index", "Prisindex", "", 2020, None, "index", "", "M", "", "", False, ""),
    ],
    columns=["key", "label", "actor", "year", "value", "unit", "source", "confidence", "note", "file", "used",
             "used_for"],
).astype({"year": "Int64"})  # fmt: skip
COMPARISON = pd.DataFrame(
    [
        ("Medelvärdet av 58 utvärderingar", 58, 12, None, None, None, "2020 års genomlysning"),
        ("Matchningsarena", 1, None, 74_000.0, 12, 147_059.0, "Slutrapport"),
    ],
    columns=["label", "evaluations", "payback_months", "max_cost_per_participant_sek", "max_cost_months",
             "actual_cost_per_participant_sek", "source"],
).astype({"payback_months": "Int64", "evaluations": "Int64", "max_cost_months": "Int64"})  # fmt: skip

CHANGES = pd.DataFrame(
    [
        ("income_support", "Försörjningsstöd", 40, 25, -15, False, "transitions"),
        ("work_full_time", "Arbete på heltid", 10, 22, 12, False, "transitions"),
        ("study", "Studier", None, None, None, True, "transitions"),
    ],
    columns=["state", "label", "before", "after", "change", "hidden", "source"],
).astype({"before": "Int64", "after": "Int64", "change": "Int64"})  # fmt: skip
FLOWS = pd.DataFrame(
    [
        ("benefit", "Försörjningsstöd", "income_support", "kommun", "individen", 100_000.0, -15, -1_500_000.0, "", ""),
        ("production", "Produktion", "work_full_time", "realekonomin", "arbetsgivare", 400_000.0, 12, 4_800_000.0, "",
         ""),
        ("wage", "Lön", "work_full_time", "arbetsgivare", "individen", 400_000.0, 12, 4_800_000.0, "", ""),
        ("study", "Studiestöd", "study", "ovrig_stat", "individen", 50_000.0, None, None, "hidden", ""),
        ("sick", "Sjukpenning", "sickness", "fk", "individen", None, 2, None, "value_missing", "Sjukpenning 2020"),
    ],
    columns=["item", "label", "state", "payer", "receiver", "sek_per_person_year", "change", "sek", "why", "missing"],
).assign(apart=False).astype({"change": "Int64"})  # fmt: skip
FEW_MOVERS = pd.DataFrame(
    [("income_support", "Försörjningsstöd", -15, 6.4), ("work_full_time", "Arbete på heltid", 12, 4.4)],
    columns=["state", "label", "change", "standard_deviation"],
).astype({"change": "Int64"})  # fmt: skip
MODEL_INCOME = pd.DataFrame(
    [
        ("samhallet", 4_800_000.0, "", ""),
        ("kommun", 1_500_000.0, "", ""),
        ("fk", None, "value_missing", "Sjukpenning 2020"),
        ("individen", None, "hidden", ""),
    ],
    columns=["actor", "income_1y_sek", "why", "missing"],
)
CANCEL = pd.DataFrame([{"item": "benefit", "label": "Försörjningsstöd", "sum_sek": 0.0}])
STRUCTURAL = pd.DataFrame([{"count": 30, "granted_sek": 57_000_000.0, "of_granted_sek": 92_000_000.0,
                            "without_amount": 0}])  # fmt: skip
SET_ASIDE = pd.DataFrame([{"year": "2015", "reason": "few_participants"}])
TABLES: Mapping[str, pd.DataFrame] = {
    "payback": PAYBACK,
    "payback_summary": summary_of(PAYBACK),
    "costs": COSTS,
    "published": PUBLISHED,
    "break_even": BREAK_EVEN,
    "structural": STRUCTURAL,
    "highest_cost": HIGHEST,
    "sensitivity": SENSITIVITY,
    "chance": CHANCE,
    "values": VALUES,
    "comparison": COMPARISON,
}
FROM_STATES: Mapping[str, pd.DataFrame] = {
    **TABLES,
    "payback": payback_frame(
        [
            payback_row("2018–2020", "samhallet", 50, 4_800_000.0, 3_979_150.0),
            payback_row("2018–2020", "kommun", 50, 1_500_000.0, 800_000.0),
            payback_row("2018–2020", "fk", 50, None, 800_000.0, "value_missing", "Sjukpenning 2020"),
            payback_row("2018–2020", "individen", 50, None, 0.0, "hidden"),
        ]
    ),
    "changes": CHANGES,
    "flows": FLOWS,
    "model_income": MODEL_INCOME,
    "cancel": CANCEL,
    "few_movers": FEW_MOVERS,
    "published": PUBLISHED.iloc[:0],
}


@dataclass(frozen=True)
class Range:
    """A span of what is uncertain."""

    name: str
    low: float
    likely: float
    high: float
    label: str
    source: str
    reason: str = ""


@dataclass(frozen=True)
class View:
    """What exhibits read of an ``EconomicsView``."""

    tables: Mapping[str, pd.DataFrame]
    basis: str = "incomes"
    options: Options = field(default_factory=Options)
    kinds: tuple[str, ...] = ("incomes",)
    k: int = 5
    value_year: int = 2020
    draws: int = 100_000
    seed: int = 1
    participants: int | None = 511
    remarks: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = (Range("income_pct", 60.0, 100.0, 120.0, "Intäkten", "assumed"),
                                 Range("fade_out_pct", 0.0, 0.0, 30.0, "Avtagande intäkt", "federation"))  # fmt: skip
    labels: Mapping[str, str] = field(default_factory=lambda: labels_of({}))
    values: Any = field(default_factory=lambda: SimpleNamespace(used=[], missing=[]))
    follow_up: Any = field(default_factory=lambda: SimpleNamespace(k=5, zeros_hidden=()))
    portfolio: Any = field(
        default_factory=lambda: SimpleNamespace(period_label="2016–2019", federation=SimpleNamespace(name="Prov"))
    )


def view_of(**changes: Any) -> Any:
    """A view on printed incomes; a table is replaced by its name, anything else of the view too."""
    tables = dict(changes.pop("tables", TABLES))
    fields = set(View.__dataclass_fields__)
    tables |= {name: changes.pop(name) for name in list(changes) if name not in fields}
    return View(tables=tables, **changes)


def from_states(**changes: Any) -> Any:
    """A view on counts of states before and after."""
    return view_of(**{"tables": FROM_STATES, "basis": "transitions", "kinds": ("transitions",), **changes})


def without_anything(**changes: Any) -> Any:
    """The view of a federation with no files of economics."""
    empty = {name: frame.iloc[:0] for name, frame in {**FROM_STATES, **TABLES}.items()}
    return view_of(**{"tables": empty, "basis": "", "kinds": (), "ranges": (), **changes})
