"""A ledger with goals whose classes are given by hand, so that every count and sum can be worked out in the test."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from portfolj.goals.grade import CLASSES, Goal, Graded
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio

HEAD = ("Dnr", "Insats", "Sökande", "Beskrivning", "Mål", "År", "Belopp")
SETTINGS = 'name = "Provförbundet"\n{period}[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n'
DECISION_HEAD = ("intervention_key", "dimension", "code", "decided_by", "decided_on", "why", "text_seen")
SHARE = "30 procent i arbete"
BETTER = "Deltagarna mår bättre"
HEADS = "140 deltagare"
DO = "Projektet ska genomföras"
NOTHING = "Bakgrund"
BOTH = "30 procent i arbete; 140 deltagare"
ROWS = (
    ("1", "Arbete", "Flens kommun", "", SHARE, "2020", "100"),
    ("2", "Hälsa", "Flens kommun", "", BETTER, "2020", "200"),
    ("2", "Hälsa", "Flens kommun", "", BETTER, "2021", "250"),
    ("3", "Många", "Region Sörmland", "", HEADS, "2021", "400"),
    ("4", "Görs", "Region Sörmland", "", DO, "2021", "800"),
    ("5", "Utan text", "Region Sörmland", "", "", "2021", "1600"),
    ("6", "Utan mål", "Flens kommun", "", NOTHING, "2020", "3200"),
    ("7", "Två mål", "Flens kommun", "", BOTH, "2020", ""),
)
# text -> (class, has an indicator and a level, words that decided) of each of its goals
BY_HAND = {
    SHARE: (("outcome_measurable", True, "30 procent"),),
    BETTER: (("outcome_unmeasurable", False, "bättre"),),
    HEADS: (("volume", True, "140"),),
    DO: (("activity", False, "genomföras"),),
    BOTH: (("outcome_measurable", True, "30 procent"), ("volume", True, "140; deltagare")),
}
ADVICE = "Säg hur stor andel."


def grade_by_hand(text: str | None) -> Graded:
    """Stands in for the grader: the classes of ``BY_HAND``, no goal for other texts."""
    told = BY_HAND.get(text or "", ())
    if not told or text is None:
        return Graded((), "missing", False, False, False, False, "", ADVICE)
    goals, place = [], 0
    for part, (goal_class, counted, words) in zip(text.split("; "), told, strict=True):
        start = text.index(part, place)
        place = start + len(part)
        advice = "" if goal_class == "outcome_measurable" else ADVICE
        goals.append(Goal(part, start, place, goal_class, counted, counted, False, False, words, advice))
    main = min((goal.goal_class for goal in goals), key=CLASSES.index)
    strongest = next(goal for goal in goals if goal.goal_class == main)
    return Graded(
        tuple(goals), main, strongest.indicator, strongest.level, False, False,
        "; ".join(goal.evidence for goal in goals), strongest.advice,
    )  # fmt: skip


def places_at(
    folder: Path, *, rows: Iterable[Sequence[str]] = ROWS, head: Sequence[str] = HEAD, period: str = "",
    decisions: Sequence[Sequence[str]] = (),
) -> Places:  # fmt: skip
    """A federation ``prov`` with that ledger and those decisions (columns: ``DECISION_HEAD``)."""
    raw = folder / "data" / "raw" / "prov"
    raw.mkdir(parents=True, exist_ok=True)
    settings = SETTINGS.format(period=f'period = "{period}"\n' if period else "")
    (raw / "federation.toml").write_text(settings, encoding="utf-8")
    _write(raw / "liggare.csv", [head, *rows])
    if decisions:
        _write(raw / "decisions.csv", [DECISION_HEAD, *decisions])
    return Places(data=folder / "data", out=folder / "reports", notebooks=folder)


def opened(places: Places) -> Portfolio:
    """The federation's portfolio as it is now."""
    return open_portfolio("prov", places=places)


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
