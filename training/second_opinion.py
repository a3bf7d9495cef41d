"""Trains the statistical second opinion on orientation and writes its weights into the package: ``make model``.

``orientation.csv`` beside this file holds the coded descriptions: ``origin``, ``name``, ``description``,
``orientation``. With ``--check`` it prints how often the coding is right on origins that the model has not seen (each
origin left out in turn), and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from portfolj.coding import load_codebook
from portfolj.coding.findings import findings, read_words
from portfolj.coding.reader import read_field
from portfolj.coding.reading import FieldReading
from portfolj.coding.second_opinion import MODEL_FILE, features_of, name_features

TEXTS = Path(__file__).with_name("orientation.csv")
MODEL = Path(__file__).parents[1] / "src" / "portfolj" / "reference" / MODEL_FILE
KIND_FEATURE = re.compile(r"(?:kinds?|opens|next|said|before|with):")
GONE = str.maketrans("", "", "åäöÅÄÖ")
DAMAGED_SHARE = 0.5
KINDS = ("strukturpaverkande", "individinriktad", "blandad", "ej_definierad")
SEEN_IN = 3  # what stands in fewer texts says nothing general
# How much each part weighs: kinds of words beside letter groups and pairs; then words, name and findings.
KIND_SHARE = 2.0
WORDS_SHARE, NAME_SHARE, FINDINGS_SHARE = 1.4, 0.5, 0.5
STRENGTH = 10.0  # inverse of the penalty on weights
SMALLEST = 0.3  # something whose weights are all smaller than this is left out


def with_damaged(rows: pd.DataFrame) -> pd.DataFrame:
    """The coded texts, and half of them once more as scanning may leave them: without å, ä and ö."""
    some = rows.sample(frac=DAMAGED_SHARE, random_state=1)
    damaged = some.assign(**{field: some[field].str.translate(GONE) for field in ("name", "description")}, damaged=True)
    damaged = damaged[damaged["description"] != some["description"]]
    return pd.concat([rows.assign(damaged=False), damaged], ignore_index=True)


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
    """A model trained on some of the texts; it says how probable each kind is of all of them."""

    def __init__(self, texts: Texts, train: np.ndarray) -> None:
        shares = np.where([KIND_FEATURE.match(name) is not None for name in texts.word_names], KIND_SHARE, 1.0)
        self.rarity = shares * _rarity(texts.words, train)
        self.name_rarity = _rarity(texts.names, train)
        self.words = WORDS_SHARE * _scaled(texts.words, self.rarity)
        self.names = NAME_SHARE * _scaled(texts.names, self.name_rarity)
        read = hstack([self.words, self.names, FINDINGS_SHARE * texts.findings]).tocsr()
        self.model = LogisticRegression(C=STRENGTH, max_iter=3_000, tol=1e-4).fit(read[train], texts.kind[train])
        self.probable = self.model.predict_proba(read)


def _rarity(matrix: csr_matrix, train: np.ndarray) -> np.ndarray:
    seen = np.asarray((matrix[train] > 0).sum(axis=0)).ravel()
    return np.where(seen >= SEEN_IN, np.log((1 + len(train)) / (1 + seen)) + 1, 0.0)


def _scaled(matrix: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    """Counts times rarity, by the root of the sum of squares that a ``Weight`` keeps: one per occurrence."""
    size = np.sqrt(np.asarray(matrix @ (rarity**2)).ravel())
    return (diags(1 / np.where(size > 0, size, 1.0)) @ matrix @ diags(rarity)).tocsr()


def stored(texts: Texts, trained: Trained) -> dict[str, object]:
    """The model as the file holds it: weights in hundredths."""
    layer = trained.model.coef_ - trained.model.coef_.mean(axis=0)  # what speaks for all kinds alike says nothing
    ends = np.cumsum([len(texts.word_names), len(texts.name_names)])
    words, names, findings = np.split(layer, ends, axis=1)
    weights: dict[str, list[int]] = {}
    for features, part, share, rarity in (
        (texts.word_names, words, WORDS_SHARE, trained.rarity),
        (texts.name_names, names, NAME_SHARE, trained.name_rarity),
    ):
        pulls = part * rarity * share
        for place, feature in enumerate(features):
            if rarity[place] and np.abs(pulls[:, place]).max() >= SMALLEST:
                weights[feature] = [*_hundredths(pulls[:, place]), round(100 * rarity[place] ** 2)]
    return {
        "trained_on": f"{(~texts.rows['damaged']).sum()} kodade beskrivningar",
        "kinds": list(KINDS),
        "intercepts": [round(float(each), 3) for each in trained.model.intercept_],
        "findings": {
            name: _hundredths(FINDINGS_SHARE * findings[:, place]) for place, name in enumerate(texts.finding_names)
        },
        "weights": dict(sorted(weights.items())),
    }


def _hundredths(pulls: np.ndarray) -> list[int]:
    return [round(100 * float(each)) for each in pulls]


def check(texts: Texts) -> None:
    """Prints, for each origin, how often a model trained on the other origins is right."""
    origins = texts.rows["origin"].to_numpy()
    for origin in sorted(set(origins)):
        test = np.flatnonzero((origins == origin) & ~texts.rows["damaged"].to_numpy())
        train = np.flatnonzero(origins != origin)
        if len(train) and len(test):
            right = Trained(texts, train).probable[test].argmax(axis=1) == texts.kind[test]
            print(f"{origin}: {len(test)} texts, right {right.mean():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    texts = Texts(with_damaged(pd.read_csv(TEXTS, dtype=str, keep_default_na=False)))
    if parser.parse_args().check:
        check(texts)
        return
    model = stored(texts, Trained(texts, np.arange(len(texts.rows))))
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n",
                     encoding="utf-8")  # fmt: skip
    print(f"Wrote {MODEL.name}: {len(model['weights'])} weights, {MODEL.stat().st_size // 1024} kB")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
