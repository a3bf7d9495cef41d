"""Text that scanning or copying damaged is coded nearly as the intact text, and intact text comes through untouched."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest
from coding_ledger import rar_interventions
from coding_yardstick import DATA, odd_rows, score
from damage import ALL_KINDS, with_damage
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.coding import classify, load_codebook, parse_evidence
from portfolj.coding.codebook import ALL_DIMENSIONS
from portfolj.coding.reader import read_field

FIELDS = ["name", "applicant", "description"]
MOST_LOST = 0.03
SEEDS = range(5)
INTACT = [
    text
    for rows in (odd_rows(described=False), pd.read_csv(DATA / "written_rows.csv", dtype=str, keep_default_na=False))
    for field in FIELDS
    for text in rows[field]
    if text
]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_described_odd_rows_lose_at_most_three_points(kind: str) -> None:
    rows, codebook = odd_rows(described=True), load_codebook()
    intact = score(classify(rows[FIELDS], codebook=codebook), rows)
    damaged = [
        score(classify(with_damage(rows, kind, seed, FIELDS)[FIELDS], codebook=codebook), rows) for seed in SEEDS
    ]
    for measure in ("owner", "target_group_f1", "orientation"):
        mean = sum(getattr(scores, measure) for scores in damaged) / len(damaged)
        assert getattr(intact, measure) - mean <= MOST_LOST, measure


def test_intact_text_comes_through_untouched() -> None:
    codebook = load_codebook()
    ledger = rar_interventions()
    texts = [*INTACT, *(text for column in ledger.columns if ledger[column].dtype == "str" for text in ledger[column])]
    assert len(texts) > 800
    for text in texts:
        if isinstance(text, str):
            assert read_field(codebook, field="description", text=text).text == text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Forsakringskassan i Ostersund, langt fran arbetsmarknaden och utanfor", "Försäkringskassan i Östersund, "
         "långt från arbetsmarknaden och utanför"),
        ("F|rs&kringskassan och st|d", "Försäkringskassan och stöd"),
        ("st6d till lngtidssjukskrivna", "stöd till långtidssjukskrivna"),
        ("arbets förmedlingen och sjuk-\nskrivna", "arbetsförmedlingen och sjukskrivna"),
        ("ungavuxna i Flenskommun", "unga vuxna i Flens kommun"),
        ("lFO och lnsats för 2o personer", "IFO och Insats för 20 personer"),
        ("R&D, Rusta&matcha, arbetsmarknads- och", "R&D, Rusta&matcha, arbetsmarknads- och"),
    ],
)  # fmt: skip
def test_damage_is_mended(damaged: str, mended: str) -> None:
    assert read_field(load_codebook(), field="description", text=damaged).text == mended


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(INTACT), st.sampled_from(sorted(ALL_KINDS)), st.integers(0, 1000))
def test_evidence_stands_in_the_text_as_it_was_written(text: str, kind: str, seed: int) -> None:
    written = ALL_KINDS[kind](text, Random(seed))
    coded = classify(pd.DataFrame({"name": ["x"], "description": [written]}), codebook=load_codebook()).iloc[0]
    for dimension in ("owner", "target_groups", "orientation"):
        for evidence in parse_evidence(coded[f"{dimension}_evidence"]):
            if evidence.field == "description":
                assert written[evidence.start : evidence.end] == evidence.words
                assert evidence.words.strip() == evidence.words != ""


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abdeloö6|&é- \n.ungastå\u00adI20", max_size=60))
def test_any_text_can_be_read_and_its_hits_lead_back(text: str) -> None:
    reading = read_field(load_codebook(), field="description", text=text)
    for dimension in ALL_DIMENSIONS:
        for hit in reading.of(dimension):
            evidence = reading.evidence(hit)
            assert text[evidence.start : evidence.end] == evidence.words
            assert 0 <= evidence.start < evidence.end <= len(text)
