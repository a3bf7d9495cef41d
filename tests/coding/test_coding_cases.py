"""One text, one answer: what each dimension says of texts written for the purpose (see ``data/cases_*.csv``)."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from portfolj.coding import classify, load_codebook

DATA = Path(__file__).parent / "data"
EXPECTED = ("owner", "target_groups", "orientation")


def _cases(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _name(case: dict[str, str]) -> str:
    texts = [cell for field, cell in case.items() if cell and field not in (*EXPECTED, "reason", "why")]
    return " | ".join(texts) or "inget"


def _coded(case: dict[str, str]) -> pd.Series:
    fields = [field for field in case if field not in (*EXPECTED, "reason", "why")]
    table = pd.DataFrame([{field: case[field] for field in fields}], dtype="str")
    return classify(table, codebook=load_codebook()).iloc[0]


@pytest.mark.parametrize("case", _cases("cases_owner.csv"), ids=_name)
def test_the_owner_is_who_applies_or_runs_it(case: dict[str, str]) -> None:
    coded = _coded(case)
    assert (coded["owner"], coded["owner_reason"]) == (case["owner"], case["reason"])


@pytest.mark.parametrize("case", _cases("cases_target.csv"), ids=_name)
def test_the_target_groups_are_those_it_is_for(case: dict[str, str]) -> None:
    assert _coded(case)["target_groups"] == case["target_groups"]


@pytest.mark.parametrize("case", _cases("cases_orientation.csv"), ids=_name)
def test_the_orientation_is_what_the_text_says(case: dict[str, str]) -> None:
    assert _coded(case)["orientation"] == case["orientation"]
