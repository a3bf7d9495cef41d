"""Are an intervention's goals outcomes that can be measured, or volumes, activities or vague hopes?

As people see it: each takes a ``GoalsView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.goals.classes import classes, owners, years
from portfolj.exhibits.goals.weakest import meaning, weakest
from portfolj.exhibits.goals.words import quality_finding

__all__ = ["classes", "meaning", "owners", "quality_finding", "weakest", "years"]
