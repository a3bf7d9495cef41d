"""Tables that are too large to be looked at as a whole: moves of people prove what is possible."""

from __future__ import annotations

import numpy as np
import pytest
from attacked import columns_of, counts_of, hidden_counts
from drawn_tables import draw

from portfolj.disclosure import Count, where


def test_what_others_have_shown_before_stays_known() -> None:
    # 22 and 12 are known: the 3 is safe only if the 7 stays hidden.
    people = {"sex": np.repeat([0, 1, 2], [3, 7, 12])}
    domains = {"sex": ["woman", "man", "other"]}
    before = [Count(where({"sex": "other"}), 12), Count(where({}), 22)]
    counts = [*before, Count(where({"sex": "woman"}), 3), Count(where({"sex": "man"}), 7)]
    hidden = hidden_counts(counts, domains=domains, k=5, known=before, people=people)
    assert hidden == {where({"sex": "woman"}), where({"sex": "man"})}


def test_the_same_people_in_another_order_give_the_same_answer() -> None:
    tables = draw(3001)
    columns = columns_of(tables)
    order = np.random.default_rng(1).permutation(len(tables.people))
    first = hidden_counts(counts_of(tables), domains=tables.domains, k=5, people=columns)
    other = {name: column[order] for name, column in columns.items()}
    assert hidden_counts(counts_of(tables)[::-1], domains=tables.domains, k=5, people=other) == first


def test_people_that_are_not_those_counted_are_refused() -> None:
    counts = [Count(where({"sex": "woman"}), 3)]
    with pytest.raises(ValueError, match="not those"):
        hidden_counts(counts, domains={"sex": ["woman", "man"]}, k=5, people={"sex": np.array([0, 1])})
