"""Tables, figures and sentences as people see them. Each takes a ``Portfolio`` and gives HTML for notebook and page."""

from portfolj.exhibits.evidence import codebook, coding, coding_summary, decisions_made, to_decide
from portfolj.exhibits.funded import headline, largest, over_the_years
from portfolj.exhibits.interventions import behind_the_figures
from portfolj.exhibits.limits import caveats, not_defined
from portfolj.exhibits.orientation import orientation, process_support
from portfolj.exhibits.owner import owner
from portfolj.exhibits.published import published
from portfolj.exhibits.reading import remarks, scope_of_reading, set_aside, sources
from portfolj.exhibits.scope import external_money, rules, scope_box, whole_ledger
from portfolj.exhibits.target_group import target_group

__all__ = [
    "behind_the_figures",
    "caveats",
    "codebook",
    "coding",
    "coding_summary",
    "decisions_made",
    "external_money",
    "headline",
    "largest",
    "not_defined",
    "orientation",
    "over_the_years",
    "owner",
    "process_support",
    "published",
    "remarks",
    "rules",
    "scope_box",
    "scope_of_reading",
    "set_aside",
    "sources",
    "target_group",
    "to_decide",
    "whole_ledger",
]
