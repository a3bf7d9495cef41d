"""An attacker who sees all that is shown of a file of transitions, and tries every number that there might be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.economics.small_changes import Sides, protected_sides

STATES = "abcd"
# Who goes from which state to which.
FILES = st.dictionaries(st.tuples(*[st.sampled_from(STATES)] * 2), st.integers(1, 9), min_size=1, max_size=6)


def margins(file: Mapping[tuple[str, str], int]) -> tuple[dict[str, int], dict[str, int]]:
    listed = sorted({state for pair in file for state in pair})
    return tuple({s: sum(n for pair, n in file.items() if pair[side] == s) for s in listed} for side in (0, 1))


def worlds(shown: Mapping[str, int | None], people: int, *, floor: int) -> Iterator[tuple[int, ...]]:
    """Every side that fits with what is shown of it."""
    choices = [range(floor, people + 1) if n is None else (n,) for n in shown.values()]
    return (world for world in product(*choices) if sum(world) == people)


def least_numbers(sides: Sides) -> int | None:
    """How many numbers the hidden count that is best known may be; None where nothing is hidden."""
    assert sides.participants is not None
    told = [*sides.before.values(), *sides.after.values()]
    if None not in told:
        return None
    floor = 0 if all(n is None for n in told) else 1  # where zeros are shown what is hidden is somebody
    both = [list(worlds(side, sides.participants, floor=floor)) for side in (sides.before, sides.after)]
    fewest = []
    for side, (mine, others) in enumerate((both, both[::-1])):
        shown = list((sides.before, sides.after)[side].values())
        # A state is listed since there is somebody in it before or after.
        apart = {tuple(n > 0 for n in other) for other in others}
        fitting = [w for w in mine if any(all(n > 0 or o for n, o in zip(w, other, strict=True)) for other in apart)]
        fewest += [len({world[place] for world in fitting}) for place, n in enumerate(shown) if n is None]
    return min(fewest)


@settings(max_examples=60, deadline=None)
@given(FILES, st.integers(2, 5))
def test_every_hidden_count_may_be_k_numbers(file: dict[tuple[str, str], int], k: int) -> None:
    before, after = margins(file)
    sides = protected_sides(before, after, k=k)
    if sides.participants is None:
        assert sides.before == sides.after == {}
        return
    assert sides.participants == sum(file.values()) >= k
    for real, shown in ((before, sides.before), (after, sides.after)):
        assert {**real, **{state: n for state, n in shown.items() if n is not None}} == real
        assert not [state for state, n in shown.items() if n is not None and 0 < n < k]
    assert (least_numbers(sides) or k) >= k


@settings(max_examples=30, deadline=None)
@given(FILES)
def test_the_order_of_states_does_not_change_what_is_hidden(file: dict[tuple[str, str], int]) -> None:
    before, after = margins(file)
    turned = protected_sides(dict(reversed(before.items())), dict(reversed(after.items())), k=4)
    assert turned == protected_sides(before, after, k=4)


def test_two_small_counts_that_sum_to_two_are_not_enough() -> None:
    # Both would be known to be 1. With 6 hidden as well each is 1 to 6 (of 8, the two others at least 1).
    sides = protected_sides({"a": 1, "b": 1, "c": 6, "d": 20}, {"a": 0, "b": 0, "c": 0, "d": 28}, k=5)
    assert sides.before == {"a": None, "b": None, "c": None, "d": 20}
    assert sides.after == {"a": 0, "b": 0, "c": 0, "d": 28}
    assert least_numbers(sides) == 6


def test_the_same_states_are_hidden_on_both_sides_so_that_few_lose_their_change() -> None:
    before, after = {"a": 2, "b": 8, "c": 10, "d": 12}, {"a": 9, "b": 11, "c": 2, "d": 10}
    sides = protected_sides(before, after, k=5)
    assert {s for s in before if sides.before[s] is None or sides.after[s] is None} == {"a", "c"}


def test_where_hiding_somebody_does_not_do_all_is_hidden() -> None:
    # 1 + 4 = 5: with zeros shown each is 1 to 4, four numbers; with all hidden 0 to 5.
    sides = protected_sides({"a": 1, "b": 4}, {"a": 5, "b": 0}, k=5)
    assert sides == Sides({"a": None, "b": None}, {"a": None, "b": None}, 5)
    assert least_numbers(sides) == 6


def test_a_list_of_states_that_tells_too_much_by_itself_is_not_shown() -> None:
    # 5 people in 10 states: whoever sees the list knows that each state had one, before or after.
    before = {state: int(state in "abcde") for state in "abcdefghij"}
    after = {state: 1 - n for state, n in before.items()}
    assert protected_sides(before, after, k=5) == Sides({}, {}, None)


def test_one_state_alone_is_all_the_participants() -> None:
    assert protected_sides({"a": 9}, {"a": 9}, k=5) == Sides({"a": 9}, {"a": 9}, 9)


def test_sides_of_different_people_are_refused() -> None:
    with pytest.raises(ValueError, match="not of the same people"):
        protected_sides({"a": 9}, {"a": 8}, k=5)


def test_of_two_states_of_as_many_people_the_same_is_hidden_in_any_order() -> None:
    before, after = {"a": 4, "b": 4, "c": 1}, {"a": 0, "b": 0, "c": 9}
    turned = protected_sides(dict(reversed(before.items())), dict(reversed(after.items())), k=4)
    assert turned == protected_sides(before, after, k=4)
