"""What a reviewer should look at first: answers that are missing or rest on little, and the kronor behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.answers import CODE_SEPARATOR
from portfolj.coding.codebook import DIMENSIONS, UNDEFINED, Strength
from portfolj.coding.orientation import OPINION_RULE
from portfolj.coding.settle import folded
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.once import once
from portfolj.portfolio.view import Portfolio
from portfolj.review.moves import changes_ore, moved_sek

TEXT_CHANGED = "text_changed"
# The order to take them in: first what the texts at hand may settle, then what somebody must know. The Swedish words
# finish a sentence that begins with the dimension: "Huvudman: …".
DOUBTS = {
    TEXT_CHANGED: "texten har ändrats sedan beslutet",
    "several_parties": "flera parter nämns",
    "ambiguous": "underlaget är tvetydigt",
    "no_rule": "framgår inte av underlaget",
    "weak_rule": "vilar på en svag regel",
    "named": "vilar bara på namnet",
    "below_basis": "framgår bara på svagare grund än rapporten kräver",
    "no_documentation": "underlag saknas",
    "derived": "härlett, ingen text säger det",
}
_ORDER = {doubt: place for place, doubt in enumerate(DOUBTS)}
AT_STAKE_COLUMNS = (
    "intervention_key", "name", "dimension", "said", "doubt", "granted_sek", "could_become", "moves_sek",
)  # fmt: skip
READ_FIELDS = ("applicant", "target_group_text", "description", "goal_text")


def doubt_of(row: Mapping[str, Any], dimension: str, codebook: Codebook, *, text_changed: bool = False) -> str:
    """A key of ``DOUBTS`` for one settled answer, ``""`` where it is sure or a person's decision that stands."""
    if text_changed:
        return TEXT_CHANGED
    decided_by = row[f"{dimension}_decided_by"]
    if decided_by == "decision":
        return ""
    if row[dimension] == UNDEFINED:
        reason = str(row[f"{dimension}_reason"]) or "no_rule"
        return reason if reason in DOUBTS else ""  # folded away by the federation's own choice: nothing to decide
    if decided_by == "derived":
        return "derived"
    if row[f"{dimension}_basis"] == "named":
        return "named"
    return "weak_rule" if _is_weak(row[f"{dimension}_rule"], codebook) else ""


@once
def at_stake(portfolio: Portfolio) -> pd.DataFrame:
    """One row per answer that waits for a decision, by the kronor behind it, the most doubtful first among equals,
    those about one intervention together.

    Columns: ``intervention_key``, ``name``, ``dimension``, ``said`` (the code now), ``doubt`` (a key of ``DOUBTS``),
    ``granted_sek`` (in the period; missing where no amount is known), ``could_become`` (the code that a hint or other
    words speak for, ``""`` where none is likelier than another) and ``moves_sek``: how many kronor would change
    category in the board's table, under the portfolio's counting rule, if it were decided so; without a likely other
    answer all that stands under the answer now. A decision whose text has changed comes before everything else.
    """
    changed = changed_decisions(portfolio)
    records = []
    for row in portfolio.interventions.to_dict("records"):
        for dimension in DIMENSIONS:
            key = row["intervention_key"]
            doubt = doubt_of(row, dimension, portfolio.codebook, text_changed=(key, dimension) in changed)
            if doubt:
                other = _could_become(row, dimension, portfolio.codebook)
                granted = row["granted_sek"]
                changes = changes_ore(
                    row[dimension], other, granted_sek=granted, dimension=dimension, counting=portfolio.counting
                )
                moves = None if pd.isna(granted) else moved_sek(changes)
                records.append((key, row["name"], dimension, row[dimension], doubt, granted, other, moves))
    frame = pd.DataFrame.from_records(records, columns=list(AT_STAKE_COLUMNS))
    texts = ("intervention_key", "name", "dimension", "said", "doubt", "could_become")
    frame = frame.astype({**dict.fromkeys(texts, "str"), "granted_sek": "float64", "moves_sek": "float64"})
    place, keys = frame["doubt"].map(_ORDER), frame["intervention_key"]
    order = pd.DataFrame(
        {
            "first": frame["doubt"] != TEXT_CHANGED,
            "sek": -frame["granted_sek"].fillna(-1),
            "worst": place.groupby(keys).transform("min"),
            "key": keys,
            "doubt": place,
        }
    )
    return frame.loc[order.sort_values(list(order), kind="stable").index].reset_index(drop=True)


