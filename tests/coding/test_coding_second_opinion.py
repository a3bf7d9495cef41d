"""The statistical second opinion: what it says follows from its weights, and rules that know are hard to overrule."""

from __future__ import annotations

import json
import math
import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.coding import classify, load_codebook, parse_evidence
from portfolj.coding.second_opinion import (
    MODEL_FILE,
    SecondOpinion,
    features_of,
    letter_groups,
    name_features,
    parse_second_opinion,
    shipped_second_opinion,
)

ROOT = Path(__file__).parents[2]
SMALL = {
    "trained_on": "prov", "kinds": ["a", "b"], "intercepts": [0.0, 0.5], "findings": {"staff": [200, 0]},
    "weights": {
        "<bo": [40, -10, 400], "bo>": [20, 0, 100], "bo ja": [0, 30, 900], "n:<bo": [50, 0, 25],
    },
}  # fmt: skip


def coded(description: str, name: str = "Insatsen") -> dict[str, str]:
    rows = pd.DataFrame({"name": [name], "description": [description]})
    return {str(k): str(v) for k, v in classify(rows, codebook=load_codebook()).iloc[0].items()}


def test_a_words_groups_have_three_to_six_letters_with_its_ends_marked() -> None:
    assert letter_groups("bo") == {"<bo", "bo>", "<bo>"}
    assert {"<st", "stöd", "töd>", "<stöd>"} <= letter_groups("stöd")


def test_pairs_of_words_and_the_words_of_a_name_are_read_apart() -> None:
    assert "bo ja" in features_of(["bo", "ja"])
    assert name_features(["bo"]) == ["n:<bo", "n:<bo>", "n:bo>"]


def test_what_is_heard_is_the_weights_of_the_words_by_the_root_of_their_size() -> None:
    opinion = parse_second_opinion(json.dumps(SMALL))
    text = opinion.sentence(["bo", "ja"])
    # bo: <bo and bo>; the pair "bo ja": for a 40 + 20 + 0, for b -10 + 0 + 30, size 400 + 100 + 900; two words
    assert text == (60, 20, 1400, 2)
    assert opinion.heard(opinion.totals([[text], [opinion.name(["bo"])], []])) == pytest.approx(
        np.array([[0.6 / math.sqrt(14), 0.2 / math.sqrt(14)], [0.5 / math.sqrt(0.25), 0.0], [0.0, 0.0]])
    )


def test_the_probabilities_follow_from_what_is_heard_and_found() -> None:
    opinion = parse_second_opinion(json.dumps(SMALL))
    # No words. Odds of a: 0.0 + 2.0 for staff; of b: 0.5.
    whole = math.exp(2.0) + math.exp(0.5)
    pulled = opinion.pulls([opinion.numbers(["staff", "a finding it does not know", "staff"])])
    found = opinion.probabilities(opinion.heard(opinion.totals([[]])), pulled)
    assert found == pytest.approx(np.array([[math.exp(2.0) / whole, math.exp(0.5) / whole]]))


def test_of_some_findings_it_counts_how_many_there_are() -> None:
    opinion = parse_second_opinion(json.dumps({**SMALL, "findings": {"k:a:weak": [100, 0], "staff": [200, 0]}}))
    found = [opinion.numbers(each) for each in (["k:a:weak", "k:a:weak", "staff", "staff"], [], ["k:a:weak"])]
    assert opinion.pulls(found) == pytest.approx(np.array([[math.log(3) + 2, 0], [0, 0], [math.log(2), 0]]))


def test_a_word_leans_towards_the_kind_that_it_speaks_more_for() -> None:
    opinion = parse_second_opinion(json.dumps(SMALL))
    assert opinion.leaning("bo", "a", "b") == pytest.approx(0.6 + 0.1)
    assert opinion.leaning("bo", "b", "a") == pytest.approx(-0.7)


@given(st.lists(st.lists(st.sampled_from(["stöd", "nätverk", "chefer", "unga", "odling"]), max_size=4), max_size=4))
def test_the_order_of_sentences_does_not_matter(sentences: list[list[str]]) -> None:
    opinion = shipped_second_opinion()
    weights = [opinion.sentence(words) for words in sentences]
    assert (opinion.totals([weights]) == opinion.totals([weights[::-1]])).all()


def test_it_speaks_where_no_rule_does_and_shows_its_words() -> None:
    text = "Odling, matlagning och utflykter i lugn takt två dagar i veckan"
    row = coded(text)
    assert (row["orientation"], row["orientation_rule"]) == ("individinriktad", "I-statistik")
    words = parse_evidence(row["orientation_evidence"])
    assert words
    assert all(text[found.start : found.end] == found.words for found in words)


@pytest.mark.parametrize(
    "text",
    [
        "Förstudie om odling, djur och motion för den som varit sjuk länge",
        "Utbildning för handläggare i hur man möter unga med psykisk ohälsa. 140 deltagare.",
        "En processledare för arbetet med långtidssjukskrivna",
    ],
)
def test_a_decisive_rule_is_not_overruled_by_the_words_of_its_clients(text: str) -> None:
    row = coded(text)
    assert row["orientation"] == "strukturpaverkande"
    assert row["orientation_rule"].startswith("I-struktur-")


def test_a_text_that_tells_only_of_money_has_no_orientation() -> None:
    row = coded("Styrelsen beviljade 400 tkr för året, varav hälften har betalats ut.", name="Projekt 14-07")
    assert (row["orientation"], row["orientation_reason"]) == ("ej_definierad", "no_rule")


@pytest.fixture(scope="module")
def trainer() -> dict[str, object]:
    pytest.importorskip("sklearn")
    return runpy.run_path(str(ROOT / "training" / "second_opinion.py"))


def test_what_training_computes_is_what_the_coding_computes(trainer: dict[str, object]) -> None:
    from portfolj.coding.findings import found, read_words
    from portfolj.coding.reader import read_field

    rows = pd.read_csv(ROOT / "training" / "orientation.csv", dtype=str, keep_default_na=False)
    rows = rows.groupby("orientation").head(40).reset_index(drop=True)
    texts = trainer["Texts"](rows.assign(damaged=False))  # type: ignore[operator]
    trained = trainer["Trained"](texts, np.arange(len(rows)))  # type: ignore[operator]
    opinion = parse_second_opinion(json.dumps(trainer["stored"](texts, trained)))  # type: ignore[operator]
    for row, probable in zip(rows.itertuples(), trained.probable, strict=True):
        readings = {"description": read_field(load_codebook(), field="description", text=str(row.description))}
        named = []
        if row.name:
            readings["name"] = read_field(load_codebook(), field="name", text=str(row.name))
            named = [opinion.name(read_words(readings["name"]))]
        described = [opinion.sentence(read_words(s)) for s in readings["description"].sentences]
        heard = [opinion.heard(opinion.totals([weights])) for weights in (described, named)]
        told = opinion.probabilities(*heard, opinion.pulls([opinion.numbers(found(readings))]))
        # Small weights are left out of the file and the others are in hundredths.
        assert told[0] == pytest.approx(probable, abs=0.06)


def test_the_shipped_model_knows_its_training_texts(trainer: dict[str, object]) -> None:
    opinion: SecondOpinion = shipped_second_opinion()
    rows = pd.read_csv(ROOT / "training" / "orientation.csv", dtype=str, keep_default_na=False)
    assert opinion.trained_on == f"{len(rows)} kodade beskrivningar"
    assert opinion.kinds == trainer["KINDS"]
    assert not rows["description"].duplicated().any()
    assert (ROOT / "src" / "portfolj" / "reference" / MODEL_FILE).stat().st_size < 3_500_000
