"""Which of the facts that a board needs are on file for each intervention, and which are missing.

As people see it: each takes a ``DocumentationView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.documentation.facts import facts
from portfolj.exhibits.documentation.lacking import lacking
from portfolj.exhibits.documentation.phase_money import phase_money
from portfolj.exhibits.documentation.phases import phases
from portfolj.exhibits.documentation.unmatched import unmatched

__all__ = ["facts", "lacking", "phase_money", "phases", "unmatched"]
