"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.strategy.actual import strategy_finding

if TYPE_CHECKING:
    from portfolj.strategy.view import StrategyView


def strategy_sentences(view: StrategyView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of."""
    return [strategy_finding(view)] if not view.decisions.empty else []
