"""Trains the statistical second opinion on orientation and writes its weights into the package: ``make model``.

``orientation.csv`` beside this file holds the coded descriptions: ``origin``, ``description``, ``orientation``. Texts
coded as both kinds teach nothing about which of them a word speaks for, and are left out. With ``--check`` it prints
how often the model is right on texts that it was not trained on (five folds), and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from portfolj.coding import load_codebook
from portfolj.coding.orientation import opinion_words
from portfolj.coding.reader import read_field
from portfolj.coding.second_opinion import MODEL_FILE, different_words, letter_groups

TEXTS = Path(__file__).with_name("orientation.csv")
MODEL = Path(__file__).parents[1] / "src" / "portfolj" / "reference" / MODEL_FILE
KINDS = {"individinriktad": 0, "strukturpaverkande": 1}
SEEN_IN = 2  # a letter group that stands in fewer texts says nothing general
STRENGTH = 0.3  # inverse of the penalty on weights, chosen by five folds on these texts
FOLDS = 5


def texts() -> pd.DataFrame:
    """The coded descriptions of one kind: ``description`` and ``structural`` (0 or 1)."""
    rows = pd.read_csv(TEXTS, dtype=str, keep_default_na=False)
    rows = rows[rows["orientation"].isin(list(KINDS))]
    return rows.assign(structural=rows["orientation"].map(KINDS)).reset_index(drop=True)


def features(description: str) -> dict[str, float]:
    """Letter group -> how many of the text's different words have it, by the root of the number of words."""
    reading = read_field(load_codebook(), field="description", text=description)
    words = different_words(reading.words[place] for place in opinion_words(reading))
    counts = Counter(group for word in words for group in letter_groups(word))
    return {group: count / math.sqrt(len(words)) for group, count in counts.items()}


def train(descriptions: Sequence[str], structural: Sequence[int]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression with an L2 penalty, both kinds weighing alike."""
    found = [features(description) for description in descriptions]
    seen = Counter(group for text in found for group in text)
    groups = sorted(group for group, count in seen.items() if count >= SEEN_IN)
    place = {group: number for number, group in enumerate(groups)}
    cells = [(row, place[g], value) for row, text in enumerate(found) for g, value in text.items() if g in place]
    rows, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(found), len(groups)))
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5_000, tol=1e-8)
    model.fit(matrix, np.asarray(structural))
    return float(model.intercept_[0]), dict(zip(groups, map(float, model.coef_[0]), strict=True))


def score(description: str, intercept: float, weights: dict[str, float]) -> float:
    """The log odds of structural."""
    return intercept + sum(value * weights.get(group, 0.0) for group, value in features(description).items())


def check(rows: pd.DataFrame) -> None:
    """Prints how often the model is right on the texts of a fold that it has not seen."""
    order = np.random.default_rng(1).permutation(len(rows))
    right, sure, sure_right = 0, 0, 0
    for fold in np.array_split(order, FOLDS):
        rest = rows.drop(index=fold)
        intercept, weights = train(list(rest["description"]), list(rest["structural"]))
        for row in rows.loc[fold].itertuples():
            odds = score(str(row.description), intercept, weights)
            hit = (odds > 0) == bool(row.structural)
            right += hit
            sure += abs(odds) >= math.log(2)
            sure_right += hit and abs(odds) >= math.log(2)
    print(f"{len(rows)} texts, {FOLDS} folds: right {right / len(rows):.3f}; "
          f"two to one or surer: {sure / len(rows):.3f} of them, right {sure_right / sure:.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    rows = texts()
    if parser.parse_args().check:
        check(rows)
        return
    intercept, weights = train(list(rows["description"]), list(rows["structural"]))
    kept = {group: round(weight * 1000) for group, weight in weights.items() if round(weight * 1000)}
    model = {
        "trained_on": f"{len(rows)} kodade beskrivningar",
        "intercept": round(intercept, 3),
        "weights": dict(sorted(kept.items())),
    }
    MODEL.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"Wrote {MODEL.name}: {len(kept)} letter groups, {MODEL.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
