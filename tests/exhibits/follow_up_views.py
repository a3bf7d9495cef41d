"""Follow-up as it is when counted and made safe, written by hand, so that exhibits can be tested without any counting.

``None`` in a count is a hidden one, with its flag beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.federation.followup import KINDS
from portfolj.followup.shares import national_outcomes, shares
from portfolj.followup.view import FollowUpView
from portfolj.portfolio.view import Portfolio
from small_ledger import portfolio_of, row

OUTCOME_COUNTS = ("participations", "persons", "exits", "to_work", "to_study", "to_training", "work_or_study",
                  "work_study_or_training", "missing_after")  # fmt: skip
PROGRESSION_COUNTS = ("measured_twice", "up", "down", "unchanged", "never_twice")


def counts_frame(
    keys: Sequence[str], counts: Sequence[str], rows: Iterable[Sequence[Any]], **more: Sequence[Any]
) -> pd.DataFrame:
    """A protected frame: the keys, each count as Int64 with NA where hidden, and a flag per count."""
    listed = list(rows)
    frame = pd.DataFrame({key: [record[n] for record in listed] for n, key in enumerate(keys)})
    for n, count in enumerate(counts, start=len(keys)):
        values = [record[n] for record in listed]
        frame[count] = pd.Series(values, dtype="Int64")
        frame[f"{count}_suppressed"] = [value is None for value in values]
    return frame.assign(**more)


def outcomes(rows: Iterable[Sequence[Any]], **more: Sequence[Any]) -> pd.DataFrame:
    """Rows of intervention, group, category and the nine counts of ``OUTCOME_COUNTS``."""
    frame = counts_frame(("intervention", "group", "category"), OUTCOME_COUNTS, rows, **more)
    # Persons are only stated for the whole; elsewhere they are missing, not hidden.
    frame["persons_suppressed"] = False
    for money in ("granted_sek", "cost_per_participation_sek"):
        if money not in frame:
            frame[money] = pd.Series([pd.NA] * len(frame), dtype="Float64")
    return frame


OUTCOMES = outcomes(
    [
        ("", "all", "all", 267, 260, 200, 24, 9, 7, 33, 40, 12),
        ("", "sex", "woman", 123, None, 90, 9, 5, 5, 14, 19, 6),
        ("", "sex", "man", 144, None, 110, 15, None, None, None, 21, 6),
        ("", "year", "2021", 100, None, 80, 10, 5, 7, 15, 20, 5),
        ("", "intervention", "Insats", 267, None, 200, 24, 9, 7, 33, 40, 12),
    ],
    granted_sek=[None, None, None, None, 1_000_000.0],
    cost_per_participation_sek=[None, None, None, None, 1_000_000 / 267],
)
PROGRESSION = counts_frame(
    ("group", "category"),
    PROGRESSION_COUNTS,
    [
        ("all", "all", 108, 71, 26, 11, 159),
        ("sex", "woman", 50, 36, 8, 6, 73),
        ("sex", "man", 58, 35, 18, 5, 86),
        ("age", "20-29", 40, 30, 5, 5, 56),
        ("age", "60+", None, None, None, 0, 6),
        ("sex_age", "woman;20-29", 20, None, None, 5, 20),
        ("sex_age", "man;20-29", 20, None, None, 6, 36),
    ],
)


def item_means(items: Sequence[str] = ("Vet", "Kan", "Orkar")) -> pd.DataFrame:
    """Means of the whole: first 2, 3, 4 ... and last half a step more, by 108 people."""
    return pd.DataFrame(
        [
            {"group": "all", "category": "all", "occasion": when, "item": item, "mean": 2.0 + n % 3 + step, "n": 108}
            for n, item in enumerate(items)
            for when, step in (("first", 0.0), ("last", 0.5))
        ]
    )


STATUS = counts_frame(
    ("point", "status"),
    ("count",),
    [
        ("0", "Sjukskriven", 40), ("0", "Förberedande insats", 23), ("0", "Studier", 0),
        ("3", "Sjukskriven", 22), ("3", "Förberedande insats", 30), ("3", "Studier", 11),
        ("exit", "Sjukskriven", 17), ("exit", "Förberedande insats", 16), ("exit", "Studier", None),
        ("exit", "missing", None),
    ],
)  # fmt: skip
FLOW = counts_frame(
    ("point_from", "point_to", "status_from", "status_to"),
    ("count",),
    [
        ("0", "3", "Sjukskriven", "Sjukskriven", 22), ("0", "3", "Sjukskriven", "Förberedande insats", 18),
        ("0", "3", "Förberedande insats", "Förberedande insats", 12), ("0", "3", "Förberedande insats", "Studier", 11),
        ("3", "exit", "Sjukskriven", "Sjukskriven", 17), ("3", "exit", "Sjukskriven", "missing", None),
    ],
)  # fmt: skip
PUBLISHED = pd.DataFrame(
    [
        {"intervention": "Insats", "group": "all", "category": "", "measure": "share_work_study_or_training",
         "printed": "16 %", "value": 16.0, "unit": "percent", "note": "", "source": "Slutrapport", "computed": 15.0,
         "difference": 1.0, "why_blank": "", "verdict": "differs"},
        {"intervention": "Insats", "group": "sex", "category": "man", "measure": "to_training", "printed": "2",
         "value": 2.0, "unit": "persons", "note": "", "source": "Slutrapport", "computed": None, "difference": None,
         "why_blank": "suppressed", "verdict": "not_comparable"},
        {"intervention": "Insats", "group": "sex", "category": "woman", "measure": "share_of_to_work",
         "printed": "37 %", "value": 37.0, "unit": "percent", "note": "", "source": "Slutrapport", "computed": 37.5,
         "difference": 0.5, "why_blank": "", "verdict": "agrees"},
        {"intervention": "Insats", "group": "sex", "category": "man", "measure": "share_of_to_work",
         "printed": "62 %", "value": 62.0, "unit": "percent", "note": "", "source": "Slutrapport", "computed": 62.5,
         "difference": 0.5, "why_blank": "", "verdict": "agrees"},
        {"intervention": "SSI", "group": "all", "category": "", "measure": "participations", "printed": "60",
         "value": 60.0, "unit": "persons", "note": "", "source": "Genomlysning", "computed": 70.0,
         "difference": 10.0, "why_blank": "", "verdict": "differs"},
    ]
)  # fmt: skip
EXITS = pd.DataFrame(
    [
        {
            "intervention": "SSI",
            "base": "participants",
            "outcome": text,
            "code": code,
            "count": count,
            "printed_in": "Genomlysning",
        }
        for text, code, count in (
            ("Fullföljde", "completed", 40),
            ("Till arbete", "to_work", 0),
            ("Till studier", "to_study", 4),
            ("Avbröt", "other", 23),
            ("Annat", "other", 3),
        )
    ]
).astype({"count": "Int64"})
GOALS = pd.DataFrame(
    [
        {"intervention": "Insats", "goal": "1.1", "text": "Visa en stegförflyttning", "target": "100 %",
         "outcome": "73 %", "verdict": "partly_met", "judged_by": "Utvärderaren", "basis": "46 av 63"},
        {"intervention": "Insats", "goal": "1.2", "text": "20 % i egen försörjning", "target": "20 %",
         "outcome": "48 %", "verdict": "met", "judged_by": "", "basis": "30 av 63"},
    ]
)  # fmt: skip
CONTRADICTIONS = pd.DataFrame(
    [
        {"intervention": "SSI", "what": "participants", "parts": 5, "sum": 70.0, "total": 60.0, "difference": 10.0,
         "unit": "persons", "maybe_read_as": "Avbröt: 23 -> 13", "printed": True},
        {"intervention": "Insats", "what": "share_of_to_work;sex", "parts": 2, "sum": 99.0, "total": 100.0,
         "difference": -1.0, "unit": "percent", "maybe_read_as": "", "printed": True},
    ]
)  # fmt: skip
COST_COLUMNS = ("intervention", "financing", "granted_sek", "entries", "incomplete", "base", "participations",
                "cost_per_participation_sek")  # fmt: skip


def costs(*rows: Sequence[Any]) -> pd.DataFrame:
    """Rows of ``COST_COLUMNS``."""
    frame = pd.DataFrame([dict(zip(COST_COLUMNS, row, strict=True)) for row in rows])
    hidden = frame["participations"].isna()
    return frame.assign(participations=frame["participations"].astype("Int64"), participations_suppressed=hidden)


# 1 000 000 / 267 = 3 745.3
COST = costs(("Insats", "Finsam", 1_000_000.0, 2, 0, "participations", 267, 3_745.0))
ONE_COUNT, BEFORE_AFTER = ("count",), ("before", "after")
TABLES: Mapping[str, pd.DataFrame] = {
    "participants": pd.DataFrame(
        [{"participations": 267, "persons": 260, "anonymous": 7, "misregistered": 8, "missing_sex": 0,
          "missing_after": 12, "exits": 200, "ongoing": 67}]
    ),
    "outcomes": OUTCOMES,
    "shares": shares(OUTCOMES),
    "national": national_outcomes(),
    "gender_balance": counts_frame(
        ("group", "category"), ("women", "men"),
        [("all", "all", 123, 144), ("intervention", "Fas 1", 30, 70), ("intervention", "Fas 2", None, None)],
        percent_women=[46.1, 30.0, None],
    ),
    "occupation": counts_frame(("code",), BEFORE_AFTER, [("work", 0, 24), ("seeking", 150, 110), ("study", None, 9)]),
    "occupation_grouped": counts_frame(("group",), BEFORE_AFTER, [("work", 0, 24), ("seeking_only", 150, 110)]),
    "started_or_increased": counts_frame(
        ("measure",), ("after", "started_or_increased"), [("work", 24, 20), ("study", 9, None)]
    ),
    "income": counts_frame(("code",), BEFORE_AFTER, [("income_support", 120, 80), ("wage", None, 24)]),
    "income_transition": counts_frame(
        ("source_before", "source_after"), ONE_COUNT,
        [("income_support", "wage", 20), ("income_support", "study_support", None),
         ("income_support", "activity_grant", None), ("wage", "wage", 0)],
    ),
    "length": counts_frame(
        ("band",), ONE_COUNT, [("under-3", 20), ("3-6", 60), ("6-12", 80), ("12-24", 40), ("24+", 0)]
    ),
    "status": STATUS,
    "flow": FLOW,
    "steps": counts_frame(
        ("group", "category"), ("participations", "step_shown", "step_not_shown"),
        [("all", "all", 63, 46, 17), ("intervention", "Fas 1", 34, 25, 9), ("intervention", "Fas 2", 29, 21, 8)],
    ),
    "progression": PROGRESSION,
    "item_means": item_means(),
    "change": pd.DataFrame([{"n": 108, "mean_change": 0.31, "low": 0.12, "high": 0.5, "correlation": 0.6}]),
    "counts": counts_frame(
        ("intervention", "year", "sex", "measure"), ONE_COUNT,
        [("Öppet hus", 2023, "woman", "participants", 30), ("Öppet hus", 2023, "man", "participants", None),
         ("Öppet hus", 2023, "all", "participants", 33)],
    ),
    "exits": EXITS,
    "goals": GOALS,
    "published": PUBLISHED,
    "contradictions": CONTRADICTIONS,
    "cost": COST,
    "unmatched": counts_frame(
        ("intervention", "why"), ("participations",), [("Öppet hus", "not_in_ledger", 33), ("few", "several", None)]
    ),
}  # fmt: skip


def view_of(
    folder: Path, *, kinds: Sequence[str] = KINDS, portfolio: Portfolio | None = None, **tables: pd.DataFrame
) -> FollowUpView:
    """A view with the tables above, those named replaced; without any where ``kinds`` is empty. Five is the least."""
    made = {**TABLES, **tables} if kinds else {}
    return FollowUpView(portfolio or portfolio_of([row("1")], folder), 5, tuple(kinds), made, (), ())
