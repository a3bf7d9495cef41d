"""Trains the statistical second opinion on goals and writes its weights into the package: ``make model``.

It learns from the coded goal texts of ``benchmarks/data`` that may be in view: the odd halves of ``goals.csv`` and
``goals_double.csv``, ``held_out`` 0 of ``goals_more.csv``, and ``goals_own.csv``. With ``--check`` it prints how often
the kind of the odd texts of ``goals_double.csv`` is right by a model that has not seen the text (ten parts, each left
out in turn), beside the rules alone, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from portfolj.coding.second_opinion import SecondOpinion, features_of, parse_second_opinion
from portfolj.goals import second_opinion
from portfolj.goals.clause import Reading
from portfolj.goals.grade import grade
from portfolj.goals.second_opinion import KINDS, MODEL_FILE, found_in, kind_of, words_in
from portfolj.goals.splitting import Clause, split_goals

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import goals as benchmark  # noqa: E402

MODEL = ROOT / "src" / "portfolj" / "reference" / MODEL_FILE
SEEN_IN = 2  # what stands in fewer goals says nothing general
FINDINGS_SHARE = 0.3  # how much what the rules' lists find weighs beside the words
STRENGTH = 10.0  # inverse of the penalty on weights
SMALLEST = 0.2  # something whose weights are all smaller than this is left out
PARTS = 10
Row = dict[str, str]


class Coded(NamedTuple):
    """A goal and its kind."""

    clause: Clause
    kind: str


def in_view() -> tuple[list[Row], list[Row]]:
    """The texts that may be learnt from: those of two coders who coded apart from the rules, and all others."""
    coded, own, more, double = (benchmark.read(f"goals{kind}.csv") for kind in ("", "_own", "_more", "_double"))
    further = [row for row in more if row["held_out"] == "0"]
    return benchmark.half_of(double, 1), [*further, *benchmark.half_of(coded, 1), *own]


def coded_goals(row: Row) -> list[Coded]:
    """The goals of a text with their kinds; none where it isn't clear which class is whose."""
    kinds = [kind_of(code) for code in (row.get("classes") or row["class_coder1"]).split(";")]
    text, clauses = row["text"], split_goals(row["text"])
    if len(clauses) == len(kinds):
        return [*map(Coded, clauses, kinds)]
    if len(set(kinds)) > 1 or not clauses:
        return []
    if kinds[0] == "missing":
        return [Coded(clause, "missing") for clause in clauses]
    modal = next((clause for clause in clauses if clause.modal), None)
    return [Coded(Clause(0, len(text), text, text, modal.predicate if modal else 0, bool(modal), 0), kinds[0])]


def trained(goals: Sequence[Coded]) -> dict[str, object]:
    """The model as the file holds it: weights in hundredths."""
    words = DictVectorizer()
    counts = words.fit_transform([Counter(features_of(words_in(goal.clause))) for goal in goals]).tocsr()
    findings = DictVectorizer()
    found = findings.fit_transform([dict.fromkeys(found_in(Reading(goal.clause)), 1.0) for goal in goals])
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.where(seen >= SEEN_IN, np.log((1 + len(goals)) / (1 + seen)) + 1, 0.0)
    size = np.sqrt(np.asarray(counts @ rarity**2).ravel())
    read = hstack([diags(1 / np.where(size > 0, size, 1.0)) @ counts @ diags(rarity), FINDINGS_SHARE * found]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=2_000, tol=1e-4).fit(
        read, [KINDS.index(goal.kind) for goal in goals]
    )
    layer = model.coef_ - model.coef_.mean(axis=0)  # what speaks for all kinds alike says nothing
    pulls = layer[:, : len(rarity)] * rarity
    kept = np.flatnonzero((rarity > 0) & (np.abs(pulls).max(axis=0) >= SMALLEST))
    names, lists = words.get_feature_names_out(), findings.get_feature_names_out()
    weights = {str(names[at]): [*_hundredths(pulls[:, at]), round(100 * float(rarity[at]) ** 2)] for at in kept}
    of_findings = FINDINGS_SHARE * layer[:, len(rarity) :]
    return {
        "trained_on": f"{len(goals)} kodade mål",
        "kinds": list(KINDS),
        "intercepts": [round(float(each), 3) for each in model.intercept_],
        "findings": {str(name): _hundredths(of_findings[:, at]) for at, name in enumerate(lists)},
        "weights": weights,
    }


def _hundredths(pulls: Iterable[float]) -> list[int]:
    return [round(100 * float(each)) for each in pulls]


def check(double: Sequence[Row], others: Sequence[Row]) -> None:
    """Prints how often the kind is right, by the rules alone and with a model that has not seen the text."""
    shipped, right = second_opinion.shipped_goal_opinion, {"rules": 0, "with the second opinion": 0}
    known = [goal for row in others for goal in coded_goals(row)]
    for part in range(PARTS):
        train = [goal for at, row in enumerate(double) if at % PARTS != part for goal in coded_goals(row)]
        model = parse_second_opinion(json.dumps(trained([*known, *train])))
        for name, opinion in (("rules", _silent(model)), ("with the second opinion", model)):
            second_opinion.shipped_goal_opinion = partial(_given, opinion)  # type: ignore[assignment]
            right[name] += sum(map(_is_right, double[part::PARTS]))
    second_opinion.shipped_goal_opinion = shipped
    for name, count in right.items():
        print(f"{name}: {count} of {len(double)}")


def _given(model: SecondOpinion) -> SecondOpinion:
    return model


def _silent(model: SecondOpinion) -> SecondOpinion:
    """A model for which nothing speaks for anything: the rules' answer stands."""
    nothing: Mapping[str, Sequence[int]] = {"": [0] * len(KINDS)}
    return SecondOpinion("", model.kinds, (0.0,) * len(KINDS), {}, nothing)


def _is_right(row: Row) -> bool:
    return grade(row["text"]).main_class in [codes["main_class"] for codes in benchmark.coders_of(row)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    double, others = in_view()
    if parser.parse_args().check:
        check(double, others)
        return
    model = trained([goal for row in [*others, *double] for goal in coded_goals(row)])
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n",
                     encoding="utf-8")  # fmt: skip
    print(f"Wrote {MODEL.name}: {len(model['weights'])} weights, {MODEL.stat().st_size // 1024} kB")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
