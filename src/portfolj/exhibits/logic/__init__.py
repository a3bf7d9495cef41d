"""How the federation means that resources lead to effects: its logic models, checked and joined to outcomes.

As people see it: each takes a ``LogicView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.logic.links import links
from portfolj.exhibits.logic.models import models
from portfolj.exhibits.logic.weak import weak

__all__ = ["links", "models", "weak"]
