"""What a review came to, in the few lines that the command prints."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio
from portfolj.review.book import Applied
from portfolj.review.rows import Item, review_items, review_pairs

CHANGES = {"new": ("nytt", "nya"), "changed": ("ändrat", "ändrade"), "confirmed": ("bekräftat", "bekräftade"),
           "undone": ("ångrat", "ångrade")}  # fmt: skip


def open_items(items: list[Item]) -> list[Item]:
    """Those of the report's interventions that wait for a decision."""
    return [item for item in items if item.counted and item.doubts]


def kronor(amount: float) -> str:
    """``1 234 500 kr``, with spaces that do not break."""
    return f"{amount:,.0f} kr".replace(",", "\u00a0")


def waiting(items: list[Item]) -> str:
    """How many interventions wait for a decision and how many kronor were granted to them."""
    open_, counted = open_items(items), [item for item in items if item.counted]
    text = f"{len(open_)} av {len(counted)} insatser har något att ta ställning till"
    known = pd.Series([item.row["granted_sek"] for item in open_], dtype="float64").dropna()
    return f"{text}, {kronor(sum_sek(known))}" if len(known) else text


def written(portfolio: Portfolio, path: Path, *, flags: str) -> str:
    """What is told when a workbook has been written."""
    key = portfolio.federation.key
    asked = sum(not pair.answer for pair in review_pairs(portfolio))
    pairs = "" if not asked else f" {asked} par med lika namn." if asked > 1 else " Ett par med lika namn."
    return (
        f"{key}: {waiting(review_items(portfolio))}.{pairs}\nSkrev {path}\n"
        f"Svara i boken, spara, stäng och kör: portfolj review {key} --apply{flags}"
    )


def applied(outcome: Applied, *, federation: str, flags: str) -> str:
    """What is told when a workbook has been applied."""
    told = [f"{n} {CHANGES[change][n > 1]}" for change in CHANGES if (n := outcome.changes.get(change, 0))]
    if not told:
        return f"{federation}: inget att föra in. Alla svar i boken står redan i {outcome.path}"
    lines = [f"{federation}: {', '.join(told)} i {outcome.path}"]
    if outcome.without_why:
        lines[0] += f" ({outcome.without_why} utan skäl)"
    if outcome.notes:
        lines += [f"Att känna till ({len(outcome.notes)})", *(f"  {note}" for note in outcome.notes)]
    return "\n".join([*lines, f"Gör rapporten på nytt med besluten: portfolj run {federation}{flags}"])
