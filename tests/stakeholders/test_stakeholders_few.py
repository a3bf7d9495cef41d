"""A survey that hardly anybody answered: nothing that they answered is told, not even by what nobody did."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from stakeholders_case import QUESTIONS, view_of

from portfolj.disclosure import ALL, Moved, Remembered, moved, remembered, where
from portfolj.exhibits.stakeholders.answers import answers, answers_by_group
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.quotes import quotes
from portfolj.exhibits.stakeholders.response import response
from portfolj.exhibits.stakeholders.sheets import stakeholders_sheets
from portfolj.exhibits.stakeholders.themes import themes
from portfolj.stakeholders.themes import LATE
from portfolj.stakeholders.view import StakeholdersView

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


def answered(*, yes: int, no: int, role: str = "chef", more: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """A survey of ``yes`` and ``no``, as many sources of statements, and ``more`` answers."""
    said = [f"{role};Nöjd;1" for _ in range(yes)] + [f"{role};Missnöjd;2" for _ in range(no)] + [*more]
    rows = [f"{n};{a.split(';')[0]};{a.split(';')[1]};Webb;{a.split(';')[2]};" for n, a in enumerate(said)]
    spoken = [f"k{n};chef;Samverkan;{'styrka' if n < yes else 'utvecklingsområde'};Text;ja" for n in range(yes + no)]
    return {
        "questions": QUESTIONS,
        "survey": ("Svarsid;Roll;1;2;3;4", *rows),
        "invited": ("Roll;Inbjudna", "alla;90"),
        "statements": ("Källa;Roll;Tema;Slag;Utsaga;Får citeras", *spoken),
    }


def told_by(view: StakeholdersView) -> Remembered:
    return remembered.with_report(Remembered(), [], [], asked=view.told)


def shown(view: StakeholdersView) -> dict[tuple[str, str, str], int]:
    rows = view.survey.survey.dropna(subset="count").to_dict("records")
    return {(row["question"], row["group"], row["answer"]): int(row["count"]) for row in rows}


@pytest.mark.parametrize(("yes", "no"), [(10, 9), (10, 11), (11, 10), (8, 8), (13, 11), (11, 9)])
def test_what_only_few_have_answered_since_an_earlier_report_is_not_told(tmp_path: Path, yes: int, no: int) -> None:
    """The last: as many as before, one of whom says otherwise."""
    before = told_by(view_of(tmp_path / "first", answered(yes=10, no=10), k=K))
    view = view_of(tmp_path / "later", answered(yes=yes, no=no), k=K, before=before)
    assert view.survey.late == ("",)
    assert view.told == {}
    tables = stakeholders_tables(view)
    assert tables["survey"]["question"].tolist() == [""]
    assert tables["survey"][["count", "answered"]].isna().all(axis=None)
    assert tables["themes"][["theme", "statements", "sources"]].to_numpy().tolist() == [["", pd.NA, pd.NA]]
    page = "".join(map(str, (answers(view), answers_by_group(view), response(view), themes(view), quotes(view))))
    assert "Bara några få har svarat på enkäten" in page
    assert "Bara några få utsagor har kommit till" in page
    assert "Missnöjd" not in page
    assert "Samverkan" not in page
    sheets = {sheet.name: " ".join(sheet.notes) for sheet in stakeholders_sheets(view)}
    assert "Bara några få har svarat" in sheets["Enkätsvar"]
    assert "Bara några få utsagor" in sheets["Teman"]


@pytest.mark.parametrize(("yes", "no"), [(10, 10), (15, 10), (5, 10), (15, 15), (20, 5)])
def test_a_survey_that_is_the_same_or_moved_by_k_is_told(tmp_path: Path, yes: int, no: int) -> None:
    before = told_by(view_of(tmp_path / "first", answered(yes=10, no=10), k=K))
    view = view_of(tmp_path / "later", answered(yes=yes, no=no), k=K, before=before)
    assert view.survey.late == ()
    assert not view.themes.silent
    assert shown(view)[("1", "", "Nöjd")] == yes
    assert view.told.keys() == {"survey ", "sources", "statements"}


STAFF = tuple("medarbetare;Nöjd;1" if n % 2 else "medarbetare;Missnöjd;2" for n in range(20))


def test_of_a_group_that_one_has_come_to_nothing_is_told(tmp_path: Path) -> None:
    """Seven more of one group and one of the other, who answers otherwise: what is hidden would tell how."""
    first = view_of(tmp_path / "first", answered(yes=10, no=10, more=STAFF), k=K)
    came = (*STAFF, *["chef;Nöjd;1"] * 7, "medarbetare;Missnöjd;2")
    view = view_of(tmp_path / "later", answered(yes=10, no=10, more=came), k=K, before=told_by(first))
    then, now = shown(first), shown(view)
    assert view.survey.late == ()
    assert {group for _, group, _ in then} == {"", "chef", "medarbetare"}
    assert {group for _, group, _ in now} == {""}
    assert now[("", "", "")] == 48  # 40 + 8
    assert {place for place in then.keys() & now.keys() if 0 < abs(now[place] - then[place]) < K} == set()
    assert "ändrats lite sedan en tidigare rapport: fråga 1 per roll" in str(answers_by_group(view)).casefold()


def test_one_more_is_late_whatever_else_has_moved(tmp_path: Path) -> None:
    """One has come, and five have taken back what they said of another question."""
    first = view_of(tmp_path / "first", answered(yes=10, no=10, more=STAFF), k=K)
    changed = tuple(row.replace(";1", ";4") if 0 < n < 10 else row for n, row in enumerate(STAFF))
    view = view_of(tmp_path / "later", answered(yes=10, no=10, more=(*changed, "chef;Nöjd;1")), k=K,
                   before=told_by(first))  # fmt: skip
    assert view.survey.late == ("",)


def test_groups_put_together_in_another_way_are_not_told(tmp_path: Path) -> None:
    """Lärare and konsult were the others; with more lärare it would be konsult and chef, and konsult's four answers
    the difference."""
    few = (*["konsult;Missnöjd;1"] * 4, *["lärare;Nöjd;2"] * 5, *["lärare;Missnöjd;2"] * 3)
    first = view_of(tmp_path / "first", answered(yes=10, no=10, more=few), k=K)
    assert {group for _, group, _ in shown(first)} == {"", "chef", "övriga"}
    more = (*few, *["lärare;Nöjd;2"] * 15, *["lärare;Missnöjd;2"] * 15)
    view = view_of(tmp_path / "later", answered(yes=10, no=10, more=more), k=K, before=told_by(first))
    assert {group for _, group, _ in shown(view)} == {""}
    assert {group for _, group, _ in shown(view_of(tmp_path / "alone", answered(yes=10, no=10, more=more), k=K))} == {
        "", "lärare", "övriga",
    }  # fmt: skip


def test_words_written_in_another_way_are_the_same(tmp_path: Path) -> None:
    files = answered(yes=10, no=10)
    before = told_by(view_of(tmp_path / "first", files, k=K))
    other = answered(yes=11, no=9)
    small = {kind: tuple(row.replace("Nöjd", "nöjd").replace("Samverkan", "SAMVERKAN") for row in rows)
             for kind, rows in other.items()}  # fmt: skip
    view = view_of(tmp_path / "later", small, k=K, before=before)
    assert view.survey.late == ("",)
    assert view.themes.silent == LATE


def test_one_more_than_others_have_printed_is_not_told(tmp_path: Path) -> None:
    printed = ("Fråga nr;Svar;Antal;Tryckt i", "1;Nöjd;10;R 2024", "1;Varken eller;0;R 2024", "1;Missnöjd;10;R 2024")
    first = view_of(tmp_path / "first", {"questions": QUESTIONS, "survey_counts": printed}, k=K)
    assert len(shown(first)) == 3
    view = view_of(tmp_path / "later", answered(yes=10, no=11), k=K, before=told_by(first))
    assert ("1", "", "Missnöjd") not in shown(view)


def test_how_many_see_a_theme_as_one_thing_only_is_protected(tmp_path: Path) -> None:
    """Ten raise it, nine as a strength and six as something to develop: 10 - 9 = 1 sees only what to develop."""
    rows = [f"k{n};chef;Samverkan;styrka;Text;nej" for n in range(9)]
    rows += [f"k{n};chef;Samverkan;utvecklingsområde;Text;nej" for n in range(4, 10)]
    table = view_of(tmp_path, {"statements": ("Källa;Roll;Tema;Slag;Utsaga;Får citeras", *rows)}, k=K).themes.frame
    shown = {(row["theme"], row["kind"]): row["sources"] for row in table.to_dict("records") if not row["suppressed"]}
    assert not {("Samverkan", ""), ("Samverkan", "strength")} <= shown.keys()


def test_every_report_that_has_been_counts(tmp_path: Path) -> None:
    """20 answered, then 25, now 22: two more than the first and three fewer than the second."""
    views = [view_of(tmp_path / str(no), answered(yes=10, no=no), k=K) for no in (10, 15)]
    before = told_by(views[0])
    before = remembered.with_report(before, [], [], asked=views[1].told)
    view = view_of(tmp_path / "now", answered(yes=10, no=12), k=K, before=before)
    assert view.survey.late == ("",)
    assert view.themes.silent == LATE


def test_a_statement_without_a_source_does_not_get_round_it(tmp_path: Path) -> None:
    files = answered(yes=10, no=10)
    before = told_by(view_of(tmp_path / "first", files, k=K))
    more = files | {"statements": (*files["statements"], ";chef;Samverkan;styrka;Text;nej")}
    assert view_of(tmp_path / "later", more, k=K, before=before).themes.silent == LATE


def test_a_survey_is_known_again_however_its_name_is_written(tmp_path: Path) -> None:
    def named(name: str, yes: int) -> dict[str, tuple[str, ...]]:
        files = answered(yes=yes, no=10)
        return {
            "questions": (f"Enkät;{QUESTIONS[0]}", *(f"{name};{row}" for row in QUESTIONS[1:])),
            "survey": (f"Enkät;{files['survey'][0]}", *(f"{name};{row}" for row in files["survey"][1:])),
        }

    before = told_by(view_of(tmp_path / "first", named("Nytta", 10), k=K))
    assert view_of(tmp_path / "later", named("NYTTA", 11), k=K, before=before).survey.late == ("NYTTA",)


@pytest.mark.parametrize("size", [1, K - 1])
def test_of_few_sources_nothing_is_told_not_even_the_themes(tmp_path: Path, size: int) -> None:
    view = view_of(tmp_path, answered(yes=size, no=0), k=K)
    table = stakeholders_tables(view)["themes"]
    assert table["theme"].tolist() == [""]
    assert table["suppressed"].all()
    assert "Färre än 5 källor har sagt något" in str(themes(view))
    assert len(view.quotes.frame) == 0


def test_what_is_remembered_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = told_by(view_of(tmp_path / "one", answered(yes=10, no=10), k=K))
    assert len(one.asked) == 3
    assert remembered.read(remembered.text_of(one)) == one
    assert remembered.with_report(one, [], [], asked=dict(one.asked)) == one
    two = remembered.with_report(one, [], [], asked=view_of(tmp_path / "two", answered(yes=15, no=10), k=K).told)
    assert len(two.versions("sources")) == 2
    assert remembered.read(remembered.text_of(two)) == two


def test_what_an_earlier_version_left_of_a_sum_is_worked_out() -> None:
    """6 more in all and 5 more of the first part: 1 more of the rest, which was never shown."""
    whole, first, rest = ALL, where({"role": "a"}), where({"role": ["b", "c"]})
    now = {whole: 26, first: 15, rest: 11}
    found = moved(now, [{whole: 20, first: 10}], parts=[(whole, [first, rest])], k=K)
    assert found == Moved(frozenset({whole}), wholly=False)
    assert moved(now, [{whole: 20}, {first: 10}], parts=[(whole, [first, rest])], k=K) == Moved()
    assert moved(now, [{whole: 25, first: 15}], parts=[(whole, [first, rest])], k=K) == Moved(frozenset({whole}), True)


def test_of_a_theme_that_one_more_raises_the_total_and_its_parts_are_hidden(tmp_path: Path) -> None:
    """Ten more have come, and one of them raises Tid: hidden, not missing."""

    def said(samverkan: int, tid: int) -> dict[str, tuple[str, ...]]:
        rows = [f"s{n};chef;Samverkan;styrka;Text;nej" for n in range(samverkan)]
        rows += [f"t{n};chef;Tid;{'styrka' if n % 2 else 'utvecklingsområde'};Text;nej" for n in range(tid)]
        return {"statements": ("Källa;Roll;Tema;Slag;Utsaga;Får citeras", *rows)}

    before = told_by(view_of(tmp_path / "first", said(10, 20), k=K))
    view = view_of(tmp_path / "later", said(19, 21), k=K, before=before)
    assert not view.themes.silent
    frame = view.themes.frame.set_index(["theme", "kind"])
    assert frame.loc["Tid", "suppressed"].to_dict() == {"": True, "strength": True, "develop": True}
    assert "uppgift saknas" not in str(themes(view))
