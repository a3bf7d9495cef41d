"""What a reader of the follow-up of the two shipped cases can work out of the hidden counts: nothing near.

The attacker (``reader.py``, ``populations.py``) has the files, every table of the page and the computed twins of
printed figures.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from populations import Cell
from reader import ASKS, Report

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import outcomes_by, printed
from portfolj.exhibits.followup.printed import BLANK
from portfolj.exhibits.markup import Html
from portfolj.places import Places

FILE_CELLS = {
    "outcomes": ("participations", "exits", "to_work", "to_study", "to_training"),
    "progression": ("measured_twice", "up", "down", "unchanged", "never_twice"),
}
GUESSES = 30


@pytest.fixture(scope="module")
def reports(places: Places, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Both cases, as their readers have them."""
    return {name: Report(name, places, tmp_path_factory.mktemp(name)) for name in ("spik", "ratt-insats")}


@pytest.fixture(params=["spik", "ratt-insats"])
def report(request: pytest.FixtureRequest, reports: dict[str, Report]) -> Report:
    return reports[request.param]


def somebody_is_in(report: Report, asked: Any) -> bool:
    """Whether a hidden cell tells that it is of somebody: nobody is shown, but where nobody is hidden too."""
    every = {"intervention": set(report.categories("intervention"))}  # who asks about all of them asks nothing
    names = {name.split()[0] for name, values in asked.items() if values != every.get(name)}
    return names not in [{name.split()[0] for name in group} for group in report.view.zeros_hidden]


def known_within_fewer_than_k(report: Report, more: list[Cell]) -> dict[frozenset[Any], set[int]]:
    """The hidden cells that can be fewer than k numbers for whoever knows ``more``, with the numbers."""
    cells, k = list(report.cells()), report.view.k
    possible: dict[frozenset[Any], set[int]] = {}
    for populations in report.populations():
        hidden = [asked for asked, value in cells if value is None and populations.tells(asked)]
        if hidden:
            populations.know([*cells, *more], [asked for asked in hidden if somebody_is_in(report, asked)])
            populations.guess(GUESSES)
            possible |= {frozenset(asked.items()): populations.possible(asked, enough=k) for asked in hidden}
    assert set(possible) == {frozenset(asked.items()) for asked, value in cells if value is None}
    return {place: numbers for place, numbers in possible.items() if len(numbers) < k}


def test_every_hidden_cell_may_be_k_numbers_or_more(report: Report) -> None:
    assert sum(value is None for _, value in report.cells()) > 100
    assert known_within_fewer_than_k(report, []) == {}


def test_the_attack_has_every_hidden_count_of_the_page(report: Report) -> None:
    attacked = sum(value is None for _, value in report.cells())
    marks = [frame.filter(regex="suppressed$") for name, frame in report.view.tables.items() if name != "shares"]
    assert attacked == sum(int(mark.to_numpy().sum()) for mark in marks)


def test_printed_figures_give_away_no_more_than_they_print(reports: dict[str, Report]) -> None:
    # Printed by sex: to work 9 + 15, to study 5 + 4, to training 5 + 2. What follows is theirs: to work or studies
    # 9 + 5 = 14 and 15 + 4 = 19, with training 14 + 5 = 19 and 19 + 2 = 21. Nothing of age, place or step movement.
    report = reports["spik"]
    rows = [row for row in report.rows("published") if row["unit"] == "persons" and row["measure"] in ASKS]
    known = known_within_fewer_than_k(report, [(report.printed_place(row), int(row["value"])) for row in rows])
    by_sex: dict[str, set[int]] = {}
    for place, numbers in known.items():
        assert {name for name, _ in place} <= {"intervention", "sex", "result"}
        assert len(numbers) == 1
        (sex,) = dict(place)["sex"]
        by_sex.setdefault(sex, set()).update(numbers)
    assert {5} <= by_sex["woman"] <= {9, 5, 14, 19}
    assert {4, 2} <= by_sex["man"] <= {15, 4, 2, 19, 21}


