"""What the words say of each intervention's goals, beside its codes, so that a reviewer meets them all in one row."""

from __future__ import annotations

import pandas as pd

from portfolj.coding.goal_classes import GOALS
from portfolj.goals.graded import FIELD, evidence_cell, graded_interventions
from portfolj.goals.view import open_goals
from portfolj.portfolio.view import Portfolio

PENDING_COLUMNS = (
    "intervention_key", "name", "dimension", "said", "main_class", "advice", "granted_sek", FIELD, "code", "why",
)  # fmt: skip


def with_goals(interventions: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """``interventions`` with ``goals`` and the columns beside it that every reviewed dimension has: ``_decided_by``,
    ``_decided_note``, ``_rule_said``, ``_evidence``, ``_rule`` and ``_basis`` (both ``""``), and ``_advice``."""
    graded = graded_interventions(interventions, decisions)
    columns = {GOALS: graded[GOALS]}
    for part in ("decided_by", "decided_note", "rule_said", "advice"):
        columns[f"{GOALS}_{part}"] = graded[part]
    nothing = pd.Series("", index=interventions.index, dtype="str")
    columns |= {f"{GOALS}_rule": nothing, f"{GOALS}_basis": nothing}
    evidence = [evidence_cell(text) for text in interventions[FIELD]]
    columns[f"{GOALS}_evidence"] = pd.Series(evidence, index=interventions.index, dtype="str")
    return interventions.assign(**columns)


def pending_goals(portfolio: Portfolio) -> pd.DataFrame:
    """The goals that nobody has decided on, the weakest first and within a class by kronor, to fill in for ``decide``.

    One row per intervention of the portfolio whose ledger row has a goal text. Columns: ``intervention_key, name,
    dimension`` (``goals``), ``said`` (the class of each goal, joined by ``;``), ``main_class, advice, granted_sek,
    goal_text`` and two empty ones, ``code`` and ``why``. ``decide`` passes over rows whose code is missing.
    """
    frame = open_goals(portfolio).worst_first
    open_ = frame[(frame["decided_by"] == "rule") & frame[FIELD].notna()].reset_index(drop=True)
    empty = pd.Series(pd.NA, index=open_.index, dtype="str")
    filled = open_.assign(dimension=GOALS, said=open_["classes"], code=empty, why=empty)
    return filled[list(PENDING_COLUMNS)]
