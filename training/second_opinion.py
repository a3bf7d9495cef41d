"""Trains the statistical second opinion on orientation and writes its weights into the package: ``make model``.

``orientation.csv`` beside this file holds the coded descriptions: ``origin``, ``name``, ``description``,
``orientation``. With ``--check`` it prints how often the coding is right on origins that the model has not seen (each
origin left out in turn), and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from portfolj.coding import load_codebook
from portfolj.coding.findings import findings, read_words
from portfolj.coding.reader import read_field
from portfolj.coding.reading import FieldReading
from portfolj.coding.second_opinion import MODEL_FILE, features_of, name_features

TEXTS = Path(__file__).with_name("orientation.csv")
MODEL = Path(__file__).parents[1] / "src" / "portfolj" / "reference" / MODEL_FILE
KINDS = ("strukturpaverkande", "individinriktad", "blandad", "ej_definierad")
PARTS = np.array([[1, 0], [0, 1], [1, 1], [0, 0]])  # which of structures and people an orientation works with
SEEN_IN = 3  # a letter group or pair of words that stands in fewer texts says nothing general
NAME_SHARE = 0.5  # how much the name weighs beside the description
STRENGTH, FINDINGS_STRENGTH = 10.0, 0.1  # inverse of the penalty on weights of words and of findings
FOLDS = 4
SMALLEST = 0.004  # a weight on both sides smaller than this is left out


class Texts:
    """The coded texts as numbers: a row per text."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows
        codebook = load_codebook()
        words, names, found = [], [], []
        for row in rows.itertuples():
            readings = {"description": read_field(codebook, field="description", text=str(row.description))}
            if row.name:
                readings["name"] = read_field(codebook, field="name", text=str(row.name))
            words.append(_described(readings["description"]))
            names.append(Counter(name_features(read_words(readings["name"]))) if row.name else Counter())
            found.append(findings(readings))
        self.word_names, self.words = _matrix(words)
        self.name_names, self.names = _matrix(names)
        self.finding_names, self.findings = _matrix(found)
        self.kind = np.array([KINDS.index(kind) for kind in rows["orientation"]])


def _described(reading: FieldReading) -> Counter[str]:
    return Counter(feature for sentence in reading.sentences for feature in features_of(read_words(sentence)))


def _matrix(rows: list[Counter[str]] | list[dict[str, float]]) -> tuple[list[str], csr_matrix]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows).tocsr()
    return list(vectorizer.get_feature_names_out()), matrix


class Trained:
    """A model trained on some of the texts; it scores all of them."""

    def __init__(self, texts: Texts, train: np.ndarray) -> None:
        self.rarity = [_rarity(matrix, train) for matrix in (texts.words, texts.names)]
        self.scaled = hstack(
            [_scaled(texts.words, self.rarity[0]), NAME_SHARE * _scaled(texts.names, self.rarity[1])]
        ).tocsr()
        self.models = [_model(self.scaled[train], PARTS[texts.kind[train], part]) for part in (0, 1)]
        scores = np.column_stack([model.decision_function(self.scaled) for model in self.models])
        # The second layer must not learn from scores that the first gives texts it was trained on.
        unseen = scores.copy()
        for first, rest in KFold(FOLDS, shuffle=True, random_state=1).split(train):
            for part in (0, 1):
                model = _model(self.scaled[train[first]], PARTS[texts.kind[train[first]], part])
                unseen[train[rest], part] = model.decision_function(self.scaled[train[rest]])
        self.second = LogisticRegression(C=FINDINGS_STRENGTH, max_iter=5_000).fit(
            hstack([csr_matrix(unseen[train]), texts.findings[train]]).tocsr(), texts.kind[train]
        )
        self.probable = self.second.predict_proba(hstack([csr_matrix(scores), texts.findings]).tocsr())


def _rarity(matrix: csr_matrix, train: np.ndarray) -> np.ndarray:
    seen = np.asarray((matrix[train] > 0).sum(axis=0)).ravel()
    return np.where(seen >= SEEN_IN, np.log((1 + len(train)) / (1 + seen)) + 1, 0.0)


def _scaled(matrix: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    """Counts times rarity, by the root of the sum of squares that ``SecondOpinion`` keeps: one per occurrence."""
    size = np.sqrt(np.asarray(matrix @ (rarity**2)).ravel())
    return (diags(1 / np.where(size > 0, size, 1.0)) @ matrix @ diags(rarity)).tocsr()


def _model(matrix: csr_matrix, answers: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1_000, tol=1e-4).fit(matrix, answers)


def stored(texts: Texts, trained: Trained) -> dict[str, object]:
    """The model as the file holds it: weights in thousandths."""
    weights: dict[str, list[int]] = {}
    coefficients = np.vstack([model.coef_[0] for model in trained.models])
    shares = [1.0] * len(texts.word_names) + [NAME_SHARE] * len(texts.name_names)
    rarity = np.concatenate(trained.rarity)
    for place, feature in enumerate([*texts.word_names, *texts.name_names]):
        pulls = coefficients[:, place] * rarity[place] * shares[place]
        if rarity[place] and np.abs(pulls).max() >= SMALLEST:
            weights[feature] = [*(round(1000 * pull) for pull in pulls), round(1000 * rarity[place] ** 2)]
    layer = trained.second.coef_
    names = ["structural", "individual", *texts.finding_names]
    return {
        "trained_on": f"{len(texts.rows)} kodade beskrivningar",
        "intercepts": [round(float(model.intercept_[0]), 3) for model in trained.models],
        "kinds": list(KINDS),
        "kind_intercepts": [round(float(each), 3) for each in trained.second.intercept_],
        "findings": {name: [round(1000 * each) for each in layer[:, place]] for place, name in enumerate(names)},
        "weights": dict(sorted(weights.items())),
    }


def check(texts: Texts) -> None:
    """Prints, for each origin, how often a model trained on the other origins is right."""
    origins = texts.rows["origin"].to_numpy()
    for origin in sorted(set(origins)):
        test, train = np.flatnonzero(origins == origin), np.flatnonzero(origins != origin)
        if len(train) and len(test):
            right = Trained(texts, train).probable[test].argmax(axis=1) == texts.kind[test]
            print(f"{origin}: {len(test)} texts, right {right.mean():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    texts = Texts(pd.read_csv(TEXTS, dtype=str, keep_default_na=False))
    if parser.parse_args().check:
        check(texts)
        return
    model = stored(texts, Trained(texts, np.arange(len(texts.rows))))
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n",
                     encoding="utf-8")  # fmt: skip
    print(f"Wrote {MODEL.name}: {len(model['weights'])} weights, {MODEL.stat().st_size // 1024} kB")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
