"""Whoever has all that is shown finds no hidden count more closely than k whole numbers."""

from __future__ import annotations

import time

import pytest
from attack import broken
from attacked import attacked
from drawn_tables import draw

HARNESS = 1000
IN_TEST = [seed for seed in range(2000, 2200) if len(draw(seed).asked) <= 40][:50]


def threshold(seed: int) -> int:
    """5 most often, 3 in every fourth set."""
    return 3 if seed % 4 == 0 else 5


@pytest.mark.parametrize("people_known", [True, False])
@pytest.mark.parametrize("seed", IN_TEST)
def test_no_hidden_count_of_a_set_of_linked_tables_is_given_away(seed: int, people_known: bool) -> None:
    result = attacked(draw(seed), k=threshold(seed), people_known=people_known)
    assert result.given_away == []
    assert result.small_shown == result.unsafe == 0


def test_the_attacker_finds_a_count_that_a_margin_gives_away() -> None:
    # 3 + 7 = 10: with the sum and 7 shown, the hidden count is 3 and nothing else.
    domains = {"sex": ["woman", "man"]}
    woman, man = {"sex": frozenset(["woman"])}, {"sex": frozenset(["man"])}
    assert broken(domains, [({}, 10), (man, 7)], [woman], k=5) == [(woman, {3})]


def test_the_attacker_finds_two_hidden_counts_with_a_small_sum() -> None:
    # 2 people in a row of two hidden counts, neither of them 0: each is 1. 5 leave each 1 to 4, and 6 leave 1 to 5.
    domains = {"sex": ["woman", "man"]}
    woman, man = {"sex": frozenset(["woman"])}, {"sex": frozenset(["man"])}
    assert broken(domains, [({}, 2)], [woman, man], k=5) == [(woman, {1}), (man, {1})]
    assert broken(domains, [({}, 5)], [woman, man], k=5) == [(woman, {1, 2, 3, 4}), (man, {1, 2, 3, 4})]
    assert broken(domains, [({}, 6)], [woman, man], k=5) == []


def test_the_attacker_sees_through_a_cycle_of_three_tables() -> None:
    # Each table alone leaves its hidden counts open; all three together leave only one whole table of people.
    domains = {name: [f"{name}0", f"{name}1"] for name in "abc"}

    def at(**values: str) -> dict[str, frozenset[str]]:
        return {name: frozenset([value]) for name, value in values.items()}

    shown = [({}, 4), (at(a="a0"), 2), (at(b="b0"), 2), (at(c="c0"), 2)]
    cycle = [(at(a="a0", b="b0"), 2), (at(b="b0", c="c0"), 2)]
    assert broken(domains, [*shown, *cycle], [at(a="a0", c="c0")], k=2) == [(at(a="a0", c="c0"), {2})]
    assert broken(domains, [*shown, *cycle[:1]], [at(a="a0", c="c0")], k=2) == []


@pytest.mark.harness
@pytest.mark.parametrize("people_known", [True, False])
def test_a_thousand_sets_of_linked_tables_are_attacked_in_vain(people_known: bool) -> None:
    start, counts, small, hidden, given_away, small_shown = time.monotonic(), 0, 0, 0, [], 0
    for seed in range(HARNESS):
        result = attacked(draw(seed), k=threshold(seed), people_known=people_known)
        counts, small, hidden = counts + result.counts, small + result.small, hidden + result.hidden
        given_away += [(seed, *each) for each in result.given_away]
        small_shown += result.small_shown
        if seed % 100 == 99:
            print(
                f"{seed + 1} sets of linked tables, {counts} counts: {small} small, {hidden} hidden, "
                f"{len(given_away)} given away, {time.monotonic() - start:.0f} s",
                flush=True,
            )
    assert given_away == []
    assert small_shown == 0
