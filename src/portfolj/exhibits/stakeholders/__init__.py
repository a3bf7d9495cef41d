"""What those concerned say: coded statements and answers to surveys.

As people see it: each takes a ``StakeholdersView`` and gives HTML for notebook and page.
"""

from portfolj.exhibits.stakeholders.answers import answers, answers_by_group
from portfolj.exhibits.stakeholders.contrasts import contrasts
from portfolj.exhibits.stakeholders.quotes import quotes, statements_limits
from portfolj.exhibits.stakeholders.response import response, survey_limits
from portfolj.exhibits.stakeholders.themes import themes, themes_by_role
from portfolj.exhibits.stakeholders.verdicts import beside_verdicts

__all__ = [
    "answers",
    "answers_by_group",
    "beside_verdicts",
    "contrasts",
    "quotes",
    "response",
    "statements_limits",
    "survey_limits",
    "themes",
    "themes_by_role",
]
