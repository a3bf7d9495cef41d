"""The measures and the groups that a printed figure may be of, as files name them."""

from __future__ import annotations

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold, shipped_words
from portfolj.ledger.cells import Value, text_of

MEASURES = (
    "participations", "participants", "persons", "anonymous", "ongoing", "missing_sex", "exits", "ended", "completed",
    "to_work", "to_study", "to_training", "work_or_study", "work_study_or_training", "missing_after",
    "measured_twice", "never_twice", "up", "down", "unchanged", "step_shown", "step_not_shown", "step_shown_other",
    "at_exit", "mean_months", "budget", "sum",
)  # fmt: skip
SHARES = (("share_of_", ""), ("share_", "_of_exits"), ("share_", ""))  # what may stand around a measure
ATTRIBUTES = ("sex", "age", "municipality", "referrer", "intervention", "status")
GROUPS = ("all", *ATTRIBUTES, "owner", "target_group", "year", "financing", "exits")


def measure_of(value: Value) -> str:
    """The measure of a cell, ``""`` of an empty one. Raises CellFault for one that nobody computes.

    >>> measure_of("share_to_work_of_exits"), measure_of("Deltagare")
    ('share_to_work_of_exits', 'participants')
    """
    text = fold(text_of(value))
    if not text or is_measure(text):
        return text
    if text in shipped_words("measure"):
        return shipped_words("measure")[text]
    raise CellFault(
        Reason.WORD_UNKNOWN, "Måttet finns inte",
        f"{', '.join(MEASURES)}; andelar som share_to_work, share_to_work_of_exits och share_of_to_work",
        "Rätta cellen",
    )  # fmt: skip


def is_measure(text: str) -> bool:
    """Whether it is a measure or a share of one."""
    around = [text.removeprefix(before).removesuffix(after) for before, after in SHARES if text.startswith(before)]
    return any(measure in MEASURES for measure in (text, *around))


def group_of(value: Value) -> str:
    """The group of a cell, ``all`` of an empty one. Raises CellFault for one that nobody tells apart."""
    text = fold(text_of(value)) or "all"
    parts = text.split("_")
    if text in GROUPS or (set(parts) <= set(ATTRIBUTES) and len(set(parts)) == len(parts)):
        return text
    raise CellFault(
        Reason.WORD_UNKNOWN, "Indelningen finns inte",
        f"{', '.join(GROUPS)}, eller flera av {', '.join(ATTRIBUTES)} med _ mellan", "Rätta cellen",
    )  # fmt: skip
