"""The figures that the SPiK report of 2022 prints, from rows that have its margins."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from counting_rows import at, opened, ratings, rows_of

from portfolj.followup.files import file_tables
from portfolj.followup.rows import FollowUp, frame_from_records
from portfolj.followup.view import FollowUpView

# Printed: 267 = 123 women + 144 men; to work 24 = 9 + 15, to study 9 = 5 + 4, to training 7 = 5 + 2.
PEOPLE = [
    (9, {"sex": "woman", "occupation_after": "work"}),
    (5, {"sex": "woman", "occupation_after": "study"}),
    (5, {"sex": "woman", "occupation_after": "labour_market_training"}),
    (104, {"sex": "woman"}),  # 123 - 9 - 5 - 5
    (15, {"sex": "man", "occupation_after": "work"}),
    (4, {"sex": "man", "occupation_after": "study"}),
    (2, {"sex": "man", "occupation_after": "labour_market_training"}),
    (123, {"sex": "man"}),  # 144 - 15 - 4 - 2
]
# Printed of 108 measured twice: 71 up, 26 down, 11 unchanged.
RATINGS = [
    (f"p{n}", 3.0, 4.0 if n < 71 else 2.0 if n < 97 else 3.0)
    for n in range(108)
]  # fmt: skip
PRINTED = [
    ("all", "", "participations", "267", 267, "persons"),
    ("all", "", "share_work_study_or_training", "16 %", 16, "percent"),
    ("all", "", "share_up", "66 %", 66, "percent"),
    ("sex", "woman", "share_of_participations", "46 %", 46, "percent"),
    ("sex", "woman", "share_of_to_work", "37 %", 37, "percent"),
    ("sex", "man", "share_of_to_work", "62 %", 62, "percent"),
    ("sex", "man", "to_training", "2", 2, "persons"),
    ("all", "", "budget", "33 088 611 kr", 33_088_611, "sek"),
]


def rows() -> FollowUp:
    fields = ("group", "category", "measure", "printed", "value", "unit")
    printed = [{"intervention": "Insats", **dict(zip(fields, figure, strict=True))} for figure in PRINTED]
    return rows_of(*PEOPLE, assessments=ratings(RATINGS), published=frame_from_records("published", printed))


@pytest.fixture(scope="module")
def spik(tmp_path_factory: pytest.TempPathFactory) -> FollowUpView:
    """Protected with k = 2, so that nothing is hidden: no count is 1."""
    return opened(rows(), tmp_path_factory.mktemp("spik"), k=2)


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> FollowUpView:
    """Protected with k = 5: 4 men to studies and 2 to training are hidden."""
    return opened(rows(), tmp_path_factory.mktemp("spik"))


def test_the_whole_has_the_printed_counts(spik: FollowUpView) -> None:
    whole = {"intervention": "", "group": "all"}
    outcomes = spik.tables["outcomes"]
    found = {name: at(outcomes, name, **whole) for name in ("participations", "exits", "to_work", "to_study")}
    assert found == {"participations": 267, "exits": 267, "to_work": 24, "to_study": 9}
    assert at(outcomes, "work_or_study", **whole) == 33  # 24 + 9
    assert at(outcomes, "work_study_or_training", **whole) == 40  # 24 + 9 + 7


def test_both_shares_are_stated_each_with_its_denominator(spik: FollowUpView) -> None:
    shares = spik.tables["shares"]
    whole = {"intervention": "", "group": "all", "denominator": "exits"}
    assert at(shares, "percent", **whole, measure="work_or_study") == 12.4  # 33 / 267
    assert at(shares, "percent", **whole, measure="work_study_or_training") == 15.0  # 40 / 267


def test_two_men_in_training_can_not_be_worked_out_from_the_women_and_the_whole(protected: FollowUpView) -> None:
    outcomes = protected.tables["outcomes"]
    for intervention in ("", "Insats"):
        men = {"intervention": intervention, "group": "sex", "category": "man"}
        women = {"intervention": intervention, "group": "sex", "category": "woman"}
        assert at(outcomes, "to_training", **men) is None
        assert at(outcomes, "to_training_suppressed", **men)
        whole = at(outcomes, "to_training", intervention=intervention, group="all")
        assert at(outcomes, "to_training", **women) is None or whole is None


def test_progression_has_the_printed_counts_and_how_many_were_never_measured_twice(spik: FollowUpView) -> None:
    table = spik.tables["progression"]
    found = {name: at(table, name, group="all") for name in ("measured_twice", "up", "down", "unchanged")}
    assert found == {"measured_twice": 108, "up": 71, "down": 26, "unchanged": 11}
    assert at(table, "never_twice", group="all") == 159  # 267 - 108


def test_the_mean_change_has_an_interval_around_it(spik: FollowUpView) -> None:
    change = spik.tables["change"].iloc[0]
    assert (change["n"], change["mean_change"]) == (108, 0.42)  # (71 - 26) / 108 = 0.4167
    assert change["low"] < 0.42 < change["high"]


@pytest.mark.parametrize(
    ("measure", "category", "computed", "verdict"),
    [
        ("participations", "", 267, "agrees"),
        ("share_work_study_or_training", "", 15.0, "differs"),  # 40 / 267, printed 16
        ("share_up", "", 65.7, "agrees"),  # 71 / 108, printed 66
        ("share_of_participations", "woman", 46.1, "agrees"),  # 123 / 267, printed 46
        ("share_of_to_work", "woman", 37.5, "agrees"),  # 9 / 24 lies on the edge of the printed 37
        ("share_of_to_work", "man", 62.5, "agrees"),
    ],
)
def test_a_printed_figure_stands_beside_what_the_rows_give(
    spik: FollowUpView, measure: str, category: str, computed: float, verdict: str
) -> None:
    published = spik.tables["published"]
    assert at(published, "computed", measure=measure, category=category) == computed
    assert at(published, "verdict", measure=measure, category=category) == verdict


def test_a_printed_figure_is_kept_and_its_hidden_twin_stays_blank_with_the_reason(protected: FollowUpView) -> None:
    twin = {"measure": "to_training", "category": "man"}
    published = protected.tables["published"]
    assert at(published, "printed", **twin) == "2"
    assert at(published, "computed", **twin) is None
    assert at(published, "why_blank", **twin) == "suppressed"


def test_a_printed_budget_stands_beside_what_the_ledger_grants(spik: FollowUpView) -> None:
    budget = spik.tables["published"].query("measure == 'budget'").iloc[0]
    assert (budget["computed"], budget["verdict"]) == (200_000, "differs")  # the only row of counting_rows.LEDGER


def test_shares_of_the_sexes_that_do_not_make_a_hundred_are_named(spik: FollowUpView) -> None:
    found = spik.tables["contradictions"]
    assert at(found, "sum", what="share_of_to_work;sex") == 99.0  # 37 + 62
    assert at(found, "difference", what="share_of_to_work;sex") == -1.0


def test_the_files_have_exactly_their_columns(spik: FollowUpView, protected: FollowUpView) -> None:
    tables = file_tables(spik)
    assert ",".join(tables["outcomes"]) == (
        "intervention,group,category,participations,exits,to_work,to_study,to_training,share_work_or_study,suppressed"
    )
    assert ",".join(tables["progression"]) == "group,category,measured_twice,up,down,unchanged,never_twice,suppressed"
    whole = {"intervention": "", "group": "all"}
    assert at(tables["outcomes"], "share_work_or_study", **whole) == 0.1236  # 33 / 267
    men = {"intervention": "", "group": "sex", "category": "man"}
    assert not at(tables["outcomes"], "suppressed", **men)
    hidden = file_tables(protected)["outcomes"]
    assert at(hidden, "suppressed", **men)
    assert at(hidden, "to_training", **men) is None


def test_the_order_of_the_rows_makes_no_difference(spik: FollowUpView, tmp_path: Path) -> None:
    told = rows()
    turned = FollowUp(participations=told.participations[::-1].reset_index(drop=True), assessments=told.assessments)
    again = opened(turned, tmp_path, k=2)
    for name in ("outcomes", "progression", "occupation", "item_means"):
        pd.testing.assert_frame_equal(again.tables[name], spik.tables[name])
