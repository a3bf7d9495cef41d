"""Trains the statistical opinion on goals and writes its weights into the package: ``make model``.

It learns from the coded goal texts of ``benchmarks/data`` that may be in view: all of ``goals_found.csv`` and
``goals_own.csv``, the odd halves of ``goals.csv`` and ``goals_double.csv``, and ``held_out`` 0 of ``goals_more.csv``.
With ``--check`` it prints how often the main class and the indicator of the texts of ``goals_found.csv`` are right by
models that have not seen the text (five parts, each left out in turn), beside the rules alone, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from portfolj.goals import judging
from portfolj.goals.clause import Reading
from portfolj.goals.features import Read
from portfolj.goals.grade import grade
from portfolj.goals.judging import judge_by_rules
from portfolj.goals.second_opinion import KINDS, MODEL_FILE, SCALE, GoalOpinion, kind_of, shares_of
from portfolj.goals.splitting import split_goals

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import goals as benchmark  # noqa: E402

MODEL = ROOT / "src" / "portfolj" / "reference" / MODEL_FILE
SEEN_IN = 2  # what stands in fewer goals says nothing general
STRENGTH = 20.0  # inverse of the penalty on weights
SMALLEST = 0.12  # what speaks for nothing by more than this is left out
ROUNDS = 2  # goals that are not clearly one class or another are given theirs by a first model
PARTS = 5
Row = dict[str, str]


class Coded(NamedTuple):
    """A text: what is read in each of its clauses, and what each coder says of the text."""

    reads: list[Read]
    answers: list[tuple[list[str], int]]  # the kinds of its goals in order, and whether an indicator is named


def in_view() -> tuple[list[Row], list[Row]]:
    """The texts that may be learnt from: those found for this and coded twice, and all others."""
    coded, own, more, double, found = (
        benchmark.read(f"goals{kind}.csv") for kind in ("", "_own", "_more", "_double", "_found")
    )
    further = [row for row in more if row["held_out"] == "0"]
    return found, [*further, *benchmark.half_of(coded, 1), *benchmark.half_of(double, 1), *own]


def coded_of(row: Row) -> Coded:
    """What is read in a text, and how it is coded."""
    reads = [found for _, _, found in judging.read_all(row["text"], split_goals(row["text"]))]
    if "classes" in row:
        given = [(row["classes"], row["indicator"])]
    else:
        given = [(row[f"class_{coder}"], row[f"indicator_{coder}"]) for coder in ("coder1", "coder2")]
    return Coded(reads, [([*map(kind_of, classes.split(";"))], int(indicator)) for classes, indicator in given])


def strongest(kinds: Iterable[str]) -> str:
    """The strongest kind; ``missing`` where there is none."""
    return min(kinds, key=KINDS.index, default="missing")


class Matrix:
    """What is read in all clauses, as numbers: a column for what stands in at least ``SEEN_IN`` of them."""

    def __init__(self, reads: Sequence[Read]) -> None:
        shares = np.array([shares_of(each) for each in reads])
        blocks, self.names, self.rarity = [], [], []
        for block in range(3):
            vectors = DictVectorizer()
            found = vectors.fit_transform([dict.fromkeys(sorted(each[block]), 1.0) for each in reads]).tocsr()
            seen = np.asarray((found > 0).sum(axis=0)).ravel()
            kept = np.flatnonzero(seen >= SEEN_IN)
            rarity = np.log((1 + len(reads)) / (1 + seen[kept])) + 1 if block < 2 else np.ones(len(kept))
            blocks.append(found[:, kept].multiply(shares[:, block : block + 1]).multiply(rarity[None, :]))
            self.names += vectors.get_feature_names_out()[kept].tolist()
            self.rarity += rarity.tolist()
        self.values: csr_matrix = hstack(blocks).tocsr()


def trained(texts: Sequence[Coded]) -> GoalOpinion:
    """The model of these texts."""
    clauses = [(number, read_) for number, text in enumerate(texts) for read_ in text.reads]
    matrix = Matrix([read_ for _, read_ in clauses])
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, (number, _) in enumerate(clauses):
        rows_of[number].append(row)
    chosen: list[tuple[int, str, float]] = []
    unclear: list[tuple[list[int], list[str], float]] = []
    for number, rows in rows_of.items():
        for kinds, _ in texts[number].answers:
            weight = 1 / len(texts[number].answers)
            if len(kinds) == len(rows) or len(set(kinds)) == 1:
                each = kinds if len(kinds) == len(rows) else kinds[:1] * len(rows)
                chosen += [(row, kind, weight) for row, kind in zip(rows, each, strict=True)]
            else:
                unclear.append((rows, kinds, weight))
    model = _fitted(matrix.values, chosen)
    for _ in range(ROUNDS - 1):
        likely = model.predict_log_proba(matrix.values)
        names = [*model.classes_]
        guessed = [(row, kind, weight) for rows, kinds, weight in unclear
                   for row, kind in zip(rows, _shared_out(likely[rows], kinds, names), strict=True)]  # fmt: skip
        model = _fitted(matrix.values, [*chosen, *guessed])
    kinds_of = [*model.classes_]
    layer = model.coef_[[kinds_of.index(kind) for kind in KINDS]]
    layer = layer - layer.mean(axis=0)  # what speaks for all kinds alike says nothing
    measure = _measure(matrix.values, texts, rows_of, likely=model.predict_log_proba(matrix.values), kinds=kinds_of)
    pulls = np.vstack([layer, measure.coef_]) * np.array(matrix.rarity)
    starts = [*(float(model.intercept_[kinds_of.index(kind)]) for kind in KINDS), float(measure.intercept_[0])]
    kept = np.flatnonzero(np.abs(pulls).max(axis=0) >= SMALLEST)
    weights = {str(matrix.names[at]): tuple(round(SCALE * float(pull)) for pull in pulls[:, at]) for at in kept}
    return GoalOpinion(f"{len(texts)} kodade mål", tuple(round(each, 3) for each in starts), weights)


def _fitted(values: csr_matrix, chosen: Sequence[tuple[int, str, float]]) -> LogisticRegression:
    rows, kinds, weights = zip(*chosen, strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=2_000, tol=1e-3)
    return model.fit(values[list(rows)], kinds, sample_weight=weights)


def _shared_out(likely: np.ndarray, kinds: Sequence[str], names: Sequence[str]) -> list[str]:
    """The likeliest kind of each clause, of those that the text has; the strongest of them stands somewhere."""
    allowed = [names.index(kind) for kind in sorted(set(kinds))]
    best = [max(allowed, key=lambda kind: row[kind]) for row in likely]
    top = names.index(strongest(kinds))
    if top not in best:
        place = max(range(len(best)), key=lambda at: likely[at, top] - likely[at, best[at]])
        best[place] = top
    return [names[kind] for kind in best]


def _measure(
    values: csr_matrix, texts: Sequence[Coded], rows_of: dict[int, list[int]], *, likely: np.ndarray, kinds: list[str]
) -> LogisticRegression:
    """Whether a measure is named: of the clause that is likeliest to be the text's strongest goal."""
    rows, named, weights = [], [], []
    for number, own in rows_of.items():
        for of_goals, indicator in texts[number].answers:
            top = kinds.index(strongest(of_goals))
            best = max(own, key=lambda row: likely[row, top])
            same = [row for row in own if row == best or likely[row].argmax() == top]
            # Where there is none, no clause of that class has one; where there is, one has.
            for row in same if not indicator else [best] if len(same) > 1 else same:
                rows.append(row)
                named.append(indicator)
                weights.append(1 / len(texts[number].answers))
    return LogisticRegression(C=STRENGTH / 2, max_iter=2_000, tol=1e-3).fit(values[rows], named, sample_weight=weights)


