"""Did the money follow the priorities that the board had stated?

As people see it: each takes a ``StrategyView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.strategy.actual import intended_and_actual
from portfolj.exhibits.strategy.outside import not_known, outside
from portfolj.exhibits.strategy.stated import priorities

__all__ = ["intended_and_actual", "not_known", "outside", "priorities"]
