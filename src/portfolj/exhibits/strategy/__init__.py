"""Did the money follow the priorities that the board had stated?

As people see it: each takes a ``StrategyView`` and gives HTML for notebook and page.
"""