@pytest.mark.parametrize("name", list(FILE_CELLS))
def test_empty_cells_of_a_file_are_the_suppressed_ones_and_no_count_is_small(report: Report, name: str) -> None:
    rows = report.files[name]
    if name not in report.view.tables:
        assert rows == []
        return
    frame = report.view.tables[name].to_dict("records")
    assert len(rows) == len(frame) > 0
    for row, behind in zip(rows, frame, strict=True):
        empty = [cell for cell in FILE_CELLS[name] if row[cell] == ""]
        assert empty == [cell for cell in FILE_CELLS[name] if behind[f"{cell}_suppressed"]]
        share_hidden = row.get("share_work_or_study") == "" and row["exits"] != "0"
        assert row["suppressed"] == str(bool(empty) or share_hidden)
        shown = [int(row[cell]) for cell in FILE_CELLS[name] if row[cell]]
        assert [number for number in shown if 0 < number < report.view.k] == []


def test_a_share_stands_in_the_file_only_where_both_its_counts_are_shown(report: Report) -> None:
    given = 0
    for row, behind in zip(report.files["outcomes"], report.rows("outcomes"), strict=True):
        hidden = behind["work_or_study_suppressed"] or behind["exits_suppressed"]
        assert hidden == (pd.isna(behind["work_or_study"]) or pd.isna(behind["exits"]))
        if hidden or behind["exits"] == 0:
            assert row["share_work_or_study"] == ""
        else:
            assert float(row["share_work_or_study"]) == round(behind["work_or_study"] / behind["exits"], 4)
            given += 1
    assert given > 0


def test_no_share_and_no_interval_is_given_of_a_hidden_count(report: Report) -> None:
    for row in report.rows("shares"):
        told = [row[name] for name in ("percent", "low", "high")]
        if row["suppressed"]:
            assert pd.isna(row["count"]) or pd.isna(row["of"])
        if pd.isna(row["count"]) or pd.isna(row["of"]):
            assert row["suppressed"]
            assert all(pd.isna(value) for value in told)
    assert {bool(row["suppressed"]) for row in report.rows("shares")} == {True, False}


@pytest.mark.parametrize("group", ["sex", "age", "referrer", "year"])
def test_the_page_hides_a_share_with_its_count(report: Report, group: str) -> None:
    rows = shown_rows(outcomes_by(report.view, group))
    counts = [cells for cells in rows if len(cells) == (6 if group == "year" else 7) and "%" not in " ".join(cells)]
    shares = [cells for cells in rows if cells not in counts]
    assert len(counts) + len(shares) == len(rows)
    for reached, of_exits, of_all, more, more_of_exits, more_of_all in shares:
        assert (reached == swedish.HIDDEN) == (of_exits == swedish.HIDDEN) == (of_all == swedish.HIDDEN)
        assert (more == swedish.HIDDEN) == (more_of_exits == swedish.HIDDEN) == (more_of_all == swedish.HIDDEN)


def test_a_printed_figure_whose_twin_is_hidden_stands_beside_a_blank_with_the_reason(
    reports: dict[str, Report],
) -> None:
    view = reports["spik"].view
    frame = view.tables["published"].to_dict("records")
    hidden = [row for row in frame if row["why_blank"] == "suppressed"]
    # Men: 4 to studies and 2 to training, both fewer than 5; women's 5 and 5 would tell them, of 9 and 7 in all.
    assert {
        ("woman", "to_study", "5"), ("man", "to_study", "4"), ("woman", "share_of_to_study", "55 %"),
        ("man", "share_of_to_study", "45 %"), ("woman", "to_training", "5"), ("man", "to_training", "2"),
    } <= {(row["category"], row["measure"], row["printed"]) for row in hidden}  # fmt: skip
    assert all(pd.isna(row["computed"]) and pd.isna(row["difference"]) for row in hidden)
    assert {row["verdict"] for row in hidden} == {"not_comparable"}
    rows = shown_rows(printed(view))
    assert len(rows) == len(frame)
    for row, (as_printed, computed, verdict, why) in zip(frame, rows, strict=True):
        assert as_printed == f"{row['printed']} (tryckt)"
        assert (computed == swedish.HIDDEN) == (row["why_blank"] == "suppressed")
        assert (BLANK["suppressed"] in why) == (row["why_blank"] == "suppressed")
        assert verdict != ""
        assert computed != "" or BLANK["no_data"] in why


def shown_rows(html: Html) -> list[list[str]]:
    """The cells of every row of every table, as they are seen: without what only a screen reader says."""
    page = BeautifulSoup(str(html), "html.parser")
    for unseen in page.select(".unseen"):
        unseen.decompose()
    bodies = [table.tbody for table in page.find_all("table")]
    rows = chain.from_iterable(body.find_all("tr") for body in bodies if isinstance(body, Tag))
    return [[" ".join(cell.get_text().split()) for cell in row.find_all("td")] for row in rows]
