"""The headings of files with coders' answers, in Swedish as a sample has them or in the code's own words.

Swedish: ``Huvudman: anna``, ``Målgrupp 1: anna``, ``Målgrupp 2: anna``, ``Inriktning: anna``, ``Anteckning: anna``.
Else ``owner_anna``, ``targets_anna`` (or ``target_groups_anna``, with further ranks as ``targets_anna_2``),
``orientation_anna``, ``note_anna``. A table from ``portfolj classify`` has the machine's answers in ``owner`` and its
kin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from portfolj.agreement.answers import MACHINE, coder_label
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, OWNER, TARGET_GROUPS

NOTE = "note"
RANKS = 4  # cells for target groups: a list in a cell gives one value
KEY, STRATUM, WEIGHT = "Nyckel", "Urvalsgrupp", "Vikt"
TEXT_HEADINGS = {
    "name": "Insats",
    "applicant": "Sökande",
    "target_group_text": "Målgrupp i liggaren",
    "description": "Beskrivning",
    "goal_text": "Mål",
}
ABOUT_ROWS = {
    "key": ("key", "intervention_key", "nyckel", "id"),
    "stratum": ("stratum", STRATUM.casefold()),
    "weight": ("weight", WEIGHT.casefold()),
    "grade": ("grade", "grad"),
}
EXAMPLE = "owner_coder1 och owner_coder2, eller Huvudman: anna och Huvudman: bo"
_SPOKEN = {OWNER: "huvudman", TARGET_GROUPS: "målgrupp", ORIENTATION: "inriktning", NOTE: "anteckning"}
_NAMED = {OWNER: OWNER, "targets": TARGET_GROUPS, TARGET_GROUPS: TARGET_GROUPS, ORIENTATION: ORIENTATION, NOTE: NOTE}
# What the coding and the review workbook write beside an answer, and what coders' tables have columns of.
_NO_CODER = re.compile(
    r"basis|rule|evidence|reason|decided_by|rule_said|decided_note|hint|name|key|note|weight|dimension|"
    r"nu|beslut( \d+)?"
)
_SPOKEN_HEADING = re.compile(rf"({'|'.join(_SPOKEN.values())})(?:er)?(?: (\d+))?: ?(.+)")
_NAMED_HEADING = re.compile(rf"({'|'.join(_NAMED)})_(\w+)")


class Column(NamedTuple):
    """What a column holds: a dimension (or ``NOTE``), whose, and of target groups the rank."""

    dimension: str
    coder: str
    rank: int


def answer_headings(coder: str) -> dict[str, str]:
    """Heading -> dimension of the columns that a coder fills in, the note last."""
    groups = {f"Målgrupp {rank}: {coder}": TARGET_GROUPS for rank in range(1, RANKS + 1)}
    return {f"Huvudman: {coder}": OWNER, **groups, f"Inriktning: {coder}": ORIENTATION, f"Anteckning: {coder}": NOTE}


def coder_columns(headings: Sequence[str]) -> dict[int, Column]:
    """Place -> what the column holds, for each heading that names a coder's column, whatever its case."""
    found = {place: column for place, heading in enumerate(headings) if (column := _parse(heading))}
    texts = [heading.casefold() for heading in headings]
    for dimension in DIMENSIONS:
        # portfolj classify writes the machine's answer so, with what it rests on beside it.
        if {dimension, f"{dimension}_basis"} <= set(texts):
            found[texts.index(dimension)] = Column(dimension, MACHINE, 1)
    coders = {(column.dimension, column.coder) for column in found.values()}
    for place, column in found.items():
        # targets_anna_2 beside targets_anna is her second group; without it anna_2 is somebody's name.
        first, _, rank = column.coder.rpartition("_")
        if column.dimension == TARGET_GROUPS and rank.isdigit() and (TARGET_GROUPS, first) in coders:
            found[place] = Column(TARGET_GROUPS, first, int(rank))
    return found


def _parse(heading: str) -> Column | None:
    text = heading.casefold()
    if match := _SPOKEN_HEADING.fullmatch(text):
        dimension = next(dimension for dimension, word in _SPOKEN.items() if word == match[1])
        coder, rank = match[3], match[2]
    elif match := _NAMED_HEADING.fullmatch(re.sub(r"[\s-]+", "_", text)):
        dimension, coder, rank = _NAMED[match[1]], match[2], "1"
    else:
        return None
    if _NO_CODER.fullmatch(coder):
        return None
    return Column(dimension, MACHINE if coder == coder_label(MACHINE) else coder, int(rank or 1))


def about_rows(heading: str) -> str | None:
    """``key``, ``stratum``, ``weight`` or ``grade`` where the heading is one of them."""
    text = re.sub(r"[\s-]+", "_", heading.casefold())
    return next((name for name, headings in ABOUT_ROWS.items() if text in headings), None)
