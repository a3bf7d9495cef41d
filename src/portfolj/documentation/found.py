"""Where each fact about an intervention is found: in the ledger, in follow-up or in the federation's file of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.documentation.files import NOT_REQUIRED
from portfolj.documentation.matching import place
from portfolj.federation import fact_codes
from portfolj.federation.inputs import DECISIONS_FILE
from portfolj.followup.codes import fold, shipped_words
from portfolj.followup.joined import joined
from portfolj.followup.view import FollowUpView
from portfolj.goals.grade import CLASSES, grade
from portfolj.goals.view import GoalsView
from portfolj.portfolio import Portfolio

Found = Mapping[tuple[str, str], str]  # (intervention's key, fact) -> where
MEASURABLE = CLASSES[0]
STRONG = ("stated", "described")
_FIELDS = ("applicant", "target_group_text", "goal_text", "description")
# Tables of follow-up -> the kinds of files that they are made from.
_OF_FILES = {"counts": ("counts",), "exits": ("exits",), "goals": ("goals",), "published": ("published",)}
_OF_ROWS = {"outcomes": ("participations",), "steps": ("statuses",), "progression": ("assessments",)}


def goal_classes(goals: GoalsView) -> pd.DataFrame:
    """``intervention_key``, ``main_class`` and ``decided_by`` of each of the portfolio's interventions."""
    return goals.interventions[["intervention_key", "main_class", "decided_by"]]


def in_ledger(portfolio: Portfolio, goals: GoalsView) -> Found:
    """Owner, target group, measurable goals and budget per year, of the ledger's entries and what persons decided.

    What only the intervention's name hints at is not on file, whatever the least basis of the report. A budget is per
    year where every amount of the members' money is known and has a year.
    """
    places = _places(portfolio)
    graded = goal_classes(goals)
    measurable = graded[graded["main_class"] == MEASURABLE].set_index("intervention_key")["decided_by"].to_dict()
    yearly = _yearly(portfolio)
    found: dict[tuple[str, str], str] = {}
    for row in portfolio.interventions.itertuples():
        key = str(row.intervention_key)
        if not pd.isna(row.applicant) or _is_answered(row, "owner"):
            found[key, "owner"] = _of_answer(portfolio, places, row, "owner", "applicant")
        if not pd.isna(row.target_group_text) or _is_answered(row, "target_groups"):
            found[key, "target_group"] = _of_answer(portfolio, places, row, "target_groups", "target_group_text")
        if key in measurable:
            decided = measurable[key] == "decision"
            where = DECISIONS_FILE if decided else places.get((key, "goal_text"))
            found[key, "measurable_goals"] = where or _whole_ledger(portfolio)
        if key in yearly:
            found[key, "budget_per_year"] = places.get((key, "amount_sek")) or _whole_ledger(portfolio)
    return found


def in_follow_up(view: FollowUpView) -> Found:
    """The interventions that there is follow-up of, with the files that it stands in.

    Only what the pages show is seen: an intervention whose participants are too few to be named has none.
    """
    files = view.portfolio.federation.followup.files
    kinds: dict[str, list[str]] = {}
    for table, of in (*_OF_FILES.items(), *_OF_ROWS.items()):
        frame = view.tables.get(table)
        if frame is None or frame.empty:
            continue
        by_rows = table in _OF_ROWS
        names = frame.loc[frame["group"] == "intervention", "category"] if by_rows else frame["intervention"]
        for name in dict.fromkeys(str(name) for name in names if name):
            kinds.setdefault(name, []).extend(of)
    cost = view.tables["cost"]
    for name in dict.fromkeys(cost.loc[cost["base"] == "participations", "intervention"]):  # the only one has no row
        kinds.setdefault(str(name), []).append("participations")
    keys = joined(kinds, view.portfolio)
    found: dict[tuple[str, str], str] = {}
    for name, of_kinds in kinds.items():
        if key := keys.keys.get(keys.labels[name]):
            names = dict.fromkeys(file for kind in dict.fromkeys(of_kinds) for file in files.get(kind, []))
            found[key, "follow_up"] = ", ".join(names) or "uppföljningen"
    return found


def in_files(facts: pd.DataFrame) -> tuple[Found, Found]:
    """The facts that the federation's file has, and those that it says are not needed. ``facts``: ``with_keys``."""
    found: dict[tuple[str, str], str] = {}
    unneeded: dict[tuple[str, str], str] = {}
    for row in facts[facts["intervention_key"] != ""].to_dict("records"):
        where = place(row["file"], row["sheet"], row["row"])
        for fact in fact_codes():
            about = (row["intervention_key"], fact)
            if row[fact] == NOT_REQUIRED:
                unneeded.setdefault(about, where)
            elif row[fact] and (fact != "measurable_goals" or _says_measurable(row[fact])):
                found.setdefault(about, where)
    return found, unneeded


def _says_measurable(text: str) -> bool:
    """Whether a cell says that there are such goals, or is one."""
    return shipped_words("yes_no").get(fold(text)) == "yes" or grade(text).main_class == MEASURABLE


def _is_answered(row: object, dimension: str) -> bool:
    """Whether the documents, or a person who has decided, say what it is."""
    if getattr(row, f"{dimension}_decided_by") == "decision":
        return bool(getattr(row, dimension) != UNDEFINED)
    return getattr(row, f"{dimension}_basis") in STRONG


def _yearly(portfolio: Portfolio) -> set[str]:
    sums = portfolio.sums[portfolio.sums["part"].isin(("counted", "undated"))]
    whole = (sums["without_amount"] == 0) & sums["year"].notna()
    keys = sums["intervention_key"].astype("str")
    by_key = whole.groupby(keys.to_numpy()).all()
    return set(by_key.index[by_key])


def _of_answer(
    portfolio: Portfolio, places: Mapping[tuple[str, str], str], row: object, dimension: str, own_field: str
) -> str:
    """Where an answer stands: a person's decision, or the first entry with the words that it rests on."""
    if getattr(row, f"{dimension}_decided_by") == "decision":
        return DECISIONS_FILE
    key = str(row.intervention_key)  # type: ignore[attr-defined]
    evidence = str(getattr(row, f"{dimension}_evidence")).split(" ", 1)[0]
    return next(
        (places[key, name] for name in (own_field, evidence) if (key, name) in places), _whole_ledger(portfolio)
    )


def _places(portfolio: Portfolio) -> Mapping[tuple[str, str], str]:
    """(key, field) -> the first entry that has it. Nothing for a ledger whose entries are too many to read again."""
    if not isinstance(portfolio.prepared.kept, pd.DataFrame):
        return {}
    rows = portfolio.prepared.kept
    granted = rows["entry_type"] == "granted"
    return {
        about: where
        for field in (*_FIELDS, "amount_sek")
        for about, where in _first_entries(rows[granted] if field == "amount_sek" else rows, field)
    }


def _first_entries(rows: pd.DataFrame, field: str) -> Iterator[tuple[tuple[str, str], str]]:
    first = rows[rows[field].notna() & (rows[field] != "")].drop_duplicates("intervention_key")
    for key, file, sheet, row in zip(first["intervention_key"], first["file"], first["sheet"], first["row"],
                                     strict=True):  # fmt: skip
        yield (str(key), field), place(str(file), str(sheet or ""), int(row))


def _whole_ledger(portfolio: Portfolio) -> str:
    return ", ".join(portfolio.federation.ledger.files)
