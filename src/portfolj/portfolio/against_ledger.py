"""Each printed figure against what the ledger gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from portfolj.portfolio.counting import COUNTING_WORDS, CountingRule
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.published import Comparison, Finding, Printed


@dataclass(frozen=True)
class Computed:
    """The computed frames that printed figures are compared with, by the names they have as files."""

    owner: pd.DataFrame
    target_group: pd.DataFrame
    orientation: pd.DataFrame
    process_support: pd.DataFrame
    year: pd.DataFrame
    interventions: pd.DataFrame
    derived_orientation: bool

    def figure(self, printed: Printed, *, rule: CountingRule = CountingRule.ONCE) -> Decimal | None:
        """What the ledger gives for a printed figure, in its unit; None where the ledger has no such figure."""
        parts = [self._part(printed.dimension, code, printed.measure, rule) for code in printed.category.split("+")]
        if printed.measure == "mean_granted" and len(parts) > 1:
            return None
        known = [part for part in parts if part is not None and not pd.isna(part)]
        return sum((Decimal(str(part)) for part in known), Decimal(0)) / printed.per_unit if known else None

    def _part(self, dimension: str, code: str, measure: str, rule: CountingRule) -> float | None:
        if measure == "share":
            count = self._part(dimension, code, "count", rule)
            return None if count is None or not len(self.interventions) else 100 * count / len(self.interventions)
        if code == "total" and dimension in ("owner", "target_group", "orientation", "year"):
            return self._part("portfolio", "all", measure, rule)
        match dimension:
            case "portfolio" if code == "all":
                total = sum_sek(self.interventions["granted_sek"])
                count = len(self.interventions)
                return {"count": count, "granted": total, "mean_granted": total / count if count else None}[measure]
            case "owner" | "orientation":
                column = {"count": "count", "granted": "granted_sek", "mean_granted": "mean_granted_sek"}[measure]
                return _cell(getattr(self, dimension), dimension, code, column)
            case "target_group":
                column = {"count": "count_once", "granted": f"granted_{rule}_sek"}.get(measure, "")
                return _cell(self.target_group, dimension, code, column)
            case "process_support":
                if measure != "granted":
                    return None
                if code == "total":
                    return sum_sek(self.process_support["granted_sek"])
                return _cell(self.process_support, "kind", code, "granted_sek")
            case "esf" if measure == "granted":
                return sum_sek(self.year.loc[self.year["financing"] == "ESF", "granted_sek"])
            case "year" if measure == "granted" and code.isdigit():
                own = self.year[(self.year["financing"] == "Finsam") & (self.year["year"] == int(code))]
                return sum_sek(own["granted_sek"])
        return None


def against_ledger(figures: Sequence[Printed], *, computed: Computed) -> list[Comparison]:
    """One comparison per printed figure, in the order printed."""
    rules = _rule_per_table(figures, computed=computed)
    return [_compare(printed, computed=computed, rule=rules.get(printed.table)) for printed in figures]


def fitting_rule(figures: Sequence[Printed], *, computed: Computed) -> CountingRule:
    """The counting rule under which most of these figures agree with the ledger; the simplest of equals."""

    def hits(rule: CountingRule) -> int:
        return sum(_within(printed, computed.figure(printed, rule=rule)) for printed in figures)

    return max(CountingRule, key=lambda rule: (hits(rule), -list(CountingRule).index(rule)))


def _rule_per_table(figures: Sequence[Printed], *, computed: Computed) -> Mapping[str, CountingRule]:
    tables: dict[str, list[Printed]] = {}
    for printed in figures:
        if printed.dimension == "target_group" and printed.measure == "granted":
            tables.setdefault(printed.table, []).append(printed)
    return {table: fitting_rule(group, computed=computed) for table, group in tables.items()}


def _compare(printed: Printed, *, computed: Computed, rule: CountingRule | None) -> Comparison:
    is_money_per_group = printed.dimension == "target_group" and printed.measure == "granted"
    rule = rule if is_money_per_group and rule else CountingRule.ONCE
    value = computed.figure(printed, rule=rule)
    finding, why = _judge(printed, value, computed=computed)
    if is_money_per_group and finding == Finding.AGREES:
        why = f"Stämmer inom tryckets avrundning, när {COUNTING_WORDS[rule]}."
    return Comparison(
        printed.table, printed.dimension, printed.category, printed.measure, printed.value,
        None if value is None else round(value, 6).normalize() + 0, finding, why, printed.unit,
    )  # fmt: skip


def _judge(printed: Printed, value: Decimal | None, *, computed: Computed) -> tuple[Finding, str]:
    if value is None:
        count = computed._part(printed.dimension, printed.category, "count", CountingRule.ONCE)
        if printed.measure == "mean_granted" and count == 0:
            return Finding.NOT_APPLICABLE, "Liggaren har ingen sådan insats, och 0 insatser har inget medelvärde."
        return Finding.NOT_APPLICABLE, "Liggaren ger ingen siffra att jämföra med."
    if _within(printed, value):
        return Finding.AGREES, "Stämmer inom tryckets avrundning."
    if printed.dimension == "esf":
        return Finding.CHECK, (
            "Liggaren är inte redovisningen av ESF-pengarna och behöver inte innehålla alla projekt. "
            "Kontrollera mot projektens egna beslut."
        )
    difference = printed.value - value
    more = "mer" if difference > 0 else "mindre"
    return (
        Finding.CONTRADICTION,
        f"Tryckt är {signed(abs(difference)).lstrip('+')} {printed.unit} {more} än liggaren ger.",
    )


def _within(printed: Printed, value: Decimal | None) -> bool:
    # A mean or a share of öre has endless decimals: a millionth of the unit is no difference.
    return value is not None and abs(printed.value - value) <= printed.half_step + Decimal("0.000001")


def _cell(frame: pd.DataFrame, key: str, code: str, column: str) -> float | None:
    if column not in frame:
        return None
    found = frame.loc[frame[key] == code, column]
    return None if found.empty or pd.isna(found.iloc[0]) else float(found.iloc[0])


def signed(value: Decimal) -> str:
    """A difference as it is written in Swedish: with its sign, a decimal comma and no needless zeros."""
    rounded = round(value, 2).normalize()
    text = format(rounded, "+f") if rounded else "0"
    return text.replace(".", ",").replace("-", "−")
