"""Which of the facts that a board needs are on file for each intervention, and which are missing.

As people see it: each takes a ``DocumentationView`` and gives HTML for notebook and page.
"""
