"""What is hidden, and how little."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from attacked import hidden_counts

from portfolj.disclosure import ALL, Count, Where, protection, where

SEX = {"sex": ["woman", "man", "other"]}


def counts_of(cells: np.ndarray, *, margins: bool = True) -> tuple[list[Count], dict[str, list[str]]]:
    """A two-way table, with its margins and its whole, as counts."""
    rows, columns = cells.shape
    domains = {"row": [f"r{n}" for n in range(rows)], "column": [f"c{n}" for n in range(columns)]}
    counts = [
        Count(where({"row": f"r{r}", "column": f"c{c}"}), int(cells[r, c]))
        for r, c in product(range(rows), range(columns))
    ]
    if margins:
        counts += [Count(where({"row": f"r{r}"}), int(cells[r].sum())) for r in range(rows)]
        counts += [Count(where({"column": f"c{c}"}), int(cells[:, c].sum())) for c in range(columns)]
        counts.append(Count(ALL, int(cells.sum())))
    return counts, domains


def hidden_of_one_row(numbers: list[int], *, k: int = 5, total: bool = True) -> set[str]:
    values = SEX["sex"][: len(numbers)]
    counts = [Count(where({"sex": value}), number) for value, number in zip(values, numbers, strict=True)]
    counts += [Count(ALL, sum(numbers))] if total else []
    hidden = hidden_counts(counts, domains={"sex": values}, k=k)
    return {next(iter(next(iter(place))[1])) if place else "all" for place in hidden}


def test_nothing_is_hidden_where_no_count_is_small() -> None:
    assert hidden_of_one_row([5, 12, 7]) == set()


def test_a_zero_is_shown() -> None:
    assert hidden_of_one_row([0, 12, 7]) == set()


def test_a_small_count_takes_another_with_it() -> None:
    # 3 of 22: with one more hidden, of 7, their sum of 10 leaves each eleven numbers.
    assert hidden_of_one_row([3, 12, 7]) == {"woman", "other"}


def test_two_small_counts_with_a_small_sum_take_more_with_them() -> None:
    # 1 + 1 = 2 leaves three numbers; a third hidden, or their sum.
    assert len(hidden_of_one_row([1, 1, 20])) == 3


def test_a_small_count_without_a_sum_is_hidden_alone() -> None:
    assert hidden_of_one_row([3, 12, 7], total=False) == {"woman"}


def test_a_count_of_every_value_is_the_same_as_one_that_does_not_ask() -> None:
    counts = [Count(where({"sex": SEX["sex"]}), 20), Count(where({"sex": ["woman"]}), 2)]
    # The whole is one count, written in two ways; alone with it, 2 may be any number up to 20.
    assert hidden_counts(counts, domains=SEX, k=5) == {where({"sex": "woman"})}
    with pytest.raises(ValueError, match="two values"):
        hidden_counts([*counts, Count(ALL, 21)], domains=SEX, k=5)


def test_what_is_asked_for_is_hidden_whatever_its_number() -> None:
    counts = [Count(where({"sex": sex}), 10) for sex in SEX["sex"]] + [Count(ALL, 30)]
    hidden = hidden_counts(counts, domains=SEX, k=5, sensitive=[where({"sex": "man"})])
    assert where({"sex": "man"}) in hidden
    assert len(hidden) == 2


def test_the_same_counts_in_another_order_give_the_same_answer() -> None:
    counts, domains = counts_of(np.random.default_rng(3).poisson(4.0, (4, 5)))
    first = hidden_counts(counts, domains=domains, k=5)
    for seed in range(3):
        random.Random(seed).shuffle(counts)
        assert hidden_counts(counts, domains=domains, k=5) == first


@pytest.mark.harness
def test_no_more_than_twice_the_small_counts_are_hidden_on_sparse_tables_with_margins() -> None:
    # 45 tables of 5 x 5 with margins, from nearly empty to half small.
    small, hidden, shares = 0, 0, []
    for seed in range(45):
        generator = np.random.default_rng(seed)
        mean = (1.0, 2.0, 4.0, 8.0, 12.0)[seed % 5]
        cells = generator.poisson(mean * generator.gamma(1.0, 1.0, (5, 5)))
        counts, domains = counts_of(cells)
        here = hidden_counts(counts, domains=domains, k=5)
        small_here = {each.where for each in counts if 0 < each.value < 5}
        assert small_here <= here
        small, hidden = small + len(small_here), hidden + len(here)
        shares.append((mean, len(small_here), len(here)))
    for mean in sorted({each[0] for each in shares}):
        of_mean = [each for each in shares if each[0] == mean]
        ratio = sum(each[2] for each in of_mean) / sum(each[1] for each in of_mean)
        print(f"mean {mean}: {ratio:.2f} hidden per small count")
        assert ratio <= 2.0, mean
    print(f"all: {hidden} hidden, {small} small: {hidden / small:.2f}")
    assert hidden <= 2 * small


def test_a_sum_over_values_is_a_linked_table() -> None:
    # Two interventions of one owner, 3 and 9: the owner's 12 is shown in another table and would give 3 away.
    domains = {"intervention": ["a", "b", "c", "d"]}

    def at(*values: str) -> Where:
        return where({"intervention": list(values)})

    counts = [Count(at("a"), 3), Count(at("b"), 9), Count(at("c"), 30), Count(at("d"), 40), Count(at("a", "b"), 12)]
    hidden = hidden_counts(counts, domains=domains, k=5)
    assert at("a") in hidden
    assert hidden & {at("b"), at("a", "b")}


def five_groups(*numbers: int) -> list[Count]:
    return [Count(where({"group": f"g{n}"}), number) for n, number in enumerate(numbers)]


@pytest.mark.parametrize("people_known", [True, False])
def test_nobody_is_hidden_too_where_a_known_sum_leaves_too_few_numbers_for_somebody(people_known: bool) -> None:
    # 7 in five groups with somebody in each leave 1 to 3 in every one: 7 - 4 = 3. With the sixth, of nobody, hidden
    # too each of the six may be 0 to 7.
    domains = {"group": [f"g{n}" for n in range(6)]}
    counts = five_groups(2, 2, 1, 1, 1, 0)
    people = {"group": np.repeat(np.arange(6), [2, 2, 1, 1, 1, 0])} if people_known else None
    found = protection(counts, domains=domains, k=5, known=[Count(ALL, 7)], people=people)
    assert found.hidden == {each.where for each in counts}
    assert found.zeros_too == {frozenset({"group"})}
    assert found.unsafe == found.follow == frozenset()


@pytest.mark.parametrize("people_known", [True, False])
def test_nobody_stays_shown_where_the_sum_leaves_enough(people_known: bool) -> None:
    # 9 in five groups leave 1 to 5 in each: 9 - 4 = 5.
    domains = {"group": [f"g{n}" for n in range(6)]}
    counts = five_groups(3, 2, 2, 1, 1, 0)
    people = {"group": np.repeat(np.arange(6), [3, 2, 2, 1, 1, 0])} if people_known else None
    found = protection(counts, domains=domains, k=5, known=[Count(ALL, 9)], people=people)
    assert found.hidden == {each.where for each in counts if each.value}
    assert found.zeros_too == frozenset()


def test_what_is_known_already_is_told_apart_from_what_is_not_safe() -> None:
    # 3 women and 9 men, of 12: whoever knows 9 and 12 has the 3, whatever is hidden.
    domains = {"sex": ["woman", "man"]}
    people = {"sex": np.repeat([0, 1], [3, 9])}
    woman, man = Count(where({"sex": "woman"}), 3), Count(where({"sex": "man"}), 9)
    found = protection([woman, man], domains=domains, k=5, known=[man, Count(ALL, 12)], people=people)
    assert (found.hidden, found.unsafe, found.follow) == ({woman.where}, frozenset(), {woman.where})
