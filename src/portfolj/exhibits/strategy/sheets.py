"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.sheet import Sheet
from portfolj.exhibits.strategy import words
from portfolj.exhibits.strategy.actual import LINES

if TYPE_CHECKING:
    from portfolj.strategy.view import StrategyView

HEADINGS = {
    "year": "År", "label": "Prioritering", "intended_share_pct": "Avsedd andel, procent", "intended_sek": "Avsett, kr",
    "granted_sek": "Fick, kr", "share_pct": "Faktisk andel, procent", "unknown_sek": "Kan höra dit, kr",
    "interventions": "Insatser", "unknown_interventions": "Insatser som kan höra dit",
}  # fmt: skip
REST = {
    "label": "Var pengarna hamnade", "intervention_key": "Nyckel", "name": "Insats", "year": "År",
    "granted_sek": "Beviljat, kr", "lacks": "Saknas",
}  # fmt: skip


def strategy_sheets(view: StrategyView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    if view.by_year.empty:
        return
    period = view.portfolio.period_label
    lines = view.by_year
    frame = lines.assign(
        label=[priority or LINES[line] for priority, line in zip(lines["priority"], lines["line"], strict=True)]
    )
    source = view.settings.source.strip()
    notes = (words.RULE[view.settings.counting], *([f"Källa: {source.rstrip('.')}."] if source else []))
    yield Sheet(
        "Strategi", f"Avsedda och beviljade pengar per prioritering och beslutsår, {period}",
        frame[list(HEADINGS)].rename(columns=HEADINGS), notes,
    )  # fmt: skip
    if view.left_over.empty:
        return
    rest = view.left_over.assign(
        label=view.left_over["status"].map(LINES),
        lacks=[swedish.sentence(words.lacks(text)) if text else None for text in view.left_over["cannot_judge"]],
    )
    yield Sheet(
        "Utanför strategin", f"Insatser som inte säkert hör till en prioritering, {period}",
        rest[list(REST)].rename(columns=REST),
    )  # fmt: skip
