"""How much it takes to break even: persons at a value each, or the highest cost at an income each.

Persons needed = cost / (value of a person and year x years), rounded up: of as many persons each is worth as much in
each year, and nothing fades. It is what an intervention must bring about to pay, not what it has brought about; for
interventions that change how organisations work, where nobody is followed up, it is all that can be said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from portfolj.economics.actors import in_order
from portfolj.economics.flows import production_value_sek
from portfolj.economics.options import Options
from portfolj.economics.payback import MONTHS, income_over_years, shares_of
from portfolj.economics.results import frame_of
from portfolj.economics.values import Missing, Value, Values

# What a case may name as its value: what a person produces in a year at the wage under this key.
PRODUCTION_WAGES: Final[Mapping[str, str]] = {
    "production_full_time": "monthly_wage_sek",
    "production_extra_wage": "extra_monthly_wage_sek",
}
STATED, PRINTED, MODEL = "stated", "printed", "model"
BREAK_EVEN_TYPES: Final[Mapping[str, str]] = {
    "case": "str", "label": "str", "cost_sek": "float64", "value_per_person_year_sek": "float64", "years": "float64",
    "persons": "Int64", "kind": "str", "printed_persons": "Int64", "source": "str", "why": "str", "missing": "str",
}  # fmt: skip
ASKED_MONTHS: Final = (12, 24, 36, 60)  # how soon a board may want its money back
HIGHEST_COST = {
    "actor": "str", "months": "int64", "highest_cost_per_participant_sek": "float64",
    "cost_per_participant_sek": "float64", "income_per_participant_sek": "float64",
}  # fmt: skip
CURVE_TYPES: Final[Mapping[str, str]] = {
    "years": "int64", "value_per_person_year_sek": "float64", "persons": "float64",
}  # fmt: skip


def persons_needed(cost_sek: float, value_per_person_year_sek: float, years: float = 1.0) -> int:
    """The fewest whole persons whose value pays the cost, exactly. Raises ValueError where a person is worth nothing.

    >>> persons_needed(57_000_000, 500_000), persons_needed(11_800_000, 100_000, 3)
    (114, 40)
    """
    worth = _exact(value_per_person_year_sek) * _exact(years)
    if worth <= 0:
        raise ValueError(f"{value_per_person_year_sek} kronor for {years} years: no number of persons pays a cost")
    return max(math.ceil(_exact(cost_sek) / worth), 0)


def highest_cost_sek(income_per_participant_year_sek: float, months: int, *, options: Options | None = None) -> float:
    """The cost per participant that the income has paid after so many months, by the options; 0 without an income.

    >>> highest_cost_sek(74_000, 12), highest_cost_sek(74_000, 18)
    (74000.0, 111000.0)
    """
    shares = shares_of(options or Options())
    years, rest = divmod(months, MONTHS)
    paid = income_over_years(income_per_participant_year_sek, years, **shares)
    next_year = income_over_years(income_per_participant_year_sek, years + 1, **shares) - paid
    return max(float(paid + next_year * rest / MONTHS), 0.0)


def break_even_table(
    cases: pd.DataFrame, *, values: Values, year: int, cost_of: Callable[[str], float | None]
) -> pd.DataFrame:
    """The rows of each case in order; columns as in ``BREAK_EVEN_TYPES``.

    ``kind`` says where the value is from. ``stated``: the case states or prints it, and the persons are computed.
    ``printed``: the number of persons is the printed one, and the value is what it implies, cost / (persons x years);
    there where print has no value, or one that gives another number of persons. ``model``: the value is that of the
    ``value_key`` in the year's ``values``, for cases that name one. A case without a cost of its own has that of its
    ``intervention``, from ``cost_of``. ``why``: ``cost_missing``, ``value_missing`` (``missing`` has its label) or
    ``no_income`` (a value that is not above zero) where the persons can't be computed.
    """
    rows = [row for case in cases.to_dict("records") for row in _rows(case, values=values, year=year, cost_of=cost_of)]
    return pd.DataFrame(rows, columns=list(BREAK_EVEN_TYPES)).astype(dict(BREAK_EVEN_TYPES))


def curve(cost_sek: float, *, values_sek: Sequence[float], years: Sequence[int]) -> pd.DataFrame:
    """Persons needed at each value, for each number of years; not rounded. Columns as in ``CURVE_TYPES``."""
    rows = [(each, value, cost_sek / (value * each)) for each in years for value in values_sek]
    return pd.DataFrame(rows, columns=list(CURVE_TYPES)).astype(dict(CURVE_TYPES))


def _rows(
    case: Mapping[Any, Any], *, values: Values, year: int, cost_of: Callable[[str], float | None]
) -> Iterator[dict[str, Any]]:
    own_cost = _first(case["cost_sek"])
    cost = cost_of(case["intervention"]) if own_cost is None else own_cost
    years = _first(case["years"], case["printed_years"], 1.0)
    printed_persons = _first(case["printed_persons"])
    value = _first(case["value_per_person_year_sek"], case["printed_value_sek"])
    common = {
        "case": case["case"], "label": case["label"], "cost_sek": cost, "years": years,
        "printed_persons": printed_persons, "source": case["source"], "missing": "",
    }  # fmt: skip
    stated = {**common, "kind": STATED, **_persons(cost, value, years)}
    names_a_value = bool(case["value_key"])
    if value is not None or not (printed_persons or names_a_value):
        yield stated
    if printed_persons and (value is None or stated["persons"] not in (None, printed_persons)):
        implied = cost / (printed_persons * years) if cost else None
        why = "" if cost else "cost_missing"
        yield {**common, "kind": PRINTED, "value_per_person_year_sek": implied, "persons": printed_persons, "why": why}
    if names_a_value:
        modelled, missing, sources = _model_value(case["value_key"], values=values, year=year)
        yield {
            **common, "kind": MODEL, **_persons(cost, modelled, years), "missing": ";".join(missing),
            "source": "; ".join(sources),
        }  # fmt: skip


def _persons(cost: float | None, value: float | None, years: float) -> dict[str, Any]:
    persons = None
    if value is None:
        why = "value_missing"
    elif value * years <= 0:
        why = "no_income"
    elif cost is None:
        why = "cost_missing"
    else:
        why, persons = "", persons_needed(cost, value, years)
    return {"value_per_person_year_sek": value, "persons": persons, "why": why}


def _model_value(key: str, *, values: Values, year: int) -> tuple[float | None, list[str], list[str]]:
    """The value of a person and year, the labels of the values that it lacks, and the sources of those that it has."""
    wage_key = PRODUCTION_WAGES.get(key)
    keys = [wage_key, "employer_fee_pct", "indirect_tax_pct"] if wage_key else [key]
    found = [values.find(each, year=year) for each in keys]
    missing = [str(each) for each in found if isinstance(each, Missing)]
    used = [each for each in found if isinstance(each, Value)]
    sources = list(dict.fromkeys(each.source for each in used))
    figures = [each.value for each in used if each.value is not None]
    if missing or len(figures) < len(keys):
        return None, missing, sources
    if not wage_key:
        return figures[0], [], sources
    wage, fee_pct, tax_pct = figures
    produced = production_value_sek(wage, employer_fee_share=fee_pct / 100, indirect_tax_share=tax_pct / 100)
    return produced, [], sources


def _first(*figures: Any) -> Any:
    """The first figure that there is, else None."""
    return next((float(figure) for figure in figures if not pd.isna(figure)), None)


def _exact(figure: float) -> Fraction:
    return Fraction(str(figure))  # as it is written: 0.1 is a tenth


def highest_costs(base: pd.DataFrame, *, options: Options) -> pd.DataFrame:
    """What a participant may cost each actor at most to be paid in so many months, a row per actor and time.

    ``base``: see ``results.BASE``, of which income and cost are known; its years together. The income per participant
    is before the options, which the highest cost is with.
    """
    amounts = base.groupby("actor")[["participants", "income_1y_sek", "cost_sek"]].sum()
    records = []
    for actor in in_order(amounts.index[amounts["participants"] > 0]):
        row = amounts.loc[actor]
        income, cost = (row[name] / row["participants"] for name in ("income_1y_sek", "cost_sek"))
        records += [
            {
                "actor": actor, "months": months,
                "highest_cost_per_participant_sek": highest_cost_sek(income, months, options=options),
                "cost_per_participant_sek": cost, "income_per_participant_sek": income,
            }
            for months in ASKED_MONTHS
        ]  # fmt: skip
    return frame_of(HIGHEST_COST, records)
