"""How many were in each state before and after, however it came to be known.

From a file of transitions: see ``transitions``. From follow-up: the tables of the page, which are protected already.
There work and measures are counted from occupation and benefits from the source of income (all but wages and none),
since one person may have several sources at once: the two do not sum to the participations, and nobody's work is
counted from both. Follow-up knows neither the extent of a job nor whether it has a
subsidy, nor how much of a benefit somebody has: every job is one of the extent ``work_extent_pct`` without subsidy, and
every benefit a whole one.

The frame: ``state``, ``label`` (str), ``before``, ``after``, ``change`` (Int64; the change is missing where either
is), ``hidden`` (bool: one of them may not be shown; a change that is missing without being hidden is not known),
``source`` (``rows`` or ``transitions``), ``apart`` (bool: of those who are told for themselves, see ``transitions``).

Of whom nothing is known afterwards nothing is known to have changed. From follow-up the change is therefore that of
those who are known: the count before is taken down by the share that is not known after (and the other way round), as
if those had been in the same states as everybody else. Left in, each of them would be a benefit that nobody pays any
more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from portfolj.economics.states import MISSING, NONE, WAGE, benefits_known, shipped_states
from portfolj.economics.unit_values import labels_of_keys
from portfolj.followup.codes import label_of

COLUMNS = {
    "state": "str", "label": "str", "before": "Int64", "after": "Int64", "change": "Int64", "hidden": "bool",
    "source": "str", "apart": "bool",
}  # fmt: skip
ROWS, TRANSITIONS = "rows", "transitions"
BeforeAfter = tuple[int | None, int | None]  # None where hidden
Row = tuple[str, str, int | None, int | None, bool, int | None]  # state, label, before, after, hidden, change
WORK = "work_part_time"  # the state of those who work by the follow-up
FROM_OCCUPATION = {
    "work": WORK, "study": "study", "labour_market_training": "labour_market_training", "practice": "practice",
}  # fmt: skip

EXTENT_REMARK = (
    "Uppföljningen visar inte hur stor del av heltid någon arbetar, och inte heller vilka arbeten som har lönestöd. "
    f"Alla arbeten räknas utan lönestöd och lika stora: så stora som värdet ”{labels_of_keys()['work_extent_pct']}” "
    "anger."
)
SEVERAL_REMARK = (
    "En deltagare kan ha flera ersättningar på en gång. Därför summerar ersättningarna inte till antalet deltagare, "
    "och var och en av dem räknas som en hel ersättning."
)
NO_INCOME_REMARK = (
    "Uppföljningen har inga uppgifter om försörjning före och efter. Det som rör ersättningar kan därför inte beräknas."
)
# What a remark begins with that says of how many nothing is known: of rows, and of a file of transitions.
MISSING_STARTS, STATE_MISSING_STARTS = "Uppgift saknas om", "Läget före eller efter saknas för"
MISSING_RULE = (
    "Förändringen gäller dem som är kända: antalen räknas ned lika mycket som de saknade är av alla, som om de hade "
    "haft samma lägen som de andra."
)


@dataclass(frozen=True)
class Changes:
    """``participants``: None where they are hidden or not known. ``kind``: where the counts are from; "" if nowhere.
    ``remarks``: what a reader has to know, in Swedish."""

    frame: pd.DataFrame
    participants: int | None
    kind: str
    remarks: tuple[str, ...] = ()


def changes_from_follow_up(tables: Mapping[str, pd.DataFrame]) -> Changes:
    """Before and after of participations that have ended, from the tables ``occupation``, ``income`` and
    ``participants`` of a ``FollowUpView``; nothing where it has no rows on participations."""
    if "occupation" not in tables or tables["occupation"].empty:
        return Changes(frame_of_changes([]), None, "")
    occupation, income = _counts(tables["occupation"]), _counts(tables.get("income"))
    labels = {code: state.label for code, state in shipped_states().items()}
    exits = _exits(tables.get("participants"))

    def row(state: str, label: str, counts: dict[str, BeforeAfter], code: str) -> Row:
        change = _change(counts[code], counts.get(MISSING, (0, 0)), exits)
        return (state, label, *counts[code], change is None, change)

    rows = [
        row(state, labels[state], occupation, code) for code, state in FROM_OCCUPATION.items() if code in occupation
    ]
    remarks = [EXTENT_REMARK]
    if income:
        benefits = [code for code in income if code not in (WAGE, NONE, MISSING)]
        rows += [row(code, label_of("income", code), income, code) for code in benefits]
        remarks.append(SEVERAL_REMARK)
    else:
        rows += [(code, each.label, None, None, False, None) for code, each in benefits_known().items()]
        remarks.append(NO_INCOME_REMARK)
    subjects = (("sysselsättning", occupation), ("försörjning", income))
    remarks += _missing_remark({subject: counts.get(MISSING, (0, 0)) for subject, counts in subjects})
    return Changes(frame_of_changes(rows, source=ROWS), exits, ROWS, tuple(remarks))


def _counts(table: pd.DataFrame | None) -> dict[str, BeforeAfter]:
    """Code -> before and after, None where it is hidden."""
    if table is None:
        return {}
    each = zip(table["code"], table["before"], table["after"], strict=True)
    return {str(code): (_number(before), _number(after)) for code, before, after in each}


def _exits(participants: pd.DataFrame | None) -> int | None:
    return None if participants is None or participants.empty else _number(participants["exits"].iloc[0])


def _number(count: object) -> int | None:
    return None if pd.isna(count) else int(count)  # type: ignore[call-overload]


def _missing_remark(missing: Mapping[str, BeforeAfter]) -> list[str]:
    """For how many each subject is not known, in one remark; none where all of them are."""
    told = [_for_how_many(subject, counts) for subject, counts in missing.items() if counts != (0, 0)]
    return [f"{MISSING_STARTS} {', och om '.join(told)}. {MISSING_RULE}"] if told else []


def _for_how_many(subject: str, counts: BeforeAfter) -> str:
    before, after = ("ett antal som inte visas" if count is None else str(count) for count in counts)
    return f"{subject} för {before} före och {after} efter"


def _change(counts: BeforeAfter, missing: BeforeAfter, exits: int | None) -> int | None:
    """After less before of those who are known on both sides, in whole persons; None where that can't be shown."""
    before, after = counts
    if before is None or after is None:
        return None
    if missing == (0, 0):
        return after - before
    if exits is None or not exits or None in missing:
        return None
    known_before, known_after = (1 - Fraction(count or 0, exits) for count in missing)
    return round(after * known_before) - round(before * known_after)


def some_unknown(remarks: Iterable[str]) -> bool:
    """Whether the remarks of ``Changes`` say that the state of some is not known, so that no change is of them."""
    return any(remark.startswith((MISSING_STARTS, STATE_MISSING_STARTS)) for remark in remarks)


def frame_of_changes(rows: Iterable[Row], *, source: str = "", apart: bool = False) -> pd.DataFrame:
    """The rows as the frame of ``Changes``."""
    frame = pd.DataFrame(list(rows), columns=["state", "label", "before", "after", "hidden", "change"], dtype="object")
    return frame.assign(source=source, apart=apart)[list(COLUMNS)].astype(COLUMNS)
