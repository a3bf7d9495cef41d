"""The goals of an application are read as sentences, which are graded as goals that can be measured."""

from __future__ import annotations

from typing import Any

import pytest
from filled_forms import GOALS

from portfolj.goals.grade import grade
from portfolj.ledger.filled.form import Row
from portfolj.ledger.filled.goals import goal_sentence

COLUMNS = ("change", "whom", "level", "measure", "when", "baseline", "source")
MORE = [
    ["öka", "deltagarnas skattade arbetsförmåga", "till 6 på en skala 0–10", "annat mått", "vid avslut", "4,2", "BIP"],
    ["ska ha arbete", "deltagarna", "30 %", "procent", 2027, "10 procent", "enligt Uppföljning Finsam"],
]


def row(*values: Any) -> Row:
    return Row(0, dict(zip(COLUMNS, values, strict=True)), {code: n for n, code in enumerate(COLUMNS)})


@pytest.mark.parametrize("values", [*GOALS, *MORE])
def test_a_goal_with_every_cell_filled_in_can_be_measured(values: list[Any]) -> None:
    graded = grade(f"{goal_sentence(row(*values))}.")
    assert [goal.goal_class for goal in graded.goals] == ["outcome_measurable"]
    assert (graded.indicator, graded.level, graded.time, graded.baseline) == (True, True, True, True)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (MORE[0], "Deltagarnas skattade arbetsförmåga ska öka till 6 på en skala 0–10 vid avslut enligt BIP "
                  "(utgångsläge 4,2)"),
        (MORE[1], "30 procent av deltagarna ska ha arbete senast 2027 enligt Uppföljning Finsam "
                  "(utgångsläge 10 procent)"),
        (["", "deltagarna", "40", "procent", "", "", ""], "40 procent av deltagarna"),
        (["arbeta", "", "", "", "", "", ""], "Ska arbeta"),
    ],
)  # fmt: skip
def test_a_goal_is_read_as_a_sentence_with_nothing_made_up(values: list[Any], sentence: str) -> None:
    assert goal_sentence(row(*values)) == sentence
