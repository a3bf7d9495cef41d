"""Whether it paid, as people see it. Each takes an ``EconomicsView`` and gives HTML for notebook and page."""

from portfolj.exhibits.economics.basis import basis
from portfolj.exhibits.economics.break_even import break_even
from portfolj.exhibits.economics.caveats import caveats, method
from portfolj.exhibits.economics.chance import chance
from portfolj.exhibits.economics.comparison import comparison
from portfolj.exhibits.economics.flows import model_flows
from portfolj.exhibits.economics.headline import headline
from portfolj.exhibits.economics.highest import highest_cost
from portfolj.exhibits.economics.model import missing_values, model_changes, model_income
from portfolj.exhibits.economics.payback import payback_by_year
from portfolj.exhibits.economics.printed import printed
from portfolj.exhibits.economics.rules import options
from portfolj.exhibits.economics.set_aside import set_aside
from portfolj.exhibits.economics.together import payback_together
from portfolj.exhibits.economics.tornado import ranges, tornado
from portfolj.exhibits.economics.value_swing import value_swing
from portfolj.exhibits.economics.values_used import values_used

__all__ = [
    "basis",
    "break_even",
    "caveats",
    "chance",
    "comparison",
    "headline",
    "highest_cost",
    "method",
    "missing_values",
    "model_changes",
    "model_flows",
    "model_income",
    "options",
    "payback_by_year",
    "payback_together",
    "printed",
    "ranges",
    "set_aside",
    "tornado",
    "value_swing",
    "values_used",
]