def pending(portfolio: Portfolio) -> pd.DataFrame:
    """What is open, in the order of ``at_stake``, with the texts to read and two empty columns to fill in.

    Columns: ``intervention_key, name, dimension, said, doubt, could_become, granted_sek``, the ledger's texts
    (``applicant, target_group_text, description, goal_text``) and ``code`` and ``why`` (missing), so that the frame can
    be given to ``decide``, which passes over rows whose code is missing.
    """
    open_ = at_stake(portfolio).drop(columns="moves_sek")
    texts = portfolio.interventions[["intervention_key", *READ_FIELDS]]
    frame = open_.merge(texts, on="intervention_key", how="left", validate="many_to_one")
    empty = pd.Series(pd.NA, index=frame.index, dtype="str")
    columns = [*AT_STAKE_COLUMNS[:5], "could_become", "granted_sek", *READ_FIELDS]
    return frame[columns].assign(code=empty, why=empty)


@once
def kronor_in_doubt(portfolio: Portfolio) -> pd.DataFrame:
    """How sure the board's tables are, in kronor: one row per dimension, which sums to the portfolio's total.

    Columns: ``dimension``; ``sure_sek``, ``weak_sek`` (an answer that rests on little, or a decision whose text has
    changed), ``undefined_sek`` and ``total_sek``; and the interventions behind them, ``sure``, ``weak`` and
    ``undefined``.
    """
    changed, interventions = changed_decisions(portfolio), portfolio.interventions
    rows, codebook = interventions.to_dict("records"), portfolio.codebook
    records = []
    for dimension in DIMENSIONS:
        kinds = []
        for row in rows:
            doubt = doubt_of(row, dimension, codebook, text_changed=(row["intervention_key"], dimension) in changed)
            kinds.append(_kind(row, doubt, dimension))
        kind = pd.Series(kinds, index=interventions.index, dtype="str")
        record: dict[str, Any] = {"dimension": dimension}
        for name in ("sure", "weak", "undefined"):
            record[f"{name}_sek"] = sum_sek(interventions.loc[kind == name, "granted_sek"])
        record["total_sek"] = sum_sek(interventions["granted_sek"])
        records.append(record | {name: kinds.count(name) for name in ("sure", "weak", "undefined")})
    return pd.DataFrame(records)


def changed_decisions(portfolio: Portfolio) -> set[tuple[str, str]]:
    """(key, dimension) of each decision whose texts have changed since it was made."""
    decided = portfolio.prepared.decisions
    changed = decided[decided["text_changed"]]
    return set(zip(changed["intervention_key"], changed["dimension"], strict=True))


def _kind(row: Mapping[str, Any], doubt: str, dimension: str) -> str:
    if not doubt:
        return "sure"
    decided = row[f"{dimension}_decided_by"] == "decision"
    return "undefined" if row[dimension] == UNDEFINED and not decided else "weak"


def _rules(cell: str) -> list[str]:
    return [rule.strip() for rule in cell.split(";") if rule.strip()]


def _is_weak(cell: str, codebook: Codebook) -> bool:
    """Whether nothing but weak rules, or the statistical second opinion, gave the answer."""
    rules = _rules(cell)
    strengths = [None if rule in codebook.implied else codebook.rule(rule).strength for rule in rules]
    weak = [s is Strength.WEAK or rule == OPINION_RULE for rule, s in zip(rules, strengths, strict=True)]
    return bool(weak) and all(weak)


def _could_become(row: Mapping[str, Any], dimension: str, codebook: Codebook) -> str:
    """The most likely other answer: the hint that was masked, else the one code that other words speak for.

    Of a decision whose text has changed it is what the rule reads in the new text. Where the words speak for several
    codes (several parties, both orientations) none is likelier than another.
    """
    folds, said = codebook.folds.get(dimension, {}), str(row[dimension])
    if row[f"{dimension}_decided_by"] == "decision":
        other = folded(str(row[f"{dimension}_rule_said"]), folds)
    elif hint := str(row.get(f"{dimension}_hint") or ""):
        other = folded(hint, folds)
    else:
        named = [codebook.rule(rule).code for rule in _rules(row[f"{dimension}_rule"]) if rule not in codebook.implied]
        others = {folded(code, folds) for code in named} - set(said.split(CODE_SEPARATOR))
        other = others.pop() if len(others) == 1 else ""
    return other if other not in (said, UNDEFINED) else ""
