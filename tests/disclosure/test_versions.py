"""Reports that lie beside each other: other periods, and earlier versions of the same."""

from __future__ import annotations

import numpy as np
import pytest
from attack import Attacker

from portfolj.disclosure import ALL, Count, Where, hidden_counts, where

DOMAINS = {"year": ["2018", "2019", "2020", "2021"], "sex": ["woman", "man"], "result": ["work", "study", "none"]}
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


@pytest.mark.parametrize("seed", range(8))
def test_two_reports_of_overlapping_periods_give_nothing_away_together(seed: int) -> None:
    cells = people(seed, 150)
    first, second = report(cells, PERIOD_A), report(cells, PERIOD_B)
    hidden_first = hidden_counts(first, domains=DOMAINS, k=5)
    # What the first hid is counted and kept hidden when the second is made.
    still = [each for each in first if each.where in hidden_first]
    hidden_second = hidden_counts(
        [*second, *still], domains=DOMAINS, k=5, shown_before=shown(first, hidden_first), sensitive=hidden_first
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
    hidden_second = hidden_counts(second, domains=DOMAINS, k=5, shown_before=shown(first, hidden_first))
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
    assert hidden_counts(second, domains=DOMAINS, k=5, shown_before=first) == frozenset()


def test_a_change_is_not_stated_either_where_the_old_number_follows_from_others() -> None:
    # 20 + 30 = 50 was never printed; 52 now would say that there are 2 more.
    first = [Count(where({"sex": "woman"}), 20), Count(where({"sex": "man"}), 30)]
    assert hidden_counts([Count(ALL, 52)], domains=DOMAINS, k=5, shown_before=first) == {ALL}
    assert hidden_counts([Count(ALL, 55)], domains=DOMAINS, k=5, shown_before=first) == frozenset()


def test_the_same_data_again_gives_the_same_tables() -> None:
    counts = report(people(1, 150), PERIOD_A)
    hidden = hidden_counts(counts, domains=DOMAINS, k=5)
    assert hidden_counts(counts, domains=DOMAINS, k=5, shown_before=shown(counts, hidden)) == hidden


def test_what_was_hidden_before_is_not_given_away_by_hiding_another_count_now() -> None:
    # 3 and 7 were hidden of 3, 7, 12 and 22. Showing 7 again, with 12 hidden instead, would give 3 away.
    domains = {"sex": ["woman", "man", "other"]}
    first = [Count(where({"sex": "other"}), 12), Count(ALL, 22)]
    now = [*first, Count(where({"sex": "woman"}), 3), Count(where({"sex": "man"}), 7)]
    hidden = hidden_counts(now, domains=domains, k=5, shown_before=first)
    assert hidden == {where({"sex": "woman"}), where({"sex": "man"})}


def test_a_small_count_that_was_shown_before_is_hidden_though_it_is_known() -> None:
    before = [Count(where({"sex": "woman"}), 3)]
    assert hidden_counts(before, domains=DOMAINS, k=5, shown_before=before) == {where({"sex": "woman"})}
