"""A survey that hardly anybody answered: nothing that they answered is told, not even by what nobody did."""

from __future__ import annotations

from pathlib import Path

import pytest
from stakeholders_case import QUESTIONS, view_of

from portfolj.disclosure import Remembered, remembered
from portfolj.exhibits.stakeholders.answers import answers, answers_by_group
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.response import response
from portfolj.exhibits.stakeholders.themes import themes
from portfolj.stakeholders.themes import LATE

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


def answered(size: int, last: str = "Nöjd") -> dict[str, tuple[str, ...]]:
    """A survey with ``size`` answers, and as many sources of statements; the last answers and says otherwise."""
    rows = [f"{n};chef;Missnöjd;Webb;1;" for n in range(size - 1)] + [f"{size};chef;{last};Möten;5;"]
    said = [f"k{n};chef;Samverkan;utvecklingsområde;Text;nej" for n in range(size - 1)]
    return {
        "questions": QUESTIONS,
        "survey": ("Svarsid;Roll;1;2;3;4", *rows),
        "invited": ("Roll;Inbjudna", "alla;40"),
        "statements": ("Källa;Roll;Tema;Slag;Utsaga;Får citeras", *said,
                       f"k{size};chef;Samverkan;styrka;Text;nej"),
    }  # fmt: skip


@pytest.mark.parametrize("later", [19, 21, 16, 24])
def test_what_few_have_answered_since_an_earlier_report_is_not_told(tmp_path: Path, later: int) -> None:
    first = view_of(tmp_path / "first", answered(20), k=K)
    assert first.survey.told == (("", 20),)
    assert first.themes.size == 20
    before = Remembered(surveys=first.survey.told, sources=(first.themes.size,))
    view = view_of(tmp_path / "later", answered(later), k=K, before=before)
    assert view.survey.late == ("",)
    assert view.survey.told == ()
    tables = stakeholders_tables(view)
    assert tables["survey"]["question"].tolist() == [""]
    assert tables["survey"]["count"].isna().all()
    assert tables["survey"]["answered"].isna().all()
    assert tables["themes"]["suppressed"].all()
    assert tables["themes"][["statements", "sources"]].isna().all(axis=None)
    page = str(answers(view)) + str(answers_by_group(view)) + str(response(view)) + str(themes(view))
    assert "Sedan en tidigare rapport visade svaren på enkäten har färre än 5 svar kommit till" in page
    assert "har färre än 5 källor kommit till" in page
    assert "Missnöjd" not in page


@pytest.mark.parametrize("later", [20, 15, 25, 40])
def test_a_survey_that_is_the_same_or_has_at_least_k_new_answers_is_told(tmp_path: Path, later: int) -> None:
    before = Remembered(surveys=(("", 20), ("en annan", later + 1)), sources=(20,))
    view = view_of(tmp_path, answered(later), k=K, before=before)
    assert view.survey.late == ()
    assert view.survey.told == (("", later),)
    assert not view.themes.silent
    assert "Missnöjd" in str(answers(view))


def test_two_small_steps_are_held_against_every_report_that_has_been(tmp_path: Path) -> None:
    """20 answered, then 25, now 22: two more than the first and three fewer than the second."""
    view = view_of(tmp_path, answered(22), k=K, before=Remembered(surveys=(("", 20), ("", 25)), sources=(20, 25)))
    assert view.survey.late == ("",)
    assert view.themes.silent == LATE


@pytest.mark.parametrize("size", [1, K - 1])
def test_of_few_sources_no_count_is_told_not_even_that_nobody_said_it(tmp_path: Path, size: int) -> None:
    view = view_of(tmp_path, answered(size), k=K)
    table = stakeholders_tables(view)["themes"]
    assert set(table["theme"]) == {"", "Samverkan"}
    assert table["suppressed"].all()
    assert "Färre än 5 källor har sagt något" in str(themes(view))
    assert len(view.quotes.frame) == 0


def test_what_is_remembered_is_read_as_it_was_written() -> None:
    one = Remembered(surveys=(("", 20), ("chefer", 7)), sources=(9, 12))
    assert remembered.read(remembered.text_of(one)) == one
    more = remembered.with_report(one, [], [], surveys=[("", 26)], sources=[12])
    assert more == Remembered(surveys=(("", 20), ("", 26), ("chefer", 7)), sources=(9, 12))
