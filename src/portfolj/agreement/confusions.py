"""Where coders answered differently: which codes were taken for which, and the texts that they read."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from portfolj.agreement.answers import CodedRows
from portfolj.coding.codebook import TEXT_FIELDS

PAIR_COLUMNS = ("dimension", "first_coder", "second_coder", "first_code", "second_code", "rows", "weight")
SHOWN_TEXTS = ("name", *(field for field in TEXT_FIELDS if field != "name"))


def confusions(coded: CodedRows) -> pd.DataFrame:
    """How often each answer of one coder met another answer of another coder, with ``PAIR_COLUMNS``.

    ``weight`` is the sum of the rows' weights. The most frequent first within a dimension and pair. Target groups
    differ when the sets do, whatever their order; they are joined by ``;``. Orientation is compared on the grades that
    it is measured on.
    """
    counts: dict[tuple[str, ...], tuple[int, float]] = {}
    for dimension, answers in coded.answers.items():
        counted = coded.counted(dimension)
        for first, second in combinations(answers, 2):
            for a, b, weight, use in zip(answers[first], answers[second], coded.weights, counted, strict=True):
                if use and a and b and _ordered(a) != _ordered(b):
                    same = (dimension, first, second, _ordered(a), _ordered(b))
                    rows, sum_ = counts.get(same, (0, 0.0))
                    counts[same] = (rows + 1, sum_ + float(weight))
    places = {pair: place for place, pair in enumerate(dict.fromkeys(key[:3] for key in counts))}
    ordered = sorted(counts.items(), key=lambda item: (places[item[0][:3]], -item[1][0], item[0]))
    frame = pd.DataFrame([(*key, *found) for key, found in ordered], columns=list(PAIR_COLUMNS))
    return frame.astype({"rows": "int64", "weight": "float64"})


def differing(coded: CodedRows) -> pd.DataFrame:
    """A row per intervention and dimension where not all who answered gave the same, with what each of them answered.

    Columns: ``dimension``, ``key``, ``SHOWN_TEXTS`` that the file has, a column per coder, ``note`` where the file has
    notes, ``weight``. Sorted by dimension and answers, so that the same confusion stands together. Personal numbers in
    texts and notes are masked.
    """
    fields = [field for field in SHOWN_TEXTS if field in coded.texts.columns]
    shown = {column: coded.shown_text(column) for column in ("key", *fields, "note") if column in coded.texts.columns}
    coders = list(dict.fromkeys(coder for answers in coded.answers.values() for coder in answers))
    rows = []
    for dimension, answers in coded.answers.items():
        counted, found = coded.counted(dimension), []
        for place in range(len(coded.weights)):
            given = {coder: answers[coder][place] if coder in answers else "" for coder in coders}
            if counted[place] and len({_ordered(codes) for codes in given.values() if codes}) > 1:
                texts = {column: texts[place] for column, texts in shown.items()}
                found.append({"dimension": dimension, **texts, **given, "weight": float(coded.weights[place])})
        rows += sorted(found, key=lambda row: [_ordered(str(row[coder])) for coder in coders])
    columns = ["dimension", *[c for c in shown if c != "note"], *coders, *[c for c in shown if c == "note"], "weight"]
    return pd.DataFrame(rows, columns=columns).astype({"weight": "float64"})


def _ordered(codes: str) -> str:
    return ";".join(sorted(codes.split(";")))
