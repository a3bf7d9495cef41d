"""How many rows of each follow-up file were used and set aside, and why, in words for ``portfolj check``.

Rows on persons that were set aside are people too, and what is printed on a screen is copied into mails: fewer than k
are told as that, and then no number is given that they could be worked out from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pandas as pd

from portfolj.federation import PERSON_KINDS
from portfolj.followup.table import EMPTY_ROW, HEADER_REPEAT, NOTE_ROW, SUM_ROW

# Why a row was set aside, for one and for several.
LABELS = {
    EMPTY_ROW: ("tom rad", "tomma rader"),
    SUM_ROW: ("summarad", "summarader"),
    NOTE_ROW: ("anteckning", "anteckningar"),
    HEADER_REPEAT: ("upprepad rubrikrad", "upprepade rubrikrader"),
    "felregistrering": ("felregistrering", "felregistreringar"),
    "duplicate_participation": (
        "rad om ett deltagande som står på en annan rad", "rader om deltaganden som står på en annan rad",
    ),
    "count_zero": ("rad som gäller noll deltagare", "rader som gäller noll deltagare"),
    "anonymous_person": ("rad om en anonym deltagare", "rader om anonyma deltagare"),
    "assessment_without_values": ("rad utan skattning", "rader utan skattning"),
    "duplicate_assessment": ("skattning som står på en annan rad", "skattningar som står på en annan rad"),
    "status_missing": ("rad utan läge", "rader utan läge"),
    "status_between_points": (
        "läge som ligger längre från en tidpunkt än ett annat", "lägen som ligger längre från en tidpunkt än ett annat",
    ),
    "status_after_exit": ("läge långt efter slutet", "lägen långt efter slutet"),
    "duplicate_status": ("läge som står på en annan rad", "lägen som står på en annan rad"),
    "count_missing": ("rad utan antal", "rader utan antal"),
    "duplicate_count": ("antal som står på en annan rad", "antal som står på en annan rad"),
    "duplicate_exit": ("utfall som står på en annan rad", "utfall som står på en annan rad"),
    "duplicate_goal": ("mål som står på en annan rad", "mål som står på en annan rad"),
    "duplicate_statement": ("utsaga som står på en annan rad", "utsagor som står på en annan rad"),
    "duplicate_answer": ("svar som står på en annan rad", "svar som står på en annan rad"),
    "no_answers": ("rad utan svar", "rader utan svar"),
    "duplicate": ("rad som står en gång till", "rader som står en gång till"),
}  # fmt: skip
_ABOUT_NOBODY = (EMPTY_ROW, SUM_ROW, NOTE_ROW, HEADER_REPEAT, "count_zero")


class RowsRead(Protocol):
    """What became of the rows of files: one row per file, and one per row that was set aside."""

    @property
    def sources(self) -> pd.DataFrame: ...
    @property
    def set_aside(self) -> pd.DataFrame: ...


def row_lines(read: RowsRead, *, k: int) -> Iterator[tuple[str, str]]:
    """The file, and its line: ``deltagande.csv: 82 rader = 72 använda + 10 åt sidan (10 felregistreringar)``."""
    for source in read.sources.itertuples():
        aside = read.set_aside
        own = aside.loc[(aside["file"] == source.file) & (aside["kind"] == source.kind), "reason"]
        counts = {str(reason): int(number) for reason, number in own.value_counts(sort=False).items()}
        rows = f"{source.file}: {source.rows_in} {'rad' if source.rows_in == 1 else 'rader'}"
        few = {r for r, n in counts.items() if source.kind in PERSON_KINDS and r not in _ABOUT_NOBODY and n < k}
        reasons = ", ".join(_reason(r, n, few=r in few, k=k) for r, n in counts.items())
        if few:
            yield str(source.file), f"{rows}, varav åt sidan: {reasons}"
        else:
            line = f"{rows} = {source.rows_used} använda + {source.rows_set_aside} åt sidan"
            yield str(source.file), line + (f" ({reasons})" if reasons else "")


def _reason(reason: str, number: int, *, few: bool, k: int) -> str:
    one, several = LABELS.get(reason, (reason, reason))
    return f"färre än {k} {several}" if few else f"{number} {one if number == 1 else several}"
