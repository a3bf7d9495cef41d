"""What follows from counts by sums and differences: by hand, and by the rank of all kinds of people written out."""

from __future__ import annotations

import numpy as np
import pytest
from attack import counted, everyone
from drawn_tables import draw

from portfolj.disclosure import ALL, Where, follows, where
from portfolj.disclosure.follows import following

DOMAINS = {"sex": ["woman", "man"], "year": ["2018", "2019", "2020"]}
WOMEN, MEN = where({"sex": "woman"}), where({"sex": "man"})


def numbers(known: dict[Where, int], *asked: Where) -> dict[Where, float]:
    found = following(known, asked, DOMAINS)
    assert found is not None
    assert found.agree
    return found.numbers


def test_a_sum_and_a_difference_follow() -> None:
    assert numbers({WOMEN: 20, MEN: 30}, ALL) == {ALL: pytest.approx(50)}  # 20 + 30
    assert numbers({WOMEN: 20, ALL: 50}, MEN) == {MEN: pytest.approx(30)}  # 50 - 20


def test_a_cell_of_two_tables_does_not_follow_from_their_margins() -> None:
    years = {where({"year": year}): number for year, number in (("2018", 10), ("2019", 15), ("2020", 25))}
    cell = where({"sex": "woman", "year": "2018"})
    assert numbers({WOMEN: 20, MEN: 30, **years}, cell, ALL) == {ALL: pytest.approx(50)}


def test_two_overlapping_periods_and_the_years_in_both_give_the_whole() -> None:
    known = {where({"year": ["2018", "2019"]}): 40, where({"year": ["2019", "2020"]}): 50, where({"year": "2019"}): 15}
    assert numbers(known, ALL) == {ALL: pytest.approx(75)}  # 40 + 50 - 15


def test_what_is_known_says_what_it_says_itself() -> None:
    assert numbers({WOMEN: 20}, WOMEN, MEN) == {WOMEN: pytest.approx(20)}


def test_nothing_follows_from_nothing() -> None:
    assert numbers({}, ALL, WOMEN) == {}
    assert numbers({}) == {}


def test_values_that_there_are_not_are_nobody() -> None:
    assert numbers({where({"sex": "other"}): 3, WOMEN: 20, MEN: 30}, ALL) == {ALL: pytest.approx(50)}


def test_counts_that_are_not_of_the_same_people_are_found() -> None:
    found = following({WOMEN: 20, MEN: 30, ALL: 51}, [], DOMAINS)  # 20 + 30 = 50
    assert found is not None
    assert not found.agree


def test_kinds_of_people_are_never_written_out() -> None:
    # 10^20 kinds, all attributes tied together in a ring. One table's cells sum to the whole.
    domains = {f"a{n}": [str(value) for value in range(10)] for n in range(20)}
    known = {
        where({f"a{n}": x, f"a{(n + 1) % 20}": y}): 3
        for n in range(20)
        for x in domains["a0"]
        for y in domains["a0"]
    }  # fmt: skip
    found = following(known, [ALL, where({"a3": "7"}), where({"a3": "7", "a9": "1"})], domains)
    assert found is not None
    assert found.numbers == {ALL: pytest.approx(300), where({"a3": "7"}): pytest.approx(30)}  # 100 cells; 10 cells


def test_more_than_can_be_looked_at_together_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {where({"year": ["2018", "2019"]}): 40, where({"year": ["2019", "2020"]}): 50}
    monkeypatch.setattr(follows, "MOST", 2)
    assert following(known, [ALL], DOMAINS) is not None
    monkeypatch.setattr(follows, "MOST", 1)
    assert following(known, [ALL], DOMAINS) is None


@pytest.mark.parametrize("seed", range(30))
def test_the_same_follows_as_by_the_rank_of_all_kinds_written_out(seed: int) -> None:
    tables = draw(seed)
    generator = np.random.default_rng(seed)
    places = [frozenset(asked.items()) for asked in tables.asked]
    kept = generator.random(len(places)) < generator.choice([0.2, 0.5, 0.8])
    known = {place: value for place, value, own in zip(places, tables.values, kept, strict=True) if own}
    asked = [place for place in places if place not in known]
    for _ in range(20):  # and counts that no table has
        drawn = {
            name: frozenset(generator.choice(values, generator.integers(1, len(values) + 1), replace=False).tolist())
            for name, values in tables.domains.items()
            if generator.random() < 0.6
        }
        asked.append(frozenset(drawn.items()))
    found = following(known, asked, tables.domains)
    assert found is not None
    assert found.agree
    kinds = everyone(tables.domains)
    rows = np.array([counted(dict(place), kinds) for place in known]).reshape(len(known), len(kinds))
    rank = np.linalg.matrix_rank(rows) if len(known) else 0
    for place in asked:
        row = counted(dict(place), kinds)
        assert (place in found.numbers) == (np.linalg.matrix_rank(np.vstack([rows, row])) == rank)
        if place in found.numbers:
            people = sum(all(person[name] in values for name, values in place) for person in tables.people)
            assert found.numbers[place] == pytest.approx(people)
