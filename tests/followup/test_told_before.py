"""What reports beside each other tell together: other periods, corrected data, and values that come and go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counting_rows import at, opened, rows_of

from portfolj.disclosure import Count, Remembered, Where, where
from portfolj.followup.counted import compiled
from portfolj.followup.people import People
from portfolj.followup.rows import FollowUp
from portfolj.followup.told_before import Told, told_before
from portfolj.followup.view import FollowUpView
from portfolj.followup.years import active_in, all_words, ended_in
from small_ledger import row

LEDGER = [row("1", "Insats", year="2018"), row("1", "Insats", year="2019")]
WORK = {"occupation_after": "work"}
MAN = {"sex": "man"}


def years(first: int, last: int) -> dict[str, object]:
    start, end = pd.Timestamp(f"{first}-02-01"), pd.Timestamp(f"{last}-06-01")
    return {"start": start, "start_year": first, "end": end, "end_year": last}


Y2018, Y2019 = years(2018, 2018), years(2019, 2019)


def two_years(women_2018: int, women_2019: int) -> FollowUp:
    """So many women to work each year; 12 and 14 men; and 30 of each to nothing."""
    return rows_of(
        (women_2018, {**Y2018, **WORK}), (30, Y2018), (women_2019, {**Y2019, **WORK}), (30, Y2019),
        (12, {**Y2018, **WORK, **MAN}), (30, {**Y2018, **MAN}), (14, {**Y2019, **WORK, **MAN}), (30, {**Y2019, **MAN}),
    )  # fmt: skip


def women_to_work(view: FollowUpView) -> int | None:
    number = at(view.tables["outcomes"], "to_work", intervention="", group="sex", category="woman")
    return None if number is None else int(number)


def test_what_a_year_hid_does_not_follow_from_two_years_and_the_other(tmp_path: Path) -> None:
    # 2019: 3 women to work. 10 of 2018 and 13 of both years would give them away: no table has women by year.
    rows = two_years(10, 3)
    later = opened(rows, tmp_path, ledger=LEDGER, period="2019")
    assert women_to_work(later) is None
    earlier = opened(rows, tmp_path, ledger=LEDGER, period="2018", before=[later])
    assert women_to_work(earlier) == 10
    assert women_to_work(opened(rows, tmp_path, ledger=LEDGER, before=[earlier])) == 13  # nobody has seen 2019's
    assert women_to_work(opened(rows, tmp_path, ledger=LEDGER, before=[later, earlier])) is None


def test_a_small_change_of_what_is_not_asked_any_more_does_not_follow_either(tmp_path: Path) -> None:
    # 2019: 20 women to work, and with corrected data 22, which 32 of both years and 10 of 2018 would tell.
    later = opened(two_years(10, 20), tmp_path, ledger=LEDGER, period="2019")
    assert women_to_work(later) == 20
    corrected = two_years(10, 22)
    earlier = opened(corrected, tmp_path, ledger=LEDGER, period="2018", before=[later])
    assert women_to_work(earlier) == 10
    assert women_to_work(opened(corrected, tmp_path, ledger=LEDGER, before=[earlier])) == 32
    assert women_to_work(opened(corrected, tmp_path, ledger=LEDGER, before=[later, earlier])) is None


def test_a_third_report_is_compared_with_sums_of_the_first(tmp_path: Path) -> None:
    # Of each year 40 exits, in the second version 50. Both years: 80, then 100; 90 where only one year was new.
    def rows(first: int, second: int) -> FollowUp:
        return rows_of((first, Y2018), (second, Y2019))

    before: list[FollowUpView] = []
    for number in (40, 50):
        for period in ("2018", "2019"):
            before.append(opened(rows(number, number), tmp_path, ledger=LEDGER, period=period, before=before))
    for now, shown in ((82, None), (85, 85), (91, None), (95, 95), (98, None), (105, 105)):  # 5 from each, or fewer
        view = opened(rows(now - 20, 20), tmp_path, ledger=LEDGER, before=before)
        assert at(view.tables["outcomes"], "exits", intervention="", group="all") == shown


def people_of(*results: tuple[int, str]) -> People:
    """So many participations of each result, all of 2019."""
    words = tuple(sorted({"ongoing", *(result for _, result in results)}))
    numbers = np.repeat([words.index(result) for _, result in results], [number for number, _ in results])
    return People(
        {"when": np.zeros(len(numbers), dtype=int), "result": numbers},
        {"when": ("2019-2019",), "result": words}, (), "all", pd.DataFrame(), pd.DataFrame(), np.zeros(len(numbers)),
    )  # fmt: skip


def test_counts_are_compared_though_a_combination_of_codes_is_new_or_gone() -> None:
    # To work: 20 who only work, and in one of the versions two more who study too.
    only, both = where({"ended": "all", "result": "work"}), where({"ended": "all", "result": ["work", "study;work"]})
    fewer, more = people_of((20, "work"), (30, "missing")), people_of((20, "work"), (2, "study;work"), (30, "missing"))
    missing = where({"ended": "all", "result": "missing"})

    def told(people: People, cell: Where, earlier: Where, number: int) -> Told:
        report = (Count(earlier, number), Count(missing, 30))
        return told_before(people, [cell, missing], Remembered((report,)), k=5)

    now = told(more, both, only, 20)  # 22 - 20 = 2
    assert now.guarded == {compiled(both, more)}
    assert now.known == (Count(compiled(only, more), 20), Count(compiled(missing, more), 30))
    then = told(fewer, only, both, 22)
    assert then.guarded == {compiled(only, fewer)}
    assert then.known == (Count(compiled(missing, fewer), 30),)
    assert told(fewer, only, only, 20).guarded == frozenset()
    assert told(people_of((20, "work"), (5, "study;work"), (30, "missing")), both, only, 20).guarded == frozenset()


def test_what_is_not_known_of_any_more_is_left_out() -> None:
    people = people_of((20, "work"))
    gone = Remembered(((Count(where({"status 0": "a"}), 20), Count(where({"result": "other"}), 9)),))
    assert told_before(people, [where({"active": "all"})], gone, k=5) == Told()


def test_the_whole_is_compared_with_parts_of_which_one_is_gone(tmp_path: Path) -> None:
    # The first report's municipalities are 20 + 20 + 10 = 50; its whole is not among them. Now 52, none of the third.
    towns = [{"municipality": name} for name in ("Alvesta", "Växjö", "Ljungby")]
    first = opened(rows_of((20, towns[0]), (20, towns[1]), (10, towns[2])), tmp_path)
    parts = tuple(count for count in first.shown if "municipality" in dict(count.where))
    told = FollowUpView(first.portfolio, first.k, first.kinds, first.tables, parts, ())
    for number, shown in ((52, None), (55, 55)):
        view = opened(rows_of((26, towns[0]), (number - 26, towns[1])), tmp_path, before=[told])
        assert at(view.tables["participants"], "participations") == shown


def test_periods_are_compared_though_nobody_is_left_in_the_years_that_parted_them(tmp_path: Path) -> None:
    # 20 and 30 exits of two years, and nine of a third that were a mistake: of what there is now, both are everything.
    mistake = years(2020, 2020)
    then = rows_of((20, Y2018), (30, Y2019), (9, mistake))
    before = [opened(then, tmp_path, ledger=LEDGER)]
    assert at(before[0].tables["outcomes"], "exits", intervention="", group="all") == 59
    for number, shown in ((52, None), (65, 65)):  # 2 more than 20 + 30; 15 more, and 6 more than 59
        now = rows_of((20, Y2018), (number - 20, Y2019))
        view = opened(now, tmp_path, ledger=LEDGER, period="2018-2019", before=before)
        assert at(view.tables["outcomes"], "exits", intervention="", group="all") == shown


def test_a_period_is_compared_with_all_years_where_nobody_has_other_years(tmp_path: Path) -> None:
    def rows(women: int) -> FollowUp:  # 50 of each year, whoever they are
        return rows_of((25, Y2018), (women - 25, Y2019), (25, {**Y2018, **MAN}), (75 - women, {**Y2019, **MAN}))

    first = opened(rows(50), tmp_path, ledger=LEDGER, period="2018-2019")
    for women, shown in ((52, None), (55, 55)):  # 2 more than 50; 5 more
        view = opened(rows(women), tmp_path, ledger=LEDGER, before=[first])
        assert at(view.tables["outcomes"], "exits", intervention="", group="sex", category="woman") == shown


def test_nothing_of_when_anyone_took_part_is_remembered_but_the_periods(tmp_path: Path) -> None:
    rows = rows_of((20, Y2018), (9, years(2018, 2021)), (30, Y2019))
    view = opened(rows, tmp_path, ledger=LEDGER, period="2018-2019")
    assert at(view.tables["participants"], "ongoing") == 9
    both = opened(rows, tmp_path, ledger=LEDGER, period="2018-2019", before=[view])
    assert at(both.tables["participants"], "ongoing") == 9
    cells = [*(count.where for count in (*view.shown, *both.shown)), *view.hidden, *both.hidden]
    assert not any(name == "when" for cell in cells for name, _ in cell)


def test_all_words_tell_all_periods_apart() -> None:
    words = all_words(["2018-2018"], ["2018", "2019", "2018-2019", "all"])
    labels = ("2018", "2019", "2018-2019", "all")
    sets = [frozenset(part(words, label)) for part in (active_in, ended_in) for label in labels]
    assert len(set(sets)) == 8
    assert len(words) == len(set(words))


def so_many(went: int, did_not: int) -> FollowUp:
    return rows_of((went, WORK), (did_not, {}))


def whole(view: FollowUpView) -> dict[str, int | None]:
    of_all = view.tables["outcomes"].iloc[0]
    return {name: None if pd.isna(of_all[name]) else int(of_all[name]) for name in ("participations", "to_work")}


def test_while_nothing_has_changed_by_k_an_earlier_report_is_shown_again(tmp_path: Path) -> None:
    first = opened(so_many(30, 70), tmp_path)
    assert (whole(first), first.kept) == ({"participations": 100, "to_work": 30}, False)
    again = opened(so_many(31, 71), tmp_path, before=[first])  # 102 and 31
    assert (whole(again), again.kept) == (whole(first), True)
    # It tells nothing new, so that 105 and 35 are compared with 100 and 30.
    later = opened(so_many(35, 70), tmp_path, before=[first, again])
    assert (whole(later), later.kept) == ({"participations": 105, "to_work": 35}, False)


def test_where_something_has_changed_by_k_what_has_changed_less_is_hidden(tmp_path: Path) -> None:
    first = opened(so_many(30, 70), tmp_path)
    later = opened(so_many(31, 79), tmp_path, before=[first])  # 110 - 100 = 10, 31 - 30 = 1
    assert (whole(later), later.kept) == ({"participations": 110, "to_work": None}, False)


def test_the_same_again_is_the_same_without_being_protected_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(so_many(3, 97), tmp_path)
    monkeypatch.setattr("portfolj.followup.shown.protection", None)  # would fail if it were called
    again = opened(so_many(3, 97), tmp_path, before=[first])
    assert first.hidden
    assert (again.shown, again.hidden, again.kept) == (first.shown, first.hidden, False)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
