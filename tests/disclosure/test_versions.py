"""Reports that lie beside each other: other periods, and earlier versions of the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from attack import Attacker
from attacked import hidden_counts

from portfolj.disclosure import ALL, Count, Where, changed_little, follows, versions, where
from portfolj.disclosure.versions import apart

DOMAINS = {"year": ["2018", "2019", "2020", "2021"], "sex": ["woman", "man"], "result": ["work", "study", "none"]}
WOMEN, MEN = where({"sex": "woman"}), where({"sex": "man"})
PERIOD_A, PERIOD_B = ["2018", "2019", "2020"], ["2019", "2020", "2021"]


def people(seed: int, many: int) -> np.ndarray:
    """How many people there are of each year, sex and result."""
    generator = np.random.default_rng(seed)
    share = generator.dirichlet(np.full(24, 0.6))
    return generator.multinomial(many, share).reshape(4, 2, 3)


def report(cells: np.ndarray, years: list[str]) -> list[Count]:
    """The report of a period: sex x result with margins, and each year by sex."""
    numbers = [DOMAINS["year"].index(year) for year in years]
    inside = cells[numbers].sum(axis=0)
    period = {"year": years}
    counts = [Count(where(period), int(inside.sum()))]
    for s, sex in enumerate(DOMAINS["sex"]):
        counts.append(Count(where({**period, "sex": sex}), int(inside[s].sum())))
        counts += [Count(where({**period, "sex": sex, "result": each}), int(inside[s, r]))
                   for r, each in enumerate(DOMAINS["result"])]  # fmt: skip
        counts += [Count(where({"year": year, "sex": sex}), int(cells[DOMAINS["year"].index(year), s].sum()))
                   for year in years]  # fmt: skip
    counts += [Count(where({**period, "result": each}), int(inside[:, r].sum()))
               for r, each in enumerate(DOMAINS["result"])]  # fmt: skip
    return counts


def shown(counts: list[Count], hidden: frozenset[Where]) -> list[Count]:
    return [each for each in counts if each.where not in hidden]


def beside(now: list[Count], before: list[Count]) -> dict[str, list[Any]]:
    """What is known and what must be hidden of today's counts for whoever has the earlier ones."""
    values = {each.where: each.value for each in now}
    changed = {each.where for each in changed_little([before], now, DOMAINS, k=5)}
    known = [each for each in before if values.get(each.where) == each.value and each.where not in changed]
    return {"known": known, "sensitive": sorted(changed, key=str)}


@pytest.mark.parametrize("seed", range(8))
def test_two_reports_of_overlapping_periods_give_nothing_away_together(seed: int) -> None:
    cells = people(seed, 150)
    first, second = report(cells, PERIOD_A), report(cells, PERIOD_B)
    hidden_first = hidden_counts(first, domains=DOMAINS, k=5)
    # What the first hid is counted and kept hidden when the second is made.
    still = [each for each in first if each.where in hidden_first]
    hidden_second = hidden_counts(
        [*second, *still], domains=DOMAINS, k=5, known=shown(first, hidden_first), sensitive=hidden_first
    )
    published = {*shown(first, hidden_first), *shown(second, hidden_second)}
    attacker = Attacker(DOMAINS, [(dict(each.where), each.value) for each in published])
    hidden = {each.where for each in (*first, *second)} - {each.where for each in published}
    assert hidden or all(not 0 < each.value < 5 for each in (*first, *second))
    for place in hidden:
        assert len(attacker.numbers(dict(place), enough=5)) >= 5


def test_the_overlap_would_have_given_something_away_without_the_memory() -> None:
    found = 0
    for seed in range(8):
        cells = people(seed, 150)
        first, second = report(cells, PERIOD_A), report(cells, PERIOD_B)
        hidden_first, hidden_second = (hidden_counts(each, domains=DOMAINS, k=5) for each in (first, second))
        published = {*shown(first, hidden_first), *shown(second, hidden_second)}
        attacker = Attacker(DOMAINS, [(dict(each.where), each.value) for each in published])
        hidden = {each.where for each in (*first, *second)} - {each.where for each in published}
        found += any(len(attacker.numbers(dict(place), enough=5)) < 5 for place in hidden)
    assert found > 0


