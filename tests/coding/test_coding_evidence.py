"""Evidence is the exact words of the text as it was given."""

from __future__ import annotations

import pandas as pd
from coding_ledger import rar_esf_names, rar_interventions
from coding_yardstick import odd_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.coding import classify, load_codebook, parse_evidence

DIMENSIONS = ("owner", "target_groups", "orientation", "process_support")
FIELDS = ("name", "applicant", "target_group_text", "description", "goal_text")


def _assert_evidence_is_exact(rows: pd.DataFrame, coded: pd.DataFrame) -> int:
    seen = 0
    for place in range(len(rows)):
        for dimension in DIMENSIONS:
            for item in parse_evidence(coded.iloc[place][f"{dimension}_evidence"]):
                text = rows.iloc[place][item.field]
                assert text[item.start : item.end] == item.words
                seen += 1
    return seen


def test_the_evidence_of_every_demo_row_is_the_words_of_its_text() -> None:
    for rows in (rar_interventions(), odd_rows(described=False)):
        coded = classify(rows, codebook=load_codebook(), esf_names=rar_esf_names())
        assert _assert_evidence_is_exact(rows, coded) > 100


def test_every_rule_that_is_told_stands_in_the_codebook() -> None:
    codebook = load_codebook()
    coded = classify(rar_interventions(), codebook=codebook, esf_names=rar_esf_names())
    for dimension in DIMENSIONS:
        for rules in coded[f"{dimension}_rule"]:
            for rule in filter(None, rules.split(";")):
                assert codebook.explain(rule)


def test_an_answer_always_has_rule_words_and_basis_and_an_undefined_one_a_reason() -> None:
    coded = classify(odd_rows(described=False), codebook=load_codebook())
    for dimension in DIMENSIONS[:3]:
        defined = coded[dimension] != "ej_definierad"
        for part in ("rule", "evidence", "basis"):
            assert (coded.loc[defined, f"{dimension}_{part}"] != "").all()
        assert (coded.loc[defined, f"{dimension}_reason"] == "").all()
        assert (coded.loc[~defined, f"{dimension}_reason"] != "").all()
        assert (coded.loc[~defined, f"{dimension}_basis"] == "").all()


PIECES = st.sampled_from(
    ["unga", "inte", "drivs av", "Flens kommun", "och", "Region Skåne", "NPF", "coachning", "för", "personal", ".", ",",
     '"', "; ", "(", ")", "långtidssjukskrivna", "18-29 år", "förstudie", "processledare", "ESF", "<script>", "=1+1",
     "\n", "é", "İ", "ß", "\u00a0", "🙂", "i", "LSG", "m.fl."]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=6).map("".join))
def test_evidence_is_exact_whatever_the_text_holds(description: str, name: str) -> None:
    rows = pd.DataFrame({"name": [name], "applicant": [name], "description": [description]})
    _assert_evidence_is_exact(rows, classify(rows, codebook=load_codebook()))


def test_evidence_with_quotes_and_semicolons_is_read_back_whole() -> None:
    assert [item.words for item in parse_evidence('name 0-6 "a"; "b"; goal_text 3-4 "x"')] == ['a"; "b', "x"]
