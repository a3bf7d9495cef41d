"""A survey that hardly anybody answered: nothing that they answered is told, not even by what nobody did."""

from __future__ import annotations

from pathlib import Path

import pytest
from stakeholders_case import QUESTIONS, view_of

from portfolj.exhibits.stakeholders.answers import answers, answers_by_group
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.response import response

K = 5


def survey_of(size: int) -> dict[str, tuple[str, ...]]:
    rows = (f"{n};chef;Missnöjd;Webb;1;" for n in range(size))
    return {"questions": QUESTIONS, "survey": ("Svarsid;Roll;1;2;3;4", *rows), "invited": ("Roll;Inbjudna", "alla;40")}


@pytest.mark.parametrize("size", [1, K - 1])
def test_of_a_survey_that_few_answered_only_the_number_asked_is_told(tmp_path: Path, size: int) -> None:
    view = view_of(tmp_path, survey_of(size), k=K)
    assert view.survey.too_few == ("",)
    table = stakeholders_tables(view)["survey"]
    assert table["question"].tolist() == [""]
    assert table["count"].isna().all()
    assert table["suppressed"].all()
    page = str(answers(view))
    assert "Färre än 5 svarade på enkäten" in page
    assert "Missnöjd" not in page + str(answers_by_group(view))
    assert "40" in str(response(view))


def test_from_the_smallest_number_that_is_shown_the_answers_are_told(tmp_path: Path) -> None:
    view = view_of(tmp_path, survey_of(K), k=K)
    assert view.survey.too_few == ()
    page = str(answers(view))
    assert "Missnöjd" in page
    assert "Färre än" not in page


def test_counts_of_few_are_left_out_and_printed_ones_stand(tmp_path: Path) -> None:
    counts = ("Fråga nr;Svar;Antal;Tryckt i", "1;Nöjd;3;Rapport 2024", "2;Webb;2;", "2;Möten;0;", "2;Telefon;0;")
    files = {"questions": QUESTIONS, "survey_counts": counts, "invited": ("Roll;Inbjudna;Svarade", "alla;9;3")}
    table = view_of(tmp_path, files, k=K).survey.survey
    told = table[table["question"].ne("")]
    assert told[["question", "answer", "count"]].to_numpy().tolist() == [["1", "Nöjd", 3]]
