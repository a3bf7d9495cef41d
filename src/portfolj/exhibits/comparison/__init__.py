"""Municipalities beside others like them, and what the state's allocation model gives a federation.

As people see it: each takes a ``ComparisonView`` and gives HTML for notebook and page.
"""
