"""Sums of what was only reported as counts: what is in them, what can't be said, and that they give nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from counting_rows import LEDGER, at, opened, rows_of
from scipy.optimize import Bounds, LinearConstraint, milp

from portfolj.followup.files import file_tables
from portfolj.followup.rows import FollowUp, frame_from_records
from small_ledger import row

TWO = [*LEDGER, row("2", "Andra", applicant="Region Kronoberg", group="unga", amount="90000")]


def counts(told: dict[tuple[str, int], dict[str, int]]) -> pd.DataFrame:
    """(intervention, year) -> ``woman ended`` and the like -> the count."""
    return frame_from_records("counts", [
        {"intervention": name, "year": year, "sex": key.split()[0], "measure": key.split()[1], "count": number}
        for (name, year), own in told.items() for key, number in own.items()
    ])  # fmt: skip


def year_of(women: tuple[int, int, int], men: tuple[int, int, int]) -> dict[str, int]:
    """Participants, ended and to work of each sex."""
    names = ("participants", "ended", "to_work")
    both = (("woman", women), ("man", men))
    return {f"{sex} {name}": number for sex, own in both for name, number in zip(names, own, strict=True)}


SOUND = {
    ("Insats", 2018): year_of((40, 20, 10), (30, 15, 6)),
    ("Insats", 2019): year_of((50, 25, 15), (20, 10, 5)),
    ("Andra", 2019): year_of((20, 10, 5), (25, 15, 10)),
}


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    view = opened(FollowUp(counts=counts(SOUND)), tmp_path_factory.mktemp("sums"), ledger=TWO)
    return view.tables["reported"]


@pytest.mark.parametrize(
    ("group", "category", "participants", "ended", "to_work"),
    [
        # 70 + 70 + 45; 35 + 35 + 25; 16 + 20 + 15
        ("all", "all", 185, 95, 51),
        # 40 + 50 + 20; 20 + 25 + 10; 10 + 15 + 5
        ("sex", "woman", 110, 55, 30),
        ("intervention", "Insats", 140, 70, 36),
        ("owner", "region", 45, 25, 15),
        ("target_group", "unga", 185, 95, 51),
        ("year", "2019", 115, 60, 35),
    ],
)
def test_each_group_has_the_sum_of_its_counts(
    sums: pd.DataFrame, group: str, category: str, participants: int, ended: int, to_work: int
) -> None:
    own = {"intervention": "", "group": group, "category": category}
    assert [at(sums, name, **own) for name in ("participations", "exits", "to_work")] == [participants, ended, to_work]
    assert at(sums, "to_study", **own) is None
    assert not at(sums, "to_study_suppressed", **own)


def test_money_is_of_the_years_that_have_counts_and_only_where_all_of_it_is_known(sums: pd.DataFrame) -> None:
    # Granted 90 000 in 2019, when 20 + 25 took part: 2 000 each.
    assert at(sums, "cost_per_participation_sek", intervention="", group="intervention", category="Andra") == 2000


def test_of_work_and_studies_the_least_and_the_most_are_told_where_nobody_counted_both(tmp_path: Path) -> None:
    told = counts({("Insats", 2019): {"all participants": 60, "all ended": 40, "all to_work": 25, "all to_study": 20}})
    view = opened(FollowUp(counts=told), tmp_path)
    # At least the 25; at most 25 + 20 = 45, but no more than the 40 who ended.
    table = view.tables["reported"]
    assert at(table, "least_work_or_study", intervention="", group="all") == 25
    assert at(table, "most_work_or_study", intervention="", group="all") == 40
    assert file_tables(view)["outcomes"]["share_work_or_study"].isna().all()


def test_an_outcome_that_one_intervention_does_not_report_has_no_sum(tmp_path: Path) -> None:
    told = {**SOUND, ("Andra", 2019): {"all participants": 45, "all ended": 25, "all to_study": 12}}
    table = opened(FollowUp(counts=counts(told)), tmp_path, ledger=TWO).tables["reported"]
    assert at(table, "to_work", intervention="", group="all") is None
    assert not at(table, "to_work_suppressed", intervention="", group="all")
    assert at(table, "exits", intervention="", group="all") == 95


def test_counts_that_contradict_one_another_are_in_no_sum(tmp_path: Path) -> None:
    # 90 men ended of 30 who took part.
    told = {**SOUND, ("Insats", 2018): year_of((40, 20, 10), (30, 90, 6))}
    view = opened(FollowUp(counts=counts(told)), tmp_path, ledger=TWO)
    assert at(view.tables["reported"], "exits", intervention="", group="all") == 60  # 35 + 25
    odd = view.tables["count_contradictions"]
    assert at(odd, "first", measure="ended") == 90
    assert at(odd, "second", measure="ended") == 30


def test_a_contradiction_in_small_counts_is_told_without_them(tmp_path: Path) -> None:
    told = {("Insats", 2019): year_of((40, 20, 10), (2, 3, 1))}
    view = opened(FollowUp(counts=counts(told)), tmp_path)
    assert view.tables["counts"]["suppressed"].all()
    assert "reported" not in view.tables
    assert view.tables["count_contradictions"]["first"].isna().all()


def test_parts_below_their_total_are_only_told_where_the_rest_is_not_small(tmp_path: Path) -> None:
    whole = {"woman participants": 40, "man participants": 30, "all participants": 76}
    for total, told in ((76, True), (73, False)):  # 6 or 3 whose sex is not told
        view = opened(FollowUp(counts=counts({("Insats", 2019): {**whole, "all participants": total}})), tmp_path)
        assert bool(len(view.tables["count_contradictions"])) == told
        assert view.tables["counts"]["suppressed"].any() == (not told)


def test_interventions_with_rows_are_in_no_sum_and_others_are_rows_of_the_file(tmp_path: Path) -> None:
    view = opened(rows_of((40, {}), counts=counts(SOUND)), tmp_path, ledger=TWO)
    assert at(view.tables["reported"], "participations", intervention="", group="all") == 45
    file = file_tables(view)["outcomes"]
    assert sum((file["group"] == "all") & (file["intervention"] == "")) == 1
    assert at(file, "exits", intervention="Andra", group="all") == 25


def test_what_is_summed_over_years_stands_in_the_file_too_and_empty_is_hidden_or_not_reported(tmp_path: Path) -> None:
    whole = file_tables(opened(FollowUp(counts=counts(SOUND)), tmp_path, ledger=TWO))["outcomes"]
    row = whole[(whole["intervention"] == "") & (whole["group"] == "all")].iloc[0]
    assert (row["participations"], row["suppressed"]) == (185, False)  # 70 + 70 + 45
    assert whole["participations"].notna().all()


def exit_rows(name: str, own: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    return [
        {"intervention": name, "base": base, "outcome": outcome, "count": number, "printed_in": ""}
        for base, outcomes in own.items() for outcome, number in outcomes.items()
    ]  # fmt: skip


def test_exits_are_shares_of_those_that_outcomes_are_told_of(tmp_path: Path) -> None:
    told = {"participants": {"Fullföljde": 40, "Avbröt": 10, "Totalt": 50},
            "completed": {"Anställda": 12, "Studerar": 8, "Annat": 20}}  # fmt: skip
    view = opened(FollowUp(exits=frame_from_records("exits", exit_rows("Insats", told))), tmp_path)
    file = file_tables(view)["outcomes"]
    whole = file[(file["intervention"] == "") & (file["group"] == "all")].iloc[0]
    assert [whole[name] for name in ("participations", "exits", "to_work", "to_study")] == [50, 40, 12, 8]
    assert whole["share_work_or_study"] == 0.5  # (12 + 8) / 40
    assert view.tables["contradictions"].empty


def test_those_who_completed_do_not_give_away_the_few_who_did_not(tmp_path: Path) -> None:
    # 43 took part and 40 completed: with both sums and the 40 anybody knows the 3 who dropped out.
    told = {"participants": {"Fullföljde": 40, "Avbröt": 3}, "completed": {"Arbete": 15, "Annat": 25}}
    view = opened(FollowUp(exits=frame_from_records("exits", exit_rows("Insats", told))), tmp_path)
    table, sums = view.tables["exits"], view.tables["reported"]
    assert at(table, "count", outcome="Avbröt") is None
    completed = at(table, "count", outcome="Fullföljde") is not None or at(sums, "exits", group="all", intervention="")
    completed = completed or table[table["base"] == "completed"]["count"].notna().all()
    assert not (completed and at(sums, "participations", group="all", intervention=""))


def test_own_exits_that_do_not_sum_are_a_contradiction(tmp_path: Path) -> None:
    told = {"participants": {"Fullföljde": 41, "Avbröt": 9}, "completed": {"Arbete": 14, "Studier": 8, "Annat": 25}}
    view = opened(FollowUp(exits=frame_from_records("exits", exit_rows("Insats", told))), tmp_path)
    found = view.tables["contradictions"]
    assert (at(found, "sum", what="completed"), at(found, "total", what="completed")) == (47, 41)  # 14 + 8 + 25
    assert not at(found, "printed", what="completed")


def test_a_later_report_does_not_give_away_what_an_earlier_one_hid(tmp_path: Path) -> None:
    first = {("Insats", 2018): year_of((40, 20, 10), (30, 15, 6))}
    small = {("Insats", 2019): year_of((50, 25, 15), (20, 10, 3))}
    before = opened(FollowUp(counts=counts(first)), tmp_path, period="2018")
    assert at(before.tables["reported"], "to_work", intervention="", group="all") == 16
    both = opened(FollowUp(counts=counts(first | small)), tmp_path, before=[before])
    table = both.tables["counts"]
    # 15 women of 2019 and 16 of 2018 are known: the sum of all years would tell the 3 men.
    women = table[(table["year"] == 2019) & (table["sex"] == "woman") & (table["measure"] == "to_work")]["count"]
    assert women.isna().all() or at(both.tables["reported"], "to_work", intervention="", group="all") is None


NAMES, YEARS, SEXES, KINDS = ("A", "B", "C"), (2018, 2019), ("woman", "man"), ("ongoing", "none", "w", "s", "ws")
PEOPLE = list(product(NAMES, YEARS, SEXES, KINDS))
MEASURES = {"participations": KINDS, "participants": KINDS, "exits": KINDS[1:], "ended": KINDS[1:],
            "to_work": ("w", "ws"), "to_study": ("s", "ws")}  # fmt: skip


def told_cells(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[np.ndarray, object]]:
    """What each cell counts, as whom of ``PEOPLE``, and what it shows; read from the words of the tables."""
    for each in tables["counts"].to_dict("records"):
        yield np.array([
            float(name == each["intervention"] and year == each["year"] and each["sex"] in ("all", sex)
                  and kind in MEASURES[each["measure"]]) for name, year, sex, kind in PEOPLE
        ]), each["count"]  # fmt: skip
    for each in tables["reported"].to_dict("records"):
        group, category = each["group"], each["category"]
        for measure in ("participations", "exits", "to_work", "to_study"):
            yield np.array([
                float(each["intervention"] in ("", name) and kind in MEASURES[measure]
                      and (group not in ("sex", "year", "intervention") or category in (sex, str(year), name)))
                for name, year, sex, kind in PEOPLE
            ]), each[measure]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_every_hidden_count_can_be_five_numbers_or_more_for_whoever_has_all_sums(seed: int, tmp_path: Path) -> None:
    people = np.random.default_rng(seed).choice([0, 1, 2, 3, 8, 15], len(PEOPLE))
    told: dict[tuple[str, int], dict[str, int]] = {}
    for name, year in product(NAMES, YEARS):
        for sex, measure in product(SEXES, ("participants", "ended", "to_work", "to_study")):
            mine = [
                n for n, each in enumerate(PEOPLE) if each[:3] == (name, year, sex) and each[3] in MEASURES[measure]
            ]
            told.setdefault((name, year), {})[f"{sex} {measure}"] = int(people[mine].sum())
    view = opened(FollowUp(counts=counts(told)), tmp_path)
    found = [(line, value) for line, value in told_cells(dict(view.tables))]
    lines = np.array([line for line, _ in found])
    shown = np.array([not pd.isna(value) for _, value in found])
    values = np.array([float(str(value)) for _, value in found if not pd.isna(value)])
    assert (lines[shown] @ people == values).all()
    known = LinearConstraint(lines[shown], values, values)
    assert 0 < (~shown).sum() < 0.6 * len(found)
    for line in np.unique(lines[~shown], axis=0):
        lowest, highest = (
            milp(sign * line, constraints=known, integrality=np.ones(len(PEOPLE)), bounds=Bounds(0, np.inf)).fun * sign
            for sign in (1, -1)
        )
        assert round(highest - lowest) >= 4, f"known to be within {lowest} and {highest}"