@pytest.mark.parametrize("seed", range(8))
def test_a_change_of_fewer_than_k_people_is_not_stated_by_two_versions_together(seed: int) -> None:
    old = people(seed, 150)
    new = old.copy()
    generator = np.random.default_rng(100 + seed)
    for _ in range(3):  # three people more
        new[tuple(generator.integers(0, old.shape))] += 1
    first, second = report(old, PERIOD_A), report(new, PERIOD_A)
    hidden_first = hidden_counts(first, domains=DOMAINS, k=5)
    hidden_second = hidden_counts(second, domains=DOMAINS, k=5, **beside(second, shown(first, hidden_first)))
    before = {each.where: each.value for each in shown(first, hidden_first)}
    now = {each.where: each.value for each in shown(second, hidden_second)}
    assert all(now[place] == value for place, value in before.items() if place in now)  # 3 < 5: no change is stated
    attacker = Attacker(DOMAINS, [(dict(place), value) for place, value in now.items()])
    for place in {each.where for each in second} - now.keys():
        if place in before:  # the change, of which the attacker knows where it started
            assert len(attacker.numbers(dict(place), enough=5)) >= 5


def test_a_change_of_k_people_is_stated() -> None:
    first = [Count(where({"sex": "woman"}), 20), Count(where({"sex": "man"}), 30), Count(ALL, 50)]
    second = [Count(where({"sex": "woman"}), 25), Count(where({"sex": "man"}), 30), Count(ALL, 55)]
    assert hidden_counts(second, domains=DOMAINS, k=5, **beside(second, first)) == frozenset()


def test_a_change_is_not_stated_either_where_the_old_number_follows_from_others() -> None:
    # 20 + 30 = 50 was never printed; 52 now would say that there are 2 more.
    first = [Count(where({"sex": "woman"}), 20), Count(where({"sex": "man"}), 30)]
    assert hidden_counts([Count(ALL, 52)], domains=DOMAINS, k=5, **beside([Count(ALL, 52)], first)) == {ALL}
    assert hidden_counts([Count(ALL, 55)], domains=DOMAINS, k=5, **beside([Count(ALL, 55)], first)) == frozenset()


def test_the_same_data_again_gives_the_same_tables() -> None:
    counts = report(people(1, 150), PERIOD_A)
    hidden = hidden_counts(counts, domains=DOMAINS, k=5)
    assert hidden_counts(counts, domains=DOMAINS, k=5, **beside(counts, shown(counts, hidden))) == hidden


def test_what_was_hidden_before_is_not_given_away_by_hiding_another_count_now() -> None:
    # 3 and 7 were hidden of 3, 7, 12 and 22. Showing 7 again, with 12 hidden instead, would give 3 away.
    domains = {"sex": ["woman", "man", "other"]}
    first = [Count(where({"sex": "other"}), 12), Count(ALL, 22)]
    now = [*first, Count(where({"sex": "woman"}), 3), Count(where({"sex": "man"}), 7)]
    hidden = hidden_counts(now, domains=domains, k=5, known=first)
    assert hidden == {where({"sex": "woman"}), where({"sex": "man"})}


def test_a_small_count_that_was_shown_before_is_hidden_though_it_is_known() -> None:
    before = [Count(where({"sex": "woman"}), 3)]
    assert hidden_counts(before, domains=DOMAINS, k=5, **beside(before, before)) == {where({"sex": "woman"})}


def little(reports: list[list[Count]], *now: Count) -> frozenset[Count]:
    return changed_little(reports, now, DOMAINS, k=5)


def test_a_third_report_is_compared_with_what_follows_from_each_of_the_others() -> None:
    first, second = [Count(WOMEN, 20), Count(MEN, 30)], [Count(WOMEN, 27), Count(MEN, 36)]
    for number, told in [(52, True), (55, False), (60, True), (63, False), (66, True)]:
        # 20 + 30 = 50 and 27 + 36 = 63: 52 - 50 = 2; 55 - 50 = 5 and 63 - 55 = 8; 63 - 60 = 3; 66 - 63 = 3
        now = Count(ALL, number)
        assert little([first, second], now) == ({now} if told else frozenset())


def test_reports_of_different_counts_are_put_together() -> None:
    now = Count(ALL, 52)  # 20 + 30 = 50
    assert little([[Count(WOMEN, 20)], [Count(MEN, 30)]], now) == {now}
    assert little([[Count(WOMEN, 20)], [], [Count(MEN, 30)]], now) == {now}


