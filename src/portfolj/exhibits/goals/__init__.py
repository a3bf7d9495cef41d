"""Are an intervention's goals outcomes that can be measured, or volumes, activities or vague hopes?

As people see it: each takes a ``GoalsView`` and gives HTML for notebook and page.
"""
