"""The statistical second opinion: what it says follows from its weights, and it speaks only where rules are weak."""

from __future__ import annotations

import json
import math
import runpy
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.coding import classify, load_codebook, parse_evidence
from portfolj.coding.second_opinion import (
    MODEL_FILE,
    SecondOpinion,
    letter_groups,
    parse_second_opinion,
    shipped_second_opinion,
)

ROOT = Path(__file__).parents[2]


def coded(description: str) -> dict[str, str]:
    rows = pd.DataFrame({"name": ["Insatsen"], "description": [description]})
    return {str(k): str(v) for k, v in classify(rows, codebook=load_codebook()).iloc[0].items()}


def test_a_words_groups_have_three_to_six_letters_with_its_ends_marked() -> None:
    assert letter_groups("bo") == {"<bo", "bo>", "<bo>"}
    assert {"<st", "stöd", "töd>", "<stöd>"} <= letter_groups("stöd")


def test_the_probability_is_the_sum_over_different_words() -> None:
    opinion = SecondOpinion(0.1, {"<bo": 0.4, "bo>": 0.2, "<ja": -1.0}, "prov")
    # bo: 0.4 + 0.2 = 0.6; ja: -1.0; two different words: 0.1 + (0.6 - 1.0) / sqrt(2)
    odds = 0.1 + (0.6 - 1.0) / math.sqrt(2)
    assert opinion.structural(["Bo", "ja", "bo"]) == pytest.approx(1 / (1 + math.exp(-odds)))
    assert opinion.structural([]) == 0.5


@given(st.lists(st.sampled_from(["stöd", "nätverk", "chefer", "unga", "odling", "rutiner"])))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    opinion = shipped_second_opinion()
    assert opinion.structural(words) == pytest.approx(opinion.structural(words[::-1]))


def test_it_speaks_where_no_rule_does_and_shows_its_words() -> None:
    text = "Plats för den som varit sjuk länge, med djur och odling"
    row = coded(text)
    assert row["orientation"] == "individinriktad"
    assert row["orientation_rule"] == "I-statistik"
    words = parse_evidence(row["orientation_evidence"])
    assert words
    assert all(text[found.start : found.end] == found.words for found in words)


def test_it_never_overrules_a_rule_that_knows() -> None:
    row = coded("Förstudie om odling, djur och motion för den som varit sjuk länge")
    assert (row["orientation"], row["orientation_rule"]) == ("strukturpaverkande", "I-struktur-01")


def test_the_shipped_weights_are_those_that_the_training_texts_give() -> None:
    pytest.importorskip("sklearn")
    trainer = runpy.run_path(str(ROOT / "training" / "second_opinion.py"))
    rows = trainer["texts"]()
    intercept, weights = trainer["train"](list(rows["description"]), list(rows["structural"]))
    shipped = parse_second_opinion((ROOT / "src/portfolj/reference" / MODEL_FILE).read_text(encoding="utf-8"))
    assert shipped.intercept == pytest.approx(intercept, abs=0.002)
    stored = json.loads((ROOT / "src/portfolj/reference" / MODEL_FILE).read_text(encoding="utf-8"))["weights"]
    assert set(stored) <= set(weights)
    for group, weight in weights.items():
        assert shipped.weights.get(group, 0.0) == pytest.approx(weight, abs=0.002)