def test_reports_between_which_something_has_changed_are_not_put_together() -> None:
    # 20 women of the first and 30 men of the second were never there at once: 27 + 30 = 57 were, and 57 - 52 = 5.
    reports = [[Count(WOMEN, 20)], [Count(WOMEN, 27), Count(MEN, 30)]]
    assert little(reports, Count(ALL, 52)) == frozenset()


def test_reports_that_cannot_be_of_the_same_people_are_taken_apart() -> None:
    # No count has two values, but 20 + 30 is not 60. What the first says by itself is 50, and 52 - 50 = 2.
    now = Count(ALL, 52)
    assert little([[Count(WOMEN, 20), Count(MEN, 30)], [Count(ALL, 60)]], now) == {now}
    assert little([[Count(ALL, 60)], [Count(WOMEN, 20), Count(MEN, 30)]], now) == {now}


def test_every_earlier_value_of_a_count_is_compared() -> None:
    reports = [[Count(ALL, 50)], [Count(ALL, 60)], [Count(ALL, 70)]]
    found = {number for number in range(40, 80) if little(reports, Count(ALL, number))}
    assert found == {n for n in range(40, 80) if any(0 < abs(n - then) < 5 for then in (50, 60, 70))}


def test_where_there_is_too_much_less_is_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    # No count is of a single year, so that nothing parts them. 20 + 30 = 50 follows from both reports together.
    first = [Count(where({"year": ["2018", "2019"]}), 20)]
    second = [Count(where({"year": ["2020", "2021"]}), 30), Count(where({"year": ["2019", "2020"]}), 25)]
    whole, last = Count(ALL, 52), Count(where({"year": ["2018", "2019"]}), 22)
    assert little([first, second], whole, last) == {whole, last}
    monkeypatch.setattr(follows, "MOST", 2)  # either report, not both
    assert little([first, second], whole, last) == {last}
    monkeypatch.setattr(follows, "MOST", 1)
    assert little([first, second], whole, last) == {last}


def test_with_old_reports_each_count_is_compared_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [[Count(WOMEN, 20), Count(MEN, 30)], [Count(WOMEN, 40), Count(MEN, 60)]]
    now = Count(ALL, 52), Count(WOMEN, 22), Count(MEN, 62)
    assert little(reports, *now) == {*now}
    monkeypatch.setattr(versions, "LATEST", 1)
    assert little(reports, *now) == {*now[1:]}


def row(place: Where) -> np.ndarray:
    """1 for every kind of person that the count is of."""
    asked = {name: [DOMAINS[name].index(value) for value in values] for name, values in place}
    kinds = np.zeros([len(values) for values in DOMAINS.values()])
    kinds[np.ix_(*(asked.get(name, range(len(values))) for name, values in DOMAINS.items()))] = 1
    return kinds.ravel()


def test_nothing_that_a_version_tells_is_told_to_have_changed_a_little_by_a_later_one() -> None:
    only_follows = 0
    for seed in range(6):
        generator = np.random.default_rng(seed)
        data = [people(seed, 150)]
        for _ in range(2):
            data.append(data[-1].copy())
            for _ in range(6):
                data[-1][tuple(generator.integers(0, data[-1].shape))] += 1
        reports: list[list[Count]] = []
        for cells, years in zip(data, (PERIOD_A, PERIOD_B, PERIOD_A), strict=True):
            counts = report(cells, years)
            flagged = {each.where for each in changed_little(reports, counts, DOMAINS, k=5)}
            for told, then in zip(reports, data, strict=False):
                rows = np.array([row(each.where) for each in told])
                for each in counts:
                    aim = row(each.where)
                    follows = np.linalg.matrix_rank(np.vstack([rows, aim])) == np.linalg.matrix_rank(rows)
                    if follows and 0 < abs(int(aim @ then.ravel()) - each.value) < 5:
                        assert each.where in flagged
                        only_follows += each.where not in {other.where for other in told}
            reports.append([each for each in counts if each.where not in flagged])
    assert only_follows > 0


def test_values_of_which_the_report_is_not_known_are_told_apart() -> None:
    counts = [Count(ALL, 60), Count(WOMEN, 20), Count(ALL, 50), Count(ALL, 50)]
    assert [sorted(each.value for each in report) for report in apart(counts)] == [[20, 50], [20, 60]]
    assert apart([]) == []
