"""Tables, figures and sentences as people see them. Each takes a ``Portfolio`` and gives HTML for notebook and page.

``followup`` holds those on what came of it, which take a ``FollowUpView``, ``economics`` those on whether it paid,
which take an ``EconomicsView``, and so on, a folder for each part; ``board`` draws on all of them and takes an
``Evaluation``.
"""

from portfolj.exhibits import board as board
from portfolj.exhibits import comparison as comparison
from portfolj.exhibits import documentation as documentation
from portfolj.exhibits import economics as economics
from portfolj.exhibits import followup as followup
from portfolj.exhibits import goals as goals
from portfolj.exhibits import logic as logic
from portfolj.exhibits import stakeholders as stakeholders
from portfolj.exhibits import strategy as strategy
from portfolj.exhibits.certainty import certainty, doubts
from portfolj.exhibits.decisions import decisions_made, lookalikes
from portfolj.exhibits.evidence import codebook, coding, coding_summary
from portfolj.exhibits.funded import headline, largest, over_the_years
from portfolj.exhibits.interventions import behind_the_figures
from portfolj.exhibits.limits import caveats, not_defined
from portfolj.exhibits.orientation import orientation, process_support
from portfolj.exhibits.owner import owner
from portfolj.exhibits.pending import how_to_decide, pending, stakes
from portfolj.exhibits.published import published
from portfolj.exhibits.reading import remarks, scope_of_reading, set_aside, sources
from portfolj.exhibits.reliability import reliability
from portfolj.exhibits.scope import external_money, rules, scope_box, whole_ledger
from portfolj.exhibits.target_group import target_group

__all__ = [
    "behind_the_figures",
    "caveats",
    "certainty",
    "codebook",
    "coding",
    "coding_summary",
    "decisions_made",
    "doubts",
    "external_money",
    "headline",
    "how_to_decide",
    "largest",
    "lookalikes",
    "not_defined",
    "orientation",
    "over_the_years",
    "owner",
    "pending",
    "process_support",
    "published",
    "reliability",
    "remarks",
    "rules",
    "scope_box",
    "scope_of_reading",
    "set_aside",
    "sources",
    "stakes",
    "target_group",
    "whole_ledger",
]
