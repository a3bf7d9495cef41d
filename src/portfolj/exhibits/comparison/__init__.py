"""Municipalities beside others like them, and what the state's allocation model gives a federation.

As people see it: each takes a ``ComparisonView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.comparison.allocation import allocation, allocation_rules
from portfolj.exhibits.comparison.change import allocation_change
from portfolj.exhibits.comparison.fetched import fetched
from portfolj.exhibits.comparison.indicators import indicators
from portfolj.exhibits.comparison.similar import similar

__all__ = ["allocation", "allocation_change", "allocation_rules", "fetched", "indicators", "similar"]
