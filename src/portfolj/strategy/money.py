"""Money per year and priority: what was granted to each, what may have been, and what fell outside all of them.

Money stands on its decision year, as in the table over years. All of it is on exactly one of four kinds of lines: to a
priority, outside every priority that held that year, not known, or granted in a year without any priority. Money that
fits several priorities follows the declared rule; by ``overlapping`` it stands in each, and how much too much that
makes is told as the overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd

from portfolj.errors import ReconciliationError
from portfolj.federation import Priority, StrategySettings
from portfolj.portfolio import tables
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.money import equal_shares_ore, sum_sek, to_sek
from portfolj.portfolio.reconcile import Reconciliation
from portfolj.portfolio.view import Portfolio
from portfolj.strategy.fit import Answer, Fit, fits

DECISION_COLUMNS = (
    "intervention_key", "name", "year", "status", "priorities", "may_fit", "cannot_judge", "ore", "known",
)  # fmt: skip
YEAR_COLUMNS = (
    "year", "line", "priority", "intended_share_pct", "intended_sek", "interventions", "granted_sek", "share_pct",
    "unknown_interventions", "unknown_sek", "without_amount",
)  # fmt: skip


class Line(StrEnum):
    """The kinds of lines."""

    PRIORITY = "priority"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    NOT_STATED = "not_stated"
    OVERLAP = "overlap"


def decisions(portfolio: Portfolio, stated: Sequence[Priority]) -> pd.DataFrame:
    """One row per intervention and decision year of the members' money in the period.

    Columns: ``intervention_key``, ``name``, ``year`` (Int64, missing where the ledger has none), ``status`` (a
    ``Line``), ``priorities`` and ``may_fit`` (places of the priorities that it fits and may fit), ``cannot_judge``
    (criteria, where not known), ``ore`` (Int64, missing where no amount is known), ``known`` (bool).
    """
    frame = portfolio.interventions
    fit = fits(frame, stated)
    names = dict(zip(frame["intervention_key"].astype("str"), frame["name"].astype("str"), strict=True))
    sums = portfolio.sums[portfolio.sums["part"] == "counted"]
    grouped = sums.groupby(["intervention_key", "year"], dropna=False, observed=True).agg(
        ore=("ore", "sum"), entries=("entries", "sum"), without=("without_amount", "sum")
    )
    records = []
    for row in grouped.reset_index().to_dict("records"):
        key, year = str(row["intervention_key"]), None if pd.isna(row["year"]) else int(row["year"])
        own = [_in_year(each, priority, year) for each, priority in zip(fit[key], stated, strict=True)]
        yes = tuple(n for n, each in enumerate(own) if each is not None and each.answer is Answer.YES)
        may = tuple(n for n, each in enumerate(own) if each is not None and each.answer is Answer.UNKNOWN)
        held = [each for each in own if each is not None]
        status = Line.PRIORITY if yes else Line.UNKNOWN if may else Line.OUTSIDE if held else Line.NOT_STATED
        unknown = dict.fromkeys(criterion for each in held for criterion in each.unknown)
        known = row["entries"] > row["without"]
        records.append((key, names[key], year, status.value, yes, may, ";".join(unknown),
                        row["ore"] if known else pd.NA, bool(known)))  # fmt: skip
    made = pd.DataFrame.from_records(records, columns=list(DECISION_COLUMNS))
    return made.astype({"intervention_key": "str", "name": "str", "year": "Int64", "status": "str",
                        "cannot_judge": "str", "ore": "Int64", "known": "bool"})  # fmt: skip


def among(made: pd.DataFrame, column: str, places: set[int]) -> pd.DataFrame:
    """The decisions whose ``column`` (``priorities`` or ``may_fit``) has any of the places."""
    return made[made[column].map(lambda each: bool(places & set(each))).astype("bool")]


def _in_year(fit: Fit, priority: Priority, year: int | None) -> Fit | None:
    """The fit to a priority in that year; None where it was no priority then."""
    if year is None:
        return fit if not priority.years or fit.answer is Answer.NO else Fit(Answer.UNKNOWN, (*fit.unknown, "years"))
    return fit if priority.holds_in(year) else None


def by_year(made: pd.DataFrame, settings: StrategySettings) -> pd.DataFrame:
    """The lines of each year: its priorities in their order, then what is outside, not known and not stated.

    ``granted_sek`` of a year's lines is together what was granted that year, the negative line ``overlap`` among them.
    ``share_pct`` and ``intended_sek`` are of that; nothing is intended of money without a year. ``unknown_sek`` is what
    may belong to the priority beside what does: the same money may stand there of several priorities, and be granted
    to another. An amount is missing where none is known.
    """
    lines: list[dict[str, object]] = []
    for year in _years(made):
        rows = made[made["year"].isna() if year is None else made["year"] == year]
        total = _sum_ore(rows)
        for number, priority in enumerate(settings.priorities):
            own, may = among(rows, "priorities", {number}), among(rows, "may_fit", {number})
            if not (own.size or may.size or (priority.holds_in(year) if year is not None else not priority.years)):
                continue
            share = priority.share_pct if year is not None else None
            intended = round(total * share / 100) / 100 if share is not None and rows["known"].any() else None
            lines.append(
                _line(year, Line.PRIORITY, own, total, priority=priority.name, ore=_shares(own, number, settings))
                | {
                    "intended_share_pct": share,
                    "intended_sek": intended,
                    "unknown_interventions": may["intervention_key"].nunique(),
                    "unknown_sek": _known(may, _sum_ore(may)),
                }
            )
        for line in (Line.OUTSIDE, Line.UNKNOWN, Line.NOT_STATED):
            own = rows[rows["status"] == line.value]
            if len(own):
                lines.append(_line(year, line, own, total, ore=_sum_ore(own)))
        if overlap := _overlap_ore(rows, settings):
            twice = rows[rows["priorities"].map(len) > 1]
            lines.append(_line(year, Line.OVERLAP, twice, total, ore=-overlap))
    made_of = pd.DataFrame(lines, columns=list(YEAR_COLUMNS))
    money = {column: "float64" for column in YEAR_COLUMNS if column.endswith(("_sek", "_pct"))}
    counts = dict.fromkeys(("interventions", "unknown_interventions", "without_amount"), "int64")
    made_of["unknown_interventions"] = made_of["unknown_interventions"].fillna(0)
    return made_of.astype({"year": "Int64", "line": "str", "priority": "str", **money, **counts})


def reconciliation(
    portfolio: Portfolio, made: pd.DataFrame, lines: pd.DataFrame, settings: StrategySettings
) -> Reconciliation:
    """The lines against the ledger, year by year and in total. Raises ReconciliationError where they differ."""
    overlap = _overlap_ore(made, settings)
    own = tables.year(portfolio)
    own = own[(own["financing"] == "Finsam") & (own["year"].notna() | (portfolio.period is None))]
    for year, granted in zip(own["year"], own["granted_sek"], strict=True):
        of_year = lines["year"].isna() if pd.isna(year) else lines["year"] == year
        if round(100 * sum_sek(lines.loc[of_year, "granted_sek"])) != round(100 * (0 if pd.isna(granted) else granted)):
            raise ReconciliationError(f"prioriteringarnas rader går inte ihop med liggaren {year}")
    rows = lines[lines["line"] != Line.OVERLAP.value]
    return Reconciliation(
        "strategy", made["intervention_key"].nunique(), sum_sek(rows["granted_sek"]), overlap / 100, 0.0,
        len(portfolio.interventions), sum_sek(portfolio.interventions["granted_sek"]),
    )  # fmt: skip


def _line(
    year: int | None, line: Line, rows: pd.DataFrame, total: int, *, ore: int, priority: str = ""
) -> dict[str, object]:
    amount = _known(rows, ore)
    return {
        "year": year,
        "line": line.value,
        "priority": priority,
        "interventions": rows["intervention_key"].nunique(),
        "granted_sek": amount,
        "share_pct": None if amount is None or total <= 0 else round(100 * ore / total, 2),
        "without_amount": int((~rows["known"]).sum()),
    }


def _shares(own: pd.DataFrame, number: int, settings: StrategySettings) -> int:
    """What a priority has of the money that fits it, by the rule, in öre."""
    total = 0
    for places, ore in zip(own["priorities"], own["ore"], strict=True):
        if pd.isna(ore):
            continue
        place = places.index(number)
        if settings.counting == CountingRule.SPLIT.value:
            total += equal_shares_ore(int(ore), len(places))[place]
        elif settings.counting == CountingRule.OVERLAPPING.value or place == 0:
            total += int(ore)
    return total


def _overlap_ore(rows: pd.DataFrame, settings: StrategySettings) -> int:
    if settings.counting != CountingRule.OVERLAPPING.value:
        return 0
    extra = rows["priorities"].map(lambda places: max(len(places) - 1, 0)).astype("int64")
    return int((rows["ore"].fillna(0) * extra).sum())


def _sum_ore(rows: pd.DataFrame) -> int:
    return int(rows["ore"].sum())


def _known(rows: pd.DataFrame, ore: int) -> float | None:
    """The sum in SEK: 0 of nothing, None where there is something but no amount of it is known."""
    return ore / 100 if rows.empty or rows["known"].any() else None


def _years(made: pd.DataFrame) -> list[int | None]:
    known: list[int | None] = [int(year) for year in sorted(made["year"].dropna().unique())]
    return [*known, None] if made["year"].isna().any() else known


def left_over(made: pd.DataFrame) -> pd.DataFrame:
    """What went to no priority: a row per intervention and year, with its status, most money first within each."""
    rest = made[made["status"] != Line.PRIORITY.value]
    rest = rest.assign(granted_sek=to_sek(rest["ore"]))
    rest = rest.sort_values(
        ["status", "granted_sek", "name", "year"], ascending=[True, False, True, True], na_position="last"
    )
    return rest[["status", "intervention_key", "name", "year", "granted_sek", "cannot_judge"]].reset_index(drop=True)