def check(found: Sequence[Row], others: Sequence[Row]) -> None:
    """Prints how often the program is right on texts that the weights have not seen, and the rules alone."""
    known, new = [coded_of(row) for row in others], [coded_of(row) for row in found]
    right: dict[str, int] = defaultdict(int)
    shipped = judging.shipped_goal_opinion
    for part in range(PARTS):
        model = trained([*known, *(text for at, text in enumerate(new) if at % PARTS != part)])
        judging.shipped_goal_opinion = lambda model=model: model  # type: ignore[assignment]
        for row in found[part::PARTS]:
            answers, coders = benchmark.machine(row), benchmark.coders_of(row)
            for measure in benchmark.MEASURES:
                right[measure] += answers[measure] in [codes[measure] for codes in coders]
            right["by the rules alone"] += strongest(
                kind_of(judge_by_rules(Reading(clause)).goal_class) for clause in split_goals(row["text"])
            ) in [kind_of(codes["main_class"]) for codes in coders]
            right["kind"] += kind_of(answers["main_class"]) in [kind_of(codes["main_class"]) for codes in coders]
        print(f"part {part + 1}: {len(model.weights)} weights", flush=True)
    judging.shipped_goal_opinion = shipped
    for name, count in right.items():
        print(f"{name:>20}: {count} of {len(found)}, {count / len(found):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    found, others = in_view()
    if parser.parse_args().check:
        check(found, others)
        return
    model = trained([coded_of(row) for row in [*others, *found]])
    stored = {"trained_on": model.trained_on, "intercepts": model.intercepts, "weights": model.weights}
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
    MODEL.write_text(text + "\n", encoding="utf-8")
    assert grade("Tio deltagare ska få arbete.").goals
    print(f"Wrote {MODEL.name}: {len(model.weights)} weights, {MODEL.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
