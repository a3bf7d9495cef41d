"""Tables that are too large to be looked at as a whole: exchanges between people prove what is possible."""

from __future__ import annotations

import numpy as np
import pytest
from attack import broken
from attacked import plain
from drawn_tables import Tables, draw

from portfolj.disclosure import Count, hidden_counts, protect, where

IN_TEST = [seed for seed in range(3000, 3200) if 10 < len(draw(seed).asked) <= 40][:30]


def columns_of(tables: Tables) -> dict[str, np.ndarray]:
    return {
        name: np.array([values.index(person[name]) for person in tables.people], dtype=int)
        for name, values in tables.domains.items()
    }


def counts_of(tables: Tables) -> list[Count]:
    return [Count(where(asked), value) for asked, value in zip(tables.asked, tables.values, strict=True)]


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protect, "MOST_ATOMS", 0)


@pytest.mark.usefixtures("everything_is_large")
@pytest.mark.parametrize("seed", IN_TEST)
def test_no_hidden_count_is_given_away(seed: int) -> None:
    tables = draw(seed)
    hidden = hidden_counts(counts_of(tables), domains=tables.domains, k=5, people=columns_of(tables))
    both = [(asked, value, plain(asked, tables.domains) in hidden) for asked, value in zip(tables.asked, tables.values,
                                                                                           strict=True)]  # fmt: skip
    shown = [(asked, value) for asked, value, away in both if not away]
    assert not any(0 < value < 5 for _, value in shown)
    assert broken(tables.domains, shown, [asked for asked, _, away in both if away], k=5) == []


@pytest.mark.usefixtures("everything_is_large")
def test_what_others_have_shown_before_stays_known() -> None:
    # 22 and 12 are known: the 3 is safe only if the 7 stays hidden.
    people = {"sex": np.repeat([0, 1, 2], [3, 7, 12])}
    domains = {"sex": ["woman", "man", "other"]}
    before = [Count(where({"sex": "other"}), 12), Count(where({}), 22)]
    counts = [*before, Count(where({"sex": "woman"}), 3), Count(where({"sex": "man"}), 7)]
    hidden = hidden_counts(counts, domains=domains, k=5, shown_before=before, people=people)
    assert hidden == {where({"sex": "woman"}), where({"sex": "man"})}


@pytest.mark.usefixtures("everything_is_large")
def test_the_same_people_in_another_order_give_the_same_answer() -> None:
    tables = draw(IN_TEST[0])
    columns = columns_of(tables)
    order = np.random.default_rng(1).permutation(len(tables.people))
    first = hidden_counts(counts_of(tables), domains=tables.domains, k=5, people=columns)
    other = {name: column[order] for name, column in columns.items()}
    assert hidden_counts(counts_of(tables)[::-1], domains=tables.domains, k=5, people=other) == first


@pytest.mark.usefixtures("everything_is_large")
def test_people_that_are_not_those_counted_are_refused() -> None:
    counts = [Count(where({"sex": "woman"}), 3)]
    with pytest.raises(ValueError, match="not those"):
        hidden_counts(counts, domains={"sex": ["woman", "man"]}, k=5, people={"sex": np.array([0, 1])})
