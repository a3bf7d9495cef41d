"""The whole on one page for a board. Each takes an ``Evaluation`` and gives HTML for notebook and page."""
