"""Counts that come as counts: by year and sex, and exits as ESF projects report them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from counting_rows import at, opened, rows_of

from portfolj.followup.rows import FollowUp, frame_from_records


def counts(*rows: tuple[str, str, int], intervention: str = "Insats", year: int = 2019) -> pd.DataFrame:
    same = {"intervention": intervention, "year": year}
    return frame_from_records("counts", [{**same, "sex": s, "measure": m, "count": n} for s, m, n in rows])


def exits(intervention: str, base: str, printed_in: str, outcomes: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"intervention": intervention, "base": base, "outcome": name, "count": number, "printed_in": printed_in}
        for name, number in outcomes.items()
    ]


def test_three_men_are_hidden_and_can_not_be_worked_out_from_women_and_all(tmp_path: Path) -> None:
    told = counts(("woman", "participants", 40), ("man", "participants", 3), ("all", "participants", 43))
    table = opened(FollowUp(counts=told), tmp_path).tables["counts"]
    assert at(table, "count", sex="man") is None
    assert at(table, "suppressed", sex="man")
    assert at(table, "count", sex="woman") is None or at(table, "count", sex="all") is None


def test_counts_without_small_ones_are_shown_as_they_are(tmp_path: Path) -> None:
    told = counts(("woman", "participants", 40), ("man", "participants", 30), ("woman", "ended", 20))
    table = opened(FollowUp(counts=told), tmp_path).tables["counts"]
    assert not table["suppressed"].any()
    assert at(table, "count", sex="woman", measure="ended") == 20


def test_counts_that_can_not_all_be_true_are_hidden_where_one_is_small(tmp_path: Path) -> None:
    told = counts(("woman", "participants", 40), ("woman", "ended", 20), ("woman", "to_work", 25), ("man", "ended", 2))
    table = opened(FollowUp(counts=told), tmp_path).tables["counts"]
    assert table["suppressed"].all()
    whole = counts(("woman", "participants", 40), ("woman", "ended", 20), ("woman", "to_work", 25))
    assert not opened(FollowUp(counts=whole), tmp_path).tables["counts"]["suppressed"].any()


def test_a_count_that_rows_tell_too_is_hidden_where_the_rows_are(tmp_path: Path) -> None:
    # Rows: 40 women and 3 men. The count file tells the women of the same intervention and year.
    told = counts(("woman", "participants", 40), ("man", "participants", 3))
    view = opened(rows_of((40, {"sex": "woman"}), (3, {"sex": "man"}), counts=told), tmp_path)
    outcomes, table = view.tables["outcomes"], view.tables["counts"]
    assert at(table, "count", sex="man") is None
    whole = at(outcomes, "participations", intervention="", group="all")
    women = at(outcomes, "participations", intervention="", group="sex", category="woman")
    assert whole is None or (women is None and at(table, "count", sex="woman") is None)


def test_other_years_than_the_periods_are_left_out(tmp_path: Path) -> None:
    told = pd.concat([counts(("woman", "ended", 40)), counts(("woman", "ended", 50), year=2021)], ignore_index=True)
    table = opened(FollowUp(counts=told), tmp_path, period="2019").tables["counts"]
    assert table["year"].tolist() == [2019]


# As printed of SSI in the review of RAR Sörmland 2020: 40 + 0 + 4 + 23 + 3 = 70 of 60 participants; 0 + 26 + 34 = 60
# of 40 that completed. With 13 for 23 the first holds.
SSI = [
    *exits("SSI", "participants", "2020", {"Fullföljde": 40, "Arbete": 0, "Studier": 4, "Avbröt": 23, "Annat": 3}),
    *exits("SSI", "completed", "2020", {"Anställda": 0, "Studerar": 26, "Annat": 34}),
]
PRINTED = [
    {
        "intervention": "SSI",
        "group": "all",
        "measure": measure,
        "printed": str(value),
        "value": value,
        "unit": "persons",
    }
    for measure, value in (("participations", 60), ("completed", 40))
]


@pytest.fixture(scope="module")
def ssi(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    rows = FollowUp(exits=frame_from_records("exits", SSI), published=frame_from_records("published", PRINTED))
    return dict(opened(rows, tmp_path_factory.mktemp("ssi")).tables)


def test_exits_in_print_are_shown_as_printed(ssi: dict[str, pd.DataFrame]) -> None:
    assert not ssi["exits"]["suppressed"].any()
    assert at(ssi["exits"], "count", base="participants", outcome="Annat") == 3


def test_exits_that_do_not_sum_to_their_total_are_named_with_a_likely_misreading(ssi: dict[str, pd.DataFrame]) -> None:
    found = ssi["contradictions"]
    assert at(found, "sum", what="participants") == 70
    assert at(found, "difference", what="participants") == 10
    assert at(found, "maybe_read_as", what="participants") == "Avbröt: 23 -> 13"
    assert at(found, "difference", what="completed") == 20  # 60 - 40
    assert at(found, "maybe_read_as", what="completed") == ""


def test_a_printed_total_of_exits_stands_beside_their_sum(ssi: dict[str, pd.DataFrame]) -> None:
    assert at(ssi["published"], "computed", measure="participations") == 70
    assert at(ssi["published"], "verdict", measure="participations") == "differs"


def test_exits_that_the_federation_counted_itself_are_protected(tmp_path: Path) -> None:
    own = exits("Eget", "participants", "", {"Fullföljde": 40, "Arbete": 2, "Avbröt": 30})
    table = opened(FollowUp(exits=frame_from_records("exits", own)), tmp_path).tables["exits"]
    assert at(table, "count", outcome="Arbete") is None
    assert table["suppressed"].sum() >= 2  # the sum of the base is known: one alone could be worked out


def test_the_mean_length_of_the_only_intervention_is_compared_by_its_name_too(tmp_path: Path) -> None:
    told = {"intervention": "Insats", "group": "all", "measure": "mean_months", "printed": "8", "value": 8.0}
    printed = frame_from_records("published", [{**told, "unit": "months"}])
    one = opened(rows_of((40, {}), published=printed), tmp_path).tables["published"]
    # From 10 January to 10 September 2019: 243 days of 30.4375 to the month.
    assert at(one, "computed", measure="mean_months") == round(243 / 30.4375, 1) == 8.0
    assert at(one, "verdict", measure="mean_months") == "agrees"
    two = opened(rows_of((40, {}), (40, {"intervention": "En annan"}), published=printed), tmp_path).tables["published"]
    assert at(two, "why_blank", measure="mean_months") == "no_data"
